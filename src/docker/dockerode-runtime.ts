/** The container engine behind the Runtime interface. */
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { EngineOptions } from './engine-candidates.js';
import { EngineClient } from './engine-client.js';
import { EngineRequestError } from './engine-errors.js';
import { engineEvents } from './engine-events.js';
import * as images from './engine-images.js';
import { startExec } from './exec.js';
import { findEngine } from './find-engine.js';
import { containerList, containerName, createBody, nodeContainer } from './node-container.js';
import {
  type BuildOptions,
  type Engine,
  type EngineEvent,
  type ExecOptions,
  type ExecSession,
  type ImageInfo,
  LABEL,
  type NodeContainer,
  type NodeSpec,
  type ProgressListener,
  type Runtime,
  type UnderlayNetwork,
} from './runtime.js';
import { networkList, subnetsOf, underlayBody, underlayName, underlayNetwork } from './underlay.js';

/**
 * Finds the engine and opens it. One request; the rest is asked when it is needed.
 *
 * @throws as findEngine
 */
export async function openRuntime(options: EngineOptions = {}): Promise<Runtime> {
  const { engine, connection, speak } = await findEngine(options);
  return new DockerodeRuntime(engine, new EngineClient(connection, speak));
}

const identified = z.object({ Id: z.string() });
const engineInfo = z.object({ SecurityOptions: z.array(z.string()).nullish() });

class DockerodeRuntime implements Runtime {
  readonly engine: Engine;
  readonly #client: EngineClient;
  #security: Promise<readonly string[]> | null = null;

  constructor(engine: Engine, client: EngineClient) {
    this.engine = engine;
    this.#client = client;
  }

  async listNodes(lab?: string): Promise<readonly NodeContainer[]> {
    const list = await this.#client.json(containerList, {
      method: 'GET',
      path: '/containers/json',
      query: { all: true, filters: { label: [LABEL.node, labFilter(lab)] } },
      what: 'the list of nodes',
    });
    return list.map(nodeContainer);
  }

  async listUnderlays(lab?: string): Promise<readonly UnderlayNetwork[]> {
    const query = { filters: { label: [labFilter(lab)] } };
    const what = 'the list of underlay networks';
    const list = await this.#client.json(networkList, { method: 'GET', path: '/networks', query, what });
    return list.map(underlayNetwork);
  }

  async usedSubnets(): Promise<readonly string[]> {
    const what = 'the list of networks';
    return (await this.#client.json(networkList, { method: 'GET', path: '/networks', what })).flatMap(subnetsOf);
  }

  async createUnderlay(lab: string, subnet: string, version: string): Promise<UnderlayNetwork> {
    const body = underlayBody(lab, subnet, version, this.engine.name === 'Podman');
    const what = `the underlay network of ${lab}`;
    const { Id } = await this.#client.json(identified, { method: 'POST', path: '/networks/create', body, what });
    return { id: Id, name: underlayName(lab), lab, subnet };
  }

  async removeUnderlay(id: string): Promise<void> {
    await absentIsFine(
      this.#client.send({ method: 'DELETE', path: `/networks/${id}`, what: 'the removal of an underlay' }),
    );
  }

  async createNode(spec: NodeSpec): Promise<NodeContainer> {
    const body = createBody(spec, await this.#securityOptions());
    const name = containerName(spec.lab, spec.node);
    const { lab, node, version, image, address } = spec;
    const id = await this.#createContainer(name, node, body).catch(async (error: unknown) => {
      // Lab "a-b", node "c" and lab "a", node "b-c" want the same name: the second one gets a longer one.
      const taken = error instanceof EngineRequestError && error.status === 409;
      if (!taken || (await this.listNodes(lab)).some((other) => other.node === node)) throw error;
      return this.#createContainer(`${name}-${randomUUID().slice(0, 8)}`, node, body);
    });
    return { id, lab, node, version, state: 'created', image, address, created: Math.floor(Date.now() / 1000) };
  }

  async #createContainer(name: string, node: string, body: unknown): Promise<string> {
    const what = `the creation of node ${node}`;
    const request = { method: 'POST', path: '/containers/create', query: { name }, body, what } as const;
    return (await this.#client.json(identified, request)).Id;
  }

  /** Asked once an engine: it does not change while it runs. */
  #securityOptions(): Promise<readonly string[]> {
    const request = { method: 'GET', path: '/info', what: "the question for the engine's security options" } as const;
    this.#security ??= this.#client.json(engineInfo, request).then(
      ({ SecurityOptions }) => SecurityOptions ?? [],
      (error: unknown) => {
        this.#security = null;
        throw error;
      },
    );
    return this.#security;
  }

  async start(id: string): Promise<void> {
    await this.#order(id, 'start');
  }

  async stop(id: string, graceSeconds: number): Promise<void> {
    await this.#order(id, 'stop', { t: graceSeconds });
  }

  async kill(id: string): Promise<void> {
    await this.#order(id, 'kill', { signal: 'SIGKILL' }).catch((error: unknown) => {
      // It does not run: then it is as dead as was asked for.
      if (!(error instanceof EngineRequestError) || error.status !== 409) throw error;
    });
  }

  async pause(id: string): Promise<void> {
    await this.#order(id, 'pause');
  }

  async unpause(id: string): Promise<void> {
    await this.#order(id, 'unpause');
  }

  async #order(id: string, order: string, query: Record<string, unknown> = {}): Promise<void> {
    const what = `the ${order} of a node`;
    await this.#client.send({ method: 'POST', path: `/containers/${id}/${order}`, query, what });
  }

  async remove(id: string): Promise<void> {
    const request = { method: 'DELETE', path: `/containers/${id}`, query: { force: true, v: true } } as const;
    await absentIsFine(this.#client.send({ ...request, what: 'the removal of a node' })).catch(
      async (error: unknown) => {
        if (!(error instanceof EngineRequestError) || error.status !== 409) throw error;
        // Somebody else is removing it: wait until they are done, since a network cannot go before its containers.
        await absentIsFine(this.#order(id, 'wait', { condition: 'removed' }));
      },
    );
  }

  exec(id: string, options: ExecOptions): Promise<ExecSession> {
    return startExec(this.#client, id, options);
  }

  events(signal: AbortSignal): AsyncIterable<EngineEvent> {
    return engineEvents(this.#client, this.engine.local ? Date.now() / 1000 : null, signal);
  }

  imageInfo(tag: string): Promise<ImageInfo | null> {
    return images.imageInfo(this.#client, tag);
  }

  tag(image: string, tag: string): Promise<void> {
    return images.tagImage(this.#client, image, tag);
  }

  pull(reference: string, onProgress: ProgressListener, signal?: AbortSignal): Promise<void> {
    return images.pullImage(this.#client, reference, onProgress, signal);
  }

  importImage(rootfs: Readable, tag: string, signal?: AbortSignal): Promise<void> {
    return images.importImage(this.#client, rootfs, tag, signal);
  }

  build(context: Readable, tag: string, onProgress: ProgressListener, options?: BuildOptions): Promise<void> {
    return images.buildImage(this.#client, context, tag, onProgress, options);
  }

  saveImage(tag: string, signal?: AbortSignal): Promise<Readable> {
    return images.saveImage(this.#client, tag, signal);
  }

  loadImage(tar: Readable, onProgress: ProgressListener, signal?: AbortSignal): Promise<readonly string[]> {
    return images.loadImage(this.#client, tar, onProgress, signal);
  }

  removeImage(tag: string): Promise<void> {
    return images.removeImage(this.#client, tag);
  }

  close(): void {
    this.#client.close();
  }
}

function labFilter(lab: string | undefined): string {
  return lab === undefined ? LABEL.lab : `${LABEL.lab}=${lab}`;
}

async function absentIsFine(request: Promise<void>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof EngineRequestError) || error.status !== 404) throw error;
  }
}
