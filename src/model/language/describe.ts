/** What the schema says about an attribute, as Markdown. */
import { z } from 'zod';
import { attributesOf, choicesOf, isNamed, itemsOf, type Expected } from './expected.js';

/** What may stand there, in a few words: `true or false`, `number 1 to 254`, `list of names of subnets`. */
export function valueWords(expected: Expected): string {
  const choices = choicesOf(expected);
  const items = itemsOf(expected);
  const words = [
    ...(choices.length > 0 ? [choices.map(String).join(' or ')] : []),
    ...expected.types.flatMap((type) => wordsOf(type)),
    ...(items === null ? [] : [`list: ${valueWords(items)}`]),
    ...(isNamed(expected) ? ['map by name'] : []),
    ...(attributesOf(expected).length > 0 ? ['map'] : []),
  ];
  return [...new Set(words)].join(', ');
}

function wordsOf(type: z.core.$ZodType): string[] {
  if (type instanceof z.ZodNumber) {
    const { minValue, maxValue } = type;
    return [`number ${String(minValue ?? '')} to ${String(maxValue ?? '')}`];
  }
  if (!(type instanceof z.ZodString)) return [];
  const description = z.globalRegistry.get(type)?.description;
  return [typeof description === 'string' ? lowerFirst(description.replace(/\.$/, '')) : 'text'];
}

/** `An IP address` as a part of a sentence; acronyms stay as they are. */
function lowerFirst(text: string): string {
  return /^[A-Z][a-z ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** Markdown: meaning, what may be written, default, and the name in Neutron's API. */
export function attributeHelp(name: string, expected: Expected): string {
  const { words } = expected;
  const facts = [
    `Value: ${valueWords(expected)}`,
    ...(expected.optional ? [] : ['Required']),
    ...(words?.default === undefined ? [] : [`Default: ${words.default}`]),
    ...(words?.api === undefined ? [] : [`In Neutron: ${words.api}`]),
  ];
  return [`**${name}**`, words?.meaning ?? '', facts.map((fact) => `- ${fact}`).join('\n')]
    .filter((part) => part !== '')
    .join('\n\n');
}
