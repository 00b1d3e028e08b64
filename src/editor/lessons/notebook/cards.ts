/** The card of a cell before anything was done with it, and what every card says in plain text. Pure. */
import * as l10n from '@vscode/l10n';
import type { Cell } from '../../../lesson/format/lesson.js';
import type { Card } from '../card.js';

/** Null for a cell that shows nothing before it is run. @param body The YAML of the cell */
export function openingCard(cell: Cell, body: string): Card | null {
  switch (cell.kind) {
    case 'predict':
      return { kind: 'predict', choices: cell.choices, revealed: null };
    case 'check':
      return { kind: 'check', state: 'open', failures: [], hint: cell.hint, solved: false };
    case 'declare':
      return { kind: 'declare', text: body, state: 'open' };
    case 'experiment':
      return { kind: 'experiment', state: 'open', text: body, report: null, timeline: null };
    case 'inject':
      return { kind: 'inject', level: cell.level, state: 'open' };
    case 'show':
    case 'run':
      return null;
  }
}

/** For whoever has no renderer: another program, a screen reader's text view, a workspace that is not trusted. */
export function cardText(card: Card): string {
  switch (card.kind) {
    case 'predict':
      return predictText(card);
    case 'check':
      if (card.state === 'open') return l10n.t('Not checked yet.');
      if (card.state === 'passed') return l10n.t('Passed.');
      return [l10n.t('Not yet.'), ...card.failures.map(({ why }) => `- ${why}`)].join('\n');
    case 'declare':
      return card.text;
    case 'experiment':
      return experimentText(card);
    case 'inject':
      return card.state === 'open' ? l10n.t('Nothing is broken yet.') : l10n.t('Something was broken.');
    case 'topology':
      return topologyText(card);
    case 'timeline':
      return l10n.t('A timeline of {0} events.', card.timeline?.events.length ?? 0);
  }
}

function predictText({ choices, revealed }: Extract<Card, { kind: 'predict' }>): string {
  const lines = choices.map((choice, index) => `${String(index + 1)}. ${choice}`);
  if (revealed === null) return lines.join('\n');
  const { chosen, answer } = revealed;
  return [...lines, l10n.t('You said {0}, and it is {1}.', chosen + 1, answer + 1)].join('\n');
}

function experimentText({ text, report }: Extract<Card, { kind: 'experiment' }>): string {
  if (report === null) return text;
  const { theory, outage_s: outage, runs } = report;
  const high = Number.isFinite(theory.high) ? theory.high.toFixed(2) : '∞';
  return [
    l10n.t('Outage {0} s, theory {1} to {2} s.', outage.median.toFixed(2), theory.low.toFixed(2), high),
    ...runs.map(({ explanation }) => explanation),
  ].join('\n');
}

function topologyText({ picture }: Extract<Card, { kind: 'topology' }>): string {
  if (picture === null) return l10n.t('There is nothing to show: the lab has no file.');
  const roles = picture.routers.map(({ name, active }) =>
    active.length === 0 ? l10n.t('{0}: no MASTER', name) : l10n.t('{0}: MASTER on {1}', name, active.join(', ')),
  );
  const nodes = picture.nodes.map(
    ({ name, boxes }) => `${name}: ${boxes.map((box) => `${box.namespace} ${box.role ?? ''}`.trim()).join(', ')}`,
  );
  return [...roles, ...nodes].join('\n');
}
