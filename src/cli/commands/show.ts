/** `neutron-lab show` */
import type { Runtime } from '../../docker/runtime.js';
import { attachLab, type Attached } from '../../lab/attach.js';
import { drawBlueprint } from '../../lab/bring-up/blueprint.js';
import { LabNotRunning, NoSuchTarget, VerdictHidden } from '../../lab/lab-errors.js';
import type { Shown } from '../../lab/show.js';
import { look, lookThrough } from '../../lab/show/look.js';
import { PART_KINDS, type PartKind, isRight } from '../../lab/show/part.js';
import { sideBySide } from '../../lab/show/side-by-side.js';
import { hasHiddenFault } from '../../lab/status.js';
import { subjectsOf } from '../../lab/subject.js';
import { assignAddresses } from '../../lab/bring-up/underlay.js';
import { RELEASES, type Release } from '../../model/release.js';
import type { Lab } from '../../model/resources.js';
import type { DefineCommand } from '../command-definition.js';
import { LabUnknown } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import { chooseLab, openEngine } from '../lab-access.js';
import { findSubject } from '../../lab/find-subject.js';
import { type JsonChoice, type LabChoice, examples, oneOf, withJson, withLab } from '../options.js';
import { chooseNode } from '../../lab/place.js';
import { renderShown, shownJson } from '../render/show.js';

interface ShowOptions extends LabChoice, JsonChoice {
  readonly node?: string;
  readonly diff?: boolean;
  readonly part?: readonly PartKind[];
  readonly release?: Release;
}

export const defineShow: DefineCommand = (command, { terminal }, done) => {
  command.argument('<what>', 'a router, a network or an instance, by its name or id');
  withJson(withLab(command))
    .option('-n, --node <node>', 'on this node; else where the MASTER or the DHCP server is')
    .option('-d, --diff', 'only what is not as it should be; the exit code is 1 where there is any')
    .option('-p, --part <part>', `only this: ${PART_KINDS.join(', ')}; may be given again`, addPart)
    .option(
      '-r, --release <release>',
      `what the lab's own release of Neutron builds beside what this one would: ${RELEASES.join(', ')}`,
      oneOf(RELEASES),
    );
  examples(
    command,
    ['neutron-lab show edge', 'all of a router, where its MASTER is'],
    ['neutron-lab show edge --node network2', 'of the replica on network2'],
    ['neutron-lab show edge --part keepalived', 'its keepalived.conf'],
    ['neutron-lab show blue --part dnsmasq', 'what the DHCP server of a network was told'],
    ['neutron-lab show web1 --part iptables', 'the security groups of an instance'],
    ['neutron-lab show edge --diff', 'what somebody changed by hand'],
    ['neutron-lab show edge --release pike --diff', 'what would be different in Pike'],
  );
  command.action(async (what: string, options: ShowOptions) => {
    const runtime = await openEngine(options);
    try {
      const name = await chooseLab(runtime, options.lab);
      const attached = await attachLab(runtime, name);
      if (attached === null) throw new LabNotRunning(name);
      try {
        const shown = pick(await lookAt(runtime, attached, what, options), options);
        if (options.json === true) terminal.json(shownJson(shown));
        else terminal.line(...renderShown(shown, terminal.paint, Math.min(terminal.columns, 100), options.diff));
        if (options.diff === true && shown.parts.length > 0) done(EXIT.failed);
      } finally {
        attached.running.close();
      }
    } finally {
      runtime.close();
    }
  });
};

const part = oneOf(PART_KINDS);

function addPart(word: string, before: readonly PartKind[] = []): readonly PartKind[] {
  return [...before, part(word)];
}

function pick(shown: Shown, { part, diff }: ShowOptions): Shown {
  const parts = shown.parts.filter(
    (one) => (part === undefined || part.includes(one.kind)) && (diff !== true || !isRight(one)),
  );
  return { ...shown, parts };
}

/** @throws LabUnknown, NoSuchTarget, NodeUnreachable, UsageError */
async function lookAt(
  runtime: Runtime,
  { running, readings, recorded }: Attached,
  what: string,
  { node: asked, release: other, diff }: ShowOptions,
): Promise<Shown> {
  if (recorded === null) throw new LabUnknown(running.name);
  const thing = findSubject(recorded, what);
  if (thing === null) {
    const names = subjectsOf(recorded).map(({ name }) => name);
    throw new NoSuchTarget('router, network or instance', what, names);
  }
  const node = await chooseNode(recorded, thing, { word: what, asked, look: () => Promise.resolve(readings) });
  const addresses = Object.fromEntries(
    running.containers.flatMap((container) =>
      container.address === null ? [] : [[container.node, container.address]],
    ),
  );
  const [underlay] = await runtime.listUnderlays(running.name);
  const names = recorded.nodes.map((one) => one.name);
  const at = underlay ? assignAddresses(underlay.subnet, names, addresses) : addresses;
  if (other === undefined) {
    const shown = look(recorded, thing, node, readings, drawBlueprint(recorded, at));
    if (shown.hidden && diff === true) throw new VerdictHidden();
    return shown;
  }
  const asBuiltBy = (lab: Lab): Shown => lookThrough(recorded, thing, node, readings, drawBlueprint(lab, at));
  const likeOther = asBuiltBy({ ...recorded, config: { ...recorded.config, release: other } });
  // No role: what is was not looked at.
  const own = { ...asBuiltBy(recorded), ...(hasHiddenFault(readings) ? { role: null } : {}) };
  return sideBySide(own, likeOther, { own: recorded.config.release, other });
}
