/** A step as a document: what is written, or the command whole with what it is fed. Pure. */
import { commandLine } from '../../reconcile/plan.js';
import type { Step } from '../../reconcile/step.js';

export interface StepText {
  /** The end of the document's path, by which an editor knows its language. */
  readonly file: string;
  readonly text: string;
}

export function stepText(step: Step): StepText {
  const { action, node, namespace, why } = step;
  if (action.type === 'write') return { file: `${node}${action.path}`, text: action.content };
  const comment = [`# ${why}`, `# on ${node}${namespace === '' ? '' : `, in ${namespace}`}`];
  const command = commandLine(step);
  const whole =
    action.type === 'run' && action.stdin !== undefined
      ? [command.replace(/<<EOF …$/, "<<'EOF'"), action.stdin.replace(/\n$/, ''), 'EOF']
      : [command];
  const [program = 'command'] = action.type === 'run' || action.type === 'spawn' ? action.argv : [action.type];
  return { file: `${node}/${program.replace(/.*\//, '')}.sh`, text: [...comment, '', ...whole, ''].join('\n') };
}
