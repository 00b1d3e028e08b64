/** Conditions as a lesson writes them. Pure. */
import { z } from 'zod';
import type { Path } from '../../model/lab-file/problems.js';
import type { CellYaml } from './cell-yaml.js';
import { type Condition, RESOURCE_WORDS, type ResourceWord } from './lesson.js';

/** Seconds; a learner does not wait longer than that for an answer. */
const patience = z.number().min(0).max(120).optional();
const common = { why: z.string().min(1).optional(), within: patience };
const place = z.string().min(1);
const pattern = z.string().min(1).optional();

const runSchema = z.strictObject({
  on: place,
  run: z.array(z.union([z.string(), z.number()])).min(1),
  exit: z.int().min(0).max(255).optional(),
  prints: pattern,
  'prints-not': pattern,
  ...common,
});

const pingSchema = z.strictObject({
  ping: z.strictObject({ from: place, to: place }),
  answers: z.boolean().optional(),
  ...common,
});

const mastersSchema = z.strictObject({
  router: place,
  masters: z.int().min(0).max(100),
  node: place.optional(),
  ...common,
});

function resourceSchema(word: ResourceWord) {
  return z.strictObject({
    [word]: place,
    exists: z.boolean().optional(),
    has: z.record(z.string(), z.unknown()).optional(),
    ...common,
  });
}

/** A list of conditions; those that are wrong are reported and left out. */
export function conditionsAt(yaml: CellYaml, path: Path): Condition[] {
  const list = yaml.at(path);
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) {
    yaml.refuse(
      path,
      'Conditions are a list.',
      'Begin each one with a hyphen: `- { on: network1, run: [ip, netns] }`.',
    );
    return [];
  }
  return list.flatMap((_, index) => conditionAt(yaml, [...path, index]) ?? []);
}

type Parts<Of extends Condition = Condition> = Of extends Condition ? Omit<Of, 'why' | 'within' | 'line'> : never;

function conditionAt(yaml: CellYaml, path: Path): Condition | null {
  const parts = partsAt(yaml, path);
  if (parts === null) return null;
  const { why = null, within = 0 } = yaml.get(z.looseObject(common), path) ?? {};
  return { ...parts, why, within, line: yaml.lineOf(path) };
}

function partsAt(yaml: CellYaml, path: Path): Parts | null {
  const value = yaml.at(path);
  const has = (key: string): boolean => typeof value === 'object' && value !== null && Object.hasOwn(value, key);
  if (has('run')) return runAt(yaml, path);
  if (has('ping')) {
    const file = yaml.get(pingSchema, path);
    return file && { kind: 'ping', from: file.ping.from, to: file.ping.to, answers: file.answers ?? true };
  }
  if (has('masters')) {
    const file = yaml.get(mastersSchema, path);
    return file && { kind: 'masters', router: file.router, count: file.masters, node: file.node ?? null };
  }
  const word = RESOURCE_WORDS.find(has);
  if (word !== undefined) return resourceAt(yaml, path, word);
  return yaml.refuse(
    path,
    'This condition says nothing that can be looked at.',
    `Write \`on\` and \`run\`, \`ping\`, \`masters\`, or one of ${RESOURCE_WORDS.join(', ')}.`,
  );
}

function runAt(yaml: CellYaml, path: Path): Parts | null {
  const file = yaml.get(runSchema, path);
  if (file === null) return null;
  const prints = expression(yaml, [...path, 'prints'], file.prints);
  const printsNot = expression(yaml, [...path, 'prints-not'], file['prints-not']);
  if (prints === undefined || printsNot === undefined) return null;
  return { kind: 'run', on: file.on, argv: file.run.map(String), exit: file.exit ?? 0, prints, printsNot };
}

function resourceAt(yaml: CellYaml, path: Path, word: ResourceWord): Parts | null {
  const file = yaml.get(resourceSchema(word), path);
  if (file === null) return null;
  const { exists = true, has = {} } = file as { exists?: boolean; has?: Record<string, unknown> };
  if (!exists && Object.keys(has).length > 0)
    return yaml.refuse(path, 'What does not exist has no attributes.', 'Leave `has` out, or `exists`.');
  return { kind: 'resource', resource: word, name: String(yaml.at([...path, word])), exists, has };
}

/** Null where none is written, undefined where it is none. */
function expression(yaml: CellYaml, path: Path, source: string | undefined): RegExp | null | undefined {
  if (source === undefined) return null;
  try {
    return new RegExp(source, 'm');
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^.*: /, '') : String(error);
    yaml.refuse(path, `This is no regular expression: ${reason}.`, 'Put a backslash before a character that is meant.');
    return undefined;
  }
}
