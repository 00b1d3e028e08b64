/** What the lab needs of a container engine. Everything behind it speaks the Docker Engine API only. */
import type { Readable, Writable } from 'node:stream';

/** Labels by which everything of ours is found again; what lacks them is never touched. */
export const LABEL = {
  lab: 'org.neutron-lab.lab',
  node: 'org.neutron-lab.node',
  version: 'org.neutron-lab.version',
} as const;

/** How the engine was found, for people: `DOCKER_HOST`, `docker context "desktop-linux"`, … */
export interface Engine {
  readonly foundBy: 'setting' | 'DOCKER_HOST' | 'context' | 'default';
  /** One sentence part: `the docker context "desktop-linux"`. */
  readonly found: string;
  readonly endpoint: string;
  readonly name: string;
  readonly version: string;
  readonly apiVersion: string;
  /** True where the engine runs on this very machine, so that its routes can be read here. */
  readonly local: boolean;
}

export type ContainerState = 'created' | 'running' | 'paused' | 'exited' | 'restarting' | 'removing' | 'dead';

export interface NodeContainer {
  readonly id: string;
  readonly lab: string;
  readonly node: string;
  readonly version: string;
  readonly state: ContainerState;
  readonly image: string;
  /** On the lab's underlay; null while it is not connected. */
  readonly address: string | null;
  /** Unix time, seconds. */
  readonly created: number;
}

export interface UnderlayNetwork {
  readonly id: string;
  readonly name: string;
  readonly lab: string;
  readonly subnet: string;
}

export interface NodeSpec {
  readonly lab: string;
  readonly node: string;
  readonly version: string;
  readonly image: string;
  readonly underlay: string;
  readonly address: string;
}

/** A command that runs in a container. Streams end when it does. */
export interface ExecSession {
  /** Ending it ends the command's standard input. */
  readonly stdin: Writable;
  /** Both outputs are to be read, or told to flow with `resume()`: a reader that is behind holds up the command. */
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves with the exit code; rejects with EngineGoneError when the connection breaks, CancelledError after `close`. */
  readonly exit: Promise<number>;
  resize(columns: number, rows: number): Promise<void>;
  /** Cuts the connection: the command's input ends; the command itself may go on. */
  close(): void;
}

export interface ExecOptions {
  readonly argv: readonly string[];
  readonly tty?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export interface EngineEvent {
  readonly type: 'start' | 'die' | 'pause' | 'unpause' | 'destroy' | 'create' | 'kill';
  readonly lab: string;
  readonly node: string;
  readonly id: string;
  /** Unix time, seconds with fractions. */
  readonly time: number;
}

export interface ImageInfo {
  readonly id: string;
  readonly tag: string;
  /** Bytes, unpacked. */
  readonly size: number;
}

/** `stage`: what is being done now, in our words. `output`: a line of the program that does it. */
export type ProgressKind = 'stage' | 'output';

/** Gets a line for people now and then; output where no kind is told. */
export type ProgressListener = (line: string, kind?: ProgressKind) => void;

export interface BuildOptions {
  readonly args?: Readonly<Record<string, string>>;
  /** `host`, or the engine's own choice. */
  readonly network?: 'host';
  readonly signal?: AbortSignal;
}

export interface Runtime {
  readonly engine: Engine;
  listNodes(lab?: string): Promise<readonly NodeContainer[]>;
  /** The oldest first. */
  listUnderlays(lab?: string): Promise<readonly UnderlayNetwork[]>;
  /** Subnets of every network that the engine has, ours or not. */
  usedSubnets(): Promise<readonly string[]>;
  createUnderlay(lab: string, subnet: string, version: string): Promise<UnderlayNetwork>;
  removeUnderlay(id: string): Promise<void>;
  createNode(spec: NodeSpec): Promise<NodeContainer>;
  start(id: string): Promise<void>;
  /** SIGTERM, and SIGKILL after `graceSeconds`. */
  stop(id: string, graceSeconds: number): Promise<void>;
  kill(id: string): Promise<void>;
  pause(id: string): Promise<void>;
  unpause(id: string): Promise<void>;
  /** By force, with its volumes. */
  remove(id: string): Promise<void>;
  exec(id: string, options: ExecOptions): Promise<ExecSession>;
  /** The text of a file of a node that may be down; null where there is none. */
  readFile(id: string, path: string): Promise<string | null>;
  /** Events of our own containers until the signal aborts. */
  events(signal: AbortSignal): AsyncIterable<EngineEvent>;
  imageInfo(tag: string): Promise<ImageInfo | null>;
  tag(image: string, tag: string): Promise<void>;
  pull(reference: string, onProgress: ProgressListener, signal?: AbortSignal): Promise<void>;
  importImage(rootfs: Readable, tag: string, signal?: AbortSignal): Promise<void>;
  build(context: Readable, tag: string, onProgress: ProgressListener, options?: BuildOptions): Promise<void>;
  /** A tar as `docker save` makes it. */
  saveImage(tag: string, signal?: AbortSignal): Promise<Readable>;
  /** Every tag that was in the tar. */
  loadImage(tar: Readable, onProgress: ProgressListener, signal?: AbortSignal): Promise<readonly string[]>;
  /** Takes the tag away, and the image where it has no other and nothing uses it. */
  removeImage(tag: string): Promise<void>;
  close(): void;
}
