/** A namespace on a node as it is and as it should be, in parts. Pure. */
import { linkLocal } from '../../model/addresses.js';
import type { DesiredItem } from '../../neutron/node-state.js';
import type { ObservedDocument, ObservedNamespace } from '../../reconcile/observed-document.js';
import { type ShownInterface, compare, interfaceLines, observedInterfaces } from './addresses.js';
import type { Part, PartKind } from './part.js';
import type { RoleEffects } from './role.js';
import { connectedRouteLines, desiredRouteLine, observedRouteLines, routeFamily, virtualRouteLine } from './routes.js';
import { fileLines, processLines, rulesetLines } from './texts.js';

export interface View {
  readonly namespace: string;
  /** What the agents of the node build. */
  readonly items: readonly DesiredItem[];
  readonly document: ObservedDocument;
  readonly effects: RoleEffects;
}

type Of<K extends DesiredItem['kind']> = Extract<DesiredItem, { kind: K }>;

function wanted<K extends DesiredItem['kind']>({ items, namespace }: View, kind: K): Of<K>[] {
  return items.filter(
    (item): item is Of<K> => item.kind === kind && 'namespace' in item && item.namespace === namespace,
  );
}

function there({ document, namespace }: View): ObservedNamespace | null {
  return document.namespaces[namespace] ?? null;
}

function inside({ namespace }: View, command: string): string {
  return `ip netns exec ${namespace} ${command}`;
}

/** A file of the node; absent from the parts where it neither is nor should be. */
export function filePart(view: View, kind: PartKind, title: string, path: string): Part[] {
  const item = view.items.find((one): one is Of<'file'> => one.kind === 'file' && one.path === path);
  const should = view.effects.files.get(path) ?? item?.content;
  const is = view.document.files.find((file) => file.path === path);
  if (should === undefined && is === undefined) return [];
  return [{ kind, title, where: path, is: fileLines(is?.content), should: fileLines(should) }];
}

export function rulesetParts(view: View): Part[] {
  return ([4, 6] as const).flatMap((family): Part[] => {
    const should = wanted(view, 'ruleset').find((item) => item.family === family);
    const seen = there(view);
    const text = family === 4 ? seen?.iptables : seen?.ip6tables;
    if (should === undefined && (text ?? '') === '') return [];
    return [
      {
        kind: 'iptables',
        title: family === 4 ? 'iptables, IPv4' : 'iptables, IPv6',
        where: inside(view, family === 4 ? 'iptables-save' : 'ip6tables-save'),
        is: seen && rulesetLines(text),
        should: rulesetLines(should?.text),
      },
    ];
  });
}

/** The interfaces as they should be: those of the agent, with the addresses of keepalived and of the kernel. */
export function desiredInterfaces(view: View): ShownInterface[] {
  const without = new Set(
    wanted(view, 'sysctl').flatMap(({ name, value }) =>
      value === '1' ? (/^net\.ipv6\.conf\.(.+)\.addr_gen_mode$/.exec(name)?.slice(1) ?? []) : [],
    ),
  );
  const kernelMakesLinkLocal = (device: string): boolean => !without.has('all') && !without.has(device);
  const addresses = [...wanted(view, 'address'), ...view.effects.virtual.addresses];
  return wanted(view, 'link').map((link) => {
    const mac = link.type === 'veth' ? link.mac : '';
    return {
      device: link.name,
      up: link.up,
      mtu: link.mtu,
      mac,
      addresses: [
        ...addresses.filter(({ device }) => device === link.name),
        ...(kernelMakesLinkLocal(link.name) && link.up ? [{ address: `${linkLocal(mac)}/64`, scope: 'link' }] : []),
      ],
    };
  });
}

export function addressPart(view: View, should: readonly ShownInterface[]): Part {
  const seen = there(view);
  return {
    kind: 'addresses',
    title: 'interfaces and addresses',
    where: `ip -n ${view.namespace} address`,
    is: seen && interfaceLines(observedInterfaces(seen)),
    should: interfaceLines(should),
  };
}

export function routeParts(view: View, interfaces: readonly ShownInterface[]): Part[] {
  const seen = there(view);
  return ([4, 6] as const).flatMap((family): Part[] => {
    const routes = [
      ...connectedRouteLines(interfaces, family),
      ...wanted(view, 'route')
        .filter((route) => route.family === family)
        .map(desiredRouteLine),
      ...view.effects.virtual.routes
        .filter((route) => routeFamily(route) === family)
        .map((route) => virtualRouteLine(route, interfaces)),
    ];
    const is = seen && observedRouteLines(family === 4 ? seen.route4 : seen.route6);
    if (routes.length === 0 && (is ?? []).length === 0) return [];
    return [
      {
        kind: 'routes',
        title: family === 4 ? 'routes, IPv4' : 'routes, IPv6',
        where: `ip -n ${view.namespace} ${family === 4 ? 'route' : '-6 route'}`,
        is,
        should: routes.sort(compare),
      },
    ];
  });
}

/** Those settings that Neutron makes; the kernel has hundreds more. */
export function sysctlPart(view: View): Part {
  const seen = there(view);
  const should = new Map(wanted(view, 'sysctl').map(({ name, value }) => [name, value]));
  for (const [name, value] of view.effects.sysctls) should.set(name, value);
  const names = [...should.keys()].sort();
  const line = (name: string, value: string | undefined): string => `${name} = ${value ?? '(not there)'}`;
  return {
    kind: 'sysctls',
    title: 'kernel settings',
    where: inside(view, 'sysctl -a'),
    is: seen && names.map((name) => line(name, seen.sysctls[name])),
    should: names.map((name) => line(name, should.get(name))),
  };
}

export function processPart(view: View): Part {
  const should = [...wanted(view, 'process').map(({ argv }) => argv), ...view.effects.processes];
  const is = view.document.processes
    // keepalived's child has the arguments of its parent.
    .filter(({ namespace, pidFile }) => namespace === view.namespace && !pidFile.endsWith('-vrrp'))
    .map(({ argv }) => argv);
  const lines = (all: readonly (readonly string[])[]): string[] =>
    [...all].sort((one, other) => compare(one.join(' '), other.join(' '))).flatMap(processLines);
  return {
    kind: 'processes',
    title: 'processes',
    where: `ip netns pids ${view.namespace} | xargs ps -o args -p`,
    is: lines(is),
    should: lines(should),
  };
}
