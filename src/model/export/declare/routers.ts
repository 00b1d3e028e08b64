/** Routers with their gateways, interfaces and routes. */
import type { LabIndex } from '../../lab-queries.js';
import type { Port, Router } from '../../resources.js';
import type { DeclaredNetworks } from './networks.js';
import type { PortDeclarer } from './ports.js';
import { declaredMac, isAutoAddressed } from './defaults.js';
import { LabelMaker, NameMaker } from './labels.js';
import type { DeclaredGateway, DeclaredInterface, DeclaredRouter, ExportOptions } from '../topology.js';

/** By the ids of the lab. */
export function declareRouters(
  index: LabIndex,
  declared: DeclaredNetworks,
  ports: PortDeclarer,
  options: ExportOptions,
): ReadonlyMap<string, DeclaredRouter> {
  const [labels, interfaceLabels] = [new LabelMaker('router'), new LabelMaker('interface')];
  const names = new NameMaker(index.lab.routers.map(({ name }) => name));
  return new Map(
    index.lab.routers.map((router) => {
      const name = router.name === '' ? names.invent('router') : router.name;
      const remarks: string[] = [];
      if (options.role === 'member') {
        const kind = router.ha ? 'an HA router' : 'not an HA router';
        remarks.push(
          `In the lab it is ${kind}; in a project, \`l3_ha\` in the cloud's neutron.conf says whether it is one.`,
        );
      }
      const one: DeclaredRouter = {
        name,
        label: labels.make(name),
        ha: options.role === 'admin' ? router.ha : null,
        adminStateUp: router.admin_state_up,
        gateway: declareGateway(router, declared, ports, options, remarks),
        interfaces: index
          .interfacePorts(router.id)
          .flatMap((port) => declareInterface(port, name, index, declared, ports, remarks))
          .map((given) => ({ ...given, label: interfaceLabels.make(`${name} ${(given.subnet ?? given.port).name}`) })),
        routes: router.routes,
        remarks,
      };
      return [router.id, one];
    }),
  );
}

function declareGateway(
  { external_gateway_info: info }: Router,
  { networks }: DeclaredNetworks,
  ports: PortDeclarer,
  { role }: ExportOptions,
  remarks: string[],
): DeclaredGateway | null {
  const network = networks.get(info?.network_id ?? '');
  if (info === null || network === undefined) return null;
  if (role === 'member') {
    if (!info.enable_snat) remarks.push('`enable_snat: false` is not for a member of a project: it does SNAT here.');
    if (info.external_fixed_ips.length > 0) {
      const addresses = info.external_fixed_ips.map((ip) => ip.ip_address).join(', ');
      remarks.push(`Its gateway has ${addresses} in the lab; only an administrator chooses it.`);
    }
    return { network, addresses: [], snat: true };
  }
  return { network, addresses: ports.addressesOf(info.external_fixed_ips), snat: info.enable_snat };
}

type Interface =
  | { readonly subnet: NonNullable<DeclaredInterface['subnet']>; readonly port: null }
  | {
      readonly subnet: null;
      readonly port: NonNullable<DeclaredInterface['port']>;
    };

/** By its subnet where it has the gateway's address and nothing else to say, else by a port of its own. */
function declareInterface(
  port: Port,
  router: string,
  index: LabIndex,
  { subnets }: DeclaredNetworks,
  ports: PortDeclarer,
  remarks: string[],
): Interface[] {
  const [first] = port.fixed_ips;
  const byGateway = port.fixed_ips.every((ip) => index.subnets.get(ip.subnet_id)?.gateway_ip === ip.ip_address);
  const plain = port.name === '' && port.admin_state_up && declaredMac(port) === null;
  const auto = port.fixed_ips.some(({ subnet_id: id }) => {
    const subnet = index.subnets.get(id);
    return subnet !== undefined && isAutoAddressed(subnet);
  });
  // A port that is made apart from its router may have no address of its own choice on such a subnet.
  if (auto || (byGateway && plain && port.fixed_ips.length === 1)) {
    if (!byGateway)
      remarks.push(`Its address ${first?.ip_address ?? ''} is not the gateway's, and cannot be given here.`);
    return port.fixed_ips.flatMap(({ subnet_id: id }) => {
      const subnet = subnets.get(id);
      return subnet === undefined ? [] : [{ subnet, port: null }];
    });
  }
  const own = ports.declare(port, router);
  return own === null ? [] : [{ subnet: null, port: own }];
}
