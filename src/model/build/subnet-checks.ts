/** What Neutron's server refuses about a subnet, and what it lets pass to a person's surprise. */
import { containsAddress, formatCidr, parseAddress } from '../addresses.js';
import { invalidAttribute } from '../attributes/attribute.js';
import { nameServers } from '../attributes/lists.js';
import type { ProblemList } from '../lab-file/problems.js';
import { present } from '../lab-file/present.js';
import type { SubnetFile } from '../lab-file/schema.js';
import { subnetViolations } from '../rules/subnets.js';
import type { SubnetDraft } from './drafts.js';

export function checkSubnet(subnet: SubnetDraft, file: SubnetFile, problems: ProblemList): void {
  const { cidr, resource, path } = subnet;
  const servers = resource.dns_nameservers;
  problems.refuse(
    path,
    subnetViolations({
      ref: subnet.ref,
      cidr,
      ipVersion: file.ip_version,
      gateway: file.gateway_ip,
      enableDhcp: resource.enable_dhcp,
      dhcpIsNew: true,
      nameServers: servers,
      hostRoutes: present(file.host_routes),
      raMode: resource.ipv6_ra_mode,
      addressMode: resource.ipv6_address_mode,
    }),
  );
  const twice = invalidAttribute('dns_nameservers', servers, nameServers);
  if (twice !== null) problems.refuse(path, [{ ...twice, remedy: 'Write each one once.' }]);
  if (typeof file.gateway_ip !== 'string') return;
  if (parseAddress(file.gateway_ip).version !== cidr.version || containsAddress(cidr, file.gateway_ip)) return;
  problems.warning({
    path: [...path, 'gateway_ip'],
    code: 'GatewayOutsideCidr',
    message: `The gateway ${file.gateway_ip} is outside the CIDR ${formatCidr(cidr)}.`,
    remedy:
      'Neutron allows it and adds a route to it; a router interface then needs an `ip_address`. Take an address of the CIDR if this is not meant.',
  });
}
