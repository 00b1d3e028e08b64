/** The engines that this machine knows of, each with what it says: for a list to choose from. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { LabError } from '../model/errors.js';
import { dockerContexts } from './docker-context.js';
import { type EngineOptions, defaultSockets } from './engine-candidates.js';
import { endpointText } from './engine-endpoint.js';
import { findEngine } from './find-engine.js';

export interface KnownEngine {
  /** As the setting and DOCKER_HOST have it. */
  readonly address: string;
  /** Who knows of it: `DOCKER_HOST`, `docker context "lab"`, null for a default socket. */
  readonly known: string | null;
  readonly answer:
    | { readonly kind: 'there'; readonly name: string; readonly version: string }
    | { readonly kind: 'forbidden' | 'silent' }
    /** Over ssh a login would be needed, which may ask for a password: it is not asked. */
    | { readonly kind: 'unasked' };
}

/** Default sockets where nothing answers are left out: nobody would choose them. */
export async function knownEngines(options: Omit<EngineOptions, 'setting'> = {}): Promise<readonly KnownEngine[]> {
  const { env = process.env, home = homedir(), platform = process.platform } = options;
  const folder =
    env.DOCKER_CONFIG === undefined || env.DOCKER_CONFIG === '' ? join(home, '.docker') : env.DOCKER_CONFIG;
  const contexts = await dockerContexts(folder);
  const places: { readonly address: string; readonly known: string | null }[] = [
    ...(env.DOCKER_HOST ? [{ address: env.DOCKER_HOST, known: 'DOCKER_HOST' }] : []),
    // An engine with TLS needs its context's files, which an address alone does not name.
    ...contexts
      .filter(({ host }) => !/^(tcp|https?):/.test(host))
      .map(({ name, host }) => ({ address: host, known: `docker context "${name}"` })),
    ...defaultSockets(env, home, platform).map((path) => ({
      address: endpointText({ kind: 'socket', path }),
      known: null,
    })),
  ];
  const once = places.filter(({ address }, at) => places.findIndex((place) => place.address === address) === at);
  const engines = await Promise.all(once.map(async (place) => ({ ...place, answer: await ask(place.address, env) })));
  return engines.filter(({ known, answer }) => known !== null || answer.kind !== 'silent');
}

async function ask(setting: string, env: NodeJS.ProcessEnv): Promise<KnownEngine['answer']> {
  if (setting.startsWith('ssh:')) return { kind: 'unasked' };
  try {
    const { engine, connection } = await findEngine({ setting, env });
    connection.agent.destroy();
    return { kind: 'there', name: engine.name, version: engine.version };
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    return { kind: error.code === 'EngineNoPermission' ? 'forbidden' : 'silent' };
  }
}
