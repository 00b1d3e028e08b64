/** What this window does with labs, one thing at a time for each: shown on its row and in a notification that cancels. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { LabError } from '../../model/errors.js';
import type { Work } from '../labs/lab-entry.js';
import type { LabStore } from '../labs/lab-store.js';
import type { Stage } from './up-words.js';

export interface Operation {
  readonly signal: AbortSignal;
  readonly tell: (stage: Stage) => void;
}

export interface Order {
  /** Of the lab. */
  readonly name: string;
  readonly kind: Work['kind'];
  /** Of the notification. */
  readonly title: string;
  /** What the row says before anything is told. */
  readonly begin: string;
  /** Left out where nothing can be cancelled halfway. */
  readonly cancellable?: boolean;
  /** Aborts it from elsewhere, as a task's terminal does. */
  readonly signal?: AbortSignal;
}

export class Operations {
  constructor(private readonly labs: LabStore) {}

  /** @throws LabError where something is being done with that lab already; what `task` throws */
  async run<T>(order: Order, task: (operation: Operation) => Promise<T>): Promise<T> {
    const { name, kind, title, begin, cancellable = true } = order;
    const other = this.labs.workOf(name);
    if (other) {
      throw new LabError(
        'LabBusy',
        l10n.t('The lab {0} is being worked on: {1}.', name, other.progress),
        l10n.t('Wait for it, or cancel it in its notification.'),
      );
    }
    const abort = new AbortController();
    const stop = (): void => {
      abort.abort();
    };
    order.signal?.addEventListener('abort', stop);
    this.labs.setWork(name, { kind, progress: begin });
    try {
      const location = vscode.ProgressLocation.Notification;
      return await vscode.window.withProgress({ location, title, cancellable }, async (notification, token) => {
        token.onCancellationRequested(stop);
        return await task({ signal: abort.signal, tell: this.teller(order, notification) });
      });
    } finally {
      order.signal?.removeEventListener('abort', stop);
      this.labs.setWork(name, null);
      // What was done is seen at once; whoever follows the lab needs not wait for an event.
      await this.labs.reattach(name).catch(() => undefined);
    }
  }

  /** Hundreds of steps make a dozen texts: only what is new is shown. */
  private teller({ name, kind }: Order, notification: vscode.Progress<{ message: string; increment: number }>) {
    let told = '';
    let shown = 0;
    return ({ text, share }: Stage): void => {
      const percent = share === null ? shown : Math.max(shown, Math.floor(share * 100));
      if (text === told && percent - shown < 2) return;
      notification.report({ message: text, increment: percent - shown });
      if (text !== told) this.labs.setWork(name, { kind, progress: text });
      told = text;
      shown = percent;
    };
  }
}
