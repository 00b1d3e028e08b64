/** A lab's own row, and the headings under it. Pure. */
import * as l10n from '@vscode/l10n';
import type { LabStatus } from '../../lab/status.js';
import { type Declared, type LabEntry, isIncomplete, isRunning } from '../labs/lab-entry.js';
import type { ContextFlag, GroupId } from '../manifest/context-values.js';
import { floatingIpRows, instanceRows, securityGroupRows } from './instance-rows.js';
import { networkRows } from './network-rows.js';
import { nodeRows } from './node-rows.js';
import { type Row, type RowIcon, dotted } from './row.js';
import { routerRows } from './router-rows.js';
import { type Scene, about, flagsOf, rowId, scene } from './scene.js';

/** What differs between file, what was applied and what is. */
export interface Differences {
  /** Errors of the file. */
  readonly errors: number;
  /** The file says something else than what was applied. */
  readonly unapplied: boolean;
  /** Steps that would make the nodes again what was applied. */
  readonly drift: number;
  readonly faults: readonly string[];
  /** A fault is to be found. */
  readonly hidden: boolean;
  /** How many nodes the lab should have; null where nobody can tell. */
  readonly nodes: number | null;
}

export function differences(entry: LabEntry, declared: Declared | null): Differences {
  const { live, work } = entry;
  const hidden = live?.status.hidden_fault ?? false;
  return {
    errors: declared?.problems.filter(({ severity }) => severity === 'error').length ?? 0,
    unapplied:
      live !== null && declared?.lab !== undefined && declared.lab !== null
        ? JSON.stringify(declared.lab) !== JSON.stringify(live.lab)
        : false,
    // What is half done is no drift; and it would give away what is to be found.
    drift: work || hidden ? 0 : (live?.drift.length ?? 0),
    faults: live?.status.nodes.flatMap(({ faults }) => faults) ?? [],
    hidden,
    nodes: (live?.lab ?? declared?.lab)?.nodes.length ?? null,
  };
}

export interface LabRowFacts {
  readonly entry: LabEntry;
  /** Null where nobody has read the file yet. */
  readonly differences: Differences | null;
  /** Where the file is, for people; null without one. */
  readonly place: string | null;
  readonly expanded: boolean;
}

export function labRow({ entry, differences: diff, place, expanded }: LabRowFacts): Row {
  const { key, name, uri } = entry;
  const running = isRunning(entry);
  const incomplete = isIncomplete(entry, diff?.nodes ?? null);
  const broken = running && entry.containers.some(({ state }) => state !== 'running');
  const flags: ContextFlag[] = [
    ...(entry.work ? (['busy'] as const) : []),
    ...(incomplete ? (['incomplete'] as const) : []),
    ...(uri ? (['file'] as const) : []),
    ...(entry.containers.length > 0 ? (['running'] as const) : (['stopped'] as const)),
    ...(diff && diff.drift > 0 ? (['drift'] as const) : []),
    ...(broken || (diff && (diff.faults.length > 0 || diff.hidden)) ? (['fault'] as const) : []),
    ...(diff?.unapplied === true ? (['changes'] as const) : []),
  ];
  return {
    id: key,
    label: name === '' ? l10n.t('(no name)') : name,
    description: dotted(
      stateText(entry, incomplete),
      diff && !entry.work && differenceText(diff, incomplete || broken),
      place,
    ),
    icon: labIcon(entry, diff),
    flags,
    about: { lab: key, kind: 'lab', id: key, name },
    expanded,
    tooltip: () => labTip(entry, diff, place),
    children: () => [],
    spoken: l10n.t('Lab {0}, {1}', name, running ? l10n.t('running') : l10n.t('not running')),
  };
}

function stateText({ containers, live, work }: LabEntry, incomplete: boolean): string {
  if (work) return work.progress;
  if (containers.length === 0) return '';
  if (incomplete) return l10n.t('incomplete: Up goes on from here');
  const down = containers.filter(({ state }) => state !== 'running').length;
  const nodes =
    down === 0 ? l10n.t('running') : l10n.t('{0} of {1} nodes run', containers.length - down, containers.length);
  return dotted(nodes, live && masters(live.status));
}

/** Of a lab with one HA router, where its MASTER is; of one with several, how many have one. */
function masters({ routers }: LabStatus): string {
  const ha = routers.filter(({ ha: replicated, admin_state_up: up }) => replicated && up);
  const [only] = ha;
  if (only === undefined) return '';
  const with1 = ha.filter(({ active_on: nodes }) => nodes.length === 1).length;
  if (ha.length > 1) return l10n.t('{0} of {1} HA routers have their MASTER', with1, ha.length);
  const [node, ...more] = only.active_on;
  if (node === undefined) return l10n.t('{0} has no MASTER', only.name);
  return more.length === 0
    ? l10n.t('{0}: MASTER on {1}', only.name, node)
    : l10n.t('{0}: {1} MASTERs', only.name, only.active_on.length);
}

/** @param broken Something is worse than drift, and explains it */
function differenceText({ errors, unapplied, drift, faults, hidden }: Differences, broken: boolean): string {
  return dotted(
    errors > 0 && (errors === 1 ? l10n.t('1 error') : l10n.t('{0} errors', errors)),
    unapplied && errors === 0 && l10n.t('changes to apply'),
    hidden && l10n.t('a fault is hidden here: find it'),
    faults.length > 0 && (faults.length === 1 ? l10n.t('1 fault') : l10n.t('{0} faults', faults.length)),
    drift > 0 && faults.length === 0 && !broken && l10n.t('drift'),
  );
}

function labIcon(entry: LabEntry, diff: Differences | null): RowIcon {
  const { containers, work } = entry;
  if (work) return { codicon: 'sync~spin' };
  if (diff && diff.errors > 0) return { codicon: 'error', colour: 'list.errorForeground' };
  if (containers.length === 0) return { codicon: 'beaker' };
  const broken =
    containers.some(({ state }) => state !== 'running') || (diff !== null && (diff.drift > 0 || diff.hidden));
  return broken
    ? { codicon: 'warning', colour: 'list.warningForeground' }
    : { codicon: 'beaker', colour: 'testing.iconPassed' };
}

function labTip(entry: LabEntry, diff: Differences | null, place: string | null): string {
  const lines = [
    `**${entry.name.replace(/[*_`\\<>[\]]/g, '')}**`,
    place === null ? l10n.t('It runs on the engine; no lab file of this workspace declares it.') : `\`${place}\``,
    dotted(stateText(entry, isIncomplete(entry, diff?.nodes ?? null)), diff && differenceText(diff, false)),
    diff?.unapplied === true
      ? l10n.t('The file says something else than what was applied: *Apply Changes* shows what.')
      : '',
    diff !== null && diff.drift > 0
      ? l10n.t('The nodes are not what was applied: *Repair* makes them so again, in {0} steps.', diff.drift)
      : '',
  ];
  return lines.filter((line) => line !== '').join('\n\n');
}

/** What stands under a lab. */
export function labChildren(entry: LabEntry, declared: Declared | null): Row[] {
  const drawn = declared?.lab ?? entry.live?.lab ?? null;
  const problems = problemRows(entry, declared);
  if (drawn === null) return problems;
  const { live } = entry;
  const running = live ? { lab: live.lab, status: live.status, seen: live.seen } : null;
  const view = scene(entry.key, drawn, running, entry.containers, entry.uri !== null);
  return [
    ...problems,
    group(view, 'networks', l10n.t('Networks'), 'circuit-board', networkRows(view)),
    group(view, 'routers', l10n.t('Routers'), { media: 'router' }, routerRows(view)),
    group(view, 'instances', l10n.t('Instances'), 'vm', instanceRows(view)),
    group(view, 'floatingIps', l10n.t('Floating IPs'), 'link-external', floatingIpRows(view)),
    group(view, 'securityGroups', l10n.t('Security groups'), 'shield', securityGroupRows(view)),
    group(view, 'nodes', l10n.t('Nodes'), 'server', nodeRows(view)),
  ];
}

/** The headings that are open when a lab is opened: what a person looks at first. */
const OPEN: ReadonlySet<string> = new Set(['networks', 'routers', 'instances']);

function group(view: Scene, id: GroupId, label: string, icon: string | RowIcon, rows: readonly Row[]): Row {
  return {
    // VS Code keeps what it knows of an id, and what had nothing below it would stay closed.
    id: rowId(view, id, ...(rows.length === 0 ? ['none'] : [])),
    label,
    description: rows.length === 0 ? l10n.t('none') : String(rows.length),
    icon: typeof icon === 'string' ? { codicon: icon } : icon,
    flags: flagsOf(view, id),
    about: about(view, 'group', id, label),
    expanded: OPEN.has(id) && rows.length <= 20,
    ...(rows.length === 0 ? {} : { children: () => rows }),
  };
}

function problemRows(entry: LabEntry, declared: Declared | null): Row[] {
  return (declared?.problems ?? [])
    .filter(({ severity }) => severity === 'error')
    .slice(0, 10)
    .map((problem, at): Row => ({
      id: [entry.key, 'problem', String(at)].join('#'),
      label: problem.message,
      description: l10n.t('line {0}', problem.line),
      icon: { codicon: 'error', colour: 'list.errorForeground' },
      about: {
        lab: entry.key,
        kind: 'problem',
        id: `${String(problem.line)}:${String(problem.column)}`,
        name: problem.message,
      },
      tooltip: () => `${problem.message.replace(/[<>]/g, '')}\n\n${problem.remedy.replace(/[<>]/g, '')}`,
    }));
}
