/** Steps as a person reads them: what changes for which resource, why, and the commands. Pure. */
import { commandLine } from '../../reconcile/plan.js';
import type { Step } from '../../reconcile/step.js';
import { type Paint, printable, wrap } from './paint.js';

export const SIGN = { create: '+', update: '~', remove: '-' } as const;
const COLOUR = { create: 'green', update: 'yellow', remove: 'red' } as const;

/** Steps in their order, neighbours with the same resource and reason under one heading. */
export function renderSteps(steps: readonly Step[], paint: Paint, width: number): string[] {
  const lines: string[] = [];
  let heading = '';
  for (const step of steps) {
    const { change, resource, why } = step;
    const next = JSON.stringify([change, resource.kind, resource.id, why]);
    if (next !== heading) {
      const of =
        resource.kind === 'node'
          ? ''
          : `${resource.kind} ${printable(resource.name === '' ? resource.id : resource.name)}: `;
      const [first = '', ...more] = wrap(`${of}${printable(why)}`, width - 4);
      lines.push(`  ${paint(SIGN[change], COLOUR[change], 'bold')} ${first}`, ...more.map((line) => `    ${line}`));
    }
    heading = next;
    lines.push(paint(`      ${printable(commandLine(step))}`, 'cyan'));
  }
  return lines;
}
