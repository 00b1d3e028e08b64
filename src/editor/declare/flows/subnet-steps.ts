/** What is asked about the addresses of a network. Pure. */
import * as l10n from '@vscode/l10n';
import { overlaps, parseCidr, tryParseCidr } from '../../../model/addresses.js';
import type { OpenLabFile } from '../../../model/lab-file/edit/open.js';
import { gatewayOf, nextCidr } from '../../../model/lab-file/edit/propose-addresses.js';
import type { SubnetAttributes } from '../../../model/lab-file/edit/verbs.js';
import { SUBNET } from '../../../model/lab-file/words/networks.js';
import { type Answers, type Choice, type Step, one } from '../step.js';

/** RFC 5737: addresses for documentation, which stand for those of a provider. */
const OUTSIDE_RANGES = ['203.0.113.0/24', '198.51.100.0/24', '192.0.2.0/24'];

export function isIpv6(cidr: string): boolean {
  return cidr.includes(':');
}

/** A free range: of an external network one of those that stand for the internet. */
export function proposedCidr(file: OpenLabFile, external: boolean): string {
  const taken = (file.analysis.built?.subnets ?? []).flatMap(({ cidr }) => tryParseCidr(cidr) ?? []);
  const free = (range: string): boolean => !taken.some((other) => overlaps(other, parseCidr(range)));
  return (external ? OUTSIDE_RANGES.find(free) : undefined) ?? nextCidr(file, 4) ?? '';
}

/** The first host. In IPv6 Neutron would take the prefix itself, which routers of other makers do not answer at. */
function proposedGateway(cidr: string): string {
  const gateway = gatewayOf(cidr) ?? '';
  return isIpv6(cidr) && gateway.endsWith('::') ? `${gateway}1` : gateway;
}

export function gatewayStep(cidr: string): Step {
  return {
    ask: 'text',
    key: 'gateway',
    prompt: l10n.t('The gateway: the address that hosts send to what is not in the subnet. Empty: none.'),
    proposal: proposedGateway(cidr),
    placeholder: l10n.t('no gateway'),
  };
}

/** How hosts come to their addresses. @param cidr As it was answered, undefined before. */
export function addressingStep(cidr: string | undefined, external: boolean): Step {
  if (cidr !== undefined && isIpv6(cidr)) {
    return {
      ask: 'one',
      key: 'addressing',
      prompt: l10n.t('How do hosts come to their IPv6 addresses?'),
      choices: ipv6Choices(),
      proposal: external ? 'none' : 'slaac',
    };
  }
  return {
    ask: 'one',
    key: 'addressing',
    prompt: l10n.t('Does a DHCP agent hand out the addresses?'),
    choices: [
      { value: 'dhcp', label: l10n.t('DHCP'), detail: SUBNET.enable_dhcp.meaning },
      { value: 'none', label: l10n.t('No DHCP'), detail: l10n.t('As on an external network.') },
    ],
    proposal: external ? 'none' : 'dhcp',
  };
}

function ipv6Choices(): Choice[] {
  return [
    {
      value: 'slaac',
      label: 'slaac',
      detail: l10n.t('radvd announces the prefix, each host makes its address from its MAC.'),
    },
    { value: 'dhcpv6-stateful', label: 'dhcpv6-stateful', detail: l10n.t('dnsmasq hands out addresses.') },
    {
      value: 'dhcpv6-stateless',
      label: 'dhcpv6-stateless',
      detail: l10n.t('Addresses as with slaac, the rest (name servers) from dnsmasq.'),
    },
    {
      value: 'none',
      label: l10n.t('No DHCP'),
      detail: l10n.t('Nobody announces anything: addresses are set by hand.'),
    },
  ];
}

/** The subnet as far as it was said; null where there is none. */
export function subnetAttributes(answers: Answers, external: boolean): SubnetAttributes {
  const cidr = one(answers, 'cidr') ?? '';
  const gateway = one(answers, 'gateway');
  const addressing = one(answers, 'addressing') ?? (external ? 'none' : 'dhcp');
  return {
    cidr,
    ...(gateway === undefined || gateway === gatewayOf(cidr) ? {} : { gateway_ip: gateway === '' ? null : gateway }),
    ...addressingAttributes(addressing),
  };
}

function addressingAttributes(addressing: string): Omit<SubnetAttributes, 'cidr'> {
  if (addressing === 'dhcp') return {};
  if (addressing === 'none') return { enable_dhcp: false };
  return { ipv6_ra_mode: addressing, ipv6_address_mode: addressing };
}
