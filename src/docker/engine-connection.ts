/** From a candidate to dockerode. */
import { readFile } from 'node:fs/promises';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { join } from 'node:path';
import Docker from 'dockerode';
import { prepareAgent } from './engine-agent.js';
import type { EngineCandidate } from './engine-candidates.js';
import { EngineTlsError } from './engine-errors.js';
import { SshAgent } from './ssh-agent.js';

export interface EngineConnection {
  readonly agent: HttpAgent;
  /** Every field is there, undefined or not: what is left out, docker-modem fills with its own defaults. */
  readonly modem: {
    readonly socketPath: string | undefined;
    readonly host: string | undefined;
    readonly port: number | undefined;
    readonly protocol: 'http' | 'https';
  };
}

/** @throws EngineTlsError where TLS is asked for and its files cannot be read. */
export async function connectionTo(candidate: EngineCandidate): Promise<EngineConnection> {
  const { endpoint } = candidate;
  switch (endpoint.kind) {
    case 'socket':
      return {
        agent: new HttpAgent({ keepAlive: true }),
        modem: { socketPath: endpoint.path, host: undefined, port: undefined, protocol: 'http' },
      };
    case 'ssh':
      return {
        agent: new SshAgent(endpoint.host, endpoint.port, endpoint.user),
        modem: { socketPath: undefined, host: 'docker', port: 80, protocol: 'http' },
      };
    case 'tcp': {
      const files = await tlsFiles(candidate);
      // Node wants an IPv6 address without the brackets that it has in a URL.
      const host = endpoint.host.replace(/^\[(.*)\]$/, '$1');
      const modem = { socketPath: undefined, host, port: endpoint.port };
      if (files === null) return { agent: new HttpAgent({ keepAlive: true }), modem: { ...modem, protocol: 'http' } };
      const rejectUnauthorized = candidate.tls?.verify ?? true;
      return {
        agent: new HttpsAgent({ keepAlive: true, ...files, rejectUnauthorized }),
        modem: { ...modem, protocol: 'https' },
      };
    }
  }
}

async function tlsFiles({ tls, found }: EngineCandidate): Promise<{ ca: Buffer; cert: Buffer; key: Buffer } | null> {
  if (tls === null) return null;
  const paths = ['ca.pem', 'cert.pem', 'key.pem'].map((name) => join(tls.folder, name));
  const contents = await Promise.all(paths.map((path) => readFile(path).catch(() => null)));
  const missing = paths.filter((_, index) => contents[index] === null);
  const [ca, cert, key] = contents;
  if (ca && cert && key) return { ca, cert, key };
  if (!tls.required && missing.length === paths.length) return null;
  throw new EngineTlsError(found, missing);
}

/** @param apiVersion `1.41`, or null for whatever the engine prefers. */
export function openDocker({ modem, agent }: EngineConnection, apiVersion: string | null): Docker {
  prepareAgent(agent);
  // docker-modem reads DOCKER_HOST in its constructor, whatever it is given, and throws when that is malformed.
  const { DOCKER_HOST } = process.env;
  delete process.env.DOCKER_HOST;
  try {
    const options = {
      ...modem,
      agent,
      version: apiVersion === null ? undefined : `v${apiVersion}`,
    };
    return new Docker(options);
  } finally {
    if (DOCKER_HOST !== undefined) process.env.DOCKER_HOST = DOCKER_HOST;
  }
}
