/** What kind of machine this is, as far as the way to an engine depends on it. */
import { readFile } from 'node:fs/promises';

export interface OperatingSystem {
  readonly platform: NodeJS.Platform;
  /** Debian and what is made from it: apt-get installs docker.io. */
  readonly debian: boolean;
  /** Of the release, where it says so: `bookworm`. */
  readonly codename: string | null;
  /** `debian`, `ubuntu`, `fedora`, … */
  readonly id: string | null;
}

/** @param osRelease The text of /etc/os-release (os-release(5)), null where there is none. Pure. */
export function parseOperatingSystem(platform: NodeJS.Platform, osRelease: string | null): OperatingSystem {
  const value = (key: string): string | null => {
    const line = new RegExp(`^${key}=["']?([^"'\\n]*)["']?$`, 'm').exec(osRelease ?? '');
    return line?.[1] ?? null;
  };
  const id = value('ID');
  const family = [id, ...(value('ID_LIKE')?.split(' ') ?? [])];
  return {
    platform,
    id,
    codename: value('VERSION_CODENAME'),
    debian: platform === 'linux' && family.some((name) => name === 'debian' || name === 'ubuntu'),
  };
}

export async function thisOperatingSystem(): Promise<OperatingSystem> {
  const osRelease = await readFile('/etc/os-release', 'utf8').catch(() => null);
  return parseOperatingSystem(process.platform, osRelease);
}

/** What a person does on this system to get an engine that answers. A sentence. */
export function engineRemedy(system: OperatingSystem): string {
  if (system.platform === 'darwin' || system.platform === 'win32') {
    return 'Install Docker Desktop (https://docs.docker.com/desktop/) and start it.';
  }
  if (system.debian) {
    return 'Run "sudo apt-get install --no-install-recommends docker.io iptables", or start the engine that is there with "sudo service docker start".';
  }
  return 'Install Docker Engine (https://docs.docker.com/engine/install/) or Podman, and start it ("sudo systemctl start docker", or "systemctl --user start podman.socket").';
}
