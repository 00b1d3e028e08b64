/** Shells in nodes, namespaces and instances, whose screens are in the page. */
import * as l10n from '@vscode/l10n';
import { type ExecTarget, shellArgv } from '../../lab/exec-target.js';
import { RemoteTerminal, type TerminalEnd } from '../../lab/node/remote-terminal.js';
import type { FromPage, ToPage } from '../../picture/messages.js';
import { placeOf } from '../inside/place.js';
import type { LabEntry } from '../labs/lab-entry.js';
import type { About } from '../tree/row.js';
import type { TopologyHost } from './panels.js';

type Message<T extends FromPage['type']> = Extract<FromPage, { type: T }>;

/** What the kernel makes of a process whose node loses its power: 128 and SIGKILL. */
const KILLED = 137;

export class Consoles {
  private readonly terminals = new Map<string, RemoteTerminal>();

  constructor(
    private readonly host: TopologyHost,
    private readonly tell: (message: ToPage) => void,
  ) {}

  async open(
    entry: LabEntry | undefined,
    about: About | null,
    { id, columns, rows }: Message<'console'>,
  ): Promise<void> {
    if (about === null) {
      this.end(id, l10n.t('It is not there any more.'));
      return;
    }
    const live = entry?.live ?? null;
    const place = live === null ? null : placeOf(about, live);
    // As the engine told last: what the lab itself knows is as old as the last look at its nodes.
    const container = entry?.containers.find(({ node }) => node === place?.target.node);
    if (place === null || container?.state !== 'running') {
      this.end(id, l10n.t('{0} does not run.', place?.target.node ?? about.name));
      return;
    }
    const terminal = await this.opened(id, place.target, container.id, { columns, rows });
    if (terminal === null) return;
    this.terminals.get(id)?.close();
    this.terminals.set(id, terminal);
  }

  /** Null where it went while it was asked: who waits for it is told so, and may ask again. */
  private async opened(
    id: string,
    target: ExecTarget,
    container: string,
    size: { readonly columns: number; readonly rows: number },
  ): Promise<RemoteTerminal | null> {
    try {
      return await RemoteTerminal.open(await this.host.engine.runtime(), {
        container,
        argv: shellArgv(target),
        size,
        listener: {
          onText: (text) => {
            this.tell({ type: 'consoleText', id, text });
          },
          onEnd: (end) => {
            this.end(id, whyEnded(end, target.node));
          },
        },
      });
    } catch (error) {
      this.end(id, error instanceof Error ? error.message : String(error));
      return null;
    }
  }

  take(message: Message<'consoleInput' | 'consoleSize' | 'consoleClose'>): void {
    const { id } = message;
    if (message.type === 'consoleInput') this.terminals.get(id)?.write(message.text);
    else if (message.type === 'consoleSize')
      this.terminals.get(id)?.resize({ columns: message.columns, rows: message.rows });
    else this.close(id);
  }

  private close(id: string): void {
    this.terminals.get(id)?.close();
    this.terminals.delete(id);
  }

  /** All: nobody looks at them any more. */
  dispose(): void {
    for (const id of [...this.terminals.keys()]) this.close(id);
  }

  private end(id: string, reason: string): void {
    this.terminals.delete(id);
    this.tell({ type: 'consoleEnded', id, reason });
  }
}

function whyEnded(end: TerminalEnd, node: string): string {
  if (end.kind === 'lost') return l10n.t('The connection to {0} is gone.', node);
  return end.code === KILLED
    ? l10n.t('The shell was killed, as when {0} is powered off.', node)
    : l10n.t('It has ended.');
}
