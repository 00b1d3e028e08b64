/** The configuration of keepalived, byte for byte as neutron/agent/linux/keepalived.py writes it. */
import type { Habits } from '../release.js';

/** Equal on all nodes: who was master stays it (ha_router.py, `ha_priority`). */
const PRIORITY = 50;
/** Seconds until a new master repeats its gratuitous ARPs. */
const GARP_MASTER_DELAY = 60;
/** keepalived 2.0.3 and newer: an address or route that is lost does not put the instance into FAULT. */
const NO_TRACK = ' no_track';

export interface VirtualAddress {
  /** With its prefix length. */
  readonly address: string;
  readonly device: string;
  readonly scope?: 'link';
}

export interface VirtualRoute {
  readonly destination: string;
  readonly nexthop?: string;
  readonly device?: string;
  readonly scope?: 'link';
}

export interface VrrpInstance {
  /** 1 to 254. */
  readonly vrid: number;
  readonly haDevice: string;
  /** Seconds. */
  readonly advertInt: number;
  readonly authentication: { readonly type: 'PASS' | 'AH'; readonly password: string } | null;
  /** The one address in the advertisements, with its prefix length. */
  readonly primaryVip: string;
  readonly addresses: readonly VirtualAddress[];
  /** Gateway, extra and on-link routes, in this order. */
  readonly routes: readonly VirtualRoute[];
  readonly habits: Habits;
}

/** No newline at the end, as in Neutron. */
export function keepalivedConf(instance: VrrpInstance): string {
  return [
    'global_defs {',
    '    notification_email_from neutron@openstack.local',
    '    router_id neutron',
    '}',
    `vrrp_instance VR_${instance.vrid} {`,
    '    state BACKUP',
    `    interface ${instance.haDevice}`,
    `    virtual_router_id ${instance.vrid}`,
    `    priority ${PRIORITY}`,
    `    garp_master_delay ${GARP_MASTER_DELAY}`,
    '    nopreempt',
    `    advert_int ${instance.advertInt}`,
    ...authentication(instance),
    ...block('track_interface', [instance.haDevice]),
    ...block('virtual_ipaddress', [`${instance.primaryVip} dev ${instance.haDevice}`]),
    ...excluded(instance),
    ...virtualRoutes(instance),
    '}',
  ].join('\n');
}

function block(name: string, lines: readonly string[]): readonly string[] {
  return [`    ${name} {`, ...lines.map((line) => `        ${line}`), '    }'];
}

function authentication({ authentication: auth }: VrrpInstance): readonly string[] {
  if (auth === null) return [];
  return block('authentication', [`auth_type ${auth.type}`, `auth_pass ${auth.password}`]);
}

/** Sorted by the text of the address, so that the same addresses always make the same file. */
function excluded({ addresses, habits }: VrrpInstance): readonly string[] {
  if (addresses.length === 0) return [];
  const sorted = [...addresses].sort((one, other) => compare(one.address, other.address));
  return block(
    'virtual_ipaddress_excluded',
    sorted.map(
      ({ address, device, scope }) => `${address} dev ${device}${scoped(scope)}${habits.noTrack ? NO_TRACK : ''}`,
    ),
  );
}

function virtualRoutes({ routes, habits }: VrrpInstance): readonly string[] {
  if (routes.length === 0) return [];
  const end = `${habits.noTrack ? NO_TRACK : ''}${habits.routesProtocolStatic ? ' protocol static' : ''}`;
  return block(
    'virtual_routes',
    routes.map((route) => `${virtualRoute(route)}${end}`),
  );
}

function virtualRoute({ destination, nexthop, device, scope }: VirtualRoute): string {
  const via = nexthop === undefined ? '' : ` via ${nexthop}`;
  const dev = device === undefined ? '' : ` dev ${device}`;
  return `${destination}${via}${dev}${scoped(scope)}`;
}

function scoped(scope: 'link' | undefined): string {
  return scope === undefined ? '' : ` scope ${scope}`;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

export function haConfDirectory(routerId: string): string {
  return `/var/lib/neutron/ha_confs/${routerId}`;
}

/** Next to the directory, not in it. */
export function keepalivedPidFile(routerId: string, habits: Habits): string {
  return `${haConfDirectory(routerId)}${habits.keepalivedPid}`;
}

export function keepalivedArguments(routerId: string, habits: Habits): readonly string[] {
  const pidFile = keepalivedPidFile(routerId, habits);
  return [
    'keepalived',
    '-P',
    '-f',
    `${haConfDirectory(routerId)}/keepalived.conf`,
    '-p',
    pidFile,
    '-r',
    `${pidFile}-vrrp`,
  ];
}
