/** What can be changed of instances and their attachments, floating IPs, security groups, nodes, and the lab. Pure. */
import type { Target } from '../../model/lab-file/edit/edits.js';
import { findItem } from '../../model/lab-file/edit/items.js';
import { type OpenLabFile, listOf, valueOf } from '../../model/lab-file/edit/open.js';
import { findTarget, labelOf } from '../../model/lab-file/edit/targets.js';
import { isMap } from '../../model/lab-file/sections.js';
import { INSTANCE, NODE, PLUG, SECURITY_GROUP } from '../../model/lab-file/words/hosts.js';
import { OPTIONS } from '../../model/lab-file/words/lab.js';
import { FLOATING_IP } from '../../model/lab-file/words/routers.js';
import type { YamlMap } from '../../model/lab-file/yaml-value.js';
import { RELEASES } from '../../model/release.js';
import type { Config } from '../../model/resources.js';
import { type EditableAttribute, choice, flag, several, text } from './attribute.js';
import { declaredGroups, named, nodeChoices, plainChoices } from './choices.js';
import { agentChoices } from './flows/nodes.js';
import { numberOrText } from './values.js';

export function attributesOfInstance(file: OpenLabFile, target: Target): EditableAttribute[] {
  const instance = named(file, 'instance', target.ref, (lab) => lab.instances);
  if (instance === undefined) return [];
  const { path } = findTarget(file, target);
  const groups = listOf(file, [...path, 'security_groups']).map(String);
  return [
    choice('node', { target, words: INSTANCE.node }, instance.node, nodeChoices(file)),
    several(
      'security_groups',
      { target, words: INSTANCE.security_groups },
      groups,
      plainChoices([...new Set(['default', ...declaredGroups(file), ...groups])]),
    ),
  ];
}

/** @param item The id of its port. */
export function attributesOfAttachment(file: OpenLabFile, target: Target, item: string): EditableAttribute[] {
  const { path } = findTarget(file, target);
  const at = findItem(file, [...path, 'networks'], item);
  const port = file.analysis.built?.ports.find(({ id }) => id === item);
  if (at === null || port === undefined) return [];
  const value = valueOf(file, [...path, 'networks', at]);
  const network = isMap(value) ? value.network : (labelOf(file, 'network', port.network_id) ?? port.network_id);
  // A port of `ports` has its addresses there.
  if (typeof network !== 'string') return [];
  const map: YamlMap = { network };
  const now = isMap(value) && typeof value.fixed_ip === 'string' ? value.fixed_ip : '';
  const attribute = text('fixed_ip', { target, words: PLUG.fixed_ip }, now, (given) => ({ ...map, fixed_ip: given }), [
    'networks',
    at,
  ]);
  return [
    {
      ...attribute,
      edit: (answer) =>
        String(answer).trim() === '' && now !== ''
          ? { do: 'set', target, attribute: ['networks', at], value: network }
          : attribute.edit(answer),
    },
  ];
}

export function attributesOfFloatingIp(file: OpenLabFile, target: Target): EditableAttribute[] {
  const fip = named(file, 'floatingip', target.ref, (lab) => lab.floatingips);
  if (fip === undefined) return [];
  return [
    text(
      'floating_ip_address',
      { target, words: FLOATING_IP.floating_ip_address },
      fip.floating_ip_address,
      (given) => given,
    ),
    ...(fip.port_id === null
      ? []
      : [
          text(
            'fixed_ip_address',
            { target, words: FLOATING_IP.fixed_ip_address },
            fip.fixed_ip_address ?? '',
            (given) => given,
          ),
        ]),
  ];
}

export function attributesOfGroup(file: OpenLabFile, target: Target): EditableAttribute[] {
  const group = named(file, 'security_group', target.ref, (lab) => lab.security_groups);
  if (group === undefined) return [];
  const defaults = valueOf(file, [...findTarget(file, target).path, 'default_rules']) !== false;
  return [
    flag('stateful', { target, words: SECURITY_GROUP.stateful }, group.stateful),
    flag('default_rules', { target, words: SECURITY_GROUP.default_rules }, defaults),
  ];
}

export function attributesOfNode(file: OpenLabFile, target: Target): EditableAttribute[] {
  const node = file.analysis.built?.nodes.find(({ name }) => name === target.ref);
  if (node === undefined) return [];
  return [several('agents', { target, words: NODE.agents }, node.agents, agentChoices())];
}

const CHOICES: Partial<Record<keyof Config, readonly string[]>> = {
  release: RELEASES,
  ha_vrrp_auth_type: ['PASS', 'AH'],
  check_child_processes_action: ['respawn', 'exit'],
};

/** The options of Neutron, as the lab's own attributes. */
export function attributesOfLab(file: OpenLabFile): EditableAttribute[] {
  const { built } = file.analysis;
  if (built === null) return [];
  const target: Target = { kind: 'lab', ref: '' };
  return (Object.keys(OPTIONS) as (keyof typeof OPTIONS)[]).map((option) => {
    const now = built.config[option];
    const subject = { target, words: OPTIONS[option] };
    const path = ['config', option];
    const words = CHOICES[option];
    return words === undefined
      ? text(option, subject, now === null ? '' : String(now), numberOrText, path)
      : choice(option, subject, String(now), plainChoices(words), path);
  });
}
