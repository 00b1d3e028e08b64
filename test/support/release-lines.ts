/** Lines of what a node should have, with words in the place of ids, to be put side by side. */
import type { Release } from '../../src/model/release.js';
import type { Lab } from '../../src/model/resources.js';
import type { DesiredItem } from '../../src/neutron/node-state.js';
import { realise } from '../../src/neutron/realise.js';

const UNDERLAY = { addresses: { net1: '172.31.99.21', net2: '172.31.99.22', net3: '172.31.99.23' } };

export type Told = readonly string[];

/** The lines that are about a thing. */
export type Lines = (items: readonly DesiredItem[]) => Told;

/** Ids and devices as words, so that a row says what it is about. */
function plain(line: string): string {
  return line
    .trim()
    .replace(/\t/g, ' ')
    .replace(/\/var\/lib\/neutron\//g, '')
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, 'ID')
    .replace(/\bqr-[0-9a-f]{8}-[0-9a-f]{2}\b/g, 'QR')
    .replace(/\bqg-[0-9a-f]{8}-[0-9a-f]{2}\b/g, 'QG');
}

export function file(path: string, wanted: RegExp): Lines {
  return (items) =>
    items.flatMap((item) =>
      item.kind === 'file' && item.path.includes(path)
        ? item.content
            .split('\n')
            .filter((line) => wanted.test(line))
            .map(plain)
        : [],
    );
}

/** From the first line of one kind to the next of another. */
export function between(lines: Told, from: RegExp, to: RegExp): Told {
  const first = lines.findIndex((line) => from.test(line));
  const last = lines.findIndex((line, index) => index > first && to.test(line));
  return lines.slice(first, last + 1);
}

export function argv(name: string, wanted: RegExp): Lines {
  return (items) =>
    items.flatMap((item) =>
      item.kind === 'process' && item.name === name ? item.argv.filter((word) => wanted.test(word)).map(plain) : [],
    );
}

export function routerSysctls(wanted: RegExp): Lines {
  return (items) =>
    items.flatMap((item) =>
      item.kind === 'sysctl' && item.namespace.startsWith('qrouter-') && wanted.test(item.name)
        ? [plain(`${item.name}=${item.value}`)]
        : [],
    );
}

export function routes(wanted: RegExp): Lines {
  return (items) =>
    items.flatMap((item) => {
      if (item.kind !== 'route' || !item.namespace.startsWith('qrouter-') || !wanted.test(item.destination)) return [];
      const hops = item.nexthops.map(({ via, device }) => `via ${via ?? ''} dev ${device ?? ''}`);
      return [plain(`${item.destination} ${hops.join(' ')} proto ${item.protocol}`)];
    });
}

export function rules(family: 4 | 6, wanted: RegExp): Lines {
  return (items) =>
    items.flatMap((item) =>
      item.kind === 'ruleset' && item.namespace.startsWith('qrouter-') && item.family === family
        ? item.text
            .split('\n')
            .filter((line) => wanted.test(line))
            .map((line) => plain(line.replace(/neutron-l3-agent-/g, '')))
        : [],
    );
}

/** Of the node that has most: it hosts the router or serves the network. */
export function itemsOf(one: Lab, release: Release): readonly DesiredItem[] {
  const states = realise({ ...one, config: { ...one.config, release } }, UNDERLAY);
  return states.map(({ items }) => items).sort((few, many) => many.length - few.length)[0] ?? [];
}
