/** What `up` would change. Pure. */
import type { LabPlan } from '../lab/bring-up/up.js';
import { commandLine } from '../reconcile/plan.js';
import type { EngineStep } from '../lab/bring-up/engine-plan.js';
import type { Paint } from './paint.js';
import { SIGN, renderSteps } from './steps.js';
import { count } from './words.js';

const ORDER: Readonly<Record<EngineStep['action'], string>> = {
  'create-underlay': 'create the underlay network',
  'create-node': 'create the container of node',
  'start-node': 'start the container of node',
  'unpause-node': 'thaw the container of node',
  'remove-node': 'remove the container of node',
};

export function isEmptyPlan({ engine, steps }: LabPlan): boolean {
  return engine.length === 0 && steps.length === 0;
}

export function renderPlan(plan: LabPlan, paint: Paint, width: number): string[] {
  const { lab, engine, steps } = plan;
  const hidden = plan.hidden_fault ? [paint('A fault is hidden here, which `up` would heal, too.', 'yellow')] : [];
  if (isEmptyPlan(plan)) return [`${paint(lab, 'bold')} is as its file says: nothing to change.`, ...hidden];
  const nodes = [...new Set(steps.map(({ node }) => node))];
  const total = [
    engine.length > 0 ? `${count(engine.length, 'step')} on the engine` : '',
    steps.length > 0 ? `${count(steps.length, 'step')} on ${count(nodes.length, 'node')}` : '',
  ];
  return [
    `${paint(lab, 'bold')}: ${total.filter((part) => part !== '').join(', ')}. Nothing was done.`,
    ...hidden,
    ...renderEngineSteps(engine, paint),
    ...nodes.flatMap((node) => {
      const own = steps.filter((step) => step.node === node);
      return [
        '',
        `${paint(node, 'bold')} ${paint(`· ${count(own.length, 'step')}`, 'grey')}`,
        ...renderSteps(own, paint, width),
      ];
    }),
  ];
}

function renderEngineSteps(steps: readonly EngineStep[], paint: Paint): string[] {
  if (steps.length === 0) return [];
  const lines: string[] = ['', paint('the container engine', 'bold')];
  let why = '';
  for (const step of steps) {
    const colour = step.change === 'create' ? 'green' : step.change === 'update' ? 'yellow' : 'red';
    lines.push(
      `  ${paint(SIGN[step.change], colour, 'bold')} ${ORDER[step.action]}${step.node === null ? '' : ` ${step.node}`}`,
    );
    if (step.why !== why) lines.push(paint(`      ${step.why}`, 'grey'));
    why = step.why;
  }
  return lines;
}

/** For scripts: the plan as it is, and each step's command as a person would type it. */
export function planJson(plan: LabPlan): object {
  return {
    lab: plan.lab,
    empty: isEmptyPlan(plan),
    ...(plan.hidden_fault ? { hidden_fault: true } : {}),
    engine: plan.engine,
    steps: plan.steps.map((step) => ({ ...step, command: commandLine(step) })),
  };
}
