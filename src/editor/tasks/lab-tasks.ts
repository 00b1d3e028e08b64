/** `neutron-lab` tasks: what the command line does with a lab, in a task's terminal and with its exit code. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { down } from '../../lab/bring-up/down.js';
import { type BringUpProgress, type BroughtUp, bringUpLab, repairLab } from '../../lab/bring-up/bring-up.js';
import { LabError } from '../../model/errors.js';
import { renderPlan } from '../../render/plan.js';
import { renderProblems } from '../../render/problems.js';
import { UpProgress } from '../../render/up-progress.js';
import { count, milliseconds } from '../../render/words.js';
import { TASK_DEFINITION, type TaskCommand } from '../manifest/tasks.js';
import { makePlan } from '../plan/planned.js';
import { LabFileErrors, checked, intentOf, savedText } from '../run/lab-source.js';
import { versionOf } from '../run/run-commands.js';
import { waitingText } from '../run/up-words.js';
import type { Services } from '../services.js';
import { type Lines, LinesTerminal } from './lines-terminal.js';

interface LabTask extends vscode.TaskDefinition {
  readonly command: TaskCommand;
  readonly lab?: string;
}

export class LabTasks implements vscode.TaskProvider {
  constructor(private readonly services: Services) {}

  async provideTasks(): Promise<vscode.Task[]> {
    const files = await this.services.files.all();
    return files.flatMap(({ uri }) => {
      const folder = vscode.workspace.getWorkspaceFolder(uri);
      if (!folder) return [];
      const lab = vscode.workspace.asRelativePath(uri, false);
      return TASK_DEFINITION.commands.map((command) => this.task({ type: TASK_DEFINITION.type, command, lab }, folder));
    });
  }

  resolveTask(task: vscode.Task): vscode.Task | undefined {
    const { command, lab } = task.definition as Partial<LabTask>;
    const known = TASK_DEFINITION.commands.find((one) => one === command);
    if (known === undefined || (lab !== undefined && typeof lab !== 'string')) return undefined;
    const scope = task.scope ?? vscode.TaskScope.Workspace;
    // VS Code compares the definition with the one that was written: it is given back as it is.
    return this.task(task.definition as LabTask, scope, task.name);
  }

  private task(definition: LabTask, scope: vscode.WorkspaceFolder | vscode.TaskScope, name?: string): vscode.Task {
    const { command, lab } = definition;
    const task = new vscode.Task(
      definition,
      scope,
      name ?? [command, lab].filter((part) => part !== undefined).join(' '),
      TASK_DEFINITION.type,
      new vscode.CustomExecution(() =>
        Promise.resolve(new LinesTerminal((lines) => runTask(this.services, definition, scope, lines))),
      ),
      [],
    );
    task.detail = detail(command);
    return task;
  }
}

function detail(command: TaskCommand): string {
  switch (command) {
    case 'up':
      return l10n.t('brings the lab up, or applies what its file says now');
    case 'plan':
      return l10n.t('what would change, with nothing done');
    case 'repair':
      return l10n.t('makes the nodes again what was applied');
    case 'down':
      return l10n.t('removes the lab from the engine');
  }
}

async function runTask(
  services: Services,
  { command, lab: path }: LabTask,
  scope: vscode.WorkspaceFolder | vscode.TaskScope,
  lines: Lines,
): Promise<number> {
  const uri = await fileOf(services, path, scope);
  const text = await savedText(uri);
  try {
    return await runOn(services, command, uri, text, lines);
  } catch (error) {
    if (!(error instanceof LabFileErrors)) throw error;
    lines.line(...renderProblems(error.file, text, error.problems, lines.paint));
    return 1;
  } finally {
    await services.labs.reattach(services.labs.get(uri.toString())?.name ?? '');
  }
}

async function runOn(
  services: Services,
  command: TaskCommand,
  uri: vscode.Uri,
  text: string,
  lines: Lines,
): Promise<number> {
  const { line, paint, signal, columns } = lines;
  const { name } = checked(uri, text);
  const runtime = await services.engine.runtime();
  const began = performance.now();
  const version = versionOf(services.context);
  switch (command) {
    case 'plan': {
      const { plan } = await makePlan(runtime, uri, text, version);
      line(...renderPlan(plan, paint, columns()));
      return 0;
    }
    case 'down': {
      const { containers } = await down(runtime, name);
      const what = containers.length === 0 ? 'nothing to remove' : `${count(containers.length, 'node')} removed`;
      line(`${paint('✓', 'green')} ${paint(name, 'bold')} is down: ${what}.`);
      return 0;
    }
    case 'up':
    case 'repair': {
      const options = { version, signal, onProgress: teller(lines) };
      const done =
        command === 'up'
          ? await bringUpLab(runtime, () => intentOf(runtime, uri, text), options)
          : await repairLab(runtime, name, options);
      if (done === null) throw new LabError('LabNotRunning', l10n.t('{0} does not run.', name), l10n.t('Bring it up.'));
      line(readyText(done, performance.now() - began, lines));
      return 0;
    }
  }
}

function readyText({ lab, changed }: BroughtUp, took: number, { paint }: Lines): string {
  const what = changed === 0 ? 'nothing to change' : count(changed, 'change');
  return `${paint('✓', 'green')} ${paint(lab.name, 'bold')} is ready after ${milliseconds(took)}: ${what}.`;
}

/** The lines of the command line where nothing can be drawn again. */
function teller({ line, paint }: Lines): (progress: BringUpProgress) => void {
  let up = new UpProgress([], () => performance.now());
  let told = '';
  return (progress) => {
    switch (progress.type) {
      case 'image':
        line(paint(`  ${progress.line}`, 'grey'));
        return;
      case 'lab':
        up = new UpProgress(
          progress.lab.nodes.map(({ name }) => name),
          () => performance.now(),
        );
        return;
      case 'up':
        line(...up.take(progress.event).map((text) => `  ${text}`));
        return;
      case 'waiting': {
        const text = waitingText(progress.missing);
        if (text !== told) line(`  ${text}`);
        told = text;
      }
    }
  };
}

/** The file that a task names; the only one of its folder where it names none. */
async function fileOf(
  { files }: Services,
  path: string | undefined,
  scope: vscode.WorkspaceFolder | vscode.TaskScope,
): Promise<vscode.Uri> {
  const folder = typeof scope === 'object' ? scope : vscode.workspace.workspaceFolders?.[0];
  if (path !== undefined) {
    if (/^([/\\]|[A-Za-z]:)/.test(path) || !folder) return vscode.Uri.file(path);
    return vscode.Uri.joinPath(folder.uri, path);
  }
  const all = (await files.all()).filter(
    ({ uri }) => vscode.workspace.getWorkspaceFolder(uri)?.index === folder?.index,
  );
  const [only, ...more] = all;
  if (only && more.length === 0) return only.uri;
  throw new LabError(
    'LabFileNotFound',
    only ? l10n.t('There are several lab files.') : l10n.t('There is no lab file here.'),
    l10n.t('Name one in the task: "lab": "path/to/my.neutron.yaml".'),
  );
}
