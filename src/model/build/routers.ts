/** Routers with their ports: interfaces, gateway, and one HA port for each node that hosts them. */
import { parseAddress } from '../addresses.js';
import type { Path } from '../lab-file/problems.js';
import { present } from '../lab-file/present.js';
import type { RouterFile } from '../lab-file/schema.js';
import { notExternal } from '../rules/routers.js';
import type { BuildContext } from './context.js';
import type { NetworkDraft, RouterDraft } from './drafts.js';
import { readFixedIps } from './fixed-ips.js';
import { addInterface, interfacePlace } from './router-interfaces.js';
import type { Unplaced } from './placement.js';

export function buildRouter(
  { id, entry }: Unplaced<RouterFile>,
  hosts: readonly string[],
  haNetworks: ReadonlyMap<string, NetworkDraft>,
  build: BuildContext,
): RouterDraft {
  const file = entry.file ?? {};
  const gatewayPath = [...entry.path, 'external_gateway_info'];
  const router: RouterDraft = {
    id,
    name: entry.name,
    projectId: file.project_id ?? build.projectId,
    path: entry.path,
    file,
    partial: entry.partial,
    hosts,
    gatewayNetwork: gatewayNetwork(file, gatewayPath, build),
    gatewayPort: null,
    interfaces: [],
    haPorts: [],
  };
  build.routers.add(entry.name, router);
  for (const [index, given] of present(file.interfaces)) {
    addInterface(router, given, [...entry.path, 'interfaces', index], build);
  }
  addGateway(router, gatewayPath, build);
  const haNetwork = haNetworks.get(router.projectId);
  if (file.ha === true && haNetwork !== undefined) {
    for (const host of hosts) addHaPort(router, host, haNetwork, build);
  }
  return router;
}

function gatewayNetwork(file: RouterFile, path: Path, build: BuildContext): NetworkDraft | null {
  if (!file.external_gateway_info) return null;
  const { network: name, network_id: id } = file.external_gateway_info;
  const given = name ?? id;
  if (given === undefined) {
    const message = "'network' is missing.";
    build.problems.error({ path, code: 'InvalidInput', message, remedy: 'Name an external network.' });
    return null;
  }
  const at = [...path, name === undefined ? 'network_id' : 'network'];
  const network = build.networks.resolve(given, at, build.problems);
  if (network === null) return null;
  if (network.file['router:external'] === true) {
    if (network.subnets.length === 0) warnOfNoAddress(network, at, build);
    return network;
  }
  const external = { change: 'add', path: network.path, name: 'router:external', value: true } as const;
  build.problems.refuseAt(at, notExternal(network.ref), 'value', [external]);
  return null;
}

/** Neutron takes it, and the router's gateway has no address and no route. */
function warnOfNoAddress(network: NetworkDraft, path: Path, build: BuildContext): void {
  build.problems.warning({
    path,
    code: 'GatewayWithoutAddress',
    message: `The external network ${network.ref} has no subnet, so the router's gateway gets no address and leads nowhere.`,
    remedy: 'Give the external network a subnet.',
  });
}

function addGateway(router: RouterDraft, path: Path, build: BuildContext): void {
  const { gatewayNetwork: network, file } = router;
  if (network === null) return;
  const { external_fixed_ips: fixed, port } = file.external_gateway_info ?? {};
  router.gatewayPort = build.servicePort({
    id: build.deviceId(port?.id, [...path, 'port'], 'port', router.id, 'gateway', network.id),
    path,
    mac: port?.mac_address,
    network,
    owner: 'network:router_gateway',
    deviceId: router.id,
    host: interfacePlace(router).host,
    projectId: '',
    wanted: readFixedIps(fixed, network, [...path, 'external_fixed_ips'], build, { mac: port?.mac_address }),
    slaac: true,
    createdAt: port?.created_at,
  });
}

function addHaPort(router: RouterDraft, host: string, network: NetworkDraft, build: BuildContext): void {
  const [index, file] = present(router.file.ha_ports).find(([, { node }]) => node === host) ?? [];
  const path = index === undefined ? router.path : [...router.path, 'ha_ports', index];
  if (index !== undefined) build.places.refer([...path, 'node'], 'node', host);
  const given = file?.ip_address === undefined ? undefined : [{ ip_address: file.ip_address }];
  router.haPorts.push(
    build.servicePort({
      id: build.deviceId(file?.id, path, 'port', router.id, 'ha', host),
      path,
      network,
      owner: 'network:router_ha_interface',
      deviceId: router.id,
      host,
      name: `HA port tenant ${router.projectId}`,
      projectId: '',
      mac: file?.mac_address,
      wanted: readFixedIps(given, network, path, build),
      createdAt: file?.created_at,
    }),
  );
}

/** Whether the interface has the gateway address of its subnet, for which floating IPs prefer a router. */
export function hasGatewayAddress(router: RouterDraft, subnetId: string): boolean {
  return router.interfaces.some((port) =>
    port.ips.some((ip) => {
      const subnet = port.network.subnets.find(({ id }) => id === ip.subnet_id);
      const gateway = subnet?.resource.gateway_ip ?? null;
      return (
        ip.subnet_id === subnetId &&
        gateway !== null &&
        parseAddress(gateway).value === parseAddress(ip.ip_address).value
      );
    }),
  );
}
