/** A plan as a tree: node › what changes and why › commands. Pure. */
import * as l10n from '@vscode/l10n';
import type { EngineStep } from '../../lab/bring-up/engine-plan.js';
import type { LabPlan } from '../../lab/bring-up/up.js';
import { commandLine } from '../../reconcile/plan.js';
import { type StepGroup, groupSteps } from '../../reconcile/step-groups.js';
import type { Step } from '../../reconcile/step.js';
import { count } from '../../render/words.js';

type Change = Step['change'];

export interface PlanRow {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** The change that its icon shows; null: a heading. */
  readonly change: Change | null;
  readonly icon: string;
  readonly tooltip: string;
  readonly children: readonly PlanRow[];
  readonly expanded: boolean;
  /** What is shown when it is opened. */
  readonly step: Step | null;
  /** For a screen reader, which does not see the sign. */
  readonly spoken: string;
}

/** By shape, so that they are told apart without colours. */
const ICONS: Readonly<Record<Change, string>> = {
  create: 'diff-added',
  update: 'diff-modified',
  remove: 'diff-removed',
};

/** More than that in one node is opened by whoever wants to read it. */
const FEW = 12;

export function planRows({ engine, steps }: LabPlan): PlanRow[] {
  const nodes = [...new Set(steps.map(({ node }) => node))];
  return [
    ...(engine.length === 0 ? [] : [engineRow(engine)]),
    ...nodes.map((node) =>
      nodeRow(
        node,
        steps.filter((step) => step.node === node),
        nodes.length,
      ),
    ),
  ];
}

/** `3 steps on the engine, 41 steps on 5 nodes` */
export function planCounts({ engine, steps }: LabPlan): string {
  const nodes = new Set(steps.map(({ node }) => node)).size;
  const signs = (['create', 'update', 'remove'] as const).flatMap((change) => {
    const number = [...engine, ...steps].filter((step) => step.change === change).length;
    return number === 0 ? [] : [`${SIGNS[change]}${String(number)}`];
  });
  const parts = [
    engine.length > 0 && l10n.t('{0} on the engine', stepsText(engine.length)),
    steps.length > 0 &&
      (nodes === 1
        ? l10n.t('{0} on 1 node', stepsText(steps.length))
        : l10n.t('{0} on {1} nodes', stepsText(steps.length), nodes)),
  ].filter((part) => part !== false);
  return `${parts.join(', ')} (${signs.join(' ')})`;
}

const SIGNS: Readonly<Record<Change, string>> = { create: '+', update: '~', remove: '−' };

function stepsText(number: number): string {
  return number === 1 ? l10n.t('1 step') : l10n.t('{0} steps', number);
}

function changeWord(change: Change): string {
  switch (change) {
    case 'create':
      return l10n.t('new');
    case 'update':
      return l10n.t('changed');
    case 'remove':
      return l10n.t('removed');
  }
}

function engineRow(steps: readonly EngineStep[]): PlanRow {
  return {
    id: 'engine',
    label: l10n.t('Container engine'),
    description: stepsText(steps.length),
    change: null,
    icon: 'server',
    tooltip: '',
    expanded: steps.length <= FEW,
    step: null,
    spoken: l10n.t('Container engine, {0}', stepsText(steps.length)),
    children: steps.map((step, at) => ({
      id: `engine#${String(at)}`,
      label: engineText(step),
      description: step.why,
      change: step.change,
      icon: ICONS[step.change],
      tooltip: step.why,
      expanded: false,
      step: null,
      spoken: `${changeWord(step.change)}, ${engineText(step)}`,
      children: [],
    })),
  };
}

function engineText({ action, node }: EngineStep): string {
  switch (action) {
    case 'create-underlay':
      return l10n.t('create the underlay network');
    case 'create-node':
      return l10n.t('create the container of {0}', node ?? '');
    case 'start-node':
      return l10n.t('start the container of {0}', node ?? '');
    case 'unpause-node':
      return l10n.t('thaw the container of {0}', node ?? '');
    case 'remove-node':
      return l10n.t('remove the container of {0}', node ?? '');
  }
}

function nodeRow(node: string, steps: readonly Step[], nodes: number): PlanRow {
  const groups = groupSteps(steps);
  return {
    id: `node#${node}`,
    label: node,
    description: stepsText(steps.length),
    change: null,
    icon: 'vm',
    tooltip: '',
    expanded: groups.length <= FEW || nodes === 1,
    step: null,
    spoken: l10n.t('Node {0}, {1}', node, stepsText(steps.length)),
    children: groups.map((group, at) => groupRow(node, group, at)),
  };
}

function groupRow(node: string, { change, resource, why, steps }: StepGroup, at: number): PlanRow {
  const name = resource.name === '' ? resource.id : resource.name;
  const of = resource.kind === 'node' ? '' : `${resource.kind.replaceAll('_', ' ')} ${name}`;
  const id = `node#${node}#${String(at)}`;
  return {
    id,
    label: of === '' ? why : of,
    ...(of === '' ? {} : { description: why }),
    change,
    icon: ICONS[change],
    tooltip: [of === '' ? '' : `**${of}**`, why, count(steps.length, 'command')]
      .filter((part) => part !== '')
      .join('\n\n'),
    expanded: false,
    step: null,
    spoken: [changeWord(change), of, why].filter((part) => part !== '').join(', '),
    children: steps.map((step, position) => ({
      id: `${id}#${String(position)}`,
      label: commandLine(step),
      change: null,
      icon: step.action.type === 'write' ? 'file' : 'terminal',
      tooltip: step.why,
      expanded: false,
      step,
      spoken: commandLine(step),
      children: [],
    })),
  };
}
