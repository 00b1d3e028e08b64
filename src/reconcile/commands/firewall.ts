/** Rules and sets of addresses of a node's own namespace, changed piece by piece: others have rules there too. */
import type { EbtablesItem, IpsetItem, RulesetItem } from '../../neutron/node-state.js';
import { ROOT } from '../../neutron/node-state.js';
import { type Draft, run } from '../phases.js';
import { rulesetUpdate } from './ruleset-update.js';

/** @param observed the text of iptables-save on the node, empty where there is none */
export function updateRootRuleset(item: RulesetItem, observed: string, change: Draft['change']): Draft[] {
  const program = item.family === 4 ? 'iptables-restore' : 'ip6tables-restore';
  return [run('node-firewall', change, ROOT, [program, '--noflush'], rulesetUpdate(item.text, observed))];
}

/** @param observed the text of ebtables-save, empty where there is none */
export function updateEbtables(desired: string, observed: string, change: Draft['change']): Draft[] {
  return [run('node-firewall', change, ROOT, ['ebtables-restore', '--noflush'], rulesetUpdate(desired, observed))];
}

export function removeEbtables(item: EbtablesItem): Draft[] {
  return updateEbtables('', item.text, 'remove');
}

/** A new set with its members in one go (ipset_manager.py, `_refresh_set`). */
export function createIpset({ name, family, members }: IpsetItem): Draft[] {
  const lines = [
    `create ${name} hash:net family ${family === 4 ? 'inet' : 'inet6'}`,
    ...members.map((member) => `add ${name} ${member}`),
  ];
  return [run('ipset', 'create', ROOT, ['ipset', 'restore', '-exist'], `${lines.join('\n')}\n`)];
}

/** One by one, so that whoever stays in the set is in it all the time. */
export function updateIpset(desired: IpsetItem, observed: IpsetItem): Draft[] {
  const [missing, spare] = memberChanges(desired, observed);
  return [
    ...missing.map((member) => run('ipset', 'update', ROOT, ['ipset', 'add', '-exist', desired.name, member])),
    ...spare.map((member) => run('ipset', 'update', ROOT, ['ipset', 'del', '-exist', desired.name, member])),
  ];
}

/** Members that are missing, and those that nobody wants. */
export function memberChanges(desired: IpsetItem, observed: IpsetItem): [string[], string[]] {
  const [wanted, present] = [new Set(desired.members), new Set(observed.members)];
  return [desired.members.filter((one) => !present.has(one)), observed.members.filter((one) => !wanted.has(one))];
}

/** Once no rule looks it up any more. */
export function removeIpset({ name }: IpsetItem): Draft[] {
  return [run('remove-ipset', 'remove', ROOT, ['ipset', 'destroy', name])];
}
