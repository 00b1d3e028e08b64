/** What theory says of the last fault that met a MASTER, from its name and what was seen before it. Pure. */
import { type MasterFault, predictOutage } from '../../src/experiment/theory.js';
import type { Theory } from './track.js';

export interface Together {
  readonly nodes: readonly string[];
  readonly length: number;
  /** It still lasts. */
  readonly open: boolean;
}

export interface Broken {
  /** As the node's mark has it: `node`, `freeze`, `link-ha…`, `keepalived-…`. */
  readonly fault: string;
  readonly node: string;
  readonly router: string;
  readonly at: number;
  /** When the next thing was broken or healed; Infinity: nothing was. */
  readonly until: number;
  /** The last advertisement before; null where none was seen. */
  readonly lastAdvert: number | null;
  readonly advertInt: number;
  readonly priority: number;
  /** It took its leave with priority 0. */
  readonly farewell: boolean;
  /** Who stayed MASTER, where several became it at once. */
  readonly taken: { readonly node: string; readonly at: number } | null;
  /** Who was MASTER beside another one until then, and for how long. */
  readonly together: readonly Together[];
}

/** Null for a fault that no standard says anything about. */
export function theoryOf(broken: Broken): Theory | null {
  const fault = inTheory(broken);
  if (fault === null) return null;
  const { advertInt, priority, at, lastAdvert } = broken;
  const since = lastAdvert === null ? {} : { sinceLastAdvert: Math.max(0, at - lastAdvert) };
  const { low, high, formula } = predictOutage({ fault, advertInt, priority, version: 2, ...since });
  return { from: at + low, to: at + high, formula: `${inNumbers(formula)}${sinceLast(broken, fault)}`, fault };
}

/** Without its English. */
function inNumbers(formula: string): string {
  return formula.split(/[,:]/)[0] ?? formula;
}

/** What had passed of the timer when it broke. */
function sinceLast({ at, lastAdvert, advertInt }: Broken, fault: MasterFault): string {
  if (!WAITS.has(fault)) return '';
  return lastAdvert === null ? ` − 0…${advertInt} s` : ` − ${Math.max(0, at - lastAdvert).toFixed(2)} s`;
}

/** Those after which the backups hear nothing more. */
const WAITS: ReadonlySet<MasterFault> = new Set([
  'node-killed',
  'underlay-cut',
  'ha-link-down',
  'keepalived-child-killed',
]);

function inTheory({ fault, farewell }: Broken): MasterFault | null {
  if (fault === 'node') return farewell ? 'node-stopped' : 'node-killed';
  if (fault === 'freeze') return 'node-frozen';
  if (fault.startsWith('link-ha')) return 'ha-link-down';
  if (fault.startsWith('link-eth')) return 'underlay-cut';
  if (fault === 'partition-underlay') return 'underlay-cut';
  if (fault.startsWith('partition-')) return 'vrrp-partition';
  if (fault.startsWith('keepalived')) return farewell ? 'keepalived-terminated' : 'keepalived-killed';
  return null;
}
