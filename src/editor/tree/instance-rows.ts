/** Instances, security groups and floating IPs. Pure. */
import * as l10n from '@vscode/l10n';
import { instanceNamespace, portDevice } from '../../model/names.js';
import type { FloatingIp, Instance, SecurityGroup, SecurityGroupRule } from '../../model/resources.js';
import { describeInstance, describeSecurityGroup } from '../../model/teaching/hosts.js';
import { describeFloatingIp } from '../../model/teaching/routers.js';
import { type Row, dotted } from './row.js';
import { type Scene, about, flagsOf, isNew, rowId } from './scene.js';
import { notApplied } from './words.js';

export function instanceRows(scene: Scene): Row[] {
  return scene.index.lab.instances.map((instance) => instanceRow(scene, instance));
}

function instanceRow(scene: Scene, instance: Instance): Row {
  const { index, status } = scene;
  const live = status?.instances.find(({ name }) => name === instance.name) ?? null;
  const ports = instance.ports.flatMap((id) => index.ports.get(id) ?? []);
  const fixed = ports.flatMap(({ fixed_ips: ips }) => ips.map(({ ip_address: ip }) => ip));
  const waits = live !== null && !live.ready && fixed.length > 0;
  const namespace = instanceNamespace(instance.name);
  return {
    id: rowId(scene, 'instance', instance.id),
    label: instance.name,
    description: dotted(
      fixed.join(', '),
      instance.node,
      waits && l10n.t('no address yet'),
      isNew(scene, 'instances', instance.id) && notApplied(),
    ),
    icon: waits ? { codicon: 'warning', colour: 'list.warningForeground' } : { codicon: 'vm' },
    flags: flagsOf(scene),
    about: about(scene, 'instance', instance.id, instance.name, { node: instance.node, namespace }),
    tooltip: () => describeInstance(index, instance.id) ?? '',
    children: () =>
      ports.map((port, at): Row => {
        const network = index.networks.get(port.network_id)?.name ?? port.network_id;
        const device = `eth${String(at)}`;
        return {
          id: rowId(scene, 'port', port.id),
          label: device,
          description: dotted(port.fixed_ips.map(({ ip_address: ip }) => ip).join(', '), network, port.mac_address),
          icon: { codicon: 'plug' },
          flags: flagsOf(scene),
          about: about(scene, 'port', port.id, network, {
            node: instance.node,
            namespace,
            device,
            owner: { kind: 'instance', id: instance.id, name: instance.name },
          }),
          tooltip: () =>
            l10n.t(
              'The other end of `{0}` is `{1}` on {2}, in the bridge of the network {3}.',
              device,
              portDevice('tap', port.id),
              instance.node,
              network,
            ),
        };
      }),
  };
}

export function securityGroupRows(scene: Scene): Row[] {
  return scene.index.lab.security_groups.map((group) => ({
    id: rowId(scene, 'securityGroup', group.id),
    label: group.name || group.id,
    description: ruleCount(group),
    icon: { codicon: 'shield' },
    flags: flagsOf(scene),
    about: about(scene, 'securityGroup', group.id, group.name),
    tooltip: () => describeSecurityGroup(scene.index, group.id) ?? '',
    children: () => group.security_group_rules.map((rule) => ruleRow(scene, group, rule)),
  }));
}

function ruleCount({ security_group_rules: rules }: SecurityGroup): string {
  return rules.length === 1 ? l10n.t('1 rule') : l10n.t('{0} rules', rules.length);
}

function ruleRow(scene: Scene, group: SecurityGroup, rule: SecurityGroupRule): Row {
  const { direction, ethertype, protocol, port_range_min: from, port_range_max: to } = rule;
  const ports = from === null ? '' : from === to ? String(from) : `${String(from)}-${String(to)}`;
  const remote =
    rule.remote_ip_prefix ??
    (rule.remote_group_id === null
      ? null
      : l10n.t('group {0}', scene.index.securityGroups.get(rule.remote_group_id)?.name ?? rule.remote_group_id));
  const label = dotted(`${protocol ?? l10n.t('any protocol')}${ports === '' ? '' : ` ${ports}`}`);
  return {
    id: rowId(scene, 'rule', rule.id),
    label,
    description: dotted(
      ethertype,
      remote === null ? '' : direction === 'ingress' ? l10n.t('from {0}', remote) : l10n.t('to {0}', remote),
    ),
    icon: { codicon: direction === 'ingress' ? 'arrow-down' : 'arrow-up' },
    flags: flagsOf(scene),
    about: about(scene, 'rule', rule.id, label, { owner: { kind: 'securityGroup', id: group.id, name: group.name } }),
    tooltip: () => (direction === 'ingress' ? l10n.t('Lets in') : l10n.t('Lets out')),
    spoken: `${direction} ${label}`,
  };
}

export function floatingIpRows(scene: Scene): Row[] {
  return scene.index.lab.floatingips.map((fip) => ({
    id: rowId(scene, 'floatingIp', fip.id),
    label: fip.floating_ip_address,
    description: target(scene, fip),
    icon: { codicon: 'link-external' },
    flags: flagsOf(scene),
    about: about(scene, 'floatingIp', fip.id, fip.floating_ip_address),
    tooltip: () => describeFloatingIp(scene.index, fip.id) ?? '',
  }));
}

function target({ index }: Scene, fip: FloatingIp): string {
  if (fip.port_id === null) return l10n.t('not associated');
  const port = index.ports.get(fip.port_id);
  const instance = index.instances.get(port?.device_id ?? '');
  return `→ ${dotted(instance?.name ?? port?.name, fip.fixed_ip_address)}`;
}
