/** A way to the engine of this machine that can be cut: for whoever goes it, the engine stops and starts. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ENGINE = '/var/run/docker.sock';

export class EngineWay {
  readonly socket: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'neutron-lab-way-'));
  readonly #open = new Set<Socket>();
  #server: Server | null = null;

  private constructor() {
    this.socket = join(this.#folder, 'docker.sock');
  }

  static async open(): Promise<EngineWay> {
    if (!existsSync(ENGINE)) throw new Error(`The engine of this machine is not at ${ENGINE}.`);
    const way = new EngineWay();
    await way.restore();
    return way;
  }

  async restore(): Promise<void> {
    this.#server = createServer((near) => {
      const far = connect(ENGINE);
      for (const one of [near, far]) {
        this.#open.add(one);
        one.on('error', () => undefined).on('close', () => this.#open.delete(one));
      }
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => this.#server?.listen(this.socket, resolve));
  }

  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve));
    for (const one of this.#open) one.destroy();
    await closed;
  }

  async end(): Promise<void> {
    await this.cut();
    rmSync(this.#folder, { recursive: true });
  }
}
