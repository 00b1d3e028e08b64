/** A server on a Unix socket that says what an engine would, for what a real engine cannot be made to do in a test. */
import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';

export const VERSION = { Version: '27.1', ApiVersion: '1.46', MinAPIVersion: '1.24', KernelVersion: 'other' };

export interface FakeEngine {
  readonly socket: string;
  stop(): Promise<void>;
}

export interface FakeAnswers {
  readonly version?: object;
  readonly request?: (request: IncomingMessage, response: ServerResponse) => void;
  /** False where a proxy in between knows no upgrade. */
  readonly upgrade?: false | ((connection: Duplex, path: string) => void);
}

export async function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'neutron-lab-'));
}

export async function startFakeEngine({ version = VERSION, request, upgrade }: FakeAnswers = {}): Promise<FakeEngine> {
  const folder = await temporaryFolder();
  const socket = join(folder, 'docker.sock');
  const connections = new Set<Duplex>();
  const server = createServer((incoming, response) => {
    if (incoming.url === '/version') response.end(JSON.stringify(version));
    else if (request) request(incoming, response);
    else response.writeHead(404).end('{}');
  });
  server.on('connection', (connection) => {
    connections.add(connection);
    connection.on('error', () => undefined);
  });
  if (upgrade !== false) {
    server.on('upgrade', (incoming, connection) => {
      connection.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n');
      upgrade?.(connection, incoming.url ?? '');
    });
  }
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return {
    socket,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const connection of connections) connection.destroy();
      await closed;
      await rm(folder, { recursive: true });
    },
  };
}
