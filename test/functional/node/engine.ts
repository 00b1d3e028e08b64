/** The plain `docker` command line: what these tests need of an engine, so that they test the image alone. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);

const IMAGE_FOLDER = fileURLToPath(new URL('../../../containers/node/', import.meta.url));
const BASES = ['neutron-lab/base:bookworm', 'debian:bookworm-slim'];

/** What `docker create` is told so that a node has what it needs and nothing more. */
const PRIVILEGES = [
  ...['--cap-drop', 'ALL', '--security-opt', 'no-new-privileges', '--tmpfs', '/run:exec', '--tmpfs', '/tmp'],
  ...[
    'NET_ADMIN',
    'NET_RAW',
    'SYS_ADMIN',
    'NET_BIND_SERVICE',
    'SETUID',
    'SETGID',
    'KILL',
    'DAC_OVERRIDE',
    'CHOWN',
  ].flatMap((capability) => ['--cap-add', capability]),
];

export async function docker(...args: readonly string[]): Promise<string> {
  const { stdout } = await execute('docker', [...args], { maxBuffer: 64 << 20 });
  return stdout.trim();
}

/** The tag of an image that is there: NEUTRON_LAB_IMAGE, or one that is built from this tree. */
export async function image(): Promise<string> {
  const given = process.env.NEUTRON_LAB_IMAGE;
  if (given !== undefined && given !== '') return given;
  const tag = 'neutron-lab/node:dev';
  let base = BASES[1]!;
  for (const candidate of BASES.toReversed()) {
    if (
      await docker('image', 'inspect', candidate).then(
        () => true,
        () => false,
      )
    )
      base = candidate;
  }
  await docker('build', '-q', '--build-arg', `BASE=${base}`, '-t', tag, IMAGE_FOLDER);
  return tag;
}

export interface TestNode {
  readonly id: string;
  readonly name: string;
  readonly address: string;
}

/** Containers and the network of one test file; `remove` ends exactly these. */
export class TestNodes {
  private readonly containers: string[] = [];
  private constructor(
    private readonly tag: string,
    private readonly network: string,
    private readonly prefix: string,
  ) {}

  static async create(): Promise<TestNodes> {
    const tag = await image();
    const name = `nlt-${randomBytes(4).toString('hex')}`;
    for (let third = 0; third < 256; third++) {
      const prefix = `10.213.${third}`;
      const options = ['--internal', '-o', 'com.docker.network.bridge.inhibit_ipv4=true', '--subnet', `${prefix}.0/24`];
      try {
        return new TestNodes(tag, await docker('network', 'create', ...options, name), prefix);
      } catch (error) {
        if (!String(error).includes('overlap')) throw error;
      }
    }
    throw new Error('no free subnet below 10.213.0.0/16');
  }

  async start(name: string): Promise<TestNode> {
    const address = `${this.prefix}.${10 + this.containers.length}`;
    const place = ['--hostname', name, '--network', this.network, '--ip', address];
    const id = await docker('create', ...PRIVILEGES, ...place, this.tag);
    this.containers.push(id);
    await docker('start', id);
    return { id, name, address };
  }

  async remove(): Promise<void> {
    if (this.containers.length > 0) await docker('rm', '-f', '-v', ...this.containers);
    await docker('network', 'rm', this.network);
  }
}
