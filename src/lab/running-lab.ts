/** A lab on an engine, as its containers tell it: nothing about it is kept elsewhere. */
import { z } from 'zod';
import { EngineRequestError } from '../docker/engine-errors.js';
import type { NodeContainer, Runtime } from '../docker/runtime.js';
import { RELEASES } from '../model/release.js';
import type { Lab } from '../model/resources.js';
import { LabNotRunning, NoSuchNode } from './lab-errors.js';
import { NodeSession, NodeUnreachable } from './node/node-session.js';

/** Every node carries the lab that was applied last, so that whoever reattaches knows it. */
export const LAB_FILE = '/var/lib/neutron-lab/lab.json';

const list = z.array(z.looseObject({ id: z.string() }));
const recordedLab = z.looseObject({
  name: z.string(),
  nodes: z.array(z.looseObject({ name: z.string(), agents: z.array(z.string()) })),
  networks: list,
  subnets: list,
  ports: list,
  routers: list,
  floatingips: list,
  security_groups: list,
  instances: list,
  router_l3_agents: z.record(z.string(), z.array(z.string())),
  network_dhcp_agents: z.record(z.string(), z.array(z.string())),
  ha_vr_ids: z.record(z.string(), z.number()),
  config: z.looseObject({ ha_vrrp_advert_int: z.number(), release: z.enum(RELEASES) }),
});

/** Null for what is no lab of ours: half a file after a crash, or one that somebody edited. */
export function parseRecordedLab(text: string): Lab | null {
  try {
    const value: unknown = JSON.parse(text);
    // What is looked up by name is checked; the rest is as we wrote it, and in our order: written again it is the same.
    return recordedLab.safeParse(value).success ? (value as Lab) : null;
  } catch {
    return null;
  }
}

/** A container that went since it was listed is a node that cannot be reached, and no fault of the engine's. */
async function openSession(runtime: Runtime, container: NodeContainer): Promise<NodeSession> {
  try {
    return await NodeSession.open(runtime, container);
  } catch (error) {
    if (error instanceof EngineRequestError && error.status === 404)
      throw new NodeUnreachable(container.node, 'its container is gone');
    if (error instanceof EngineRequestError && error.status === 409)
      throw new NodeUnreachable(container.node, 'its container does not run');
    throw error;
  }
}

export class RunningLab implements Disposable {
  private readonly sessions = new Map<string, Promise<NodeSession>>();

  constructor(
    readonly runtime: Runtime,
    readonly name: string,
    private list: readonly NodeContainer[],
  ) {}

  /** @throws LabNotRunning when the engine has no container of this lab */
  static async attach(runtime: Runtime, name: string): Promise<RunningLab> {
    const containers = await runtime.listNodes(name);
    if (containers.length === 0) throw new LabNotRunning(name);
    return new RunningLab(runtime, name, containers);
  }

  get containers(): readonly NodeContainer[] {
    return this.list;
  }

  container(node: string): NodeContainer {
    const found = this.list.find((container) => container.node === node);
    if (!found) throw new NoSuchNode(this.name, node, this.list.map((container) => container.node).sort());
    return found;
  }

  /** Takes in a container that was just made or started. */
  adopt(container: NodeContainer): void {
    this.list = [...this.list.filter(({ node }) => node !== container.node), container];
  }

  /** Leaves out a container that was just removed, and ends the session with it. */
  drop(node: string): void {
    this.list = this.list.filter((container) => container.node !== node);
    this.forget(node);
  }

  /** Asks the engine again. Sessions with containers that are gone or were made anew are closed. */
  async refresh(): Promise<void> {
    const before = new Map(this.list.map((container) => [container.node, container]));
    this.list = await this.runtime.listNodes(this.name);
    const now = new Map(this.list.map((container) => [container.node, container]));
    for (const [node, container] of before) {
      if (now.get(node)?.id !== container.id) this.forget(node);
    }
  }

  /** One session a node, opened when it is first asked for and shared from then on. */
  async session(node: string): Promise<NodeSession> {
    const container = this.container(node);
    const open = this.sessions.get(node);
    // A session with a node that is frozen is open, and answers nothing.
    if (open && container.state !== 'paused') {
      const session = await open;
      if (!session.closed) return session;
    }
    if (container.state !== 'running') throw new NodeUnreachable(node, `its container is ${container.state}`);
    const opening = openSession(this.runtime, container);
    this.sessions.set(node, opening);
    opening.catch(() => this.sessions.delete(node));
    return await opening;
  }

  /** Ends the session with a node, if there is one. */
  forget(node: string): void {
    void this.sessions.get(node)?.then(
      (session) => {
        session.close();
      },
      () => undefined,
    );
    this.sessions.delete(node);
  }

  /** The lab that was applied last, from the first node that can tell it; null where none can. */
  async recorded(): Promise<Lab | null> {
    for (const container of this.list) {
      if (container.state !== 'running') continue;
      try {
        const session = await this.session(container.node);
        const { code, stdout } = await session.run('', ['cat', LAB_FILE]);
        const lab = code === 0 ? parseRecordedLab(stdout) : null;
        if (lab) return lab;
      } catch (error) {
        if (!(error instanceof NodeUnreachable)) throw error;
      }
    }
    return null;
  }

  /** The same from a node that is down, whose files the engine still has. */
  async recordedBeforeItWentDown(): Promise<Lab | null> {
    for (const { id, state } of this.list) {
      if (state === 'running') continue;
      const lab = parseRecordedLab((await this.runtime.readFile(id, LAB_FILE)) ?? '');
      if (lab) return lab;
    }
    return null;
  }

  close(): void {
    for (const node of [...this.sessions.keys()]) this.forget(node);
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
