/** The tasks that tasks.json may name. Pure. */

export const TASK_DEFINITION = {
  type: 'neutron-lab',
  commands: ['up', 'plan', 'repair', 'down'],
  command: 'What is to be done with the lab.',
  lab: 'The lab file, relative to the folder. May be left out where the folder has only one.',
} as const;

export type TaskCommand = (typeof TASK_DEFINITION.commands)[number];
