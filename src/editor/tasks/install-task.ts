/** Installing an engine, in a terminal that shows what is done before it is done. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { engineOptions } from '../engine/engine-access.js';
import { type Lines, LinesTerminal } from './lines-terminal.js';

export function installTask(done: () => void): vscode.Task {
  const task = new vscode.Task(
    { type: 'neutron-lab.install' },
    vscode.TaskScope.Workspace,
    l10n.t('Install Docker Engine'),
    'neutron-lab',
    new vscode.CustomExecution(() => Promise.resolve(new LinesTerminal((lines) => install(lines).finally(done)))),
  );
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, focus: true, clear: true };
  return task;
}

async function install({ line, paint, signal }: Lines): Promise<number> {
  const { installEngine, plannedInstallation } = await import('../../docker/install-engine.js');
  const planned = await plannedInstallation(engineOptions());
  if (planned === null) {
    line(`${paint('✓', 'green')} ${l10n.t('A container engine answers already.')}`);
    return 0;
  }
  line(l10n.t('No container engine answers. This is done now:'));
  for (const { argv, why } of [...planned.install, ...planned.start.slice(0, 1)])
    line(`  ${paint(argv.join(' '), 'cyan')}`, paint(`      ${why}`, 'grey'));
  line('');
  const { name, version } = await installEngine({
    ...engineOptions(),
    signal,
    progress: (text) => {
      line(paint(`  ${text}`, 'grey'));
    },
  });
  line('', `${paint('✓', 'green')} ${l10n.t('{0} {1} answers.', name, version)}`);
  return 0;
}
