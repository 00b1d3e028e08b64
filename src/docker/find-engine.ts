/** Finds the container engine: by setting, DOCKER_HOST, docker context, default socket, in that order. */
import { homedir, release, userInfo } from 'node:os';
import { z } from 'zod';
import { type EngineCandidate, type EngineOptions, engineCandidates } from './engine-candidates.js';
import { ask } from './engine-answers.js';
import { type EngineConnection, connectionTo, openDocker } from './engine-connection.js';
import { type EngineEndpoint, endpointText } from './engine-endpoint.js';
import { EngineGoneError, EngineNotFoundError, EnginePermissionError, EngineTooOldError } from './engine-errors.js';
import { engineRemedy, thisOperatingSystem } from './operating-system.js';
import type { Engine } from './runtime.js';

/** Docker Engine 20.10's. Nothing newer is used. */
export const NEEDED_API = '1.41';

/** How long an engine has to answer, in milliseconds; ssh must log in first. */
const PATIENCE = { near: 5000, ssh: 20_000 };

export interface FoundEngine {
  readonly engine: Engine;
  readonly connection: EngineConnection;
  /** The API version to speak: 1.41, or the oldest one that a newer engine still knows. */
  readonly speak: string;
}

const versionAnswer = z.object({
  Version: z.string(),
  ApiVersion: z.string(),
  MinAPIVersion: z.string().optional(),
  KernelVersion: z.string().optional(),
  Platform: z.object({ Name: z.string() }).optional(),
  Components: z.array(z.object({ Name: z.string() })).nullish(),
});
type VersionAnswer = z.infer<typeof versionAnswer>;

/**
 * @throws EngineNotFoundError, EnginePermissionError, EngineTooOldError, EngineSettingError, EngineContextError,
 * EngineTlsError
 */
export async function findEngine(options: EngineOptions = {}): Promise<FoundEngine> {
  const { env = process.env, home = homedir(), platform = process.platform } = options;
  const tried: string[] = [];
  let forbidden: string | null = null;
  const candidates = await engineCandidates({ ...options, env, home, platform });
  for (const candidate of candidates) {
    const connection = await connectionTo(candidate);
    try {
      return identify(candidate, connection, await askVersion(candidate, connection));
    } catch (error) {
      connection.agent.destroy();
      if (error instanceof EngineTooOldError) throw error;
      const code = errorCode(error);
      if (code === 'EACCES' && candidate.endpoint.kind === 'socket') forbidden ??= candidate.endpoint.path;
      tried.push(`${describe(candidate)}: ${problem(error, code, candidate.endpoint)}`);
    }
  }
  if (forbidden !== null) throw new EnginePermissionError(forbidden, userInfo().username);
  const named = candidates.find(({ foundBy }) => foundBy !== 'default');
  const remedy = named
    ? `Start that engine, or take ${named.found} away so that this machine's own is used.`
    : engineRemedy(await thisOperatingSystem());
  throw new EngineNotFoundError(tried, named !== undefined, remedy);
}

async function askVersion(candidate: EngineCandidate, connection: EngineConnection): Promise<VersionAnswer> {
  const signal = AbortSignal.timeout(candidate.endpoint.kind === 'ssh' ? PATIENCE.ssh : PATIENCE.near);
  const what = "the question for the engine's version";
  const docker = openDocker(connection, null);
  // dockerode's types do not know that it takes these options.
  const version: (options: { abortSignal: AbortSignal }) => Promise<unknown> = docker.version.bind(docker);
  return ask(versionAnswer, { what, signal }, () => version({ abortSignal: signal }));
}

function identify(candidate: EngineCandidate, connection: EngineConnection, answer: VersionAnswer): FoundEngine {
  const { foundBy, found, endpoint } = candidate;
  if (compareVersions(answer.ApiVersion, NEEDED_API) < 0) {
    throw new EngineTooOldError(found, answer.Version, answer.ApiVersion, NEEDED_API);
  }
  const oldest = answer.MinAPIVersion ?? NEEDED_API;
  return {
    connection,
    speak: compareVersions(oldest, NEEDED_API) > 0 ? oldest : NEEDED_API,
    engine: {
      foundBy,
      found,
      endpoint: endpointText(endpoint),
      name: engineName(answer),
      version: answer.Version,
      apiVersion: answer.ApiVersion,
      // Docker Desktop and a forwarded socket look near, too, but the engine behind them has another kernel.
      local: process.platform === 'linux' && isNear(endpoint) && answer.KernelVersion === release(),
    },
  };
}

function engineName({ Platform, Components }: VersionAnswer): string {
  if (Components?.some(({ Name }) => Name === 'Podman Engine')) return 'Podman';
  const name = Platform?.Name ?? '';
  return name === '' ? 'Docker Engine' : name;
}

function isNear(endpoint: EngineEndpoint): boolean {
  return endpoint.kind === 'socket' || (endpoint.kind === 'tcp' && /^(localhost|127\..*|\[::1\])$/.test(endpoint.host));
}

function describe({ found, endpoint, foundBy }: EngineCandidate): string {
  return foundBy === 'default' ? endpointText(endpoint) : `${found} (${endpointText(endpoint)})`;
}

function errorCode(error: unknown): string | null {
  const cause = error instanceof EngineGoneError ? error.cause : null;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : null;
}

function problem(error: unknown, code: string | null, endpoint: EngineEndpoint): string {
  switch (code) {
    case 'ENOENT':
      return endpoint.kind === 'ssh' ? 'there is no ssh command' : 'there is no such socket';
    case 'ECONNREFUSED':
      return 'nothing listens there';
    case 'EACCES':
      return 'this user may not open it';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'the name of the host is unknown';
    case null:
      return error instanceof EngineGoneError && error.cause instanceof Error
        ? error.cause.message
        : 'no answer in time';
    default:
      return code;
  }
}

/** Compares `1.41` and `1.9` number by number. */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [left, right].map((text) => text.split('.').map(Number));
  for (let index = 0; index < Math.max(a?.length ?? 0, b?.length ?? 0); index++) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
