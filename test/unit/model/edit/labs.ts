/** Lab files of every manner of writing, and edits of them. */
import fc from 'fast-check';
import * as verbs from '../../../../src/model/lab-file/edit/verbs.js';
import type { LabFileEdit, Target } from '../../../../src/model/lab-file/edit/edits.js';

interface Tenant {
  readonly name: string;
  readonly ha: boolean;
  readonly gateway: boolean;
  readonly v6: boolean;
  readonly hosts: number;
  readonly fip: boolean;
  readonly group: boolean;
  readonly route: boolean;
}

const tenants = fc.uniqueArray(
  fc.record<Tenant>({
    name: fc.constantFrom('a', 'b', 'c', 'd', 'e f', "o'x", '7'),
    ha: fc.boolean(),
    gateway: fc.boolean(),
    v6: fc.boolean(),
    hosts: fc.nat(2),
    fip: fc.boolean(),
    group: fc.boolean(),
    route: fc.boolean(),
  }),
  { selector: ({ name }) => name, maxLength: 4 },
);

/** How the text looks. `choices` decides for each entry in turn: flow or block, comments, blank lines. */
const manner = fc.record({
  step: fc.constantFrom(1, 2, 4),
  dash: fc.boolean(),
  lineBreak: fc.constantFrom('\n', '\r\n'),
  quote: fc.constantFrom("'", '"'),
  finalBreak: fc.boolean(),
  airy: fc.boolean(),
  pad: fc.boolean(),
  choices: fc.array(fc.nat(11), { minLength: 1, maxLength: 30 }),
});
type Manner = typeof manner extends fc.Arbitrary<infer T> ? T : never;

export interface Sample {
  readonly text: string;
  readonly tenants: readonly Tenant[];
}

export const samples: fc.Arbitrary<Sample> = fc
  .tuple(tenants, manner, fc.boolean())
  .map(([list, look, nodes]) => ({ text: new Writer(look).write(valueOf(list, nodes)), tenants: list }));

type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };

function valueOf(list: readonly Tenant[], nodes: boolean): Value {
  const some = (entries: readonly (readonly [string, Value])[]): Value => Object.fromEntries(entries);
  const instances = list.flatMap(({ name, hosts, group }) =>
    Array.from({ length: hosts }, (_, index): [string, Value] => [
      hostOf(name, index),
      { networks: [name], ...(group ? { security_groups: [`sg ${name}`] } : {}) },
    ]),
  );
  const fips = list.filter(({ hosts, fip, gateway }) => hosts > 0 && fip && gateway);
  const all: Record<string, Value> = {
    lab: 'l',
    ...(nodes
      ? {
          nodes: {
            n1: { agents: ['l3', 'dhcp'] },
            n2: { agents: ['l3', 'dhcp'] },
            n3: { agents: ['l3'] },
            c1: {},
            c2: {},
          },
        }
      : {}),
    networks: some([
      ['ext', { 'router:external': true, subnets: { e: { cidr: '203.0.113.0/24', enable_dhcp: false } } }],
      ...list.map(({ name, v6 }, index): [string, Value] => [
        name,
        {
          subnets: {
            [`${name}-v4`]: { cidr: `10.${String(index)}.0.0/24` },
            ...(v6
              ? {
                  [`${name}-v6`]: {
                    cidr: `fd00:${String(index)}::/64`,
                    ipv6_ra_mode: 'slaac',
                    ipv6_address_mode: 'slaac',
                  },
                }
              : {}),
          },
        },
      ]),
    ]),
    routers: some(
      list.map(({ name, ha, gateway, route }, index): [string, Value] => [
        `r ${name}`,
        {
          ha,
          ...(gateway ? { external_gateway_info: { network: 'ext' } } : {}),
          interfaces: [`${name}-v4`],
          ...(route ? { routes: [{ destination: '10.99.0.0/16', nexthop: `10.${String(index)}.0.50` }] } : {}),
        },
      ]),
    ),
    instances: some(instances),
    floating_ips: fips.map(({ name }): Value => ({ network: 'ext', instance: hostOf(name, 0) })),
    security_groups: some(
      list
        .filter(({ group }) => group)
        .map(({ name }): [string, Value] => [
          `sg ${name}`,
          { rules: [{ direction: 'ingress', protocol: 'tcp', port_range_min: 80, port_range_max: 80 }] },
        ]),
    ),
  };
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => typeof value !== 'object' || Object.keys(value).length > 0),
  );
}

export function hostOf(tenant: string, index: number): string {
  return `${tenant.replace(/\W/g, '-')}-${String(index)}`;
}

class Writer {
  private at = 0;
  private comments = 0;

  constructor(private readonly manner: Manner) {}

  write(value: Value): string {
    const lines = this.block(value as Record<string, Value>, 0, true);
    return lines.join(this.manner.lineBreak) + (this.manner.finalBreak ? this.manner.lineBreak : '');
  }

  private choose(): number {
    return this.manner.choices[this.at++ % this.manner.choices.length] ?? 0;
  }

  private block(map: Record<string, Value>, column: number, top = false): string[] {
    const margin = ' '.repeat(column);
    return Object.entries(map).flatMap(([key, value], index) => {
      const choice = this.choose();
      const above: string[] = [];
      if (index > 0 && (this.manner.airy || choice === 1)) above.push('');
      if (choice === 2) above.push(`${margin}# about ${String(++this.comments)}`);
      if (choice === 3 && index > 0) above.push('', `${margin}# apart ${String(++this.comments)}`, '');
      const behind = choice === 4 ? ` # behind ${String(++this.comments)}` : '';
      return [...above, ...this.entry(`${margin}${this.scalar(key)}:`, value, column, behind, top)];
    });
  }

  private entry(head: string, value: Value, column: number, behind: string, top: boolean): string[] {
    if (typeof value !== 'object') return [`${head} ${this.scalar(value)}${behind}`];
    const empty = Object.keys(value).length === 0;
    if (empty || (!top && this.choose() % 2 === 0)) return [`${head} ${this.flow(value)}${behind}`];
    if (!Array.isArray(value)) {
      return [head + behind, ...this.block(value as Record<string, Value>, column + this.manner.step)];
    }
    const dash = ' '.repeat(column + (this.manner.dash ? this.manner.step : 0));
    return [head + behind, ...(value as readonly Value[]).flatMap((item) => this.item(dash, item))];
  }

  private item(dash: string, item: Value): string[] {
    if (typeof item !== 'object' || this.choose() % 2 === 0) return [`${dash}- ${this.flow(item)}`];
    const [first = '', ...rest] = this.block(item as Record<string, Value>, 0).filter(
      (line) => line !== '' && !line.startsWith('#'),
    );
    return [`${dash}- ${first}`, ...rest.map((line) => `${dash}  ${line}`)];
  }

  private flow(value: Value): string {
    if (typeof value !== 'object') return this.scalar(value);
    const pad = this.manner.pad && Object.keys(value).length > 0 ? ' ' : '';
    if (Array.isArray(value)) return `[${(value as readonly Value[]).map((item) => this.flow(item)).join(', ')}]`;
    const entries = Object.entries(value).map(([key, inner]) => `${this.scalar(key)}: ${this.flow(inner)}`);
    return `{${pad}${entries.join(', ')}${pad}}`;
  }

  private scalar(value: string | number | boolean): string {
    if (typeof value !== 'string') return String(value);
    if (/^[a-z][a-z0-9:_-]*$/.test(value) || /^[\d.]+\/\d+$/.test(value)) return value;
    return this.manner.quote === "'" ? `'${value.replaceAll("'", "''")}'` : JSON.stringify(value);
  }
}

const t = (kind: Target['kind'], ref: string): Target => ({ kind, ref });

/** Edits of which most are possible, by choice. */
export function editsOf({ tenants: list }: Sample): fc.Arbitrary<LabFileEdit> {
  const names = list.map(({ name }) => name);
  const some = (values: readonly string[]): fc.Arbitrary<string> =>
    fc.constantFrom(...(values.length > 0 ? values : ['gone']));
  const network = some([...names, 'ext']);
  const subnet = some([...list.flatMap(({ name, v6 }) => [`${name}-v4`, ...(v6 ? [`${name}-v6`] : [])]), 'e']);
  const router = some(names.map((name) => `r ${name}`));
  const instance = some(
    list.flatMap(({ name, hosts }) => Array.from({ length: hosts }, (_, index) => hostOf(name, index))),
  );
  const group = some(list.filter((one) => one.group).map(({ name }) => `sg ${name}`));
  const name = fc.constantFrom('new', 'new name', "it's", 'a', '9', 'null', 'x: y', '# z', 'ext');
  const cascade = fc.record({ cascade: fc.boolean() });
  const kinds = fc.oneof(
    network.map((ref) => t('network', ref)),
    subnet.map((ref) => t('subnet', ref)),
    router.map((ref) => t('router', ref)),
    instance.map((ref) => t('instance', ref)),
    group.map((ref) => t('security_group', ref)),
    some(['network1', 'n1', 'c1', 'compute1']).map((ref) => t('node', ref)),
  );
  return fc.oneof(
    name.map((one) => verbs.createNetwork(one)),
    fc.tuple(network, name).map(([net, one]) => verbs.createSubnet(net, one, { cidr: '172.20.0.0/24' })),
    fc
      .tuple(name, fc.boolean())
      .map(([one, ha]) => verbs.createRouter(one, { ha, external_gateway_info: { network: 'ext' } })),
    name.map((one) => verbs.createRouter(one)),
    fc.tuple(some(['new', 'x9']), network).map(([one, net]) => verbs.createInstance(one, { networks: [net] })),
    fc.tuple(network, instance).map(([net, one]) => verbs.createFloatingIp(net, { instance: one })),
    name.map((one) => verbs.createSecurityGroup(one, { rules: [{ direction: 'ingress', protocol: 'icmp' }] })),
    fc.constant(verbs.createNode('n9', ['l3'])),
    fc.tuple(router, subnet).map(([one, sub]) => verbs.addRouterInterface(one, sub)),
    fc.tuple(router, subnet, cascade).map(([one, sub, how]) => verbs.removeRouterInterface(one, sub, how)),
    fc.tuple(router, fc.boolean()).map(([one, snat]) => verbs.setGateway(one, { network: 'ext', enable_snat: snat })),
    fc.tuple(router, cascade).map(([one, how]) => verbs.clearGateway(one, how)),
    router.map((one) => verbs.addExtraRoute(one, { destination: '10.98.0.0/16', nexthop: '10.0.0.77' })),
    router.map((one) => verbs.removeExtraRoute(one, { destination: '10.99.0.0/16', nexthop: '10.0.0.50' })),
    fc.tuple(instance, some(['c1', 'compute1'])).map(([one, node]) => verbs.moveInstance(one, node)),
    fc.tuple(instance, network).map(([one, net]) => verbs.attachNetwork(one, net)),
    fc.tuple(instance, network).map(([one, net]) => verbs.detach(one, net)),
    fc.tuple(instance, group).map(([one, sg]) => verbs.addSecurityGroup('instance', one, sg)),
    fc.tuple(instance, group).map(([one, sg]) => verbs.removeSecurityGroup('instance', one, sg)),
    group.map((one) => verbs.createSecurityGroupRule(one, { direction: 'ingress', protocol: 'udp' })),
    group.map((one) => verbs.deleteSecurityGroupRule(one, 0)),
    fc.tuple(kinds, name).map(([target, one]) => verbs.rename(target, one)),
    fc.tuple(kinds, cascade).map(([target, how]) => verbs.remove(target, how)),
    fc
      .tuple(network, fc.constantFrom(1400, 1300))
      .map(([one, mtu]) => verbs.setAttribute(t('network', one), 'mtu', mtu)),
    fc.tuple(router, fc.boolean()).map(([one, up]) => verbs.setAttribute(t('router', one), 'admin_state_up', up)),
    subnet.map((one) => verbs.setAttribute(t('subnet', one), 'dns_nameservers', ['203.0.113.1', 'fd00::53'])),
    fc.constant(verbs.setOption('ha_vrrp_advert_int', 3)),
    fc.constant(verbs.setAgents('n3', ['dhcp'])),
  );
}
