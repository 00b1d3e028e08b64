/** `neutron-lab heal` */
import { type RouterMended, mend, mendRouter, removeFault } from '../../lab/break/break-and-mend.js';
import { LabError } from '../../model/errors.js';
import type { Lab, Router } from '../../model/resources.js';
import { recordedOrWoken } from '../../lab/wake.js';
import { awaitReady, bringUp, provideImage } from '../bring-up.js';
import type { DefineCommand } from '../command-definition.js';
import { LabUnknown, UsageError } from '../errors.js';
import { Interrupt } from '../interrupt.js';
import { type LabAccess, knownLab, withRunningLab } from '../lab-access.js';
import { type JsonChoice, type LabChoice, examples, withJson, withLab } from '../options.js';
import { routerCalled } from '../lab-words.js';
import { printable } from '../../render/paint.js';
import { count, listed } from '../../render/words.js';
import type { Terminal } from '../terminal.js';

interface HealOptions extends LabChoice, JsonChoice {
  readonly fault?: string;
  readonly wait: boolean;
}

async function healAll(access: LabAccess, terminal: Terminal, options: HealOptions): Promise<void> {
  const quiet = options.json === true;
  using interrupt = new Interrupt(terminal, quiet ? null : undefined);
  const { signal } = interrupt;
  const lab = await recordedOrWoken(access.running, access.recorded);
  if (lab === null) throw new LabUnknown(access.running.name);
  // The image that its nodes run: healing is not the moment to change it.
  const image = access.running.containers[0]?.image ?? (await provideImage(access.runtime, terminal, quiet, signal));
  const intent = { lab, previous: lab, attached: null, warnings: [] };
  const result = await bringUp(access.runtime, intent, terminal, { image, signal, quiet });
  using running = result.running;
  const { changed } = result;
  if (options.wait) await awaitReady(running, lab, terminal, { signal, quiet });
  if (quiet) terminal.json({ lab: lab.name, changed });
  else {
    const what = changed === 0 ? 'nothing was broken' : `healed, ${count(changed, 'change')}`;
    terminal.line(`${terminal.paint('✓', 'green')} ${terminal.paint(lab.name, 'bold')}: ${what}.`);
  }
}

/** What is left of the nodes that host a router, and how it is healed: other routers may live there. */
function leftLines({ left }: RouterMended): string[] {
  return left.map(({ node, state, faults }) => {
    const what =
      state === 'paused'
        ? 'is frozen'
        : state === 'running'
          ? `has ${faults.length === 1 ? 'a fault' : 'faults'} of its own (${faults.map(printable).join(', ')})`
          : 'is down';
    return `  ${node}, which hosts it, ${what}: \`neutron-lab heal ${node}\` heals that.`;
  });
}

async function healRouter(access: LabAccess, lab: Lab, router: Router, terminal: Terminal, options: HealOptions) {
  const mended = await mendRouter(access.running, lab, router, options.fault);
  const { changed, nodes } = mended;
  if (options.json === true) {
    terminal.json({ lab: lab.name, router: router.name, changed, nodes, left: mended.left });
    return;
  }
  const what = changed === 0 ? 'nothing of it was broken' : `healed on ${listed(nodes)}, ${count(changed, 'step')}`;
  terminal.line(`${terminal.paint('✓', 'green')} ${printable(router.name)}: ${what}.`);
  terminal.prose(...leftLines(mended).map((line) => terminal.paint(line, 'yellow')));
}

async function healNode({ running }: LabAccess, lab: Lab, node: string, terminal: Terminal, options: HealOptions) {
  const changed =
    options.fault === undefined ? await mend(running, lab, node) : await removeFault(running, lab, node, options.fault);
  if (options.json === true) terminal.json({ lab: lab.name, node, changed });
  else {
    const what = changed === 0 ? 'nothing was broken' : `healed, ${count(changed, 'step')}`;
    terminal.line(`${terminal.paint('✓', 'green')} ${node}: ${what}.`);
  }
}

/** What has that name and is neither a node nor a router is on a node. */
function unknownTarget({ running }: LabAccess, lab: Lab, word: string): LabError {
  const names = (those: readonly { readonly name: string }[]): string => those.map(({ name }) => name).join(', ');
  const nodes = running.containers.map(({ node }) => ({ name: node })).sort((a, b) => a.name.localeCompare(b.name));
  const routers = lab.routers.length === 0 ? 'it has no routers' : `its routers are ${names(lab.routers)}`;
  const instance = lab.instances.find(({ name }) => name === word);
  const hint = instance === undefined ? '' : ` "${word}" is an instance, on ${instance.node}.`;
  return new LabError(
    'NoSuchTarget',
    `The lab "${lab.name}" has no node and no router "${word}".`,
    `Its nodes are ${names(nodes)}; ${routers}.${hint}`,
  );
}

export const defineHeal: DefineCommand = (command, { terminal }) => {
  command.description(
    'Takes back what was broken on purpose, and makes again what the lab asks for. Of a router only its own faults go, on whichever node they are; a node is healed as a whole, with everything that lives on it.',
  );
  command.argument('[where]', 'only this node, or what was broken of this router; without it everything');
  withJson(withLab(command))
    .option('--fault <name>', 'only this fault of the node or router, by the name that `status` shows')
    .option('--no-wait', 'do not wait until the lab is ready again');
  examples(
    command,
    ['neutron-lab heal', 'everything, as `up` would'],
    ['neutron-lab heal network1', 'one node, the others stay as they are'],
    ['neutron-lab heal edge', 'what was broken of the router "edge", on every node'],
    ['neutron-lab heal network1 --fault link-eth0', 'one fault of several'],
  );
  command.action(async (word: string | undefined, options: HealOptions) => {
    if (word === undefined && options.fault !== undefined) {
      throw new UsageError('A fault is on a node.', 'Name it: `neutron-lab heal NODE --fault NAME`.');
    }
    await withRunningLab(options, async (access) => {
      if (word === undefined) {
        await healAll(access, terminal, options);
        return;
      }
      const lab = knownLab(access);
      const isNode = access.running.containers.some(({ node }) => node === word);
      const router = isNode ? null : routerCalled(lab, word);
      if (isNode) await healNode(access, lab, word, terminal, options);
      else if (router) await healRouter(access, lab, router, terminal, options);
      else throw unknownTarget(access, lab, word);
    });
  });
};
