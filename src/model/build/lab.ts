/** From the sections of a lab file to the lab, as Neutron's server would have it after all requests. */
import { allocateAddresses, allocateMacs } from '../allocation/addresses.js';
import { allocateNumbers } from '../allocation/numbers.js';
import { show } from '../lab-file/text.js';
import { violation } from '../neutron-errors.js';
import { HIGHEST_VRID } from '../rules/routers.js';
import { OUTSIDE } from '../names.js';
import { present } from '../lab-file/present.js';
import type { Sections } from '../lab-file/sections.js';
import { vridChoice } from '../release.js';
import type { Lab, Node, Port, Router } from '../resources.js';
import type { BuildContext } from './context.js';
import { buildDhcpPorts } from './dhcp.js';
import type { NetworkDraft, PortDraft, RouterDraft } from './drafts.js';
import { buildFloatingIps, finishFloatingIps } from './floating-ips.js';
import { buildInstance } from './instances.js';
import { buildHaNetworks, buildNetworks, finishNetworks } from './networks.js';
import { buildNodes } from './nodes.js';
import { placeDhcp, placeInstances, placeRouters } from './placement.js';
import { buildPorts } from './ports.js';
import { checkRouter } from './router-checks.js';
import { buildRouter } from './routers.js';
import { buildSecurityGroups } from './security-groups.js';
import { refuseTooManyPorts } from './size.js';

/** Null where going on would only report what follows from earlier mistakes. The lab counts when no error was reported. */
export function buildLab(sections: Sections, build: BuildContext): Lab | null {
  const nodes = buildNodes(sections.nodes, build);
  const groups = buildSecurityGroups(sections.securityGroups, usesDefaultGroup(sections), build);
  const networks = buildNetworks(sections.networks, build);
  const projects = sections.routers.flatMap(({ file }) =>
    file?.ha === true ? [file.project_id ?? build.projectId] : [],
  );
  const haNetworks = buildHaNetworks(projects, sections.haNetworks, build);
  const allNetworks = [...networks, ...haNetworks.values()];
  const explicit = buildPorts(sections.ports, build);

  const unplacedRouters = sections.routers.map((entry) => ({
    id: build.id(entry.file?.id, entry.path, 'router', entry.name),
    entry,
  }));
  const unplacedInstances = sections.instances.map((entry) => ({
    id: build.id(entry.file?.id, entry.path, 'instance', entry.name),
    entry,
  }));
  const l3 = placeRouters(unplacedRouters, nodes, build);
  const dhcp = placeDhcp(allNetworks, nodes, build);
  const compute = placeInstances(unplacedInstances, nodes, build);
  if (refuseTooManyPorts(sections, l3, dhcp, build.problems)) return null;

  const routers = unplacedRouters.map((router) => buildRouter(router, l3.get(router.id) ?? [], haNetworks, build));
  const instances = unplacedInstances.map((instance) =>
    buildInstance(instance, compute.get(instance.id)?.[0] ?? '', build),
  );
  const floatingIps = buildFloatingIps(sections.floatingIps, build);
  const ports: PortDraft[] = inOrderOfCreation([
    ...routers.flatMap((router) => [
      ...router.interfaces,
      ...(router.gatewayPort === null ? [] : [router.gatewayPort]),
      ...router.haPorts,
    ]),
    ...floatingIps.map(({ port }) => port),
    ...buildDhcpPorts(networks, dhcp, build),
    ...instances.flatMap((instance) => instance.ports),
    ...explicit.filter((port) => port.attachedTo === null).map((port) => port.draft),
  ]);
  const macs = allocateMacs(ports, build);
  allocateAddresses(ports, macs, build);
  for (const router of routers) checkRouter(router, build);

  return {
    name: build.lab,
    nodes: withOutside(nodes, networks),
    networks: finishNetworks(allNetworks, build),
    subnets: allNetworks.flatMap((network) => network.subnets.map((subnet) => subnet.resource)),
    ports: ports.map((port) => finishPort(port, macs.get(port.id) ?? '')),
    routers: routers.map(finishRouter),
    floatingips: finishFloatingIps(floatingIps, routers, build),
    security_groups: groups,
    instances: instances.map(({ id, name, node, ports: own }) => ({
      id,
      name,
      node,
      ports: own.map((port) => port.id),
    })),
    router_l3_agents: Object.fromEntries(
      routers.filter(({ hosts }) => hosts.length > 0).map(({ id, hosts }) => [id, hosts]),
    ),
    network_dhcp_agents: Object.fromEntries([...dhcp].filter(([, hosts]) => hosts.length > 0)),
    ha_vr_ids: allocateVrids(routers, build),
    config: build.config,
  };
}

/** As agents learn of them: in the order of `created_at`, then of the ids, as the API lists; the others come after. */
function inOrderOfCreation(ports: readonly PortDraft[]): PortDraft[] {
  const told = ports.filter((port) => port.createdAt !== undefined);
  const key = (port: PortDraft): string => `${port.createdAt ?? ''} ${port.id}`;
  return [
    ...told.sort((one, other) => (key(one) < key(other) ? -1 : 1)),
    ...ports.filter((port) => port.createdAt === undefined),
  ];
}

function usesDefaultGroup(sections: Sections): boolean {
  const users = [...sections.instances, ...sections.ports];
  const rules = sections.securityGroups.flatMap(({ file }) => present(file?.rules).map(([, rule]) => rule));
  return (
    users.some(({ file }) => file?.security_groups?.includes('default') === true) ||
    rules.some((rule) => rule.remote_group === 'default')
  );
}

function withOutside(nodes: readonly Node[], networks: readonly NetworkDraft[]): Node[] {
  const external = networks.some((network) => network.file['router:external'] === true);
  return external ? [...nodes, { name: OUTSIDE, agents: [] }] : [...nodes];
}

function finishPort(port: PortDraft, mac: string): Port {
  const { attributes } = port;
  return {
    id: port.id,
    ...attributes,
    network_id: port.network.id,
    mac_address: mac,
    fixed_ips: port.ips,
    allowed_address_pairs: attributes.allowed_address_pairs.map((pair) => ({
      ip_address: pair.ip_address,
      mac_address: pair.mac_address === '' ? mac : pair.mac_address,
    })),
  };
}

function finishRouter(router: RouterDraft): Router {
  const { file, gatewayPort } = router;
  return {
    id: router.id,
    name: file.name ?? router.name,
    project_id: router.projectId,
    admin_state_up: file.admin_state_up ?? true,
    ha: file.ha ?? false,
    external_gateway_info:
      gatewayPort === null
        ? null
        : {
            network_id: gatewayPort.network.id,
            enable_snat: file.external_gateway_info?.enable_snat ?? true,
            external_fixed_ips: gatewayPort.ips,
          },
    routes: present(file.routes).map(([, route]) => ({ ...route })),
  };
}

/** VRIDs differ on one HA network, that is, within a project. In the order of the routers, whatever was held. */
function allocateVrids(routers: readonly RouterDraft[], build: BuildContext): Record<string, number> {
  const replicated = routers.filter((router) => router.file.ha === true);
  const projects = new Set(replicated.map(({ projectId }) => projectId));
  const numbers = new Map(
    [...projects].flatMap((project) => [
      ...vridsOfProject(
        replicated.filter(({ projectId }) => projectId === project),
        build,
      ),
    ]),
  );
  return Object.fromEntries(
    replicated.flatMap(({ id }) => {
      const vrid = numbers.get(id);
      return vrid === undefined ? [] : [[id, vrid]];
    }),
  );
}

function vridsOfProject(replicated: readonly RouterDraft[], build: BuildContext): ReadonlyMap<string, number> {
  const byId = new Map(replicated.map((router) => [router.id, router]));
  const requests = replicated.map(({ id, file }) => ({ id, wanted: file.ha_vr_id ?? null, held: build.held.vrid(id) }));
  const { numbers, conflicts, exhausted } = allocateNumbers(
    requests,
    1,
    HIGHEST_VRID,
    [],
    vridChoice(build.config.release),
  );
  for (const { id, wanted } of conflicts) {
    build.problems.error({
      path: [...(byId.get(id)?.path ?? []), 'ha_vr_id'],
      code: 'VRIDInUse',
      message: `The VRID ${String(wanted)} is used by two routers on one HA network.`,
      remedy: 'Leave `ha_vr_id` out, or give each router its own.',
    });
  }
  for (const { id } of exhausted) {
    const router = byId.get(id);
    const reason = violation('NoVRIDAvailable', { router_id: show(router?.name) });
    build.problems.refuseAt(router?.path ?? [], reason, 'key');
  }
  return numbers;
}
