/** What kinds of resources are called, and what depends on them. Pure. */
import * as l10n from '@vscode/l10n';
import type { Dependent, Relation } from '../../model/lab-file/edit/dependent.js';
import type { DeclaredKind } from '../../model/lab-file/edit/edits.js';
import type { ContextValue } from '../manifest/context-values.js';

export function kindWord(kind: ContextValue | DeclaredKind): string {
  switch (kind) {
    case 'lab':
      return l10n.t('lab');
    case 'network':
      return l10n.t('network');
    case 'subnet':
      return l10n.t('subnet');
    case 'router':
      return l10n.t('router');
    case 'interface':
      return l10n.t('interface');
    case 'gateway':
      return l10n.t('gateway');
    case 'route':
      return l10n.t('route');
    case 'instance':
      return l10n.t('instance');
    case 'port':
      return l10n.t('port');
    case 'securityGroup':
    case 'security_group':
      return l10n.t('security group');
    case 'rule':
      return l10n.t('rule');
    case 'floatingIp':
    case 'floatingip':
      return l10n.t('floating IP');
    case 'node':
      return l10n.t('node');
    case 'agent':
      return l10n.t('agent');
    default:
      return kind;
  }
}

const PARTS: Readonly<Record<Relation, () => string>> = {
  interface: () => l10n.t('interface'),
  gateway: () => l10n.t('gateway'),
  route: () => l10n.t('route'),
  attachment: () => l10n.t('attachment'),
  port: () => l10n.t('port'),
  fixed_ip: () => l10n.t('address'),
  floatingip: () => l10n.t('floating IP'),
  association: () => l10n.t('association'),
  security_group: () => l10n.t('security group'),
  remote_group: () => l10n.t('rule'),
  agent: () => l10n.t('agent'),
  placement: () => l10n.t('placement'),
};

/** One line of the question before a deletion: `router edge: its interface goes`. */
export function dependentText({ resource: { kind, name }, relation, outcome }: Dependent): string {
  const who = `${kindWord(kind)} ${name}`;
  if (outcome === 'deleted') return l10n.t('{0} is deleted', who);
  if (outcome === 'rescheduled') return l10n.t('{0} moves to another node', who);
  return l10n.t('{0}: {1} goes', who, PARTS[relation]());
}
