/** Ways to break a MASTER, and what a failover is at, in words. Pure. */
import * as l10n from '@vscode/l10n';
import type { FailoverProgress } from '../../experiment/failover-progress.js';
import type { FailoverFault } from '../../experiment/failover-report.js';
import { type OutageWords, rangeText } from '../../render/outage-bar.js';
import { seconds } from '../../render/words.js';
import type { Stage } from '../run/up-words.js';

export interface FaultWords {
  readonly label: string;
  readonly detail: string;
}

export function faultWords(fault: FailoverFault): FaultWords {
  switch (fault) {
    case 'node':
      return { label: l10n.t('its node loses its power'), detail: l10n.t('silence: the whole master-down time') };
    case 'stop':
      return {
        label: l10n.t('its node is shut down in order'),
        detail: l10n.t('a farewell with priority 0: the skew time'),
      };
    case 'freeze':
      return { label: l10n.t('its node freezes'), detail: l10n.t('its kernel forwards on, its keepalived is silent') };
    case 'keepalived':
      return { label: l10n.t('its keepalived is killed'), detail: l10n.t('silence, and its addresses stay behind') };
    case 'keepalived-parent':
      return {
        label: l10n.t('the parent process of its keepalived is killed'),
        detail: l10n.t('the VRRP process leaves'),
      };
    case 'terminate':
      return {
        label: l10n.t('its keepalived is told to end'),
        detail: l10n.t('a farewell with priority 0: the skew time'),
      };
    case 'link':
      return {
        label: l10n.t('its HA interface goes down'),
        detail: l10n.t('it goes to FAULT, and nobody hears it any more'),
      };
    case 'underlay':
      return {
        label: l10n.t('its node is cut off from the others'),
        detail: l10n.t('as if somebody pulled its cable'),
      };
    case 'partition':
      return { label: l10n.t('its advertisements are lost'), detail: l10n.t('a split brain: two are MASTER') };
  }
}

/** Null for what needs no words. */
export function failoverStage(progress: FailoverProgress, times: number): Stage | null {
  const { run } = progress;
  const text = failoverText(progress);
  if (text === null) return null;
  const share = (run - 1 + shareOf(progress)) / times;
  return { text: times > 1 ? l10n.t('run {0} of {1}: {2}', run, times, text) : text, share };
}

function failoverText(progress: FailoverProgress): string | null {
  switch (progress.type) {
    case 'role':
      return l10n.t('{0} is {1}', progress.change.node, progress.change.role);
    case 'run':
      return l10n.t(
        'outage {0}, theory {1}',
        seconds(progress.result.outage_s),
        rangeText(progress.result.theory, outageWords()),
      );
    case 'stage':
      switch (progress.stage) {
        case 'waiting':
          return l10n.t('waiting for exactly one MASTER');
        case 'probing':
          return l10n.t('probing {0}', progress.detail);
        case 'fault':
          return l10n.t('breaking it: {0}', progress.detail);
        case 'takeover':
          return l10n.t('waiting for another MASTER');
        case 'healing':
          return l10n.t('healing {0}', progress.detail);
        case 'done':
          return null;
      }
  }
}

const STAGES = ['waiting', 'probing', 'fault', 'takeover', 'healing', 'done'] as const;

function shareOf(progress: FailoverProgress): number {
  if (progress.type === 'run') return 1;
  if (progress.type === 'role') return 0;
  return STAGES.indexOf(progress.stage) / STAGES.length;
}

/** Of the bars of an outage. */
export function outageWords(): OutageWords {
  const range = (low: string, high: string): string => l10n.t('{0} to {1}', low, high);
  return { theory: l10n.t('theory'), measured: l10n.t('measured'), range };
}
