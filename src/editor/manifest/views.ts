/** The views, and what they say while they are empty. Pure. */
import { command } from './command-link.js';

export interface ViewEntry {
  readonly name: string;
  readonly icon: string;
}

export const VIEW_CONTAINER = { id: 'neutron-lab', title: 'Neutron Lab', icon: 'src/editor/media/neutron-lab.svg' };

export const VIEWS = {
  'neutron-lab.labs': { name: 'Labs', icon: 'src/editor/media/neutron-lab.svg' },
} as const satisfies Record<`neutron-lab.${string}`, ViewEntry>;

export type ViewId = keyof typeof VIEWS;

export interface WelcomeEntry {
  readonly view: ViewId;
  readonly when: string;
  /** Markdown as viewsWelcome has it: a line with nothing but a link is a button. */
  readonly contents: readonly string[];
}

export const WELCOMES: Readonly<Record<string, WelcomeEntry>> = {
  noFolder: {
    view: 'neutron-lab.labs',
    when: 'workbenchState == empty',
    contents: [
      'A lab is a file in a folder. Open one, or make a new lab and say where it goes.',
      '[Open Folder](command:vscode.openFolder)',
      `[New Lab](${command('neutron-lab.newLab')})`,
    ],
  },
  noLab: {
    view: 'neutron-lab.labs',
    when: 'workbenchState != empty',
    contents: ['There is no lab file in this folder yet.', `[New Lab](${command('neutron-lab.newLab')})`],
  },
};
