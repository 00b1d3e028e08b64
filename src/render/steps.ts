/** Steps as a person reads them: what changes for which resource, why, and the commands. Pure. */
import { commandLine } from '../reconcile/plan.js';
import { groupSteps } from '../reconcile/step-groups.js';
import type { Step } from '../reconcile/step.js';
import { type Paint, printable, wrap } from './paint.js';

export const SIGN = { create: '+', update: '~', remove: '-' } as const;
const COLOUR = { create: 'green', update: 'yellow', remove: 'red' } as const;

/** Steps in their order, neighbours with the same resource and reason under one heading. */
export function renderSteps(steps: readonly Step[], paint: Paint, width: number): string[] {
  return groupSteps(steps).flatMap(({ change, resource, why, steps: own }) => {
    const of =
      resource.kind === 'node'
        ? ''
        : `${resource.kind} ${printable(resource.name === '' ? resource.id : resource.name)}: `;
    const [first = '', ...more] = wrap(`${of}${printable(why)}`, width - 4);
    return [
      `  ${paint(SIGN[change], COLOUR[change], 'bold')} ${first}`,
      ...more.map((line) => `    ${line}`),
      ...own.map((step) => paint(`      ${printable(commandLine(step))}`, 'cyan')),
    ];
  });
}
