/** The agent's-eye view of a router, a network or an instance on a node: as it is, and as it should be. Pure. */
import { parseCidr } from '../model/addresses.js';
import { type LabIndex, indexLab } from '../model/lab-queries.js';
import type { Release } from '../model/release.js';
import type { Instance, Lab } from '../model/resources.js';
import { haConfDirectory } from '../neutron/l3/keepalived-conf.js';
import type { DesiredItem } from '../neutron/node-state.js';
import type { ObservedDocument } from '../reconcile/observed-document.js';
import { observedFacts, replicaPlaces, roleOf, type Role } from './replica.js';
import { type Subject, namespaceOf } from './subject.js';
import type { Part } from './show/part.js';
import type { ShownInterface } from './show/addresses.js';
import { roleEffects } from './show/role.js';
import { rulesOfPort } from './show/texts.js';
import {
  type View,
  addressPart,
  desiredInterfaces,
  filePart,
  processPart,
  routeParts,
  rulesetParts,
  sysctlPart,
} from './show/view.js';

export interface Shown {
  readonly subject: Subject;
  readonly node: string;
  readonly namespace: string;
  /** Of an HA router's replica; null for everything else. */
  readonly role: Role | null;
  /** Given where two releases of Neutron are side by side: `is` is then of the first one, `should` of the second. */
  readonly releases?: { readonly own: Release; readonly other: Release };
  /** A fault is to be found: `should` says no more than `is`, and what is missing is left out. */
  readonly hidden?: true;
  readonly parts: readonly Part[];
}

/** While a fault is to be found: what is there, as anybody on the node would see it, and no verdict on it. */
export function withoutVerdict(shown: Shown): Shown {
  const parts = shown.parts.flatMap((part) => (part.is === null ? [] : [{ ...part, should: part.is }]));
  return { ...shown, hidden: true, role: shown.role === 'FAULT' ? 'BACKUP' : shown.role, parts };
}

/**
 * @param items what the node's agents should build, from the blueprint
 * @param document what the node says of itself
 */
export function show(
  lab: Lab,
  subject: Subject,
  node: string,
  items: readonly DesiredItem[],
  document: ObservedDocument,
): Shown {
  const index = indexLab(lab);
  const namespace = namespaceOf(subject);
  const role = subject.kind === 'router' ? roleIn(index, subject.id, node, document) : null;
  const view: View = { namespace, items, document, effects: roleEffects(items, subject.id, role) };
  const interfaces =
    subject.kind === 'instance' ? withTold(desiredInterfaces(view), subject, index) : desiredInterfaces(view);
  const parts = [
    ...filesOf(subject, view),
    ...(subject.kind === 'instance' ? firewallParts(subject, view, index) : rulesetParts(view)),
    addressPart(view, interfaces),
    // What DHCP and router advertisements told an instance is for it to know.
    ...(subject.kind === 'instance'
      ? routeParts(view, interfaces).map((part) => ({ ...part, should: part.is }))
      : routeParts(view, interfaces)),
    sysctlPart(view),
    processPart(view),
  ];
  return { subject, node, namespace, role, parts };
}

function roleIn(index: LabIndex, router: string, node: string, document: ObservedDocument): Role | null {
  const place = replicaPlaces(index).find((one) => one.router.id === router && one.node === node);
  return place ? roleOf(observedFacts(place, 'running', document)).role : null;
}

function filesOf({ kind, id }: Subject, view: View): Part[] {
  switch (kind) {
    case 'router':
      return [
        ...filePart(view, 'keepalived', 'keepalived.conf', `${haConfDirectory(id)}/keepalived.conf`),
        ...filePart(view, 'radvd', 'radvd.conf', `/var/lib/neutron/ra/${id}.radvd.conf`),
      ];
    case 'network':
      return [
        ...filePart(view, 'dnsmasq', 'hosts: who gets which address', `/var/lib/neutron/dhcp/${id}/host`),
        ...filePart(view, 'dnsmasq', 'names: what DNS answers', `/var/lib/neutron/dhcp/${id}/addn_hosts`),
        ...filePart(view, 'dnsmasq', 'options: what DHCP tells', `/var/lib/neutron/dhcp/${id}/opts`),
      ];
    case 'instance':
      return [];
  }
}

/** The security groups of an instance are rules of its node, on the other end of its interface. */
function firewallParts(subject: Subject, { items, document }: View, index: LabIndex): Part[] {
  const root = document.namespaces[''];
  const ports = index.instances.get(subject.id)?.ports ?? [];
  return ([4, 6] as const).flatMap((family): Part[] => {
    const ruleset = items.find((item) => item.kind === 'ruleset' && item.namespace === '' && item.family === family);
    const desired = ruleset?.kind === 'ruleset' ? ruleset.text : '';
    const text = family === 4 ? root?.iptables : root?.ip6tables;
    // The number of a conntrack zone is chosen on the node.
    const of = (rules: string | undefined): string[] =>
      ports.flatMap((id) => rulesOfPort(rules, id)).map((line) => line.replace(/ --zone \d+/, ' --zone N'));
    return [
      {
        kind: 'iptables',
        title: family === 4 ? 'security groups, IPv4' : 'security groups, IPv6',
        where: `${family === 4 ? 'iptables-save' : 'ip6tables-save'}, on the node itself`,
        is: of(text),
        should: of(desired),
      },
    ];
  });
}

/** With the addresses that DHCP or a router advertisement gives: those of its ports. */
function withTold(interfaces: readonly ShownInterface[], { id }: Subject, index: LabIndex): ShownInterface[] {
  const instance: Instance | undefined = index.instances.get(id);
  const ports = (instance?.ports ?? []).flatMap((port) => index.ports.get(port) ?? []);
  return interfaces.map((each) => {
    const port = ports.find(({ mac_address: mac }) => mac === each.mac);
    const known = new Set(each.addresses.map(({ address }) => address.replace(/\/.*/, '')));
    const told = (port?.fixed_ips ?? []).flatMap(({ ip_address: address, subnet_id: subnet }) => {
      const cidr = index.subnets.get(subnet)?.cidr;
      if (known.has(address) || cidr === undefined) return [];
      return [{ address: `${address}/${String(parseCidr(cidr).prefixLength)}`, scope: 'global' }];
    });
    return { ...each, addresses: [...each.addresses, ...told] };
  });
}
