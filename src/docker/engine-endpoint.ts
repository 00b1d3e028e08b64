/** An engine's address, from the text that a person or the docker command wrote. Pure. */
import { EngineSettingError } from './engine-errors.js';

/** How to reach an engine. Paths and hosts are as the operating system wants them. */
export type EngineEndpoint =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly tls: boolean }
  | { readonly kind: 'ssh'; readonly host: string; readonly port: number | null; readonly user: string | null };

/** Docker's registered ports: 2375 in the clear, 2376 with TLS. */
const PLAIN_PORT = 2375;
const TLS_PORT = 2376;

/**
 * @param text As in DOCKER_HOST; an absolute path stands for a Unix socket, host:port for TCP.
 * @param where Who says so, for the error: `DOCKER_HOST`.
 * @param tls Whether a TCP endpoint is spoken to with TLS even where the text does not say so.
 * @throws EngineSettingError
 */
export function parseEndpoint(text: string, where: string, tls: boolean): EngineEndpoint {
  const wrong = (problem: string): EngineSettingError => new EngineSettingError(where, text, problem);
  const value = text.trim();
  if (value === '') throw wrong('it is empty');
  if (value.startsWith('/')) return { kind: 'socket', path: value };

  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(value)?.[1]?.toLowerCase();
  if (scheme === 'unix' || scheme === 'npipe') {
    const path = value.slice(scheme.length + '://'.length);
    if (!path.startsWith('/')) throw wrong(`${scheme}:// is to be followed by an absolute path`);
    return { kind: 'socket', path };
  }
  if (scheme === undefined && !/:\d+$/.test(value)) throw wrong('this is no address of an engine');

  let url: URL;
  try {
    // Parsed as http so that the host is checked; URL knows no structure for tcp: and ssh:.
    url = new URL(`http://${scheme === undefined ? value : value.slice(scheme.length + '://'.length)}`);
  } catch {
    throw wrong('the host or the port cannot be read');
  }
  // URL drops a port that is the scheme's own, so that it has to be read from the text.
  const written = /:(\d+)(?:\/.*)?$/.exec(value)?.[1];
  const port = written === undefined ? null : Number(written);
  switch (scheme ?? 'tcp') {
    case 'ssh':
      if (url.password !== '') throw wrong('a password does not belong in an address');
      return {
        kind: 'ssh',
        host: url.hostname,
        port,
        user: url.username === '' ? null : decodeURIComponent(url.username),
      };
    case 'tcp':
    case 'http':
    case 'https': {
      const secure = tls || scheme === 'https';
      return { kind: 'tcp', host: url.hostname, port: port ?? (secure ? TLS_PORT : PLAIN_PORT), tls: secure };
    }
    default:
      throw wrong(`${scheme ?? ''}:// is no way to reach an engine`);
  }
}

/** As it is shown to people. */
export function endpointText(endpoint: EngineEndpoint): string {
  switch (endpoint.kind) {
    case 'socket':
      return endpoint.path.startsWith('//./pipe/') ? `npipe://${endpoint.path}` : `unix://${endpoint.path}`;
    case 'tcp':
      return `tcp://${endpoint.host}:${endpoint.port}`;
    case 'ssh':
      return `ssh://${endpoint.user === null ? '' : `${endpoint.user}@`}${endpoint.host}${endpoint.port === null ? '' : `:${endpoint.port}`}`;
  }
}
