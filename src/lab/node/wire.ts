/** The words that go to a node: netstring lists. See containers/node/PROTOCOL.md. */
import type { Step } from '../../reconcile/step.js';

/** `COUNT\n`, then each word as `LENGTH:BYTES,`: no byte in a word can be taken for anything else. */
export function encodeRequest(words: readonly string[]): Buffer {
  const chunks: Buffer[] = [Buffer.from(`${String(words.length)}\n`)];
  for (const word of words) {
    const bytes = Buffer.from(word, 'utf8');
    chunks.push(Buffer.from(`${String(bytes.length)}:`), bytes, COMMA);
  }
  return Buffer.concat(chunks);
}

const COMMA = Buffer.from(',');

function fieldsOf(step: Step): string[] {
  const { action } = step;
  switch (action.type) {
    case 'run':
      return [action.stdin ?? '', ...action.argv];
    case 'spawn':
      return [action.pidFile, action.daemonizes ? '1' : '0', action.hostname ?? '', ...action.argv];
    case 'write':
      return [action.path, action.mode.toString(8), action.content];
    case 'remove':
      return [action.path];
    case 'signal':
      return [action.signal, action.pidFile, action.process];
  }
}

export function encodeStep(step: Step): string[] {
  const { kind, id, name } = step.resource;
  const fields = fieldsOf(step);
  return [
    step.action.type,
    step.namespace,
    step.change,
    `${kind} ${id} ${name}`,
    step.why,
    String(fields.length),
    ...fields,
  ];
}
