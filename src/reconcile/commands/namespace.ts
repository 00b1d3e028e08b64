/** Namespaces, their kernel settings and their rules. */
import type { NamespaceItem, RulesetItem, SysctlItem } from '../../neutron/node-state.js';
import { parseRuleset } from '../../neutron/iptables/normalise.js';
import { ROOT } from '../../neutron/node-state.js';
import { type Draft, run } from '../phases.js';

/** A UTS namespace that lives as long as this file is bound, as `ip netns` does it for network namespaces. */
function utsFile(namespace: string): string {
  return `/run/neutron-lab/uts/${namespace}`;
}

export function createNamespace(item: NamespaceItem): Draft[] {
  return [
    run('namespace', 'create', ROOT, ['ip', 'netns', 'add', item.namespace]),
    run('sysctl', 'create', item.namespace, ['ip', 'link', 'set', 'dev', 'lo', 'up']),
    ...(item.hostname === undefined ? [] : setHostname(item.namespace, item.hostname, 'create')),
  ];
}

export function setHostname(namespace: string, hostname: string, change: 'create' | 'update'): Draft[] {
  return [run('namespace', change, ROOT, ['unshare', `--uts=${utsFile(namespace)}`, 'hostname', hostname])];
}

export function removeNamespace(item: NamespaceItem): Draft[] {
  return [
    run('remove-namespace', 'remove', ROOT, ['ip', 'netns', 'delete', item.namespace]),
    ...(item.hostname === undefined
      ? []
      : [run('remove-namespace', 'remove', ROOT, ['umount', utsFile(item.namespace)])]),
  ];
}

const ONE_DEVICE = /^net\.ipv[46]\.(conf|neigh)\.(?!all\.|default\.)/;

export function setSysctl(item: SysctlItem, change: Draft['change']): Draft[] {
  const phase = ONE_DEVICE.test(item.name) ? 'device-sysctl' : 'sysctl';
  return [run(phase, change, item.namespace, ['sysctl', '-w', `${item.name}=${item.value}`])];
}

/** @param observed what is there, empty where nothing is */
export function setRuleset(item: RulesetItem, observed: string, change: 'create' | 'update'): Draft[] {
  const program = item.family === 4 ? 'iptables-restore' : 'ip6tables-restore';
  const wanted = parseRuleset(item.text);
  // iptables-restore empties the tables that it is given and leaves the others as they are.
  const stale = [...parseRuleset(observed).keys()].filter((table) => !wanted.has(table));
  const emptied = stale.map((table) => `*${table}\nCOMMIT\n`);
  return [run('firewall', change, item.namespace, [program], [item.text, ...emptied].join(''))];
}
