/** The section `ports`: ports that need more than what instances and routers make by themselves. */
import { present } from '../lab-file/present.js';
import type { PortFile } from '../lab-file/schema.js';
import type { Entry } from '../lab-file/sections.js';
import type { Path } from '../lab-file/problems.js';
import type { DeviceOwner } from '../resources.js';
import { show } from '../lab-file/text.js';
import { portInUse } from '../rules/interfaces.js';
import { securityViolations } from '../rules/ports.js';
import type { BuildContext } from './context.js';
import type { ExplicitPort, PortDraft } from './drafts.js';
import { readFixedIps } from './fixed-ips.js';
import { readPortSecurity } from './security-groups.js';

export function buildPorts(entries: readonly Entry<PortFile>[], build: BuildContext): ExplicitPort[] {
  return entries.flatMap((entry) => {
    const port = buildPort(entry, build);
    if (port === null) build.ports.addBroken(entry.name);
    else build.ports.add(entry.name, port);
    return port === null ? [] : [port];
  });
}

function buildPort({ name, path, file }: Entry<PortFile>, build: BuildContext): ExplicitPort | null {
  const network = file === null ? null : build.networks.resolve(file.network, [...path, 'network'], build.problems);
  if (file === null || network === null) return null;
  const id = build.deviceId(file.id, path, 'port', network.id, name);
  const security = readPortSecurity(
    file,
    { name: network.name, port_security_enabled: network.file.port_security_enabled ?? true },
    path,
    build,
  );
  const pairs = present(file.allowed_address_pairs).map(([, pair]) => pair);
  const enabled = security.port_security_enabled;
  build.problems.refuse(path, securityViolations({ enabled, groups: 0, pairs: pairs.length }));
  const draft: PortDraft = {
    id,
    path,
    network,
    attributes: {
      name: file.name ?? name,
      project_id: file.project_id ?? build.projectId,
      admin_state_up: file.admin_state_up ?? true,
      device_id: '',
      device_owner: file.device_owner ?? '',
      // The MAC of a pair is that of the port unless it is given; the port's is known after the allocation.
      allowed_address_pairs: pairs.map((pair) => ({
        ip_address: pair.ip_address,
        mac_address: pair.mac_address?.toLowerCase() ?? '',
      })),
      extra_dhcp_opts: present(file.extra_dhcp_opts).map(([, option]) => ({
        opt_name: option.opt_name,
        opt_value: option.opt_value,
        ip_version: option.ip_version ?? 4,
      })),
      ...security,
      'binding:host_id': '',
    },
    mac: file.mac_address?.toLowerCase() ?? null,
    wanted: readFixedIps(file.fixed_ips, network, [...path, 'fixed_ips'], build, { mac: file.mac_address }),
    slaac: true,
    choice: 'any',
    createdAt: file.created_at,
    ips: [],
  };
  return { id, name, network, path, draft, attachedTo: null };
}

/** Plugs a port of `ports` into a router or an instance; null when it is plugged already, which is reported. */
export function attach(
  port: ExplicitPort,
  device: { readonly id: string; readonly name: string; readonly owner: DeviceOwner; readonly host: string },
  path: Path,
  build: BuildContext,
): PortDraft | null {
  const attached = { ref: show(port.name), networkRef: port.network.ref, device: port.attachedTo ?? '' };
  const inUse = [...portInUse(attached)];
  for (const one of inUse) build.problems.refuseAt(path, one);
  if (inUse.length > 0) return null;
  port.attachedTo = device.name;
  port.draft = {
    ...port.draft,
    slaac: device.owner === 'compute:nova',
    attributes: {
      ...port.draft.attributes,
      device_id: device.id,
      device_owner: device.owner,
      'binding:host_id': device.host,
    },
  };
  return port.draft;
}
