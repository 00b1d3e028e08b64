/** A Debian base image from Debian's own archive, where there is no registry to pull one from. */
import { LabError } from '../model/errors.js';
import { hostAptSettings, hostArchiveLines } from './debian-sources.js';
import { thisOperatingSystem } from './operating-system.js';
import { hasProgram, programOutput, runProgram } from './run-program.js';
import type { ProgressListener, Runtime } from './runtime.js';

/** Debian 12, as the node's Dockerfile wants it. */
export const CODENAME = 'bookworm';

/** A name of our own: this is no official image and does not pretend to be. */
export const MADE_BASE = `neutron-lab/base:${CODENAME}`;

export class NoBootstrapError extends LabError {
  constructor() {
    super(
      'NoDebianBootstrap',
      'A base image cannot be made from the Debian archive: mmdebstrap is missing here.',
      'Run "sudo apt-get install mmdebstrap debian-archive-keyring", or fetch an image with "neutron-lab image load FILE".',
    );
  }
}

/**
 * Makes the base image and gives it the tag MADE_BASE: about 15 s and 120 MB.
 *
 * @throws NoBootstrapError, ProgramFailedError, CancelledError
 */
export async function makeDebianBase(
  runtime: Runtime,
  onProgress: ProgressListener,
  signal?: AbortSignal,
): Promise<void> {
  await provideBootstrap(onProgress, signal);
  const sources = await hostArchiveLines(CODENAME);
  const { proxies, options } = await hostAptSettings();
  onProgress(
    sources.length > 0
      ? "making a Debian base image with mmdebstrap from this machine's own apt sources"
      : 'making a Debian base image with mmdebstrap from the archive of Debian',
    'stage',
  );
  const argv = bootstrapCommand(options, sources.length > 0);
  const stdin = sources.map((line) => `${line}\n`).join('');
  const rootfs = programOutput(argv, { env: proxies, stdin, signal, onProgress });
  // A tar that is cut short would be imported all the same: the program's failure has to fail the request.
  try {
    await Promise.all([finished(rootfs), runtime.importImage(rootfs, MADE_BASE, signal)]);
  } finally {
    rootfs.destroy();
  }
}

/** Pure. What is told with `--dpkgopt` stays in the system, so that packages of the build leave it out too. */
export function bootstrapCommand(aptOptions: readonly string[], ownSources: boolean): readonly string[] {
  const unread = ['man', 'doc', 'locale', 'info'].map((name) => `--dpkgopt=path-exclude=/usr/share/${name}/*`);
  return [
    'mmdebstrap',
    '--variant=minbase',
    '--format=tar',
    ...unread,
    '--dpkgopt=path-include=/usr/share/doc/*/copyright',
    ...aptOptions.map((option) => `--aptopt=${option}`),
    CODENAME,
    '-',
    ...(ownSources ? ['-'] : []),
  ];
}

async function provideBootstrap(onProgress: ProgressListener, signal?: AbortSignal): Promise<void> {
  if (hasProgram('mmdebstrap')) return;
  const system = await thisOperatingSystem();
  if (!system.debian || process.getuid?.() !== 0) throw new NoBootstrapError();
  onProgress('installing mmdebstrap, which makes a Debian system from its archive', 'stage');
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' }, signal, onProgress };
  await runProgram(['apt-get', 'update'], options);
  const packages = ['mmdebstrap', 'debian-archive-keyring'];
  await runProgram(['apt-get', 'install', '-y', '--no-install-recommends', ...packages], options);
}

function finished(stream: NodeJS.ReadableStream): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.on('error', reject);
    stream.on('end', resolve);
  });
}
