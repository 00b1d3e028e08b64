/** Instances and their ports. */
import { parseAddress } from '../addresses.js';
import type { Path } from '../lab-file/problems.js';
import { present } from '../lab-file/present.js';
import type { InstanceFile } from '../lab-file/schema.js';
import { show } from '../lab-file/text.js';
import type { BuildContext } from './context.js';
import type { InstanceDraft, NetworkDraft, PortDraft } from './drafts.js';
import { isUsable, subnetHolding } from './fixed-ips.js';
import { checkHostName } from './nodes.js';
import type { Unplaced } from './placement.js';
import { attach } from './ports.js';
import { readPortSecurity, resolveGroups } from './security-groups.js';

type Given = NonNullable<InstanceFile['networks']>[number];

export function buildInstance({ id, entry }: Unplaced<InstanceFile>, node: string, build: BuildContext): InstanceDraft {
  const file = entry.file ?? {};
  checkHostName(entry.name, entry.path, 'instance', build.problems);
  const instance: InstanceDraft = { id, name: entry.name, path: entry.path, file, node, ports: [] };
  build.instances.add(entry.name, instance);
  const counts = new Map<string, number>();
  // Groups of an instance without a network are nobody's yet, but they have to exist.
  if ((file.networks ?? []).length === 0) resolveGroups(file, entry.path, build);
  for (const [index, given] of present(file.networks)) {
    const port = plug(instance, given, [...entry.path, 'networks', index], counts, build);
    if (port !== null) instance.ports.push(port);
  }
  return instance;
}

function plug(
  instance: InstanceDraft,
  given: Given,
  path: Path,
  counts: Map<string, number>,
  build: BuildContext,
): PortDraft | null {
  const form = typeof given === 'string' ? { network: given } : given;
  if (form.port !== undefined && form.network === undefined && form.fixed_ip === undefined) {
    const port = build.ports.resolve(form.port, [...path, 'port'], build.problems);
    const device = {
      id: instance.id,
      name: `instance ${show(instance.name)}`,
      owner: 'compute:nova' as const,
      host: instance.node,
    };
    return port === null ? null : attach(port, device, [...path, 'port'], build);
  }
  if (form.network === undefined || form.port !== undefined) {
    build.problems.error({
      path,
      code: 'InvalidInput',
      message: 'An instance is plugged into a network or a port.',
      remedy: 'Write `{ network: … }` with an optional `fixed_ip`, or `{ port: … }`.',
    });
    return null;
  }
  const network = build.networks.resolve(
    form.network,
    typeof given === 'string' ? path : [...path, 'network'],
    build.problems,
  );
  if (network === null) return null;
  const nth = counts.get(network.id) ?? 0;
  counts.set(network.id, nth + 1);
  const security = readPortSecurity(
    instance.file,
    { name: network.name, port_security_enabled: network.file.port_security_enabled ?? true },
    instance.path,
    build,
  );
  return {
    id: build.deviceId(undefined, path, 'port', instance.id, network.id, String(nth)),
    path,
    network,
    attributes: {
      name: '',
      project_id: build.projectId,
      admin_state_up: true,
      device_id: instance.id,
      device_owner: 'compute:nova',
      allowed_address_pairs: [],
      extra_dhcp_opts: [],
      ...security,
      'binding:host_id': instance.node,
    },
    mac: null,
    wanted: fixedIp(form.fixed_ip, network, [...path, 'fixed_ip'], build),
    slaac: true,
    choice: 'any',
    ips: [],
  };
}

function fixedIp(
  text: string | undefined,
  network: NetworkDraft,
  path: Path,
  build: BuildContext,
): PortDraft['wanted'] {
  if (text === undefined) return null;
  const address = parseAddress(text);
  const subnet = subnetHolding(network, address, path, build);
  if (subnet === null || !isUsable(subnet, address, path, build)) return [];
  return [{ subnet, address: address.value, path }];
}
