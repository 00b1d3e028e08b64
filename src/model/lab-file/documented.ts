/** What an attribute means, said once: by the JSON schema, in the editor's help, and to whoever reads the schema. */
import { z } from 'zod';

export interface AttributeWords {
  /** What it is, in a sentence or two of Markdown. */
  readonly meaning: string;
  /** What holds where it is left out. Absent where it is required, or where nothing holds then. */
  readonly default?: string;
  /** How Neutron's API has it, where the lab file writes it in another way. */
  readonly api?: string;
}

/** The words of every attribute, asked by the schema that stands in the shape of its map. */
export const attributeWords = z.registry<AttributeWords>();

/** A shape whose attributes carry their words; the compiler sees to it that none is without. */
export function documented<Shape extends z.core.$ZodShape>(
  words: Readonly<Record<keyof Shape & string, AttributeWords>>,
  shape: Shape,
): Shape {
  const entries = Object.entries(shape).map(([name, type]) => {
    const own: AttributeWords = words[name as keyof Shape & string];
    // A copy of its own, since one schema may stand in many maps with other words in each.
    return [name, (type as z.ZodType).meta({ description: sentence(own) }).register(attributeWords, own)];
  });
  return Object.fromEntries(entries) as Shape;
}

function sentence({ meaning, default: otherwise }: AttributeWords): string {
  return otherwise === undefined ? meaning : `${meaning} Default: ${otherwise}.`;
}
