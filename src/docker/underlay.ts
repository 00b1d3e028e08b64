/** A lab's underlay, the network on which its nodes' VXLANs travel, in the engine's words. Pure. */
import type { NetworkCreateOptions } from 'dockerode';
import { z } from 'zod';
import { LABEL, type UnderlayNetwork } from './runtime.js';

export function underlayName(lab: string): string {
  return `neutron-lab-${lab}`;
}

/**
 * What dockerode's `createNetwork` takes.
 *
 * @param podman Podman's own network driver refuses Docker's bridge options.
 */
export function underlayOptions(lab: string, subnet: string, version: string, podman: boolean): NetworkCreateOptions {
  return {
    Name: underlayName(lab),
    // Docker would make a second one of the same name; from API 1.44 on it never does.
    CheckDuplicate: true,
    Driver: 'bridge',
    // No way out, and none in: nothing of a lab leaves the machine.
    Internal: true,
    IPAM: { Config: [{ Subnet: subnet }] },
    Options: {
      // Whatever the engine's own default is: the tenants' 1450 (1500 less VXLAN's 50) is counted from it.
      'com.docker.network.driver.mtu': '1500',
      // The host's end of the bridge gets no address, so the host has no route into the lab.
      ...(podman ? {} : { 'com.docker.network.bridge.inhibit_ipv4': 'true' }),
    },
    Labels: { [LABEL.lab]: lab, [LABEL.version]: version },
  };
}

/**
 * Whether an engine refused a network because of its subnet. Docker: "Pool overlaps with other one on this address
 * space", "networks have overlapping IPv4"; Podman: "subnet … is already used on the host or by another config", "… is
 * being used by a network interface".
 */
export function saysSubnetTaken(said: string): boolean {
  return /overlap|already used on the host|used by a network interface/i.test(said);
}

const network = z.object({
  Id: z.string(),
  Name: z.string(),
  Created: z.string().nullish(),
  Labels: z.record(z.string(), z.string()).nullish(),
  IPAM: z.object({ Config: z.array(z.object({ Subnet: z.string().optional() })).nullish() }).nullish(),
});

/** GET /networks. */
export const networkList = z.array(network);

export function subnetsOf({ IPAM }: z.infer<typeof network>): readonly string[] {
  return (IPAM?.Config ?? []).flatMap(({ Subnet }) => (Subnet ? [Subnet] : []));
}

/** The oldest first: where two were made at once, everybody takes the same one. */
export function byAge(networks: readonly z.infer<typeof network>[]): z.infer<typeof network>[] {
  const age = ({ Created, Id }: z.infer<typeof network>) => {
    const [, second = '', fraction = ''] = /^([^.Z+]*)(?:\.(\d+))?/.exec(Created ?? '') ?? [];
    return `${second}.${fraction.padEnd(9, '0')} ${Id}`;
  };
  return networks.toSorted((a, b) => (age(a) < age(b) ? -1 : 1));
}

export function underlayNetwork(item: z.infer<typeof network>): UnderlayNetwork {
  return { id: item.Id, name: item.Name, lab: item.Labels?.[LABEL.lab] ?? '', subnet: subnetsOf(item)[0] ?? '' };
}
