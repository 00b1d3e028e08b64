/** A capture as a decoded list, live, in a terminal of VS Code: until Ctrl+C, or until it is closed. */
import { createInterface } from 'node:readline';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ExecSession } from '../../docker/runtime.js';
import { type Capture, decodedArgv } from '../../lab/capture.js';
import type { Services } from '../services.js';
import { runningContainer } from './inside-access.js';
import { packetText } from './packet-text.js';

export function captureTerminal(
  services: Services,
  lab: string,
  capture: Capture,
  detailed: boolean,
  name: string,
): void {
  const pty = new CaptureTerminal(services, lab, capture, detailed);
  vscode.window.createTerminal({ name, iconPath: new vscode.ThemeIcon('pulse'), pty }).show();
}

class CaptureTerminal implements vscode.Pseudoterminal {
  private readonly written = new vscode.EventEmitter<string>();
  private readonly ended = new vscode.EventEmitter<number>();
  private session: ExecSession | null = null;
  private state: 'running' | 'stopped' | 'closed' = 'running';
  private packets = 0;

  readonly onDidWrite = this.written.event;
  readonly onDidClose = this.ended.event;

  constructor(
    private readonly services: Services,
    private readonly lab: string,
    private readonly capture: Capture,
    private readonly detailed: boolean,
  ) {}

  open(): void {
    void this.run();
  }

  handleInput(text: string): void {
    if (this.state === 'running' && text === '\u0003') this.stop();
    else if (this.state === 'stopped' && text === '\r') void this.run();
    else if (this.state === 'stopped' && (text === '\u0003' || text === '\u0004')) this.ended.fire(0);
  }

  close(): void {
    this.state = 'closed';
    this.session?.close();
  }

  private stop(): void {
    this.state = 'stopped';
    this.session?.close();
    this.note(
      this.packets === 1 ? l10n.t('1 packet.') : l10n.t('{0} packets.', this.packets),
      l10n.t('Enter goes on, Ctrl+D closes.'),
    );
  }

  private async run(): Promise<void> {
    this.state = 'running';
    this.packets = 0;
    try {
      const runtime = await this.services.engine.runtime();
      const { id } = await runningContainer(runtime, this.lab, this.capture.target.node);
      const session = await runtime.exec(id, { argv: decodedArgv(this.capture, this.detailed) });
      this.session = session;
      if (!this.goesOn()) {
        session.close();
        return;
      }
      createInterface({ input: session.stderr }).on('line', (line) => {
        if (this.goesOn() && line !== '') this.note(line);
      });
      createInterface({ input: session.stdout }).on('line', (line) => {
        if (!this.goesOn()) return;
        if (/^\d/.test(line)) this.packets += 1;
        this.written.fire(packetText(line));
      });
      await session.exit;
      if (this.goesOn()) this.stop();
    } catch (error) {
      if (!this.goesOn()) return;
      this.note(error instanceof Error ? error.message : String(error));
      this.stop();
    }
  }

  private goesOn(): boolean {
    return this.state === 'running';
  }

  private note(...texts: readonly string[]): void {
    // eslint-disable-next-line no-control-regex -- what comes from elsewhere does not move the cursor
    const clean = texts.join(' ').replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
    this.written.fire(`\u001b[2m${clean}\u001b[22m\r\n`);
  }
}
