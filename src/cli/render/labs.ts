/** The labs on an engine. Pure. */
import type { NodeContainer, UnderlayNetwork } from '../../docker/runtime.js';
import type { Paint } from '../../render/paint.js';
import { table } from './table.js';
import { age } from '../../render/words.js';

export interface LabSummary {
  readonly lab: string;
  readonly nodes: readonly { readonly name: string; readonly state: string }[];
  /** Of the tool that made the nodes. */
  readonly version: string | null;
  readonly underlay: string | null;
  /** Unix time of the oldest node, seconds; null where there is none. */
  readonly created: number | null;
}

export function labSummaries(
  containers: readonly NodeContainer[],
  underlays: readonly UnderlayNetwork[],
): LabSummary[] {
  const names = [...new Set([...containers, ...underlays].map(({ lab }) => lab))].sort();
  return names.map((lab) => {
    const own = containers.filter((container) => container.lab === lab);
    return {
      lab,
      nodes: own.map(({ node, state }) => ({ name: node, state })).sort((a, b) => (a.name < b.name ? -1 : 1)),
      version: own[0]?.version ?? null,
      underlay: underlays.find((underlay) => underlay.lab === lab)?.subnet ?? null,
      created: own.length === 0 ? null : Math.min(...own.map(({ created }) => created)),
    };
  });
}

/**
 * @param now Unix time, seconds
 * @param width Columns of the terminal, where there is one
 */
export function renderLabs(labs: readonly LabSummary[], now: number, paint: Paint, width = Infinity): string[] {
  if (labs.length === 0) return ['No lab runs on this engine. Start one: `neutron-lab up labs/ha-router`.'];
  return table(
    ['LAB', 'NODES', 'AGE', 'UNDERLAY', 'VERSION'],
    labs.map(({ lab, nodes, version, underlay, created }) => {
      const up = nodes.filter(({ state }) => state === 'running').length;
      const all = up === nodes.length && up > 0;
      return [
        paint(lab, 'bold'),
        paint(
          all ? `${String(up)} running` : `${String(up)} of ${String(nodes.length)} running`,
          all ? 'green' : 'yellow',
        ),
        created === null ? '' : age(now - created),
        underlay ?? '',
        version ?? '',
      ];
    }),
    paint,
    0,
    width,
  );
}
