/** What a word means within a lab: a router, a network, an instance. Pure. */
import type { Lab } from '../model/resources.js';
import { AmbiguousName } from './lab-errors.js';
import { type Subject, namespaceOf, subjectsOf } from './subject.js';

/**
 * @param word A name, an id, a namespace's name, or `router:NAME`, `network:NAME`, `instance:NAME`
 * @returns null where nothing has that name
 * @throws AmbiguousName where more than one thing has it
 */
export function findSubject(lab: Lab, word: string): Subject | null {
  const things = subjectsOf(lab);
  const exact = things.find((thing) => namespaceOf(thing) === word || thing.id === word);
  if (exact) return exact;
  const [, kind, name] = /^(router|network|instance):(.*)$/s.exec(word) ?? [];
  const found = things.filter((thing) =>
    kind === undefined ? thing.name === word : thing.kind === kind && thing.name === name,
  );
  if (found.length > 1) {
    const choices = [...new Set(found.map((thing) => `${thing.kind}:${thing.name}`))];
    const byKind = choices.length > 1;
    throw new AmbiguousName(
      `"${word}" is the name of ${byKind ? 'several things' : `more than one ${found[0]?.kind ?? 'thing'}`}.`,
      byKind ? `Write ${choices.join(' or ')}.` : `Write the id: ${found.map(({ id }) => id).join(' or ')}.`,
    );
  }
  return found[0] ?? null;
}
