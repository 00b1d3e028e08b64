/** Tooltips that teach, in Markdown: what a thing is in this lab, and why it is there. Pure. */
import * as l10n from '@vscode/l10n';
import type { NodeContainer } from '../../docker/runtime.js';
import type { Role } from '../../lab/replica.js';
import type { LabIndex } from '../../model/lab-queries.js';
import { portDevice, qrouterNamespace } from '../../model/names.js';
import type { Port, Router } from '../../model/resources.js';
import { describeNode } from '../../model/teaching/hosts.js';
import { code, page } from '../../model/teaching/markdown.js';
import { describePort } from '../../model/teaching/networks.js';
import { primaryVipLesson, vridLesson } from '../../model/teaching/routers.js';

function roleLesson(role: Role, advertInt: number): string {
  switch (role) {
    case 'MASTER':
      return l10n.t(
        'It advertises every {0} s on the HA network, holds the router’s addresses, and forwards its packets.',
        advertInt,
      );
    case 'BACKUP':
      return l10n.t(
        'It has the interfaces but none of the addresses, and listens. When no advertisement has come for the master-down time, {0} s here, it takes over.',
        (3 * advertInt + (256 - 50) / 256).toFixed(1),
      );
    case 'FAULT':
      return l10n.t('keepalived tracks an interface that is down here: this replica cannot become MASTER.');
    case 'UNKNOWN':
      return l10n.t('The node cannot be asked: it is down, frozen, or not set up.');
  }
}

export function replicaTip(index: LabIndex, router: Router, node: string, role: Role): string {
  const port = index.haPort(router.id, node);
  const vrid = index.lab.ha_vr_ids[router.id];
  return page(
    l10n.t('**Replica** of router {0} on {1}: {2}', code(router.name), code(node), role),
    [
      l10n.t('namespace {0}', code(qrouterNamespace(router.id))),
      port && l10n.t('HA interface {0}, {1}', code(portDevice('ha-', port.id)), port.fixed_ips[0]?.ip_address ?? ''),
      vrid === undefined ? null : l10n.t('VRID {0}, primary address {1}', vrid, `169.254.0.${String(vrid)}/24`),
    ],
    [roleLesson(role, index.lab.config.ha_vrrp_advert_int), vridLesson(), primaryVipLesson()],
  );
}

export function interfaceTip(index: LabIndex, router: Router, port: Port, device: string): string {
  return page(
    l10n.t('**Interface** {0} of router {1}', code(device), code(router.name)),
    [describePort(index, port.id)?.split('\n\n')[1]?.replace(/^- /, '') ?? null],
    [
      router.ha
        ? l10n.t('It is on every node that hosts the router, with the same MAC; only the MASTER has its addresses.')
        : l10n.t('It is in the router’s namespace, on the one node that hosts the router.'),
    ],
  );
}

export function agentTip(agent: 'l3' | 'dhcp'): string {
  return agent === 'l3'
    ? l10n.t('The L3 agent makes the `qrouter-` namespaces of this node: their interfaces, NAT rules and keepalived.')
    : l10n.t('The DHCP agent makes the `qdhcp-` namespaces of this node, each with a dnsmasq that serves one network.');
}

export function nodeTip(index: LabIndex, name: string, container: NodeContainer | null): string {
  const about = describeNode(index, name) ?? code(name);
  if (container === null) return about;
  const { id, state, address, image } = container;
  const facts = [
    l10n.t('container {0}, {1}', code(id.slice(0, 12)), state),
    address === null ? null : l10n.t('underlay address {0}', address),
    l10n.t('image {0}', code(image)),
  ];
  return `${about}\n\n${facts.flatMap((fact) => (fact === null ? [] : [`- ${fact}`])).join('\n')}`;
}
