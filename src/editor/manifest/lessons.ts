/** Lessons as VS Code knows them: a notebook, a renderer for what a cell shows, and languages that name the cells. Pure. */

/** The type of a notebook; menus ask for it as `notebookType`. */
export const LESSON_NOTEBOOK = 'neutron-lab.lesson';

/** The file that is one. */
export const LESSON_FILE = 'lesson.md';

/** Draws cards: questions, checks, pictures. */
export const LESSON_RENDERER = 'neutron-lab.lesson-card';
export const CARD_MIME = 'application/vnd.neutron-lab.card+json';

/** Of a command that is run. */
export const SHELL = 'shellscript';

/** What a cell is beside a command: a language each, so that VS Code writes it into the cell's corner. */
export const CELL_LANGUAGES = {
  predict: { id: 'neutron-lab-predict', name: 'Prediction' },
  declare: { id: 'neutron-lab-declare', name: 'Declaration' },
  experiment: { id: 'neutron-lab-experiment', name: 'Experiment' },
  show: { id: 'neutron-lab-show', name: 'Live View' },
  check: { id: 'neutron-lab-check', name: 'Check' },
  inject: { id: 'neutron-lab-inject', name: 'Fault to Find' },
} as const;

/** Their text is a sentence or two, and no code. */
export const CELL_EDITOR_SETTINGS = {
  'editor.wordWrap': 'on',
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.wordBasedSuggestions': 'off',
  'editor.occurrencesHighlight': 'off',
} as const;
