/** What the role of a replica adds to what its agent builds: keepalived's part, and that of the state change. Pure. */
import { haConfDirectory } from '../../neutron/l3/keepalived-conf.js';
import type { DesiredItem } from '../../neutron/node-state.js';
import { radvdArguments, radvdSourcePath } from '../../neutron/radvd.js';
import type { Role } from '../replica.js';
import { type Virtual, NOTHING_VIRTUAL, virtualOf } from './virtual.js';

export interface RoleEffects {
  readonly virtual: Virtual;
  /** Name to value. */
  readonly sysctls: ReadonlyMap<string, string>;
  /** Path to content, of files that the agent writes when the role changes. */
  readonly files: ReadonlyMap<string, string>;
  /** Argument vectors. */
  readonly processes: readonly (readonly string[])[];
}

const NONE: RoleEffects = { virtual: NOTHING_VIRTUAL, sysctls: new Map(), files: new Map(), processes: [] };

/**
 * @param items what the agent builds on the node
 * @param role null for a legacy router
 */
export function roleEffects(items: readonly DesiredItem[], router: string, role: Role | null): RoleEffects {
  if (role === null) return NONE;
  const file = (path: string): string =>
    items.flatMap((item) => (item.kind === 'file' && item.path === path ? [item.content] : []))[0] ?? '';
  const conf = file(`${haConfDirectory(router)}/keepalived.conf`);
  const settings = file(`/var/lib/neutron-lab/l3/${router}`)
    .split('\n')
    .map((line) => [line.split(' ')[0] ?? '', line.slice(line.indexOf(' ') + 1)] as const);
  const follows = new Map(settings);
  // A release that starts radvd in another way than Zed says how.
  const told = settings.flatMap(([name, value]) => (name === 'arg' ? [value] : []));
  const primary = role === 'MASTER';
  const gateway = follows.get('gateway_device');
  const sysctls = new Map<string, string>();
  // A replica that was MASTER once goes on forwarding IPv6, so only the MASTER's is known.
  if (primary) sysctls.set('net.ipv6.conf.all.forwarding', '1');
  if (gateway !== undefined) {
    sysctls.set(`net.ipv6.conf.${gateway}.accept_ra`, primary ? (follows.get('gateway_accept_ra') ?? '0') : '0');
    sysctls.set(`net.ipv6.conf.${gateway}.forwarding`, primary ? '1' : '0');
  }
  const radvd = primary ? follows.get('radvd_conf') : undefined;
  return {
    virtual: primary ? virtualOf(conf) : NOTHING_VIRTUAL,
    sysctls,
    files: new Map(radvd === undefined ? [] : [[radvd, file(radvdSourcePath(router))]]),
    processes: radvd === undefined ? [] : [told.length > 0 ? told : radvdArguments(router)],
  };
}
