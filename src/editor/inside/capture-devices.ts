/** The interfaces of a namespace, with what they are for. Pure. */
import * as l10n from '@vscode/l10n';
import type { Lab } from '../../model/resources.js';
import type { ObservedDocument } from '../../reconcile/observed-document.js';

export interface CaptureDevice {
  readonly name: string;
  readonly description: string;
}

/** `any` first, then the interfaces as the node has them; loopback last. */
export function captureDevices(document: ObservedDocument | null, namespace: string, lab: Lab): CaptureDevice[] {
  const names = (document?.namespaces[namespace]?.addr ?? []).flatMap(({ ifname }) => ifname ?? []);
  const sorted = [...names.filter((name) => name !== 'lo'), ...names.filter((name) => name === 'lo')];
  return [
    { name: 'any', description: l10n.t('all interfaces') },
    ...sorted.map((name) => ({ name, description: describe(name, namespace, lab) })),
  ];
}

function describe(name: string, namespace: string, { ports, networks }: Lab): string {
  const network = (id: string | undefined): string => networks.find((one) => one.id === id)?.name ?? id ?? '';
  if (name === 'lo') return l10n.t('loopback');
  const [, prefix = '', rest = ''] = /^(qr-|qg-|ha-|ns-|tap|brq|vxlan-|eth)(.*)$/.exec(name) ?? [];
  const port = ports.find(({ id }) => rest !== '' && id.startsWith(rest));
  switch (prefix) {
    case 'ha-':
      return l10n.t('HA network: advertisements of VRRP');
    case 'qr-':
      return l10n.t('interface on {0}', network(port?.network_id));
    case 'qg-':
      return l10n.t('gateway on {0}', network(port?.network_id));
    case 'ns-':
      return l10n.t('DHCP server of {0}', network(port?.network_id));
    case 'tap':
      return l10n.t('the other end of a port on {0}', network(port?.network_id));
    case 'brq':
      return l10n.t('bridge of {0}', network(networks.find(({ id }) => id.startsWith(rest))?.id));
    case 'vxlan-':
      return l10n.t(
        'tunnel of {0}',
        network(networks.find((one) => String(one['provider:segmentation_id']) === rest)?.id),
      );
    case 'eth':
      return namespace === '' ? l10n.t('underlay between the nodes') : '';
    default:
      return '';
  }
}
