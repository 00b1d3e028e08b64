/**
 * From one ruleset to another by what differs in Neutron's part of it, as input of `iptables-restore --noflush` or
 * `ebtables-restore --noflush`: they take a table at once or not at all, so no packet meets half of the change
 * (neutron/agent/linux/iptables_manager.py, `_apply_synchronized`).
 */
import type { Chain, Chains } from '../../neutron/iptables/normalise.js';
import { isOwnChain, ownPart } from '../../neutron/iptables/own-part.js';

const NOTHING: Chains = new Map<string, Chain>();

/** Both in the form of iptables-save. The result is empty where Neutron's part is the same. */
export function rulesetUpdate(desired: string, observed: string): string {
  const [wanted, present] = [ownPart(desired), ownPart(observed)];
  return [...new Set([...wanted.keys(), ...present.keys()])]
    .map((table) => tableUpdate(table, wanted.get(table) ?? NOTHING, present.get(table) ?? NOTHING))
    .join('');
}

function tableUpdate(table: string, wanted: Chains, present: Chains): string {
  const changed = [...wanted].filter(([name, chain]) => isOwnChain(name) && !isSame(chain, present.get(name)));
  const stale = [...present].filter(([name]) => isOwnChain(name) && !wanted.has(name));
  const builtIn = [...new Set([...wanted.keys(), ...present.keys()])].filter((name) => !isOwnChain(name));
  const lines = [
    // A chain that is declared is emptied, and made where it is not there.
    ...[...changed, ...stale].map(([name, { policy }]) => `:${name} ${policy} [0:0]`),
    ...builtIn.flatMap((name) => jumps(rulesOf(wanted, name), rulesOf(present, name))),
    ...changed.flatMap(([, { rules }]) => rules),
    ...stale.map(([name]) => `-X ${name}`),
  ];
  return lines.length === 0 ? '' : [`*${table}`, ...lines, 'COMMIT', ''].join('\n');
}

function isSame(chain: Chain, other: Chain | undefined): boolean {
  return chain.policy === other?.policy && sameLines(chain.rules, other.rules);
}

function sameLines(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}

function rulesOf(chains: Chains, name: string): readonly string[] {
  return chains.get(name)?.rules ?? [];
}

/** The jumps to Neutron's chains stand on top, in front of what others have (`_modify_rules`). */
function jumps(wanted: readonly string[], present: readonly string[]): string[] {
  if (sameLines(wanted, present)) return [];
  return [
    ...present.map((rule) => rule.replace(/^-A/, '-D')),
    ...[...wanted].reverse().map((rule) => rule.replace(/^-A/, '-I')),
  ];
}
