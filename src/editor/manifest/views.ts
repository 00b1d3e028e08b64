/** The views, and what they say while they are empty. Pure. */
import { command } from './command-link.js';
import { CONTEXT, whenIs } from './context-keys.js';

export interface ViewEntry {
  readonly name: string;
  readonly icon: string;
  readonly when?: string;
  /** Only its title is seen until somebody opens it. */
  readonly visibility?: 'collapsed';
}

export const VIEW_CONTAINER = { id: 'neutron-lab', title: 'Neutron Lab', icon: 'src/editor/media/neutron-lab.svg' };

export const VIEWS = {
  'neutron-lab.labs': { name: 'Labs', icon: 'src/editor/media/neutron-lab.svg' },
  'neutron-lab.lessons': { name: 'Lessons', icon: '$(mortar-board)', visibility: 'collapsed' },
  'neutron-lab.plan': { name: 'Plan', icon: '$(list-tree)', when: CONTEXT.hasPlan },
} as const satisfies Record<`neutron-lab.${string}`, ViewEntry>;

export type ViewId = keyof typeof VIEWS;

export const LABS_VIEW = 'neutron-lab.labs' satisfies ViewId;
export const LESSONS_VIEW = 'neutron-lab.lessons' satisfies ViewId;

export interface WelcomeEntry {
  readonly view: ViewId;
  readonly when: string;
  /** Markdown as viewsWelcome has it: a line with nothing but a link is a button. */
  readonly contents: readonly string[];
}

const labs = LABS_VIEW;
/** VS Code makes this command for a view. */
const TAKE_A_LESSON = `[Take a Lesson](command:${LESSONS_VIEW}.focus)`;
const TRUSTED = 'isWorkspaceTrusted';
const missing = `${TRUSTED} && ${whenIs('engine', 'missing')}`;

/** Several may be true at once: they stand one below the other, in this order. */
export const WELCOMES: Readonly<Record<string, WelcomeEntry>> = {
  untrusted: {
    view: labs,
    when: '!isWorkspaceTrusted',
    contents: [
      'This folder is in Restricted Mode: its labs can be read and drawn, and are run once you trust it.',
      '[Manage Workspace Trust](command:workbench.trust.manage)',
    ],
  },
  noFolder: {
    view: labs,
    when: 'workbenchState == empty',
    contents: [
      'A lab is a file in a folder. Open one, or make a new lab and say where it goes.',
      '[Open Folder](command:vscode.openFolder)',
      `[New Lab](${command('neutron-lab.newLab')})`,
      TAKE_A_LESSON,
    ],
  },
  noLab: {
    view: labs,
    when: 'workbenchState != empty',
    contents: [
      'There is no lab file in this folder yet: a file *.neutron.yaml that says which networks, routers and instances there are.',
      `[New Lab](${command('neutron-lab.newLab')})`,
      TAKE_A_LESSON,
    ],
  },
  engineMissingDebian: {
    view: labs,
    when: `${missing} && ${whenIs('system', 'debian')} && !${CONTEXT.canInstallEngine}`,
    contents: [
      'No container engine answers. Install one with sudo apt-get install --no-install-recommends docker.io iptables, or start the one that is there with sudo service docker start.',
    ],
  },
  engineMissingInstall: {
    view: labs,
    when: `${missing} && ${CONTEXT.canInstallEngine}`,
    contents: [
      'No container engine answers. Docker Engine can be installed from the packages of this system; a terminal shows what is done.',
      `[Install Docker Engine](${command('neutron-lab.installEngine')})`,
    ],
  },
  engineMissingLinux: {
    view: labs,
    when: `${missing} && ${whenIs('system', 'linux')}`,
    contents: [
      'No container engine answers. Install [Docker Engine](https://docs.docker.com/engine/install/) or Podman and start it: sudo systemctl start docker, or systemctl --user start podman.socket.',
    ],
  },
  engineMissingDesktop: {
    view: labs,
    when: `${missing} && ${whenIs('system', 'desktop')}`,
    contents: ['No container engine answers. Install [Docker Desktop](https://docs.docker.com/desktop/) and start it.'],
  },
  engineForbidden: {
    view: labs,
    when: `${TRUSTED} && ${whenIs('engine', 'forbidden')}`,
    contents: [
      'A container engine is there, but you may not open its socket. Run sudo usermod -aG docker $USER, then log out and in again.',
    ],
  },
  engineUnusable: {
    view: labs,
    when: `${TRUSTED} && ${whenIs('engine', 'unusable')}`,
    contents: [
      'The container engine that the settings, DOCKER_HOST or the Docker context name does not answer. Start it, or choose another one.',
      `[What Is Wrong](${command('neutron-lab.engineTrouble')})`,
    ],
  },
  engineTryAgain: {
    view: labs,
    when: `${TRUSTED} && ${CONTEXT.engine} =~ /^(missing|forbidden|unusable)$/`,
    contents: [
      `[Try Again](${command('neutron-lab.refresh')})`,
      `[Choose Container Engine](${command('neutron-lab.chooseEngine')})`,
    ],
  },
  noLesson: {
    view: LESSONS_VIEW,
    when: CONTEXT.lessonsRead,
    contents: [
      'There is no lesson here. A lesson is a file lesson.md beside its lab file, in a folder of its own.',
      `[New Lesson](${command('neutron-lab.newLesson')})`,
    ],
  },
  imageMissing: {
    view: labs,
    when: `${TRUSTED} && ${whenIs('engine', 'there')} && ${whenIs('image', 'missing')}`,
    contents: [
      'The image that the nodes of a lab run is not there yet. It is made once, in about a minute, or loaded from a file that was saved elsewhere.',
      `[Make Node Image](${command('neutron-lab.buildImage')})`,
      `[Load from File](${command('neutron-lab.loadImage')})`,
    ],
  },
};
