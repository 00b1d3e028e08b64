/** Which engine, how to get one, and the image that it needs. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EnsuredImage } from '../../docker/image.js';
import type { KnownEngine } from '../../docker/known-engines.js';
import { LabError } from '../../model/errors.js';
import type { Handlers } from '../commands.js';
import type { CommandId } from '../manifest/commands.js';
import { SETTING_DOCKER_HOST } from '../manifest/settings.js';
import type { Services } from '../services.js';
import { installTask } from '../tasks/install-task.js';
import type { Circumstances } from './circumstances.js';

export function engineCommands(services: Services, circumstances: Circumstances) {
  const { engine, log } = services;
  return {
    'neutron-lab.engineTrouble': async () => {
      const { trouble } = circumstances;
      if (trouble?.kind === 'untrusted') {
        await vscode.commands.executeCommand('workbench.trust.manage');
        return;
      }
      if (trouble?.kind !== 'engine') {
        if (trouble) await vscode.commands.executeCommand('neutron-lab.buildImage' satisfies CommandId);
        return;
      }
      const { message, remedy } = trouble.error;
      const buttons: Readonly<Record<string, CommandId>> = {
        [l10n.t('Try Again')]: 'neutron-lab.refresh',
        ...(circumstances.canInstall ? { [l10n.t('Install Docker Engine')]: 'neutron-lab.installEngine' } : {}),
        [l10n.t('Choose Engine')]: 'neutron-lab.chooseEngine',
      };
      const chosen = await vscode.window.showWarningMessage(`${message} ${remedy}`, ...Object.keys(buttons));
      const command = chosen === undefined ? undefined : buttons[chosen];
      if (command !== undefined) await vscode.commands.executeCommand(command);
    },
    'neutron-lab.chooseEngine': async () => {
      const { knownEngines } = await import('../../docker/known-engines.js');
      const configuration = vscode.workspace.getConfiguration();
      const now = configuration.get<string>(SETTING_DOCKER_HOST, '');
      const chosen = await vscode.window.showQuickPick<EngineItem>(
        knownEngines().then((engines) => [automatic(now), ...engines.map((one) => item(one, now)), other()]),
        { title: l10n.t('Which container engine?'), matchOnDescription: true, matchOnDetail: true },
      );
      if (!chosen) return;
      const address = chosen.address ?? (await askForAddress(now));
      if (address === undefined) return;
      // Written where it holds for every folder, unless this folder says otherwise already.
      const inFolder = configuration.inspect(SETTING_DOCKER_HOST)?.workspaceValue !== undefined;
      const target = inFolder ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
      await configuration.update(SETTING_DOCKER_HOST, address === '' ? undefined : address, target);
      if (await engine.tryAgain()) {
        const { state } = engine;
        if (state.kind !== 'there') return;
        const { name, version } = state.runtime.engine;
        vscode.window.setStatusBarMessage(l10n.t('$(check) {0} {1} answers', name, version), 5000);
      } else if (engine.state.kind === 'missing') throw engine.state.error;
    },
    'neutron-lab.installEngine': async () => {
      await vscode.tasks.executeTask(installTask(() => void engine.tryAgain()));
    },
    'neutron-lab.buildImage': async () => {
      const runtime = await engine.runtime();
      const { ensureImage } = await import('../../docker/image.js');
      const title = l10n.t('Making the node image');
      const made = await withCancel<EnsuredImage>(title, log, (signal, progress) =>
        ensureImage(runtime, { signal, progress }),
      );
      await circumstances.lookForImage();
      const text =
        made.way === 'present'
          ? l10n.t('The node image is there already.')
          : l10n.t('The node image is there: {0}.', made.how);
      void vscode.window.showInformationMessage(text);
    },
    'neutron-lab.loadImage': async () => {
      const [file] =
        (await vscode.window.showOpenDialog({
          title: l10n.t('A file that `neutron-lab image save` wrote'),
          openLabel: l10n.t('Load'),
          filters: { [l10n.t('Image files')]: ['tar', 'gz', 'tgz'] },
        })) ?? [];
      if (!file) return;
      const runtime = await engine.runtime();
      const [{ loadImageFile }, { wantedImageTag }] = await Promise.all([
        import('../../docker/image-file.js'),
        import('../../docker/image.js'),
      ]);
      const tags = await withCancel(l10n.t('Loading the node image'), log, (signal, onProgress) =>
        loadImageFile(runtime, file.fsPath, { signal, onProgress }),
      );
      await circumstances.lookForImage();
      const wanted = await wantedImageTag();
      if (!tags.includes(wanted)) {
        throw new LabError(
          'ImageFileOfOtherVersion',
          l10n.t('The file holds {0}; this version runs its nodes from {1}.', tags.join(', '), wanted),
          l10n.t('Save it again with this version, or make the image here.'),
        );
      }
      void vscode.window.showInformationMessage(l10n.t('The node image is there: {0}.', wanted));
    },
  } satisfies Handlers;
}

/** What the engine says goes to the log as well: where a build fails, its last line is not enough. */
async function withCancel<T>(
  title: string,
  log: vscode.LogOutputChannel,
  task: (signal: AbortSignal, progress: (line: string) => void) => Promise<T>,
): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return await vscode.window.withProgress(options, async (notification, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => {
      abort.abort();
    });
    return await task(abort.signal, (line) => {
      log.info(line);
      notification.report({ message: line.trim().slice(0, 120) });
    });
  });
}

interface EngineItem extends vscode.QuickPickItem {
  /** Empty: no setting; undefined: it is asked for. */
  readonly address: string | undefined;
}

function automatic(now: string): EngineItem {
  return {
    label: l10n.t('Automatic'),
    description: now === '' ? l10n.t('as it is now') : '',
    detail: l10n.t('what DOCKER_HOST, the docker context or a default socket names'),
    iconPath: new vscode.ThemeIcon('search'),
    address: '',
  };
}

function other(): EngineItem {
  return {
    label: l10n.t('Another Address…'),
    detail: l10n.t('unix:///path, tcp://host:port or ssh://user@host'),
    iconPath: new vscode.ThemeIcon('edit'),
    address: undefined,
  };
}

function item({ address, known, answer }: KnownEngine, now: string): EngineItem {
  return {
    label: address,
    description: [answerText(answer), address === now && l10n.t('as it is now')].filter(Boolean).join(' · '),
    ...(known === null ? {} : { detail: known }),
    iconPath: new vscode.ThemeIcon(
      answer.kind === 'there' ? 'pass' : answer.kind === 'unasked' ? 'remote' : 'circle-slash',
    ),
    address,
  };
}

function answerText(answer: KnownEngine['answer']): string {
  switch (answer.kind) {
    case 'there':
      return `${answer.name} ${answer.version}`;
    case 'forbidden':
      return l10n.t('you may not open it');
    case 'silent':
      return l10n.t('does not answer');
    case 'unasked':
      return l10n.t('asked when it is chosen');
  }
}

async function askForAddress(now: string): Promise<string | undefined> {
  return await vscode.window.showInputBox({
    title: l10n.t('The address of the container engine'),
    value: now,
    placeHolder: 'ssh://me@server',
    validateInput: async (text) => {
      const { parseEndpoint } = await import('../../docker/engine-endpoint.js');
      try {
        parseEndpoint(text, l10n.t('The address'), false);
        return undefined;
      } catch (error) {
        return error instanceof LabError ? `${error.message} ${error.remedy}` : String(error);
      }
    },
  });
}
