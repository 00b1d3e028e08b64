/** A terminal of VS Code in a node, a namespace or an instance, through the engine: nothing else has to be installed. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { shellArgv } from '../../lab/exec-target.js';
import { RemoteTerminal, type TerminalEnd } from '../../lab/node/remote-terminal.js';
import { DisposableList } from '../disposable-list.js';
import type { Services } from '../services.js';
import { type Chosen, runningContainer } from './inside-access.js';

/** Where VS Code does not say how large it is. */
const SIZE = { columns: 80, rows: 24 };

export function placeTerminalOptions(services: Services, chosen: Chosen): vscode.ExtensionTerminalOptions {
  return {
    name: chosen.place.title,
    iconPath: new vscode.ThemeIcon(chosen.place.icon),
    pty: new PlaceTerminal(services, chosen),
  };
}

class PlaceTerminal implements vscode.Pseudoterminal {
  private readonly own = new DisposableList();
  private readonly written = this.own.add(new vscode.EventEmitter<string>());
  // VS Code may ask for a code after the end: it is told before, so this one is not disposed with the rest.
  private readonly ended = new vscode.EventEmitter<number>();
  private remote: RemoteTerminal | null = null;
  private size = SIZE;
  private state: 'connecting' | 'open' | 'lost' | 'closed' = 'connecting';

  readonly onDidWrite = this.written.event;
  readonly onDidClose = this.ended.event;

  constructor(
    private readonly services: Services,
    private readonly chosen: Chosen,
  ) {
    this.own.add(
      services.engine.onDidChangeNodes((nodes) => {
        const { lab, place } = this.chosen;
        const back = nodes.some((one) => one.lab === lab && one.node === place.target.node && one.state === 'running');
        if (this.state === 'lost' && back) this.say(l10n.t('{0} runs again.', place.target.node));
      }),
    );
  }

  open(size: vscode.TerminalDimensions | undefined): void {
    if (size) this.size = size;
    void this.connect();
  }

  setDimensions(size: vscode.TerminalDimensions): void {
    this.size = size;
    this.remote?.resize(size);
  }

  handleInput(text: string): void {
    if (this.state === 'open') this.remote?.write(text);
    else if (this.state === 'lost' && text === '\r') void this.connect();
    else if (this.state === 'lost' && (text === '\u0004' || text === '\u0003')) this.ended.fire(0);
  }

  close(): void {
    this.state = 'closed';
    this.remote?.close();
    this.own.dispose();
  }

  private async connect(): Promise<void> {
    this.state = 'connecting';
    const { lab, place } = this.chosen;
    try {
      const runtime = await this.services.engine.runtime();
      const { id } = await runningContainer(runtime, lab, place.target.node);
      const remote = await RemoteTerminal.open(runtime, {
        container: id,
        argv: shellArgv(place.target),
        size: this.size,
        listener: {
          onText: (text) => {
            this.written.fire(text);
          },
          onEnd: (end) => void this.onEnd(end),
        },
      });
      if (this.isClosed()) {
        remote.close();
        return;
      }
      this.remote = remote;
      this.state = 'open';
      remote.resize(this.size);
    } catch (error) {
      this.lose(error instanceof Error ? error.message : String(error));
    }
  }

  private async onEnd(end: TerminalEnd): Promise<void> {
    this.remote = null;
    if (end.kind === 'lost') {
      this.lose(l10n.t('The connection to {0} is gone.', this.chosen.place.target.node));
      return;
    }
    // A shell that was killed: by its node's end, or by somebody.
    if (end.code > 128 && !(await this.nodeRuns())) {
      this.lose(l10n.t('{0} went down.', this.chosen.place.target.node));
      return;
    }
    if (!this.isClosed()) this.ended.fire(end.code);
  }

  private async nodeRuns(): Promise<boolean> {
    try {
      const runtime = await this.services.engine.runtime();
      await runningContainer(runtime, this.chosen.lab, this.chosen.place.target.node);
      return true;
    } catch {
      return false;
    }
  }

  private lose(reason: string): void {
    if (this.isClosed()) return;
    this.state = 'lost';
    this.say(reason);
  }

  private say(reason: string): void {
    this.written.fire(
      `\r\n\u001b[33m${reason}\u001b[39m ${l10n.t('Enter connects again, Ctrl+D closes the terminal.')}\r\n`,
    );
  }

  private isClosed(): boolean {
    return this.state === 'closed';
  }
}
