/**
 * Docker's contexts, as the docker command stores them (github.com/docker/cli, cli/context/store): the name of
 * the current one in config.json, each one's endpoint in contexts/meta/<sha256 of the name>/meta.json, its TLS
 * files in contexts/tls/<the same>/docker.
 */
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { EngineContextError } from './engine-errors.js';

export interface DockerContext {
  readonly name: string;
  /** Who named it: `DOCKER_CONTEXT` or the path of config.json. */
  readonly namedBy: string;
  readonly host: string;
  readonly skipTlsVerify: boolean;
  /** Folder with ca.pem, cert.pem and key.pem; it need not exist. */
  readonly tlsFolder: string;
}

const configFile = z.object({ currentContext: z.string().optional() });
const metaFile = z.object({
  Name: z.string().optional(),
  Endpoints: z.object({ docker: z.object({ Host: z.string(), SkipTLSVerify: z.boolean().optional() }) }),
});

/**
 * The context that the docker command would use; null where that is the default one, which has no files.
 *
 * @param folder Docker's configuration folder, mostly ~/.docker.
 * @throws EngineContextError where one is named that cannot be read.
 */
export async function currentDockerContext(folder: string, env: NodeJS.ProcessEnv): Promise<DockerContext | null> {
  const configPath = join(folder, 'config.json');
  const [name, namedBy] = env.DOCKER_CONTEXT
    ? [env.DOCKER_CONTEXT, 'DOCKER_CONTEXT']
    : [await configuredContext(configPath), configPath];
  if (name === null || name === '' || name === 'default') return null;

  const digest = createHash('sha256').update(name).digest('hex');
  const metaPath = join(folder, 'contexts', 'meta', digest, 'meta.json');
  const text = await readText(metaPath);
  if (text === null) throw new EngineContextError(name, namedBy, `there is no ${metaPath}`);
  const meta = metaFile.safeParse(parseJson(text));
  if (!meta.success) throw new EngineContextError(name, namedBy, `${metaPath} names no Docker endpoint`);
  const { Host, SkipTLSVerify } = meta.data.Endpoints.docker;
  return {
    name,
    namedBy,
    host: Host,
    skipTlsVerify: SkipTLSVerify ?? false,
    tlsFolder: join(folder, 'contexts', 'tls', digest, 'docker'),
  };
}

/** Every context that has a Docker endpoint, by name; what cannot be read is left out. */
export async function dockerContexts(
  folder: string,
): Promise<readonly { readonly name: string; readonly host: string }[]> {
  const metaFolder = join(folder, 'contexts', 'meta');
  const digests = await readdir(metaFolder).catch(() => []);
  const texts = await Promise.all(digests.map((digest) => readText(join(metaFolder, digest, 'meta.json'))));
  const found = texts.flatMap((text) => {
    const meta = metaFile.safeParse(parseJson(text ?? ''));
    return meta.success && meta.data.Name !== undefined
      ? [{ name: meta.data.Name, host: meta.data.Endpoints.docker.Host }]
      : [];
  });
  return found.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** A config.json that is missing or broken names no context: the docker command works without it too. */
async function configuredContext(path: string): Promise<string | null> {
  const text = await readText(path);
  if (text === null) return null;
  const config = configFile.safeParse(parseJson(text));
  return config.success ? (config.data.currentContext ?? null) : null;
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return null;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
