/** Every kind of edit on the bundled labs, as differences of their text. `RECORD=1` writes them anew. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createTwoFilesPatch } from 'diff';
import { applyEdit } from '../../src/model/lab-file/edit/apply.js';
import type { LabFileEdit, Target } from '../../src/model/lab-file/edit/edits.js';
import { openLabFile, type OpenLabFile } from '../../src/model/lab-file/edit/open.js';
import * as verbs from '../../src/model/lab-file/edit/verbs.js';

const t = (kind: Target['kind'], ref: string): Target => ({ kind, ref });
const all = { cascade: true };
const web = { direction: 'ingress', protocol: 'tcp', port_range_min: 80, port_range_max: 80 };

/** What the labs call their resources. */
interface Names {
  readonly external: string;
  readonly network: string;
  readonly subnet: string;
  readonly nexthop: string;
  readonly floatingIp: string;
}

const LABS: Readonly<Record<string, Names>> = {
  'ha-router': {
    external: 'GATEWAY_NET',
    network: 'blue',
    subnet: 'blue-v4',
    nexthop: '192.168.10.50',
    floatingIp: '203.0.113.143',
  },
  'legacy-router': {
    external: 'public',
    network: 'web',
    subnet: 'web-v4',
    nexthop: '192.168.10.50',
    floatingIp: '203.0.113.80',
  },
  'dual-stack': {
    external: 'public',
    network: 'blue',
    subnet: 'blue-v6',
    nexthop: '192.168.10.50',
    floatingIp: '203.0.113.80',
  },
};

function editsOf({ external, network, subnet, nexthop, floatingIp }: Names): Record<string, LabFileEdit> {
  const route = { destination: '10.99.0.0/16', nexthop };
  const other = { destination: '10.98.0.0/16', nexthop };
  return {
    'create network': verbs.createNetwork('red'),
    'create network with subnet': verbs.createNetwork('red', {
      mtu: 1400,
      subnets: { 'red-v4': { cidr: '192.168.30.0/24' } },
    }),
    'create external network': verbs.createNetwork('ext2', { 'router:external': true }),
    'network down': verbs.setAttribute(t('network', network), 'admin_state_up', false),
    'rename network': verbs.rename(t('network', network), 'azure sky'),
    'rename network, its id kept': verbs.rename(t('network', network), 'azure'),
    'rename external network': verbs.rename(t('network', external), 'world'),
    'delete network': verbs.remove(t('network', network)),
    'delete network and what depends on it': verbs.remove(t('network', network), all),
    'delete external network and what depends on it': verbs.remove(t('network', external), all),
    'create IPv4 subnet': verbs.createSubnet(network, 'extra-v4', { cidr: '192.168.40.0/24' }),
    'create IPv6 subnet': verbs.createSubnet(network, 'extra-v6', { cidr: 'fd00:c::/64', gateway_ip: 'fd00:c::1' }),
    'subnet of another CIDR': verbs.createSubnet(network, 'wrong', { cidr: '192.168.10.0/25' }),
    'change name servers': verbs.setAttribute(t('subnet', subnet), 'dns_nameservers', ['203.0.113.1', '203.0.113.2']),
    'rename subnet': verbs.rename(t('subnet', subnet), 'renamed'),
    'delete subnet': verbs.remove(t('subnet', subnet)),
    'delete subnet and what depends on it': verbs.remove(t('subnet', subnet), all),
    'create legacy router': verbs.createRouter('r2'),
    'create HA router': verbs.createRouter('r2', { ha: true, external_gateway_info: { network: external } }),
    'router down': verbs.setAttribute(t('router', 'edge'), 'admin_state_up', false),
    'change the kind of the router': verbs.setAttribute(t('router', 'edge'), 'ha', true),
    'rename router': verbs.rename(t('router', 'edge'), 'border'),
    'delete router': verbs.remove(t('router', 'edge')),
    'delete router and what depends on it': verbs.remove(t('router', 'edge'), all),
    'add interface': verbs.together(
      verbs.createNetwork('red', { subnets: { 'red-v4': { cidr: '192.168.30.0/24' } } }),
      verbs.addRouterInterface('edge', 'red-v4'),
    ),
    'add interface twice': verbs.addRouterInterface('edge', subnet),
    'add interface with an address': verbs.together(
      verbs.createSubnet(network, 'red-v4', { cidr: '192.168.30.0/24' }),
      verbs.addRouterInterface('edge', 'red-v4', { ip_address: '192.168.30.9' }),
    ),
    'remove interface': verbs.removeRouterInterface('edge', subnet),
    'remove interface and what depends on it': verbs.removeRouterInterface('edge', subnet, all),
    'gateway without SNAT': verbs.setGateway('edge', { network: external, enable_snat: false }),
    'gateway with an address': verbs.setGateway('edge', {
      network: external,
      external_fixed_ips: [{ ip_address: '203.0.113.9' }],
    }),
    'clear gateway': verbs.clearGateway('edge'),
    'clear gateway and what depends on it': verbs.clearGateway('edge', all),
    'add route': verbs.addExtraRoute('edge', other),
    'remove route': verbs.removeExtraRoute('edge', route),
    'create instance': verbs.createInstance('web9', { networks: [network] }),
    'move instance': verbs.moveInstance('web1', 'network1'),
    'attach network': verbs.attachNetwork('web1', external, '203.0.113.99'),
    'detach network': verbs.detach('web1', network),
    'rename instance': verbs.rename(t('instance', 'web1'), 'www'),
    'delete instance': verbs.remove(t('instance', 'web1')),
    'create floating IP': verbs.createFloatingIp(external),
    'create floating IP for an instance': verbs.createFloatingIp(external, {
      instance: 'web1',
      floating_ip_address: '203.0.113.7',
    }),
    'disassociate floating IP': verbs.disassociateFloatingIp(floatingIp),
    'associate floating IP': verbs.associateFloatingIp(floatingIp, { instance: 'db1' }),
    'delete floating IP': verbs.remove(t('floatingip', floatingIp)),
    'create security group': verbs.createSecurityGroup('web', { rules: [web] }),
    'security group for an instance': verbs.together(
      verbs.createSecurityGroup('web', { rules: [web] }),
      verbs.addSecurityGroup('instance', 'web1', 'web'),
    ),
    'add and remove rules': verbs.together(
      verbs.createSecurityGroup('web'),
      verbs.createSecurityGroupRule('web', web),
      verbs.createSecurityGroupRule('web', { direction: 'ingress', protocol: 'icmp' }),
      verbs.deleteSecurityGroupRule('web', { protocol: 'tcp' }),
    ),
    'create port': verbs.together(verbs.createPort('p', { network }), verbs.attachPort('web1', 'p')),
    'create node': verbs.createNode('network9', ['l3', 'dhcp']),
    'set agents': verbs.setAgents('network1', ['l3']),
    'no agents': verbs.setAgents('network1', []),
    'rename node': verbs.rename(t('node', 'compute1'), 'host1'),
    'delete node': verbs.remove(t('node', 'compute1')),
    'delete node and what depends on it': verbs.remove(t('node', 'compute1'), all),
    'set option': verbs.setOption('ha_vrrp_advert_int', 5),
    'set another option': verbs.setOption('dns_domain', 'lab.example'),
    'wrong option': verbs.setOption('ha_vrrp_advert_int', 0),
    'unset option': verbs.unsetOption('ha_vrrp_advert_int'),
    'rename lab': verbs.rename(t('lab', ''), 'my-lab'),
  };
}

function told(file: OpenLabFile, what: string, edit: LabFileEdit): string {
  const outcome = applyEdit(file, edit, { keepId: what.includes('its id kept') });
  if (outcome.refusal !== null) {
    const { code, message, remedy } = outcome.refusal;
    return `## ${what}: refused\n${code}: ${message}\n${remedy}\n`;
  }
  const lines = createTwoFilesPatch('', '', file.text, outcome.text, '', '', { context: 0 }).split('\n');
  return `## ${what}\n${lines.filter((line) => /^[-+](?!--|\+\+)|^\\/.test(line)).join('\n')}\n`;
}

describe('edits of the bundled labs', function () {
  // Some sixty edits each, every one of which reads the lab that comes of it.
  this.timeout(60_000);

  for (const [name, names] of Object.entries(LABS)) {
    it(`change the text of ${name} where they say, and nowhere else`, () => {
      const text = readFileSync(new URL(`../../labs/${name}/${name}.neutron.yaml`, import.meta.url), 'utf8');
      const opened = openLabFile(text);
      const all = Object.entries(editsOf(names)).map(([what, edit]) => told(opened, what, edit));
      const file = new URL(`../data/edits/${name}.txt`, import.meta.url);
      if (process.env.RECORD === '1') writeFileSync(file, all.join('\n'));
      assert.equal(all.join('\n'), readFileSync(file, 'utf8'));
    });
  }
});
