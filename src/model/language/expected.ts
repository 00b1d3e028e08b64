/** What the schema of the lab file expects at a place in it. */
import { z } from 'zod';
import { attributeWords, type AttributeWords } from '../lab-file/documented.js';
import type { Path } from '../lab-file/problems.js';
import { references, type ReferenceKind } from '../lab-file/reference.js';
import { labFileSchema } from '../lab-file/schema.js';

/** The alternatives at a place, unions and wrappers taken apart. */
export interface Expected {
  readonly types: readonly z.core.$ZodType[];
  readonly nullable: boolean;
  /** Of an attribute, null elsewhere. */
  readonly words: AttributeWords | null;
  readonly optional: boolean;
}

const NOTHING: Expected = { types: [], nullable: false, words: null, optional: true };

export const ROOT = takeApart(labFileSchema);

function takeApart(type: z.core.$ZodType): Expected {
  const words = attributeWords.get(type) ?? null;
  if (type instanceof z.ZodOptional) return { ...takeApart(type.unwrap()), words, optional: true };
  if (type instanceof z.ZodNullable) return { ...takeApart(type.unwrap()), words, nullable: true };
  if (!(type instanceof z.ZodUnion)) return { types: [type], nullable: false, words, optional: false };
  const options = type.options.map((option) => takeApart(option));
  return {
    types: options.flatMap(({ types }) => types),
    nullable: options.some(({ nullable }) => nullable),
    words,
    optional: false,
  };
}

/** One step further down: into an attribute, an entry or an item. */
export function stepInto(expected: Expected, step: string | number): Expected {
  for (const type of expected.types) {
    if (typeof step === 'number') {
      if (type instanceof z.ZodArray) return takeApart(type.element);
    } else if (type instanceof z.ZodObject) {
      const shape: z.core.$ZodShape = type.shape;
      const inner = Object.hasOwn(shape, step) ? shape[step] : undefined;
      if (inner !== undefined) return takeApart(inner);
    } else if (type instanceof z.ZodRecord) {
      return takeApart(type.valueType);
    }
  }
  return NOTHING;
}

export function expectedAt(path: Path): Expected {
  return path.reduce(stepInto, ROOT);
}

/** The attributes that a map may have here, in the order of the schema; empty where it is no map of attributes. */
export function attributesOf(expected: Expected): readonly (readonly [name: string, expected: Expected])[] {
  return expected.types.flatMap((type) =>
    type instanceof z.ZodObject
      ? Object.entries(type.shape as z.core.$ZodShape).map(([name, inner]): [string, Expected] => [
          name,
          takeApart(inner),
        ])
      : [],
  );
}

/** A map whose keys are names of the user's own. */
export function isNamed(expected: Expected): boolean {
  return expected.types.some((type) => type instanceof z.ZodRecord);
}

export function itemsOf(expected: Expected): Expected | null {
  const list = expected.types.find((type) => type instanceof z.ZodArray);
  return list === undefined ? null : takeApart(list.element);
}

export function entriesOf(expected: Expected): Expected | null {
  const map = expected.types.find((type) => type instanceof z.ZodRecord);
  return map === undefined ? null : takeApart(map.valueType);
}

export function referenceKinds(expected: Expected): readonly ReferenceKind[] {
  return expected.types.flatMap((type) => references.get(type)?.kind ?? []);
}

/** The values that may be written, as texts; empty where they cannot be counted. */
export function choicesOf(expected: Expected): readonly (string | number | boolean | null)[] {
  const choices = expected.types.flatMap((type): (string | number | boolean)[] => {
    if (type instanceof z.ZodBoolean) return [true, false];
    if (type instanceof z.ZodEnum) return type.options.filter((option) => typeof option !== 'object');
    if (type instanceof z.ZodLiteral)
      return [...type.values].filter((one) => typeof one === 'string' || typeof one === 'number');
    return [];
  });
  // The release may be written as a number too; one way is enough to choose from.
  const texts = new Set(choices.filter((one) => typeof one === 'string'));
  const once = choices.filter((one) => typeof one !== 'number' || !texts.has(String(one)));
  return expected.nullable ? [...once, null] : once;
}

export function exampleOf(expected: Expected): string | null {
  for (const type of expected.types) {
    const examples: unknown = z.globalRegistry.get(type)?.examples;
    const example: unknown = Array.isArray(examples) ? examples[0] : undefined;
    if (typeof example === 'string') return example;
  }
  return null;
}
