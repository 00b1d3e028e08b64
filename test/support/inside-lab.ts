/** The smallest lab with something to look into: one replica of an HA router, which is MASTER soon, and an instance. */
export const INSIDE_LAB = `lab: inside
nodes:
  network1: { agents: [l3] }
  compute1: {}
networks:
  blue: { subnets: { blue-v4: { cidr: 192.168.10.0/24, enable_dhcp: false } } }
routers:
  edge: { ha: true, interfaces: [blue-v4] }
instances:
  web1: { networks: [blue] }
config: { ha_vrrp_advert_int: 1, max_l3_agents_per_router: 1 }
`;
