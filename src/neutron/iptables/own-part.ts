/**
 * The part of a shared ruleset that Neutron's agents made: their chains, and the jumps of the built-in chains to them.
 * A node's own namespace is anybody's: what a person, a fault or another tool put there is not looked at.
 */
import { parseRuleset, type Chains } from './normalise.js';

/** Chains of the Linux bridge agent, in iptables and in ebtables. */
const OWN_CHAIN = /^(neutron-linuxbri-|neutron-filter-top$|neutron(ARP|MAC)-tap)/;
const TARGET = / -j (\S+)$/;

export function ownPart(text: string): Map<string, Chains> {
  const tables = new Map<string, Chains>();
  for (const [table, chains] of parseRuleset(text)) {
    const own: Chains = new Map();
    for (const [name, { policy, rules }] of chains) {
      if (OWN_CHAIN.test(name)) own.set(name, { policy, rules });
      else own.set(name, { policy: 'ACCEPT', rules: rules.filter(jumpsToOwn) });
    }
    tables.set(table, own);
  }
  return tables;
}

export function isOwnChain(name: string): boolean {
  return OWN_CHAIN.test(name);
}

function jumpsToOwn(rule: string): boolean {
  return OWN_CHAIN.test(TARGET.exec(rule)?.[1] ?? '');
}

/** True where both rulesets say the same about Neutron's part. */
export function sameOwnPart(one: string, other: string): boolean {
  return canonical(one) === canonical(other);
}

/** False where nothing of the ruleset is Neutron's. */
export function hasOwnPart(text: string): boolean {
  return canonical(text) !== '[]';
}

function canonical(text: string): string {
  const tables = [...ownPart(text)].map(([table, chains]) => {
    const telling = [...chains].filter(([name, { rules }]) => OWN_CHAIN.test(name) || rules.length > 0);
    return [table, telling.sort(([one], [other]) => (one < other ? -1 : 1))] as const;
  });
  return JSON.stringify(
    tables.filter(([, chains]) => chains.length > 0).sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}
