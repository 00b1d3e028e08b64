/** The rows of the Lessons view. Progress is told by words and shape, and by colour as well. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { contextValue } from '../manifest/context-values.js';
import type { LessonEntry, LessonEntryStep } from './catalogue.js';

/** A row; commands get it as their first word. */
export interface LessonRow {
  readonly item: vscode.TreeItem;
  readonly lesson: LessonEntry;
  /** Of a step, its number; null: the lesson itself. */
  readonly step: number | null;
}

/** @param passed The numbers of the steps whose check was passed */
export function lessonRow(lesson: LessonEntry, passed: ReadonlySet<number>): LessonRow {
  const { head, number, name, own } = lesson;
  const label = number === null ? head.title : `${String(number)} · ${head.title}`;
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  const steps = passed.size === 0 ? [] : lesson.steps();
  const done = steps.filter((step) => passed.has(step.number)).length;
  const progress = progressWord(done, steps.length);
  item.id = `lesson ${name}`;
  const first = lesson.headless ? l10n.t('has an error') : l10n.t('{0} min', head.minutes);
  item.description = [first, progress].filter((word) => word !== '').join(' · ');
  if (lesson.headless) item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  else
    item.iconPath =
      steps.length > 0 && done === steps.length
        ? new vscode.ThemeIcon('pass-filled', new vscode.ThemeColor('testing.iconPassed'))
        : new vscode.ThemeIcon(done > 0 ? 'color-mode' : 'circle-large-outline');
  item.tooltip = new vscode.MarkdownString(tooltip(lesson));
  item.contextValue = contextValue('lesson', own === null ? [] : ['file']);
  item.accessibilityInformation = {
    label: [
      label,
      lesson.headless ? first : l10n.t('{0} minutes', head.minutes),
      progress === '' ? l10n.t('not begun') : progress,
    ].join(', '),
  };
  return { item, lesson, step: null };
}

export function stepRow(lesson: LessonEntry, step: LessonEntryStep, passed: boolean): LessonRow {
  const item = new vscode.TreeItem(step.title);
  item.id = `lesson ${lesson.name} ${String(step.number)}`;
  item.iconPath = passed
    ? new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'))
    : new vscode.ThemeIcon('circle-outline');
  if (passed) item.description = l10n.t('passed');
  const row: LessonRow = { item, lesson, step: step.number };
  item.command = { command: 'neutron-lab.openLesson', title: l10n.t('Open'), arguments: [row] };
  return row;
}

function progressWord(done: number, all: number): string {
  if (done === 0) return '';
  return done === all ? l10n.t('done') : l10n.t('{0} of {1} steps', done, all);
}

function tooltip({ head: { title, summary, books } }: LessonEntry): string {
  const plain = (text: string): string => text.replace(/[\\`*_{}[\]<>()#+!|]/g, '\\$&');
  const chapters = books.map((book) => `- *${plain(book.title)}*: ${plain(book.chapter)}`);
  return [`**${plain(title)}**`, plain(summary), chapters.join('\n')].filter((text) => text !== '').join('\n\n');
}
