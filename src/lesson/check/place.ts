/** What the place of a cell or a condition means in the lab that runs. */
import type { ExecTarget } from '../../lab/exec-target.js';
import { findSubject } from '../../lab/find-subject.js';
import { NoSuchTarget } from '../../lab/lab-errors.js';
import { chooseNode } from '../../lab/place.js';
import type { RunningLab } from '../../lab/running-lab.js';
import { readNodes } from '../../lab/status.js';
import { namespaceOf, subjectsOf } from '../../lab/subject.js';
import type { Lab } from '../../model/resources.js';
import type { PlaceWord } from '../format/lesson.js';

/** A lab that runs, with what it is meant to be. */
export interface LabInUse {
  readonly running: RunningLab;
  readonly lab: Lab;
}

/**
 * `network1`: a node. `web1`, `router:edge`, `dhcp:blue`: its namespace, of a router where its MASTER is; with `@network2`
 * on that node. `network1/red`: a namespace of any name.
 * @throws NoSuchTarget, AmbiguousName
 */
export async function placeOf({ running, lab }: LabInUse, word: PlaceWord): Promise<ExecTarget> {
  const nodes = running.containers.map(({ node }) => node).sort();
  if (nodes.includes(word)) return { node: word, namespace: '', instance: false };
  const [, host = '', own] = /^([^/]+)\/(.+)$/s.exec(word) ?? [];
  if (own !== undefined && nodes.includes(host)) return { node: host, namespace: own, instance: false };
  const [, name = word, node] = /^(.+)@([^@]+)$/s.exec(word) ?? [];
  if (node !== undefined && !nodes.includes(node)) throw new NoSuchTarget('node', node, nodes);
  const thing = findSubject(lab, name.replace(/^dhcp:/, 'network:'));
  if (thing === null) {
    // A namespace that the learner made: only the node knows whether it is there.
    if (node !== undefined && !name.includes(':')) return { node, namespace: name, instance: false };
    const known = [...nodes, ...subjectsOf(lab).map((subject) => subject.name)];
    throw new NoSuchTarget('node, router, network or instance', word, known);
  }
  const look = async () => await readNodes(running);
  const chosen = await chooseNode(lab, thing, { word: name, asked: node, look });
  return { node: chosen, namespace: namespaceOf(thing), instance: thing.kind === 'instance' };
}
