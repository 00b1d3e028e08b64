/** What the rest of the editor knows of lessons: their names, and how they are opened. They themselves are read when one is. */
import * as vscode from 'vscode';
import type { Handlers } from '../commands.js';
import type { ServedLessons } from '../late/late-lessons.js';
import { LESSON_FILE } from '../manifest/lessons.js';
import type { Operations } from '../run/operations.js';
import type { Runner } from '../run/run-commands.js';
import type { Services } from '../services.js';
import type { LessonWord, Lessons } from './open-lessons.js';

export function lessonsFeature(services: Services, runner: Runner, operations: Operations) {
  let opened: Promise<Lessons> | null = null;
  const load = async (): Promise<Lessons> => {
    opened ??= import('./open-lessons.js').then(({ openLessons }) =>
      openLessons({ services, runner, operations, words: vscode.l10n.bundle ?? {} }),
    );
    return await opened;
  };
  const served: ServedLessons = {
    rows: async (parent, changed) => (await load()).rows(parent, changed),
    serializer: async () => (await load()).serializer,
  };
  // Its checks are tests: without a lesson in the workspace there is no need for a Testing view.
  void vscode.workspace.findFiles(`**/${LESSON_FILE}`, '**/node_modules/**', 1).then(async ({ length }) => {
    if (length > 0) (await load()).showTests();
  });
  const commands = {
    'neutron-lab.openLesson': async (word?: LessonWord) => {
      await (await load()).open(word);
    },
    'neutron-lab.openLessonAsText': async (word?: LessonWord) => {
      await (await load()).openAsText(word);
    },
    'neutron-lab.newLesson': async () => {
      await (await load()).create();
    },
    'neutron-lab.startLesson': async (word?: LessonWord) => {
      await (await load()).start(word);
    },
    'neutron-lab.repairLesson': async (word?: LessonWord) => {
      await (await load()).repair(word);
    },
    'neutron-lab.resetLesson': async (word?: LessonWord) => {
      await (await load()).reset(word);
    },
    'neutron-lab.solveLesson': async (word?: LessonWord, step?: number) => {
      await (await load()).solve(word, step);
    },
  } satisfies Handlers;
  return { commands, served };
}
