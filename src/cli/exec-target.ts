/** What the words of `exec` mean: which node, which namespace, and in whose shoes. */
import type { ExecTarget } from '../lab/exec-target.js';
import { NoSuchTarget } from '../lab/lab-errors.js';
import { readNodes } from '../lab/status.js';
import { namespaceOf, subjectsOf } from '../lab/subject.js';
import { UsageError } from './errors.js';
import { type LabAccess, knownLab } from './lab-access.js';
import { findSubject } from '../lab/find-subject.js';
import { chooseNode } from '../lab/place.js';

/** The words of the command line: `exec [PLACE] [-n NAMESPACE]`. */
export interface ExecWords {
  readonly place: string | undefined;
  readonly namespace: string | undefined;
}

/** @throws NoSuchTarget, NoSuchNode, UsageError */
export async function resolveTarget(access: LabAccess, words: ExecWords): Promise<ExecTarget> {
  const { place, namespace } = words;
  const nodes = access.running.containers.map(({ node }) => node).sort();
  const node = place !== undefined && nodes.includes(place) ? place : undefined;
  if (place !== undefined && node === undefined && namespace !== undefined) {
    throw new NoSuchTarget('node', place, nodes);
  }
  if (namespace === undefined) {
    if (node !== undefined) return { node, namespace: '', instance: false };
    if (place === undefined) throw new UsageError('No place is named.', 'Name a node, or give -n NAMESPACE.');
    return await inside(access, place, undefined, [...nodes, ...knownLab(access).instances.map(({ name }) => name)]);
  }
  return await inside(access, namespace, node, []);
}

async function inside(
  access: LabAccess,
  word: string,
  node: string | undefined,
  choices: readonly string[],
): Promise<ExecTarget> {
  const thing = access.recorded === null ? null : findSubject(access.recorded, word);
  if (thing === null) {
    // A namespace that is not of the lab's own making: only the node knows whether it is there.
    if (node !== undefined && (await namespacesOn(access, node)).includes(word)) {
      return { node, namespace: word, instance: false };
    }
    const lab = knownLab(access);
    const all = subjectsOf(lab).map(({ name }) => name);
    const other = choices.length > 0 ? 'node, ' : node === undefined ? '' : 'namespace, ';
    const target = `${other}router, network or instance`;
    throw new NoSuchTarget(target, word, choices.length > 0 ? choices : all);
  }
  const chosen = await chooseNode(knownLab(access), thing, {
    word,
    asked: node,
    look: async () => await readNodes(access.running),
  });
  return { node: chosen, namespace: namespaceOf(thing), instance: thing.kind === 'instance' };
}

async function namespacesOn({ running }: LabAccess, node: string): Promise<readonly string[]> {
  const session = await running.session(node);
  const { stdout } = await session.run('', ['ls', '/run/netns']);
  return stdout.split('\n').filter((name) => name !== '');
}
