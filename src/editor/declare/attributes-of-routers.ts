/** What can be changed of routers, their interfaces, gateways and routes. Pure. */
import type { LabFileEdit, Target } from '../../model/lab-file/edit/edits.js';
import { findItem } from '../../model/lab-file/edit/items.js';
import { type OpenLabFile, valueOf } from '../../model/lab-file/edit/open.js';
import { externalNetworks } from '../../model/lab-file/edit/proposals.js';
import { findTarget, labelOf } from '../../model/lab-file/edit/targets.js';
import { isMap } from '../../model/lab-file/sections.js';
import { ROUTE } from '../../model/lab-file/words/common.js';
import { GATEWAY, INTERFACE, ROUTER } from '../../model/lab-file/words/routers.js';
import type { YamlMap } from '../../model/lab-file/yaml-value.js';
import { type EditableAttribute, choice, flag, several, text } from './attribute.js';
import { named, networkChoices, plainChoices } from './choices.js';
import { numberOrText } from './values.js';

export function attributesOfRouter(file: OpenLabFile, target: Target): EditableAttribute[] {
  const { built } = file.analysis;
  const router = named(file, 'router', target.ref, (lab) => lab.routers);
  if (router === undefined || built === null) return [];
  const of = (name: keyof typeof ROUTER) => ({ target, words: ROUTER[name] });
  const hosts = built.router_l3_agents[router.id] ?? [];
  const nodes = built.nodes.filter(({ agents }) => agents.includes('l3')).map(({ name }) => name);
  const vrid = built.ha_vr_ids[router.id];
  return [
    flag('ha', of('ha'), router.ha),
    flag('admin_state_up', of('admin_state_up'), router.admin_state_up),
    ...(router.external_gateway_info === null ? [] : attributesOfGateway(file, target)),
    several('l3_agents', of('l3_agents'), hosts, plainChoices(nodes)),
    ...(router.ha && vrid !== undefined ? [text('ha_vr_id', of('ha_vr_id'), String(vrid), numberOrText)] : []),
  ];
}

export function attributesOfGateway(file: OpenLabFile, target: Target): EditableAttribute[] {
  const info = named(file, 'router', target.ref, (lab) => lab.routers)?.external_gateway_info;
  if (info === undefined || info === null) return [];
  const own = labelOf(file, 'network', info.network_id) ?? info.network_id;
  const networks = [own, ...externalNetworks(file, target.ref)];
  const path = 'external_gateway_info';
  const of = (name: keyof typeof GATEWAY) => ({ target, words: GATEWAY[name] });
  return [
    flag('enable_snat', of('enable_snat'), info.enable_snat, [path, 'enable_snat']),
    choice('network', of('network'), own, networkChoices(file, networks), [path, 'network']),
    text(
      'external_fixed_ips',
      of('external_fixed_ips'),
      info.external_fixed_ips.map(({ ip_address: ip }) => ip).join(', '),
      (given) => given.split(/[\s,]+/).map((ip_address) => ({ ip_address })),
      [path, 'external_fixed_ips'],
    ),
  ];
}

/** @param item The id of its port. */
export function attributesOfInterface(file: OpenLabFile, target: Target, item: string): EditableAttribute[] {
  const { path } = findTarget(file, target);
  const at = findItem(file, [...path, 'interfaces'], item);
  const port = file.analysis.built?.ports.find(({ id }) => id === item);
  const [ip] = port?.fixed_ips ?? [];
  if (at === null || ip === undefined) return [];
  const value = valueOf(file, [...path, 'interfaces', at]);
  const map = (isMap(value) ? value : { subnet: labelOf(file, 'subnet', ip.subnet_id) ?? ip.subnet_id }) as YamlMap;
  // A port of `ports` has its addresses there.
  if ('port' in map || 'port_id' in map || 'fixed_ips' in map) return [];
  const attribute = text(
    'ip_address',
    { target, words: INTERFACE.ip_address },
    ip.ip_address,
    (given) => ({ ...map, ip_address: given }),
    ['interfaces', at],
  );
  const rest = Object.fromEntries(Object.entries(map).filter(([name]) => name !== 'ip_address'));
  return [
    {
      ...attribute,
      // Left out, it is the gateway address again.
      edit: (answer): LabFileEdit =>
        String(answer).trim() === ''
          ? { do: 'set', target, attribute: ['interfaces', at], value: rest }
          : attribute.edit(answer),
    },
  ];
}

export function attributesOfRoute(file: OpenLabFile, target: Target, item: string): EditableAttribute[] {
  const [destination = '', nexthop = ''] = item.split(' ');
  const at = findItem(file, [...findTarget(file, target).path, 'routes'], { destination, nexthop });
  if (at === null) return [];
  const same = (given: string): string => given;
  return [
    text('destination', { target, words: ROUTE.destination }, destination, same, ['routes', at, 'destination']),
    text('nexthop', { target, words: ROUTE.nexthop }, nexthop, same, ['routes', at, 'nexthop']),
  ];
}
