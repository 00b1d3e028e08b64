/** A folder of recorded clouds, and what was recorded in each: file names to texts, by node and namespace. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Cloud, labFromCloud } from '../support/cloud.js';
import type { Lab } from '../../src/model/resources.js';

/** What one place (a namespace, or `root`) holds: a file's name in the recording to its text. */
export type Files = ReadonlyMap<string, string>;

/** Node to place to files. */
export type Snapshot = ReadonlyMap<string, ReadonlyMap<string, Files>>;

export const ROOT_PLACE = 'root';

/** NEUTRON_LAB_SCENARIOS names another folder of the same shape. */
export function scenariosFolder(): string {
  return process.env.NEUTRON_LAB_SCENARIOS ?? fileURLToPath(new URL('../data/scenarios', import.meta.url));
}

export interface Scenario {
  readonly name: string;
  readonly recorded: Snapshot;
  /** Under the name that the lab is to have on the engine. */
  lab(name: string): Lab;
}

export function scenariosIn(folder: string): readonly Scenario[] {
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'cloud.json')))
    .sort()
    .map((name) => readScenario(folder, name));
}

function readScenario(folder: string, name: string): Scenario {
  const nodes = join(folder, name, 'nodes');
  return {
    name,
    recorded: new Map(subfolders(nodes).map((node) => [node, readPlaces(join(nodes, node))])),
    lab: (labName) => labFromCloud(readCloud(join(folder, name, 'cloud.json')), labName),
  };
}

function readCloud(path: string): Cloud {
  return JSON.parse(readFileSync(path, 'utf8')) as Cloud;
}

function readPlaces(folder: string): ReadonlyMap<string, Files> {
  return new Map(
    subfolders(folder).map((place) => [
      place,
      new Map(
        readdirSync(join(folder, place)).map(
          (file) => [file, readFileSync(join(folder, place, file), 'utf8')] as const,
        ),
      ),
    ]),
  );
}

function subfolders(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => statSync(join(folder, name)).isDirectory())
    .sort();
}
