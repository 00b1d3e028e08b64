/** Namespaces, their kernel settings and their rules. */
import type { NamespaceItem, RulesetItem, SysctlItem } from '../../neutron/node-state.js';
import { ROOT } from '../../neutron/node-state.js';
import { type Draft, run } from '../phases.js';
import { tablesUpdate } from './ruleset-tables.js';

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

export function setSysctl(item: SysctlItem, change: 'create' | 'update' | 'remove'): Draft[] {
  const phase = ONE_DEVICE.test(item.name) ? 'device-sysctl' : 'sysctl';
  return [run(phase, change, item.namespace, ['sysctl', '-w', `${item.name}=${item.value}`])];
}

function restore(item: RulesetItem, change: 'create' | 'update', input: string): Draft[] {
  const program = item.family === 4 ? 'iptables-restore' : 'ip6tables-restore';
  return [run('firewall', change, item.namespace, [program], input)];
}

export function createRuleset(item: RulesetItem): Draft[] {
  return restore(item, 'create', item.text);
}

/** A table is a commit, and the kernel takes some hundredths of a second for each: what is right is left alone. */
export function updateRuleset(item: RulesetItem, observed: RulesetItem): Draft[] {
  return restore(item, 'update', tablesUpdate(item.text, observed.text));
}
