import assert from 'node:assert/strict';
import { systemLogOf } from '../../../src/lab/system-log.js';
import { indexLab } from '../../../src/model/lab-queries.js';
import { portDevice } from '../../../src/model/names.js';
import { readTestLab } from '../../support/running.js';

const lab = readTestLab(
  `lab: logs
nodes: { network1: { agents: [l3, dhcp] } }
networks:
  blue: { subnets: { blue-v4: { cidr: 192.168.10.0/24 } } }
  red: { subnets: { red-v4: { cidr: 192.168.20.0/24 } } }
routers:
  edge: { ha: true, interfaces: [blue-v4] }
  core: { ha: true, interfaces: [red-v4] }
`,
  'logs',
);

function said(program: string, pid: number, text: string): string {
  return `Nov 27 00:24:08 network1 daemon.info ${program}[${String(pid)}]: ${text}`;
}

const [edge, core] = lab.routers;
const [blue, red] = lab.networks.filter(({ name }) => ['blue', 'red'].includes(name));
assert.ok(edge && core && blue && red);
const served = (id: string): string => portDevice('ns-', indexLab(lab).dhcpPort(id, 'network1')?.id ?? '');
const OF_EDGE = [
  said('Keepalived', 41, `Configuration file /var/lib/neutron/ha_confs/${edge.id}/keepalived.conf`),
  said('Keepalived', 44, 'Starting VRRP child process, pid=45'),
  said('Keepalived_vrrp', 45, `(VR_${String(lab.ha_vr_ids[edge.id])}) Entering MASTER STATE`),
  said('Keepalived_vrrp', 45, 'Sending gratuitous ARP'),
];
const OF_CORE = [
  said('Keepalived', 51, 'Starting VRRP child process, pid=52'),
  said('Keepalived_vrrp', 52, `(VR_${String(lab.ha_vr_ids[core.id])}) Entering BACKUP STATE`),
];
const OF_BLUE = [
  said('dnsmasq-dhcp', 37, `DHCPDISCOVER(${served(blue.id)}) fa:16:3e:f2:26:3f `),
  said('dnsmasq-dhcp', 37, 'read /var/lib/neutron/dhcp/host'),
];
const OF_RED = [said('dnsmasq-dhcp', 38, `DHCPDISCOVER(${served(red.id)}) fa:16:3e:00:00:01 `)];
const LOG = [said('syslogd', 9, 'started'), ...OF_EDGE, ...OF_CORE, ...OF_RED, ...OF_BLUE, 'not a line'].join('\n');

describe('the system log of one thing', () => {
  const of = (kind: 'router' | 'network', { id, name }: { id: string; name: string }): string[] =>
    systemLogOf(LOG, { kind, id, name }, 'network1', lab).split('\n').slice(0, -1);

  it('of a router is what its keepalived says, both processes and what they say without its name', () => {
    assert.deepEqual(of('router', edge), OF_EDGE);
    assert.deepEqual(of('router', core), OF_CORE);
  });

  it('of a network is what its DHCP server says', () => {
    assert.deepEqual(of('network', blue), OF_BLUE);
    assert.deepEqual(of('network', red), OF_RED);
  });
});
