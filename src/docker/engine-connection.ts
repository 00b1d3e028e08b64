/** From a candidate to where HTTP requests go and the agent that holds the connections. */
import { readFile } from 'node:fs/promises';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { join } from 'node:path';
import type { EngineCandidate } from './engine-candidates.js';
import { EngineTlsError } from './engine-errors.js';
import { SshAgent } from './ssh-agent.js';

export interface EngineConnection {
  readonly agent: HttpAgent;
  readonly target: {
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
        target: { socketPath: endpoint.path, host: undefined, port: undefined, protocol: 'http' },
      };
    case 'ssh':
      return {
        agent: new SshAgent(endpoint.host, endpoint.port, endpoint.user),
        target: { socketPath: undefined, host: 'docker', port: 80, protocol: 'http' },
      };
    case 'tcp': {
      const files = await tlsFiles(candidate);
      // Node wants an IPv6 address without the brackets that it has in a URL.
      const host = endpoint.host.replace(/^\[(.*)\]$/, '$1');
      const target = { socketPath: undefined, host, port: endpoint.port };
      if (files === null) return { agent: new HttpAgent({ keepAlive: true }), target: { ...target, protocol: 'http' } };
      const rejectUnauthorized = candidate.tls?.verify ?? true;
      return {
        agent: new HttpsAgent({ keepAlive: true, ...files, rejectUnauthorized }),
        target: { ...target, protocol: 'https' },
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
