/** What a solution, or an injected fault, does: as a lesson writes it. Pure. */
import { z } from 'zod';
import { mistakesOfFault } from '../../model/lab-file/fault-mistakes.js';
import { faultSchema } from '../../model/lab-file/schema-scenario.js';
import type { Path } from '../../model/lab-file/problems.js';
import type { CellYaml } from './cell-yaml.js';
import type { Move } from './lesson.js';

const declareSchema = z.strictObject({ declare: z.record(z.string(), z.unknown()) });
const runSchema = z.strictObject({ on: z.string().min(1), run: z.string().min(1) });
const upSchema = z.strictObject({ up: z.literal(true) });

/** A list of moves; those that are wrong are reported and left out. */
export function movesAt(yaml: CellYaml, path: Path): Move[] {
  const list = yaml.at(path);
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) {
    yaml.refuse(path, 'What is done is a list.', 'Begin each one with a hyphen: `- declare: { … }`.');
    return [];
  }
  return list.flatMap((_, index) => moveAt(yaml, [...path, index]) ?? []);
}

function moveAt(yaml: CellYaml, path: Path): Move | null {
  const value = yaml.at(path);
  const has = (key: string): boolean => typeof value === 'object' && value !== null && Object.hasOwn(value, key);
  if (has('declare')) {
    const file = yaml.get(declareSchema, path);
    return file && { kind: 'declare', patch: file.declare };
  }
  if (has('run')) {
    const file = yaml.get(runSchema, path);
    return file && { kind: 'run', on: file.on, script: file.run };
  }
  if (has('up')) return yaml.get(upSchema, path) && { kind: 'up' };
  if (has('fault')) {
    const fault = yaml.get(faultSchema, path);
    if (fault === null) return null;
    const mistakes = mistakesOfFault(fault);
    for (const { key, message, remedy } of mistakes) yaml.refuse(key === null ? path : [...path, key], message, remedy);
    return mistakes.length > 0 ? null : { kind: 'fault', fault };
  }
  return yaml.refuse(path, 'This does nothing.', 'Write `declare`, `on` and `run`, `up: true`, or `fault`.');
}
