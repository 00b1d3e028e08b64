/** What the status bar says of the lab in use. Pure. */
import * as l10n from '@vscode/l10n';
import { type LabEntry, isIncomplete } from '../labs/lab-entry.js';
import { command } from '../manifest/command-link.js';
import type { CommandId } from '../manifest/commands.js';
import type { Differences } from '../tree/lab-rows.js';

export interface LabAction {
  readonly command: CommandId;
  readonly label: string;
  readonly icon: string;
}

export interface StatusWords {
  readonly text: string;
  /** Something is broken, or not what it should be. */
  readonly warning: boolean;
  /** Markdown with links that run commands. */
  readonly tooltip: string;
  readonly spoken: string;
}

/** @param differences Null where nobody looked at the file yet; `trusted`: commands may be run */
export function statusWords(entry: LabEntry, differences: Differences | null, trusted: boolean): StatusWords {
  const { name, work } = entry;
  const { word, warning } = state(entry, differences);
  const icon = work ? '$(sync~spin)' : warning ? '$(warning)' : '$(beaker)';
  const text = word === '' ? name : `${name}: ${word}`;
  const facts = [word, ...details(entry, differences)].filter((fact) => fact !== '');
  const links = trusted
    ? labActions(entry, differences).map(
        (action) => `[$(${action.icon}) ${action.label}](${command(action.command, entry.key)})`,
      )
    : [l10n.t('The folder is not trusted: its labs are not run.')];
  return {
    text: `${icon} ${codiconSafe(text)}`,
    warning,
    tooltip: [`**${plain(name)}**`, ...facts.map(plain), links.join(' · ')].join('\n\n'),
    spoken: l10n.t('Neutron Lab: {0}', text),
  };
}

/** What can be done with it now, the most useful first. */
export function labActions(entry: LabEntry, differences: Differences | null): LabAction[] {
  const running = entry.containers.length > 0;
  const incomplete = isIncomplete(entry, differences?.nodes ?? null);
  const broken = isBroken(entry, differences);
  const all: (LabAction | false)[] = [
    (!running || incomplete) && { command: 'neutron-lab.up', label: l10n.t('Up'), icon: 'play' },
    differences?.unapplied === true &&
      !incomplete && { command: 'neutron-lab.applyChanges', label: l10n.t('Apply Changes'), icon: 'git-compare' },
    running && broken && !incomplete && { command: 'neutron-lab.healAll', label: l10n.t('Heal'), icon: 'heart' },
    running &&
      !broken &&
      (differences?.drift ?? 0) > 0 && { command: 'neutron-lab.repair', label: l10n.t('Repair'), icon: 'wrench' },
    running && { command: 'neutron-lab.failover', label: l10n.t('Measure Failover'), icon: 'pulse' },
    running && { command: 'neutron-lab.break', label: l10n.t('Break'), icon: 'flame' },
    running && { command: 'neutron-lab.down', label: l10n.t('Down'), icon: 'debug-stop' },
    entry.uri !== null && { command: 'neutron-lab.openLabFile', label: l10n.t('Open File'), icon: 'go-to-file' },
  ];
  return all.filter((action) => action !== false);
}

function isBroken({ containers }: LabEntry, differences: Differences | null): boolean {
  return (
    (differences?.faults.length ?? 0) > 0 ||
    differences?.hidden === true ||
    containers.some(({ state }) => state !== 'running')
  );
}

function state(entry: LabEntry, differences: Differences | null): { word: string; warning: boolean } {
  const { containers, live, work } = entry;
  if (work) return { word: work.progress, warning: false };
  if (differences && differences.errors > 0 && containers.length === 0) {
    return { word: errorsText(differences.errors), warning: false };
  }
  if (containers.length === 0) return { word: '', warning: false };
  if (isIncomplete(entry, differences?.nodes ?? null)) return { word: l10n.t('incomplete'), warning: true };
  const masters = live ? mastersText(live.status) : { word: l10n.t('running'), warning: false };
  const faults = isBroken(entry, differences);
  const drift = (differences?.drift ?? 0) > 0;
  const remark = faults ? l10n.t('broken') : drift ? l10n.t('drift') : '';
  return {
    word: [masters.word, remark].filter((part) => part !== '').join(' · '),
    warning: masters.warning || faults || drift,
  };
}

function mastersText({ routers }: NonNullable<LabEntry['live']>['status']): { word: string; warning: boolean } {
  const ha = routers.filter(({ ha: replicated, admin_state_up: up }) => replicated && up);
  const [only, ...more] = ha;
  if (!only) return { word: l10n.t('running'), warning: false };
  const good = ha.filter(({ active_on: nodes }) => nodes.length === 1).length;
  if (more.length > 0) return { word: l10n.t('{0} of {1} MASTERs', good, ha.length), warning: good < ha.length };
  const [node, ...others] = only.active_on;
  if (node === undefined) return { word: l10n.t('no MASTER'), warning: true };
  return { word: `MASTER ${[node, ...others].join(', ')}`, warning: others.length > 0 };
}

function details({ live, containers }: LabEntry, differences: Differences | null): string[] {
  const down = containers.filter(({ state: one }) => one !== 'running').length;
  return [
    down > 0 ? l10n.t('{0} of {1} nodes do not run', down, containers.length) : '',
    differences?.hidden === true ? l10n.t('a fault is hidden here: find it') : '',
    ...(differences?.faults ?? []).map((fault) => l10n.t('fault: {0}', fault)),
    (differences?.drift ?? 0) > 0
      ? l10n.t('{0} steps would make the nodes again what was applied', differences?.drift ?? 0)
      : '',
    differences?.unapplied === true ? l10n.t('the file has changes that were not applied') : '',
    differences && differences.errors > 0 && live ? errorsText(differences.errors) : '',
  ];
}

function errorsText(errors: number): string {
  return errors === 1 ? l10n.t('1 error') : l10n.t('{0} errors', errors);
}

/** A name that somebody chose is no icon, no link and no Markdown. */
function codiconSafe(text: string): string {
  return text.replaceAll('$(', '$ (');
}

function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|$]/g, (character) => `\\${character}`);
}
