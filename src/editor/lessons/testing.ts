/** The checks of the workspace's lessons in the Testing view: a lesson each, its steps below. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isCancelled } from '../report.js';
import { DisposableList } from '../disposable-list.js';
import type { Problem } from '../../model/lab-file/problems.js';
import { rangeOfProblem } from '../language/ranges.js';
import type { LessonEntry } from './catalogue.js';

export interface TestedStep {
  readonly passed: boolean;
  /** Sentences; empty where it passed. */
  readonly why: readonly string[];
}

export interface Tested {
  /** Those of the workspace. */
  lessons(): Promise<readonly LessonEntry[]>;
  /** Whether the lab is as the step wants it; it is brought up if it does not run. @throws LabError */
  check(lesson: vscode.Uri, step: number, signal: AbortSignal): Promise<TestedStep>;
}

export class LessonTests implements vscode.Disposable {
  private readonly own = new DisposableList();
  private readonly controller: vscode.TestController;

  constructor(private readonly tested: Tested) {
    this.controller = this.own.add(vscode.tests.createTestController('neutron-lab.lessons', l10n.t('Lessons')));
    this.controller.refreshHandler = async () => {
      await this.find();
    };
    this.controller.createRunProfile(
      l10n.t('Check'),
      vscode.TestRunProfileKind.Run,
      async (request, token) => {
        await this.run(request, token);
      },
      true,
    );
    void this.find();
  }

  /** Called when lessons came or went, too. */
  async find(): Promise<void> {
    const lessons = await this.tested.lessons();
    this.controller.items.replace(
      lessons.flatMap((lesson) => {
        const { name, head, own } = lesson;
        const steps = own === null ? [] : lesson.steps();
        if (own === null || steps.length === 0) return [];
        const item = this.controller.createTestItem(name, head.title, own);
        const elsewhere = lesson.errors();
        const wrong = elsewhere.length > 0 || steps.some(({ errors }) => errors.length > 0);
        // Its steps may be folded away.
        item.description = wrong ? `${l10n.t('has an error')} · ${name}` : name;
        showErrors(item, elsewhere);
        item.children.replace(
          steps.map(({ number, title, line, errors }) => {
            const step = this.controller.createTestItem(`${name} ${String(number)}`, title, own);
            step.sortText = String(number).padStart(3, '0');
            step.range = new vscode.Range(line - 1, 0, line - 1, 0);
            showErrors(step, errors);
            return step;
          }),
        );
        return [item];
      }),
    );
  }

  dispose(): void {
    this.own.dispose();
  }

  private async run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const run = this.controller.createTestRun(request);
    const abort = new AbortController();
    token.onCancellationRequested(() => {
      abort.abort();
    });
    const steps = this.stepsOf(request);
    for (const { item } of steps) run.enqueued(item);
    for (const { item, uri, number } of steps) {
      if (abort.signal.aborted) {
        run.skipped(item);
        continue;
      }
      run.started(item);
      const began = performance.now();
      if (item.error !== undefined) {
        run.errored(item, messageOf(textOf(item.error), item));
        continue;
      }
      try {
        const { passed, why } = await this.tested.check(uri, number, abort.signal);
        const took = performance.now() - began;
        if (passed) run.passed(item, took);
        else
          run.failed(
            item,
            why.map((sentence) => messageOf(sentence, item)),
            took,
          );
      } catch (error) {
        if (isCancelled(error)) run.skipped(item);
        else run.errored(item, messageOf(sentenceOf(error), item), performance.now() - began);
      }
    }
    run.end();
  }

  private stepsOf({ include, exclude }: vscode.TestRunRequest) {
    const wanted = include ?? [...this.controller.items].map(([, item]) => item);
    const out = new Set((exclude ?? []).map(({ id }) => id));
    const items = wanted.flatMap((item) => (item.parent ? [item] : [...item.children].map(([, child]) => child)));
    return items.flatMap((item) => {
      const number = Number(item.id.split(' ').at(-1));
      return item.uri === undefined || out.has(item.id) ? [] : [{ item, uri: item.uri, number }];
    });
  }
}

/** As of a file that does not compile: it stays there, says what is wrong, and leads to where. */
function showErrors(item: vscode.TestItem, errors: readonly Problem[]): void {
  const [first] = errors;
  if (!first) return;
  item.range = rangeOfProblem(first);
  item.error = errors
    .map(({ line, message, remedy }) => l10n.t('Line {0}: {1}', line, `${message} ${remedy}`))
    .join('\n');
}

function textOf(error: string | vscode.MarkdownString): string {
  return typeof error === 'string' ? error : error.value;
}

function messageOf(sentence: string, { uri, range }: vscode.TestItem): vscode.TestMessage {
  const message = new vscode.TestMessage(sentence);
  if (uri && range) message.location = new vscode.Location(uri, range);
  return message;
}

function sentenceOf(error: unknown): string {
  const remedy = typeof error === 'object' && error !== null && 'remedy' in error ? ` ${String(error.remedy)}` : '';
  return (error instanceof Error ? error.message : String(error)) + remedy;
}
