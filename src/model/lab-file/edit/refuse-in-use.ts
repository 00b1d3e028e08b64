/** Neutron's refusal of a request because something depends on what it would take away. */
import { NeutronError, type LabError } from '../../errors.js';
import { violation } from '../../neutron-errors.js';
import { enumerate, show } from '../text.js';
import type { Dependent, Going, Relation } from './dependent.js';
import { EditRefused } from './refusals.js';
import { word, type Found } from './targets.js';

/** @throws NeutronError, for a node EditRefused, when a dependent blocks. */
export function refuseInUse(found: Found, { dependents }: Going): void {
  const blocking = dependents.filter(({ blocks }) => blocks);
  if (blocking.length > 0) throw inUse(found, blocking);
}

function inUse({ kind, name: own }: Found, blocking: readonly Dependent[]): LabError {
  const name = show(own);
  const list = sentence(blocking);
  const interfaces = blocking.filter(({ relation }) => relation === 'interface');
  const ports = blocking.filter(({ relation }) => relation !== 'route' && relation !== 'association');
  const remedy = `It is needed by ${list}: change that first, or delete it together with that.`;
  switch (kind) {
    case 'network':
      return new NeutronError(violation('NetworkInUse', { net_id: name, ports: sentence(ports) }, { remedy }));
    case 'subnet':
      return new NeutronError(violation('SubnetInUse', { subnet_id: name }, { remedy }));
    case 'router':
      return interfaces.length > 0
        ? new NeutronError(violation('RouterInUse', { router_id: name, ports: sentence(interfaces) }, { remedy }))
        : gatewayInUse(own, '', blocking);
    case 'security_group':
      return new NeutronError(violation('SecurityGroupInUse', { id: name }, { remedy }));
    case 'port': {
      const reason = 'has device owner network:router_interface';
      return new NeutronError(violation('ServicePortInUse', { port_id: name, reason }, { remedy }));
    }
    default:
      return new EditRefused('NodeInUse', `The ${word(kind)} ${name} is in use.`, remedy);
  }
}

/** Of an interface. @param subnet Its name. */
export function interfaceInUse(router: string, subnet: string, blocking: readonly Dependent[]): NeutronError {
  const values = { router_id: show(router), subnet_id: show(subnet) };
  const remedy = `It is needed by ${sentence(blocking)}: change that first, or remove it together with that.`;
  const floating = blocking.some(({ relation }) => relation === 'association');
  return new NeutronError(
    violation(floating ? 'RouterInterfaceInUseByFloatingIP' : 'RouterInterfaceInUseByRoute', values, { remedy }),
  );
}

/** @param network The external network. */
export function gatewayInUse(router: string, network: string, blocking: readonly Dependent[]): NeutronError {
  const values = { router_id: show(router), net_id: show(network) };
  const remedy = `It is needed by ${sentence(blocking)}: change that first, or clear it together with that.`;
  return new NeutronError(violation('RouterExternalGatewayInUseByFloatingIp', values, { remedy }));
}

const PARTS: Partial<Record<Relation, string>> = {
  interface: 'the interface of',
  gateway: 'the gateway of',
  route: 'a route of',
  fixed_ip: 'an address of',
};

function sentence(dependents: readonly Dependent[]): string {
  return enumerate(
    dependents.map(({ resource, relation }) =>
      [PARTS[relation], word(resource.kind), show(resource.name)].filter((part) => part !== undefined).join(' '),
    ),
  );
}
