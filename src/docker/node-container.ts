/** A node's container in the engine's words. Pure: bodies to send and answers to read. */
import type { ContainerCreateOptions } from 'dockerode';
import { z } from 'zod';
import { CAPABILITIES, LIMITS, TMPFS, securityOptions } from './node-privileges.js';
import { LABEL, type NodeContainer, type NodeSpec } from './runtime.js';
import { underlayName } from './underlay.js';

/** For people who look at `docker ps`; containers are found by their labels, never by this. */
export function containerName(lab: string, node: string): string {
  return `neutron-lab-${lab}-${node}`;
}

/**
 * What dockerode's `createContainer` takes.
 *
 * @param security The engine's `SecurityOptions`.
 */
export function createOptions(spec: NodeSpec, security: readonly string[]): ContainerCreateOptions {
  return {
    Image: spec.image,
    Hostname: spec.node,
    Labels: { [LABEL.lab]: spec.lab, [LABEL.node]: spec.node, [LABEL.version]: spec.version },
    // The node's init passes it on to keepalived, which then leaves with priority 0 (RFC 5798, 6.4.3).
    StopSignal: 'SIGTERM',
    HostConfig: {
      NetworkMode: spec.underlay,
      CapDrop: ['ALL'],
      CapAdd: Object.keys(CAPABILITIES),
      SecurityOpt: securityOptions(security).map(({ option }) => option),
      Tmpfs: TMPFS,
      PidsLimit: LIMITS.processes,
      Memory: LIMITS.memory,
      // A node that died stays dead until its owner heals it.
      RestartPolicy: { Name: 'no' },
      // Enough to see why a node would not start.
      LogConfig: { Type: 'json-file', Config: { 'max-size': '256k', 'max-file': '1' } },
    },
    NetworkingConfig: { EndpointsConfig: { [spec.underlay]: { IPAMConfig: { IPv4Address: spec.address } } } },
  };
}

const states = ['created', 'running', 'paused', 'exited', 'restarting', 'removing', 'dead'] as const;

const endpoint = z.object({
  IPAddress: z.string().optional(),
  IPAMConfig: z.object({ IPv4Address: z.string().optional() }).nullish(),
});

/** An item of GET /containers/json. Podman says `configured` and `initialized` where Docker says `created`, and `stopped`. */
const listItem = z.object({
  Id: z.string(),
  Image: z.string(),
  Created: z.number(),
  State: z
    .string()
    .transform((state) => (state === 'stopped' ? 'exited' : (states.find((known) => known === state) ?? 'created'))),
  Labels: z.record(z.string(), z.string()),
  NetworkSettings: z.object({ Networks: z.record(z.string(), endpoint).nullable() }).nullish(),
});

export const containerList = z.array(listItem);

export function nodeContainer(item: z.infer<typeof listItem>): NodeContainer {
  const lab = item.Labels[LABEL.lab] ?? '';
  const networks = item.NetworkSettings?.Networks ?? {};
  const underlay = networks[underlayName(lab)] ?? Object.values(networks)[0];
  // Of a container that does not run only the address that it will have is known.
  const now = underlay?.IPAddress ?? '';
  const address = now === '' ? underlay?.IPAMConfig?.IPv4Address : now;
  return {
    id: item.Id,
    lab,
    node: item.Labels[LABEL.node] ?? '',
    version: item.Labels[LABEL.version] ?? '',
    state: item.State,
    image: item.Image,
    address: address ?? null,
    created: item.Created,
  };
}
