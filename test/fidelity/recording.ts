/** A folder of recorded clouds, and what was recorded in each: file names to texts, by node and namespace. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ImportFile } from '../../src/model/import/gather.js';
import { importCloud } from '../../src/model/import/import-cloud.js';
import { readLabFile } from '../../src/model/lab-file/read.js';
import type { Lab } from '../../src/model/resources.js';

/** What one place (a namespace, or `root`) holds: a file's name in the recording to its text. */
export type Files = ReadonlyMap<string, string>;

/** Node to place to files. */
export type Snapshot = ReadonlyMap<string, ReadonlyMap<string, Files>>;

export const ROOT_PLACE = 'root';

/** Those that come with the project. */
export const OWN_SCENARIOS = fileURLToPath(new URL('../data/scenarios', import.meta.url));

/** NEUTRON_LAB_SCENARIOS names another folder of the same shape. */
export function scenariosFolder(): string {
  return process.env.NEUTRON_LAB_SCENARIOS ?? OWN_SCENARIOS;
}

export interface Scenario {
  readonly name: string;
  readonly recorded: Snapshot;
  /** Under the name that the lab is to have on the engine. */
  lab(name: string): Lab;
  /** What of a lab can be put beside a recording in which something is missing. */
  comparable?(lab: Snapshot): Snapshot;
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
    lab: (labName) => {
      const path = join(folder, name, 'cloud.json');
      return importedLab([{ name: path, text: readFileSync(path, 'utf8') }], labName);
    },
  };
}

/** By the way that a person takes: import, and read the lab file that comes of it. */
export function importedLab(files: readonly ImportFile[], name: string): Lab {
  const { text } = importCloud(files, name);
  if (text === null) throw new Error(`${files[0]?.name ?? ''} cannot be imported`);
  const { lab, problems } = readLabFile(text);
  if (lab) return lab;
  throw new Error(problems.map(({ line, message }) => `${String(line)}: ${message}`).join('\n'));
}

export function readPlaces(folder: string): ReadonlyMap<string, Files> {
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

export function subfolders(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => statSync(join(folder, name)).isDirectory())
    .sort();
}
