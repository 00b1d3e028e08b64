/** What the rows of a lab are drawn from. Pure. */
import type { NodeContainer } from '../../docker/runtime.js';
import type { LabStatus, Readings } from '../../lab/status.js';
import { type LabIndex, indexLab } from '../../model/lab-queries.js';
import type { Lab } from '../../model/resources.js';
import type { ContextFlag, ContextValue } from '../manifest/context-values.js';
import type { About } from './row.js';

export interface Scene {
  /** Of the lab. */
  readonly key: string;
  /** What is drawn: what the file declares, else what runs. */
  readonly index: LabIndex;
  /** What was applied last; null where nothing runs or nobody looked yet. */
  readonly applied: LabIndex | null;
  readonly status: LabStatus | null;
  readonly seen: Readings;
  readonly containers: readonly NodeContainer[];
  /** True where there is a file to edit. */
  readonly editable: boolean;
}

export function scene(
  key: string,
  drawn: Lab,
  running: { readonly lab: Lab; readonly status: LabStatus; readonly seen: Readings } | null,
  containers: readonly NodeContainer[],
  editable: boolean,
): Scene {
  return {
    key,
    index: indexLab(drawn),
    applied: running ? indexLab(running.lab) : null,
    status: running?.status ?? null,
    seen: running?.seen ?? new Map(),
    containers,
    editable,
  };
}

export function about({ key }: Scene, kind: ContextValue, id: string, name: string, more: Partial<About> = {}): About {
  return { lab: key, kind, id, name, ...more };
}

export function rowId({ key }: Scene, ...path: readonly string[]): string {
  return [key, ...path].join('#');
}

/** Whether a resource of the file was not applied yet, in a lab that runs. */
export function isNew({ applied }: Scene, list: 'networks' | 'routers' | 'instances' | 'subnets', id: string): boolean {
  return applied !== null && !applied[list].has(id);
}

export function flagsOf({ editable, applied }: Scene, ...more: readonly (ContextFlag | false)[]): ContextFlag[] {
  const own: (ContextFlag | false)[] = [editable && 'file', applied !== null && 'running', ...more];
  return own.filter((flag) => flag !== false);
}
