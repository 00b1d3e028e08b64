/** Captures that go to a file or to Wireshark: told in the status bar, which stops them. */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ExecSession } from '../../docker/runtime.js';
import { type Capture, pcapArgv } from '../../lab/capture.js';
import { LabError } from '../../model/errors.js';
import { report } from '../report.js';
import type { Services } from '../services.js';
import { runningContainer } from './inside-access.js';
import { findWireshark, openWireshark } from './wireshark.js';

interface RunningCapture {
  readonly title: string;
  readonly session: ExecSession;
}

export class RunningCaptures implements vscode.Disposable {
  private readonly all = new Set<RunningCapture>();
  private item: vscode.StatusBarItem | null = null;

  constructor(private readonly services: Services) {}

  /** Resolves when it has begun. @throws LabError and the engine's errors */
  async toFile(lab: string, capture: Capture, title: string, file: vscode.Uri): Promise<void> {
    const session = await this.start(lab, capture);
    const running = this.add(title, session);
    const complaint = complaintOf(session);
    void pipeline(session.stdout, createWriteStream(file.fsPath)).then(
      async () => {
        this.remove(running);
        await this.told(file, complaint()).catch((error: unknown) => report(error, this.services.log));
      },
      (error: unknown) => {
        this.remove(running);
        session.close();
        void vscode.window.showErrorMessage(l10n.t('{0} cannot be written: {1}', file.fsPath, String(error)));
      },
    );
  }

  /** @throws WiresharkMissing, LabError and the engine's errors */
  async toWireshark(lab: string, capture: Capture, title: string, setting: string): Promise<void> {
    const program = await findWireshark(setting);
    const session = await this.start(lab, capture);
    session.stderr.resume();
    const running = this.add(title, session);
    const child = openWireshark(program, session.stdout);
    const over = (): void => {
      session.close();
      this.remove(running);
    };
    child.once('exit', over);
    child.once('error', (error) => {
      over();
      void vscode.window.showErrorMessage(l10n.t('Wireshark cannot be started: {0}', error.message));
    });
    session.exit.then(over, over);
  }

  /** Stops the only one, or the one that is chosen. */
  async stop(): Promise<void> {
    const [only, ...more] = this.all;
    if (more.length === 0) {
      only?.session.close();
      return;
    }
    const items = [...this.all].map((running) => ({ label: running.title, running }));
    const chosen = await vscode.window.showQuickPick(items, { title: l10n.t('Stop which capture?') });
    chosen?.running.session.close();
  }

  dispose(): void {
    for (const { session } of this.all) session.close();
    this.item?.dispose();
  }

  private async start(lab: string, capture: Capture): Promise<ExecSession> {
    const runtime = await this.services.engine.runtime();
    const { id } = await runningContainer(runtime, lab, capture.target.node);
    return await runtime.exec(id, { argv: pcapArgv(capture) });
  }

  private add(title: string, session: ExecSession): RunningCapture {
    const running = { title, session };
    this.all.add(running);
    this.draw();
    return running;
  }

  private remove(running: RunningCapture): void {
    this.all.delete(running);
    this.draw();
  }

  private draw(): void {
    if (this.all.size === 0) {
      this.item?.dispose();
      this.item = null;
      return;
    }
    this.item ??= vscode.window.createStatusBarItem('neutron-lab.captures', vscode.StatusBarAlignment.Left);
    const [first] = this.all;
    this.item.name = l10n.t('Neutron Lab: captures');
    this.item.text = `$(record) ${this.all.size === 1 ? l10n.t('Capturing {0}', first?.title ?? '') : l10n.t('{0} captures', this.all.size)}`;
    this.item.tooltip = l10n.t('Click to stop');
    this.item.command = 'neutron-lab.stopCapture';
    this.item.show();
  }

  private async told(file: vscode.Uri, complaint: string): Promise<void> {
    const wrong = /syntax error|can't parse|No such device|not permitted/.exec(complaint);
    if (wrong) throw new LabError('CaptureFailed', complaint, l10n.t('Mend the filter, or choose another interface.'));
    const open = l10n.t('Open');
    const chosen = await vscode.window.showInformationMessage(l10n.t('The capture is in {0}.', file.fsPath), open);
    if (chosen === open) await vscode.env.openExternal(file);
  }
}

function complaintOf({ stderr }: ExecSession): () => string {
  let text = '';
  stderr.on('data', (chunk: Buffer) => (text = (text + chunk.toString('utf8')).slice(-2000)));
  return () => text.trim();
}
