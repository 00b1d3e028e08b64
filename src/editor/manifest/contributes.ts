/** The `contributes` of package.json and the English of package.nls.json, out of the tables beside this file. Pure. */
import { COMMANDS, type CommandEntry } from './commands.js';
import { KEYBINDINGS } from './keybindings.js';
import {
  CARD_MIME,
  CELL_EDITOR_SETTINGS,
  CELL_LANGUAGES,
  LESSON_FILE,
  LESSON_NOTEBOOK,
  LESSON_RENDERER,
} from './lessons.js';
import { MENUS, SUBMENUS } from './menus.js';
import { SETTINGS, type SettingEntry } from './settings.js';
import { TASK_DEFINITION } from './tasks.js';
import { VIEW_CONTAINER, VIEWS, type ViewEntry, WELCOMES } from './views.js';
import { STEPS, WALKTHROUGH } from './walkthrough.js';
import { TERMINAL_PROFILE } from './terminal.js';

const DESCRIPTION =
  'OpenStack networking in your editor: real namespaces, real keepalived, real dnsmasq on containers, and no OpenStack.';
const UNTRUSTED = 'A lab can be read and drawn. It can be run as soon as the workspace is trusted.';
const VIRTUAL = 'Labs run on a container engine beside the files.';

export interface Contributions {
  readonly contributes: Readonly<Record<string, unknown>>;
  /** Key to English text. */
  readonly nls: Readonly<Record<string, string>>;
}

/** Collects English texts and gives the `%key%` that stands for each. */
class Texts {
  readonly nls: Record<string, string> = {};

  say(key: string, text: string): string {
    this.nls[key] = text;
    return `%${key}%`;
  }
}

export function contributions(): Contributions {
  const texts = new Texts();
  texts.say('extension.description', DESCRIPTION);
  texts.say('capabilities.untrusted', UNTRUSTED);
  texts.say('capabilities.virtual', VIRTUAL);
  const contributes = {
    viewsContainers: {
      activitybar: [
        {
          id: VIEW_CONTAINER.id,
          title: texts.say('view.container.title', VIEW_CONTAINER.title),
          icon: VIEW_CONTAINER.icon,
        },
      ],
    },
    views: {
      [VIEW_CONTAINER.id]: Object.entries<ViewEntry>(VIEWS).map(([id, { name, icon, when, visibility }]) => ({
        id,
        name: texts.say(`view.${id}.name`, name),
        icon,
        ...(when === undefined ? {} : { when }),
        ...(visibility === undefined ? {} : { visibility }),
      })),
    },
    viewsWelcome: Object.entries(WELCOMES).map(([key, { view, when, contents }]) => ({
      view,
      when,
      contents: texts.say(`welcome.${key}`, contents.join('\n')),
    })),
    walkthroughs: [walkthrough(texts)],
    notebooks: [
      {
        type: LESSON_NOTEBOOK,
        displayName: texts.say('notebook.lesson', 'Lesson of Neutron Lab'),
        selector: [{ filenamePattern: LESSON_FILE }],
      },
    ],
    notebookRenderer: [
      {
        id: LESSON_RENDERER,
        displayName: texts.say('notebook.renderer', 'Cards of a lesson'),
        mimeTypes: [CARD_MIME],
        entrypoint: './dist/webview/lesson.js',
        requiresMessaging: 'always',
      },
    ],
    languages: Object.entries(CELL_LANGUAGES).map(([kind, { id, name }]) => ({
      id,
      aliases: [texts.say(`language.${kind}`, name)],
    })),
    configurationDefaults: Object.fromEntries(
      Object.values(CELL_LANGUAGES).map(({ id }) => [`[${id}]`, CELL_EDITOR_SETTINGS]),
    ),
    commands: commandsOf(texts),
    submenus: Object.entries(SUBMENUS).map(([id, label]) => ({ id, label: texts.say(`submenu.${id}`, label) })),
    menus: menus(),
    taskDefinitions: taskDefinitions(texts),
    keybindings: KEYBINDINGS,
    // For those who use the YAML extension; src/build.mjs writes the schema out of the one that validates.
    yamlValidation: [{ fileMatch: ['*.neutron.yaml', '*.neutron.yml'], url: './dist/lab-file.schema.json' }],
    terminal: {
      profiles: [{ ...TERMINAL_PROFILE, title: texts.say('terminal.profile.title', TERMINAL_PROFILE.title) }],
    },
    configuration: {
      title: texts.say('settings.title', 'Neutron Lab'),
      properties: Object.fromEntries(
        Object.entries<SettingEntry>(SETTINGS).map(([id, entry]) => [id, setting(id, entry, texts)]),
      ),
    },
  };
  return { contributes, nls: texts.nls };
}

function commandsOf(texts: Texts): object[] {
  return Object.entries<CommandEntry>(COMMANDS).map(([command, { title, icon, enablement }]) => ({
    command,
    category: 'Neutron Lab',
    title: texts.say(`command.${command}`, title),
    ...(icon === undefined ? {} : { icon }),
    ...(enablement === undefined ? {} : { enablement }),
  }));
}

function walkthrough(texts: Texts): object {
  const { id, title, description } = WALKTHROUGH;
  return {
    id,
    title: texts.say('walkthrough.title', title),
    description: texts.say('walkthrough.description', description),
    steps: Object.entries(STEPS).map(([key, step]) => ({
      id: key,
      title: texts.say(`walkthrough.${key}.title`, step.title),
      description: texts.say(`walkthrough.${key}.description`, step.description.join('\n\n')),
      media: {
        svg: `src/editor/media/walkthrough/${step.picture}`,
        altText: texts.say(`walkthrough.${key}.alt`, step.alt),
      },
      ...(step.completion === undefined ? {} : { completionEvents: step.completion }),
    })),
  };
}

function menus(): Record<string, unknown> {
  const palette = Object.entries<CommandEntry>(COMMANDS).flatMap(([command, entry]) =>
    entry.palette === undefined ? [] : [{ command, when: entry.palette === false ? 'false' : entry.palette }],
  );
  const filled = Object.entries(MENUS).filter(([, entries]) => entries.length > 0);
  return { ...Object.fromEntries(filled), commandPalette: palette };
}

function taskDefinitions(texts: Texts): object[] {
  const { type, commands, command, lab } = TASK_DEFINITION;
  return [
    {
      type,
      required: ['command'],
      properties: {
        command: { type: 'string', enum: commands, description: texts.say('task.command', command) },
        lab: { type: 'string', description: texts.say('task.lab', lab) },
      },
    },
  ];
}

function setting(id: string, entry: SettingEntry, texts: Texts): object {
  const { description, enumDescriptions, type, default: value, scope, enum: words, minimum, maximum } = entry;
  return {
    type,
    default: value,
    scope,
    ...(words === undefined ? {} : { enum: words }),
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
    markdownDescription: texts.say(`setting.${id}`, description),
    ...(enumDescriptions === undefined
      ? {}
      : {
          markdownEnumDescriptions: enumDescriptions.map((text, at) =>
            texts.say(`setting.${id}.${String(entry.enum?.[at] ?? at)}`, text),
          ),
        }),
  };
}

/** For `capabilities.untrustedWorkspaces`: what a workspace that is not trusted cannot set. */
export function restrictedSettings(): string[] {
  return Object.entries<SettingEntry>(SETTINGS)
    .filter(([, { restricted }]) => restricted === true)
    .map(([id]) => id);
}
