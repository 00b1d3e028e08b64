/** Where an engine may be, in the order in which it is looked for. */
import { join } from 'node:path';
import { currentDockerContext } from './docker-context.js';
import { type EngineEndpoint, parseEndpoint } from './engine-endpoint.js';
import type { Engine } from './runtime.js';

export interface EngineCandidate {
  readonly foundBy: Engine['foundBy'];
  /** As in `Engine.found`. */
  readonly found: string;
  readonly endpoint: EngineEndpoint;
  /** Folder with ca.pem, cert.pem and key.pem, and whether the engine's certificate is checked. */
  readonly tls: { readonly folder: string; readonly verify: boolean; readonly required: boolean } | null;
}

export interface EngineOptions {
  /** The owner's own choice, which goes before everything else. Written as DOCKER_HOST is. */
  readonly setting?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly home?: string;
  readonly platform?: NodeJS.Platform;
}

/**
 * One candidate where someone named an engine (then no other will do), else the default sockets of this system.
 *
 * @throws EngineSettingError, EngineContextError
 */
export async function engineCandidates(
  options: Required<Omit<EngineOptions, 'setting'>> & EngineOptions,
): Promise<readonly EngineCandidate[]> {
  const { setting, env, home, platform } = options;
  const folder = nonEmpty(env.DOCKER_CONFIG) ?? join(home, '.docker');
  // As Docker's Go client: DOCKER_TLS_VERIFY checks the engine's certificate, DOCKER_CERT_PATH alone only uses TLS.
  const verify = Boolean(env.DOCKER_TLS_VERIFY);
  const secure = verify || Boolean(env.DOCKER_CERT_PATH);
  const tls = { folder: nonEmpty(env.DOCKER_CERT_PATH) ?? folder, verify, required: true };

  if (setting) {
    const endpoint = parseEndpoint(setting, 'The setting for the container engine', secure);
    return [{ foundBy: 'setting', found: 'the setting', endpoint, tls: usesTls(endpoint) ? tls : null }];
  }
  if (env.DOCKER_HOST) {
    const endpoint = parseEndpoint(env.DOCKER_HOST, 'DOCKER_HOST', secure);
    return [{ foundBy: 'DOCKER_HOST', found: 'DOCKER_HOST', endpoint, tls: usesTls(endpoint) ? tls : null }];
  }
  const context = await currentDockerContext(folder, env);
  if (context !== null) {
    const found = `the docker context "${context.name}"`;
    const endpoint = parseEndpoint(context.host, `The endpoint of ${found}`, false);
    // A context speaks TLS when it has TLS files; where it has none, tcp:// is in the clear.
    const contextTls = { folder: context.tlsFolder, verify: !context.skipTlsVerify, required: usesTls(endpoint) };
    return [{ foundBy: 'context', found, endpoint, tls: endpoint.kind === 'tcp' ? contextTls : null }];
  }
  return defaultSockets(env, home, platform).map((path) => ({
    foundBy: 'default',
    found: `the default socket ${path}`,
    endpoint: { kind: 'socket', path },
    tls: null,
  }));
}

/** A variable that is set to nothing is as good as not set. */
function nonEmpty(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function usesTls(endpoint: EngineEndpoint): boolean {
  return endpoint.kind === 'tcp' && endpoint.tls;
}

/** Docker first, then Docker Desktop's and rootless Docker's, then Podman's. */
export function defaultSockets(env: NodeJS.ProcessEnv, home: string, platform: NodeJS.Platform): readonly string[] {
  if (platform === 'win32') return ['//./pipe/docker_engine', '//./pipe/podman-machine-default'];
  const runtime = env.XDG_RUNTIME_DIR;
  return [
    '/var/run/docker.sock',
    join(home, '.docker/run/docker.sock'),
    join(home, '.docker/desktop/docker.sock'),
    ...(runtime ? [join(runtime, 'docker.sock')] : []),
    '/run/podman/podman.sock',
    ...(runtime ? [join(runtime, 'podman/podman.sock')] : []),
  ];
}
