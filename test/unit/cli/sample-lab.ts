/** A small lab with one of everything that is rendered. */
import { readLabFile } from '../../../src/model/lab-file/read.js';
import type { LabStatus } from '../../../src/lab/status.js';
import type { Lab } from '../../../src/model/resources.js';

export const TEXT = `
lab: sample
nodes:
  network1: { agents: [l3, dhcp] }
  network2: { agents: [l3] }
  compute1: {}
networks:
  blue:
    subnets:
      blue-v4: { cidr: 192.168.10.0/24 }
  GATEWAY_NET:
    router:external: true
    subnets:
      GATEWAY_SUBNET: { cidr: 203.0.113.0/24, gateway_ip: 203.0.113.1, enable_dhcp: false }
routers:
  edge:
    ha: true
    external_gateway_info: { network: GATEWAY_NET, external_fixed_ips: [{ ip_address: 203.0.113.9 }] }
    interfaces: [blue-v4]
instances:
  web1: { node: compute1, networks: [{ network: blue, fixed_ip: 192.168.10.31 }] }
floating_ips:
  - { network: GATEWAY_NET, instance: web1, floating_ip_address: 203.0.113.80 }
`;

export function sampleLab(text = TEXT): Lab {
  const { lab, problems } = readLabFile(text);
  if (lab) return lab;
  throw new Error(problems.map(({ line, message, remedy }) => `${String(line)}: ${message} ${remedy}`).join('\n'));
}

/** The lab with its MASTER on network1 and network2 out of order. */
export function sampleStatus(lab: Lab): LabStatus {
  const [router] = lab.routers;
  if (router === undefined) throw new Error('the sample has a router');
  const running = { state: 'running', faults: [] } as const;
  return {
    lab: lab.name,
    hidden_fault: false,
    nodes: [
      { ...running, name: 'network1', address: '10.213.0.2', agents: ['l3', 'dhcp'] },
      { ...running, name: 'network2', address: '10.213.0.3', agents: ['l3'], faults: ['link-ha-1'] },
      { name: 'compute1', state: 'paused', address: '10.213.0.4', agents: [], faults: [] },
    ],
    networks: [
      {
        id: 'n',
        name: 'blue',
        external: false,
        vni: 7,
        cidrs: ['192.168.10.0/24'],
        dhcp: [{ node: 'network1', running: false }],
      },
    ],
    routers: [
      {
        id: router.id,
        name: 'edge',
        ha: true,
        admin_state_up: true,
        vrid: 5,
        replicas: [
          { node: 'network1', role: 'MASTER', remark: null, ha_address: '169.254.192.1' },
          { node: 'network2', role: 'FAULT', remark: 'its HA interface is down', ha_address: '169.254.192.2' },
        ],
        active_on: ['network1'],
        unseen_on: [],
        addresses: { network1: ['192.168.10.1/24', '203.0.113.9/24'] },
      },
    ],
    instances: [
      {
        name: 'web1',
        node: 'compute1',
        addresses: [],
        fixed_ips: ['192.168.10.31'],
        floating_ips: ['203.0.113.80'],
        ready: false,
      },
    ],
  };
}
