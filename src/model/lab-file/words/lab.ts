/** The sections of the file, and the options of `config`. */
import type { AttributeWords } from '../documented.js';

export const SECTIONS = {
  lab: {
    meaning: 'The name of the lab, a host label: it becomes part of the names of its containers.',
    default: 'the name of the file',
  },
  project_id: { meaning: 'The project of what says no other.', default: 'one that all labs share' },
  nodes: {
    meaning: 'Hosts of the cloud, each a container.',
    default: '`network1` to `network3` with the agents `l3` and `dhcp`, and `compute1`',
  },
  networks: { meaning: 'Networks and their subnets.' },
  ha_networks: {
    meaning: 'The network on which the HA routers of a project speak VRRP, by the id of the project.',
    default: 'made as soon as a router of the project is HA',
  },
  routers: { meaning: 'Legacy and HA routers.' },
  ports: { meaning: 'Ports that need more than instances and routers make by themselves.' },
  instances: { meaning: 'Hosts of the tenant: addressed by DHCP, answering ping and HTTP.' },
  floating_ips: { meaning: 'Addresses of an external network that lead to an instance inside, as a list or by name.' },
  security_groups: { meaning: 'Rules of what may pass. The group `default` exists without being declared.' },
  config: { meaning: "Neutron's own options, with Neutron's defaults." },
  scenario: { meaning: 'An experiment: what is probed, and what breaks when (`neutron-lab experiment`).' },
  expect: { meaning: 'What must hold in an experiment, or it fails.' },
} as const satisfies Readonly<Record<string, AttributeWords>>;

/** What the option is about and the file where a cloud has it; the defaults stand in `DEFAULT_CONFIG`. */
export const OPTIONS = {
  release: {
    meaning: 'The release of Neutron whose files, names and habits the nodes have.',
    api: 'no option of Neutron: that of the packages',
  },
  ha_vrrp_advert_int: {
    meaning:
      'Seconds between two VRRP advertisements. A backup takes over after three missed ones and its skew time, so this sets how long a failover takes.',
    api: '`[DEFAULT] ha_vrrp_advert_int` of l3_agent.ini',
  },
  ha_vrrp_auth_type: {
    meaning: 'How VRRP advertisements are authenticated, once there is a password: `PASS` in plain text, or `AH`.',
    api: '`[DEFAULT] ha_vrrp_auth_type` of l3_agent.ini',
  },
  ha_vrrp_auth_password: {
    meaning: 'The password in VRRP advertisements, 1 to 8 characters; `null`: no authentication.',
    api: '`[DEFAULT] ha_vrrp_auth_password` of l3_agent.ini',
  },
  ha_conntrackd_enabled: {
    meaning:
      'conntrackd carries the connections that a router tracks over to whoever takes over, as newer releases of Neutron can.',
    api: '`[DEFAULT] ha_conntrackd_enabled` of l3_agent.ini (since 2025.1)',
  },
  max_l3_agents_per_router: {
    meaning: 'How many agents an HA router is scheduled on at most; `0`: on every one.',
    api: '`[DEFAULT] max_l3_agents_per_router` of neutron.conf',
  },
  dhcp_agents_per_network: {
    meaning: 'How many DHCP agents serve a network; above 1 the DHCP service itself is redundant.',
    api: '`[DEFAULT] dhcp_agents_per_network` of neutron.conf',
  },
  dhcp_lease_duration: {
    meaning: 'How long a lease of DHCP is good for, in seconds, at least 120; `-1`: for ever.',
    api: '`[DEFAULT] dhcp_lease_duration` of neutron.conf',
  },
  dns_domain: {
    meaning: "The domain of the hosts' names, as DHCP announces it.",
    api: '`[DEFAULT] dns_domain` of neutron.conf',
  },
  global_physnet_mtu: {
    meaning:
      'Bytes that the underlay carries, 1330 to 65535. The MTU of each network is this less the overhead of VXLAN.',
    api: '`[DEFAULT] global_physnet_mtu` of neutron.conf',
  },
  check_child_processes_interval: {
    meaning: 'Seconds between two looks of an agent at its processes (keepalived, dnsmasq, radvd); `0`: never.',
    api: '`[AGENT] check_child_processes_interval` of l3_agent.ini and dhcp_agent.ini',
  },
  check_child_processes_action: {
    meaning: 'What an agent does about a process that died: `respawn` it, or `exit`.',
    api: '`[AGENT] check_child_processes_action` of l3_agent.ini and dhcp_agent.ini',
  },
} as const satisfies Readonly<Record<string, AttributeWords>>;
