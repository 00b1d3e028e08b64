/** What legacy and HA routers have in common: the namespace, its interfaces and rules (neutron/agent/l3/namespaces.py). */
import { routerRuleset } from '../iptables/router-rules.js';
import type { NodeBuilder } from '../node-builder.js';
import { radvdConf, radvdConfPath, radvdSourcePath } from '../radvd.js';
import { advertising, rulesInput, type RouterInterface, type RouterView } from './router-view.js';

/** The texts that are the same on every node that hosts the router. */
export interface RouterTexts {
  readonly rulesets: { readonly 4: string; readonly 6: string };
  /** Null where no interface has an IPv6 subnet. */
  readonly radvdConf: string | null;
}

export function routerTexts(view: RouterView): RouterTexts {
  const input = rulesInput(view);
  const ports = advertising(view);
  return {
    rulesets: { 4: routerRuleset(4, input, view.habits), 6: routerRuleset(6, input, view.habits) },
    radvdConf:
      ports.length === 0
        ? null
        : radvdConf(
            ports.map(({ device, network, subnets }) => ({
              device,
              mtu: network.mtu,
              subnets: subnets.filter((subnet) => subnet.ip_version === 6),
            })),
            view.habits,
          ),
  };
}

export function buildNamespace(builder: NodeBuilder, { namespace, resource, habits }: RouterView): void {
  builder.add({
    kind: 'namespace',
    namespace,
    resource,
    why: `Router ${resource.name} is a network namespace: interfaces, routes and rules of its own, so that tenants may use the same addresses.`,
  });
  const set = (name: string, value: number, why: string) => {
    builder.sysctl(namespace, name, value, resource, why);
  };
  set('net.ipv4.ip_forward', 1, 'A router is a host that forwards packets which are not for itself.');
  set(
    'net.ipv4.conf.all.rp_filter',
    0,
    'Answers may come back on another interface, so the filter by reverse path stays off.',
  );
  set('net.ipv4.conf.all.promote_secondaries', 1, 'When an address goes, the others of its subnet stay.');
  set('net.ipv4.conf.all.arp_ignore', 1, 'The router answers ARP only on the interface that has the address.');
  set('net.ipv4.conf.all.arp_announce', 2, 'The router asks by ARP only with an address of the interface it asks on.');
  if (habits.tcpBeLiberal) {
    const why = 'A connection goes on after a failover, though the new master has not seen its window.';
    set('net.netfilter.nf_conntrack_tcp_be_liberal', 1, why);
  }
}

export function plugInterface(builder: NodeBuilder, view: RouterView, each: RouterInterface): void {
  const { namespace, resource } = view;
  const { port, network, device, subnets } = each;
  const gateway = device.startsWith('qg-');
  const names = subnets.map((subnet) => subnet.name).join(', ');
  const why = gateway
    ? `The gateway interface of router ${resource.name} is in the external network ${network.name}.`
    : `Router ${resource.name} has an interface in ${names} of network ${network.name}.`;
  builder.plug({ port, network, namespace, device, why });
  builder.noReversePathFilter(namespace, device, resource);
}

export function buildRulesets(builder: NodeBuilder, { namespace, resource }: RouterView, texts: RouterTexts): void {
  builder.add(
    {
      kind: 'ruleset',
      namespace,
      family: 4,
      text: texts.rulesets[4],
      resource,
      why: 'NAT for the gateway and the floating IPs, the way to the metadata proxy, and the marks of address scopes.',
    },
    {
      kind: 'ruleset',
      namespace,
      family: 6,
      text: texts.rulesets[6],
      resource,
      why: 'IPv6 has no NAT here: only the way to the metadata proxy, and the marks of address scopes.',
    },
  );
}

export function radvdFile(builder: NodeBuilder, { router, resource }: RouterView, content: string): void {
  const why = 'radvd reads here which prefixes the router advertises, and how hosts get their IPv6 addresses.';
  builder.file(radvdConfPath(router.id), content, resource, why, { mode: 0o444 });
}

/** Only the primary of an HA router has a radvd.conf (ra.py, `disable` removes it). */
export function radvdSource(builder: NodeBuilder, { router, resource }: RouterView, content: string): void {
  const why = 'The agent makes this the radvd.conf of the router where it becomes primary.';
  builder.file(radvdSourcePath(router.id), content, resource, why, { mode: 0o444 });
}
