/** The number at the view's icon: how much is broken, in all labs. Pure. */
import * as l10n from '@vscode/l10n';
import type { LabEntry } from '../labs/lab-entry.js';

/** Faults that were injected, and nodes that do not run; undefined where there is nothing to tell. */
export function badgeOf(
  entries: readonly LabEntry[],
): { readonly value: number; readonly tooltip: string } | undefined {
  const faults = entries.flatMap(({ live }) => live?.status.nodes.flatMap((node) => node.faults) ?? []);
  const down = entries.flatMap(({ containers }) => containers.filter(({ state }) => state !== 'running'));
  const hidden = entries.filter(({ live }) => live?.status.hidden_fault === true);
  const value = faults.length + down.length + hidden.length;
  if (value === 0) return undefined;
  return { value, tooltip: value === 1 ? l10n.t('1 thing is broken') : l10n.t('{0} things are broken', value) };
}
