/** What is asked about a rule of a security group. Pure. */
import * as l10n from '@vscode/l10n';
import type { Attributes } from '../../../model/lab-file/edit/edits.js';
import type { OpenLabFile } from '../../../model/lab-file/edit/open.js';
import type { SecurityGroupRule } from '../../../model/resources.js';
import { labelOf } from '../../../model/lab-file/edit/targets.js';
import { declaredGroups } from '../choices.js';
import { type Answers, type Choice, type Step, one } from '../step.js';
import { numberOrText } from '../values.js';

const ANY_V4 = 'IPv4';
const ANY_V6 = 'IPv6';
const RANGE = 'range';
const GROUP = 'group:';

/** @param old The rule that is to be another one. */
export function ruleSteps(file: OpenLabFile, answers: Answers, old?: SecurityGroupRule): Step[] {
  const protocol = one(answers, 'protocol');
  return [
    {
      ask: 'one',
      key: 'direction',
      prompt: l10n.t('Which way?'),
      choices: [
        { value: 'ingress', label: l10n.t('In'), description: 'ingress' },
        { value: 'egress', label: l10n.t('Out'), description: 'egress' },
      ],
      ...(old ? { proposal: old.direction } : {}),
    },
    {
      ask: 'one',
      key: 'protocol',
      prompt: l10n.t('Which protocol?'),
      choices: protocolChoices(old),
      ...(old ? { proposal: old.protocol ?? '' } : {}),
    },
    ...(protocol === 'other'
      ? [
          {
            ask: 'text' as const,
            key: 'number',
            prompt: l10n.t('Its name or number, as 112 for VRRP.'),
            proposal: '',
            placeholder: 'vrrp',
          },
        ]
      : []),
    ...(protocol === undefined || hasPorts(protocol)
      ? [
          {
            ask: 'text' as const,
            key: 'ports',
            prompt: l10n.t('The port, or a range as 8000-8080. Empty: any.'),
            proposal: portsOf(old),
            placeholder: l10n.t('any port'),
          },
        ]
      : []),
    {
      ask: 'one',
      key: 'remote',
      prompt: one(answers, 'direction') === 'egress' ? l10n.t('To whom?') : l10n.t('From whom?'),
      choices: remoteChoices(file),
      ...(old ? { proposal: remoteOf(file, old) } : {}),
    },
    ...(one(answers, 'remote') === RANGE
      ? [
          {
            ask: 'text' as const,
            key: 'prefix',
            prompt: l10n.t('The address range: a CIDR.'),
            proposal: old?.remote_ip_prefix ?? '',
            placeholder: '203.0.113.0/24',
          },
        ]
      : []),
  ];
}

/** As far as it was said; null before anything was. */
export function ruleOf(answers: Answers): Attributes | null {
  const direction = one(answers, 'direction');
  if (direction === undefined) return null;
  const protocol = one(answers, 'protocol') === 'other' ? (one(answers, 'number') ?? '') : one(answers, 'protocol');
  const [from, to = from] = (one(answers, 'ports') ?? '').split('-').map((part) => part.trim());
  const remote = one(answers, 'remote') ?? ANY_V4;
  const prefix = remote === RANGE ? one(answers, 'prefix') : undefined;
  const ipv6 = remote === ANY_V6 || prefix?.includes(':') === true;
  return {
    direction,
    ...(ipv6 ? { ethertype: 'IPv6' } : {}),
    ...(protocol === undefined || protocol === '' ? {} : { protocol: numberOrText(protocol) }),
    ...(from === undefined || from === '' || to === undefined
      ? {}
      : { port_range_min: numberOrText(from), port_range_max: numberOrText(to) }),
    ...(prefix === undefined ? {} : { remote_ip_prefix: prefix }),
    ...(remote.startsWith(GROUP) ? { remote_group: remote.slice(GROUP.length) } : {}),
  };
}

function hasPorts(protocol: string): boolean {
  return ['tcp', 'udp', 'sctp', 'dccp', 'udplite'].includes(protocol);
}

function protocolChoices(old: SecurityGroupRule | undefined): Choice[] {
  const known = ['tcp', 'udp', 'icmp', 'ipv6-icmp', ''];
  const own = typeof old?.protocol === 'string' && !known.includes(old.protocol) ? [old.protocol] : [];
  return [
    ...['tcp', 'udp', 'icmp', 'ipv6-icmp', ...own].map((value) => ({ value, label: value })),
    { value: '', label: l10n.t('any protocol') },
    { value: 'other', label: l10n.t('Another one…') },
  ];
}

function remoteChoices(file: OpenLabFile): Choice[] {
  return [
    { value: ANY_V4, label: l10n.t('Anyone'), description: 'IPv4' },
    { value: ANY_V6, label: l10n.t('Anyone'), description: 'IPv6' },
    { value: RANGE, label: l10n.t('An address range…') },
    ...declaredGroups(file).map((group) => ({
      value: GROUP + group,
      label: l10n.t('Members of {0}', group),
      description: 'remote_group',
    })),
  ];
}

function remoteOf(
  file: OpenLabFile,
  { remote_group_id: group, remote_ip_prefix: prefix, ethertype }: SecurityGroupRule,
): string {
  if (group !== null) return GROUP + (labelOf(file, 'security_group', group) ?? group);
  return prefix === null ? ethertype : RANGE;
}

function portsOf(rule: SecurityGroupRule | undefined): string {
  const { port_range_min: from = null, port_range_max: to = null } = rule ?? {};
  if (from === null) return '';
  return from === to || to === null ? String(from) : `${String(from)}-${String(to)}`;
}
