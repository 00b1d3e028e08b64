/** What is said of a legacy router whose node cannot be asked. Pure. */
import { silenceOf } from '../lab/silence.js';
import type { BoxLine, NodeState, UnseenShape } from './picture.js';

/** In its box, which says nothing else. */
export function legacyLines(node: NodeState): BoxLine[] {
  const silence = node === 'declared' ? null : silenceOf(node);
  return silence === null ? [] : [{ say: 'remark', text: silence, trouble: true }];
}

/** Those of its nodes that cannot be asked. */
export function unseenOf(nodes: readonly string[], stateOf: (node: string) => NodeState): UnseenShape[] {
  return nodes.flatMap((node) => {
    const remark = silenceOf(stateOf(node));
    return remark === null ? [] : [{ node, remark }];
  });
}
