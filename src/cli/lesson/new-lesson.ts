/** `neutron-lab lesson new`: a lesson to begin with. */
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { LESSON_FILE } from '../../lesson/library.js';
import { skeletonOf } from '../../lesson/lint/skeleton.js';
import type { CommandContext } from '../command-definition.js';
import { UsageError } from '../errors.js';
import { examples } from '../options.js';

export function defineNew(parent: Command, { terminal }: CommandContext): void {
  const create = parent
    .command('new')
    .summary('a lesson to begin with, which runs')
    .description('A folder with a lesson that runs and passes its own checks, and its lab file.')
    .argument('<folder>', 'its name becomes that of the lesson and its lab: 16-my-lesson');
  examples(create, ['neutron-lab lesson new labs/16-my-lesson', '']);
  create.action(async (folder: string) => {
    const { lab, lesson, start } = skeletonOf(basename(resolve(folder)));
    if ((await stat(folder).catch(() => null)) !== null)
      throw new UsageError(`"${folder}" is there already.`, 'Take another name.');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, LESSON_FILE), lesson);
    await writeFile(join(folder, lab), start);
    terminal.line(
      `${terminal.paint('✓', 'green')} ${join(folder, LESSON_FILE)} and ${lab}. Try it: neutron-lab lesson run ${folder}`,
    );
  });
}
