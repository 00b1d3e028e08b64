/** The resource that a request names, or Neutron's 404. */
import { refuse, violation } from '../neutron-errors.js';
import type { FloatingIp, Lab, Network, Port, Router, SecurityGroup, SecurityGroupRule, Subnet } from '../resources.js';

export function networkOf(lab: Lab, id: string): Network {
  return byId(lab.networks, id) ?? refuse(violation('NetworkNotFound', { net_id: id }));
}

export function subnetOf(lab: Lab, id: string): Subnet {
  return byId(lab.subnets, id) ?? refuse(violation('SubnetNotFound', { subnet_id: id }));
}

export function portOf(lab: Lab, id: string): Port {
  return byId(lab.ports, id) ?? refuse(violation('PortNotFound', { port_id: id }));
}

export function routerOf(lab: Lab, id: string): Router {
  return byId(lab.routers, id) ?? refuse(violation('RouterNotFound', { router_id: id }));
}

export function floatingIpOf(lab: Lab, id: string): FloatingIp {
  return byId(lab.floatingips, id) ?? refuse(violation('FloatingIPNotFound', { floatingip_id: id }));
}

export function securityGroupOf(lab: Lab, id: string): SecurityGroup {
  return byId(lab.security_groups, id) ?? refuse(violation('SecurityGroupNotFound', { id }));
}

export function securityGroupRuleOf(lab: Lab, id: string): SecurityGroupRule {
  const rules = lab.security_groups.flatMap((group) => group.security_group_rules);
  return byId(rules, id) ?? refuse(violation('SecurityGroupRuleNotFound', { id }));
}

function byId<T extends { readonly id: string }>(list: readonly T[], id: string): T | undefined {
  return list.find((one) => one.id === id);
}
