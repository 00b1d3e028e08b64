/** The experiments that come with the program, by name. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { analyseLabFile } from '../model/lab-file/read.js';
import { LabFileNotFound } from './errors.js';
import { bundledLab } from './package-folder.js';

const ENDING = '.neutron.yaml';

export interface NamedExperiment {
  readonly name: string;
  readonly title: string;
}

async function names(): Promise<string[]> {
  const files = await readdir(bundledLab('experiments'));
  return files
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length))
    .sort();
}

export async function namedExperiments(): Promise<NamedExperiment[]> {
  return await Promise.all(
    (await names()).map(async (name) => {
      const text = await readFile(join(bundledLab('experiments'), name + ENDING), 'utf8');
      return { name, title: analyseLabFile(text).scenario?.title ?? name };
    }),
  );
}

/** @throws LabFileNotFound */
export async function pathOfExperiment(name: string): Promise<string> {
  const all = await names();
  if (all.includes(name)) return join(bundledLab('experiments'), name + ENDING);
  throw new LabFileNotFound(
    `"${name}" is neither a lab file nor the name of an experiment.`,
    `Experiments are ${all.join(', ')}.`,
  );
}
