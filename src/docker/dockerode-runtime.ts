/** The container engine, spoken to by dockerode, behind the Runtime interface. */
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { z } from 'zod';
import { readContainerFile } from './container-file.js';
import { ask, order } from './engine-answers.js';
import type { EngineOptions } from './engine-candidates.js';
import { type EngineConnection, openDocker } from './engine-connection.js';
import { EngineRequestError, SubnetTakenError } from './engine-errors.js';
import { engineEvents } from './engine-events.js';
import * as images from './engine-images.js';
import { startExec } from './exec.js';
import { findEngine } from './find-engine.js';
import { containerList, containerName, createOptions, nodeContainer } from './node-container.js';
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
import {
  byAge,
  networkList,
  saysSubnetTaken,
  subnetsOf,
  underlayOptions,
  underlayName,
  underlayNetwork,
} from './underlay.js';

/**
 * Finds the engine and opens it. One request; the rest is asked when it is needed.
 *
 * @throws as findEngine
 */
export async function openRuntime(options: EngineOptions = {}): Promise<Runtime> {
  const { engine, connection, speak } = await findEngine(options);
  return new DockerodeRuntime(engine, connection, speak);
}

const identifier = z.string();
const engineInfo = z.object({ SecurityOptions: z.array(z.string()).nullish() });

class DockerodeRuntime implements Runtime {
  readonly engine: Engine;
  readonly #docker: Docker;
  readonly #agent: EngineConnection['agent'];
  #security: Promise<readonly string[]> | null = null;

  constructor(engine: Engine, connection: EngineConnection, apiVersion: string) {
    this.engine = engine;
    this.#docker = openDocker(connection, apiVersion);
    this.#agent = connection.agent;
  }

  async listNodes(lab?: string): Promise<readonly NodeContainer[]> {
    const options = { all: true, filters: { label: [LABEL.node, labFilter(lab)] } };
    const call = { what: 'the list of nodes' };
    return (await ask(containerList, call, () => this.#docker.listContainers(options))).map(nodeContainer);
  }

  async listUnderlays(lab?: string): Promise<readonly UnderlayNetwork[]> {
    const options = { filters: { label: [labFilter(lab)] } };
    const call = { what: 'the list of underlay networks' };
    return byAge(await ask(networkList, call, () => this.#docker.listNetworks(options))).map(underlayNetwork);
  }

  async usedSubnets(): Promise<readonly string[]> {
    const call = { what: 'the list of networks' };
    return (await ask(networkList, call, () => this.#docker.listNetworks())).flatMap(subnetsOf);
  }

  async createUnderlay(lab: string, subnet: string, version: string): Promise<UnderlayNetwork> {
    const options = underlayOptions(lab, subnet, version, this.engine.name === 'Podman');
    const call = { what: `the underlay network of ${lab}` };
    const create = async (): Promise<string> => (await this.#docker.createNetwork(options)).id;
    const id = await ask(identifier, call, create).catch((error: unknown) => {
      throw error instanceof EngineRequestError && saysSubnetTaken(error.said)
        ? new SubnetTakenError(subnet, error.said)
        : error;
    });
    return { id, name: underlayName(lab), lab, subnet };
  }

  async removeUnderlay(id: string): Promise<void> {
    const call = { what: 'the removal of an underlay' };
    await absentIsFine(order(call, () => this.#docker.getNetwork(id).remove()));
  }

  async createNode(spec: NodeSpec): Promise<NodeContainer> {
    const options = createOptions(spec, await this.#securityOptions());
    const name = containerName(spec.lab, spec.node);
    const { lab, node, version, image, address } = spec;
    const id = await this.#createContainer(node, { name, ...options }).catch(async (error: unknown) => {
      // Lab "a-b", node "c" and lab "a", node "b-c" want the same name: the second one gets a longer one.
      const taken = error instanceof EngineRequestError && error.status === 409;
      if (!taken || (await this.listNodes(lab)).some((other) => other.node === node)) throw error;
      return this.#createContainer(node, { name: `${name}-${randomUUID().slice(0, 8)}`, ...options });
    });
    return { id, lab, node, version, state: 'created', image, address, created: Math.floor(Date.now() / 1000) };
  }

  #createContainer(node: string, options: Docker.ContainerCreateOptions): Promise<string> {
    const call = { what: `the creation of node ${node}` };
    return ask(identifier, call, async () => (await this.#docker.createContainer(options)).id);
  }

  /** Asked once an engine: it does not change while it runs. */
  #securityOptions(): Promise<readonly string[]> {
    const call = { what: "the question for the engine's security options" };
    this.#security ??= ask(engineInfo, call, () => this.#docker.info()).then(
      ({ SecurityOptions }) => SecurityOptions ?? [],
      (error: unknown) => {
        this.#security = null;
        throw error;
      },
    );
    return this.#security;
  }

  async start(id: string): Promise<void> {
    await order({ what: 'the start of a node' }, () => this.#docker.getContainer(id).start());
  }

  async stop(id: string, graceSeconds: number): Promise<void> {
    await order({ what: 'the stop of a node' }, () => this.#docker.getContainer(id).stop({ t: graceSeconds }));
  }

  async kill(id: string): Promise<void> {
    const call = { what: 'the kill of a node' };
    await order(call, () => this.#docker.getContainer(id).kill({ signal: 'SIGKILL' })).catch((error: unknown) => {
      // It does not run: then it is as dead as was asked for.
      if (!(error instanceof EngineRequestError) || error.status !== 409) throw error;
    });
  }

  async pause(id: string): Promise<void> {
    const pause = async (): Promise<void> => {
      await order({ what: 'the pause of a node' }, () => this.#docker.getContainer(id).pause());
    };
    // On a busy machine runc gives up before all processes of the container are frozen, and thaws them again.
    await pause().catch(async (error: unknown) => {
      if (!(error instanceof EngineRequestError) || !error.said.includes('unable to freeze')) throw error;
      await pause();
    });
  }

  async unpause(id: string): Promise<void> {
    await order({ what: 'the unpause of a node' }, () => this.#docker.getContainer(id).unpause());
  }

  async remove(id: string): Promise<void> {
    const call = { what: 'the removal of a node' };
    const container = this.#docker.getContainer(id);
    await absentIsFine(order(call, () => container.remove({ force: true, v: true }))).catch(async (error: unknown) => {
      if (!(error instanceof EngineRequestError) || error.status !== 409) throw error;
      // Somebody else is removing it: wait until they are done, since a network cannot go before its containers.
      await absentIsFine(order(call, () => container.wait({ condition: 'removed' })));
    });
  }

  exec(id: string, options: ExecOptions): Promise<ExecSession> {
    return startExec(this.#docker, id, options);
  }

  readFile(id: string, path: string): Promise<string | null> {
    return readContainerFile(this.#docker, id, path);
  }

  events(signal: AbortSignal): AsyncIterable<EngineEvent> {
    return engineEvents(this.#docker, this.engine.local ? Date.now() / 1000 : null, signal);
  }

  imageInfo(tag: string): Promise<ImageInfo | null> {
    return images.imageInfo(this.#docker, tag);
  }

  tag(image: string, tag: string): Promise<void> {
    return images.tagImage(this.#docker, image, tag);
  }

  pull(reference: string, onProgress: ProgressListener, signal?: AbortSignal): Promise<void> {
    return images.pullImage(this.#docker, reference, onProgress, signal);
  }

  importImage(rootfs: Readable, tag: string, signal?: AbortSignal): Promise<void> {
    return images.importImage(this.#docker, rootfs, tag, signal);
  }

  build(context: Readable, tag: string, onProgress: ProgressListener, options?: BuildOptions): Promise<void> {
    return images.buildImage(this.#docker, context, tag, onProgress, options);
  }

  saveImage(tag: string, signal?: AbortSignal): Promise<Readable> {
    return images.saveImage(this.#docker, tag, signal);
  }

  loadImage(tar: Readable, onProgress: ProgressListener, signal?: AbortSignal): Promise<readonly string[]> {
    return images.loadImage(this.#docker, tar, onProgress, signal);
  }

  removeImage(tag: string): Promise<void> {
    return images.removeImage(this.#docker, tag);
  }

  close(): void {
    this.#agent.destroy();
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
