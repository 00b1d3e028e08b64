/** What it takes to get an engine on this machine: commands as data, each with its reason. Pure. */
import { LabError } from '../model/errors.js';
import { type OperatingSystem, engineRemedy } from './operating-system.js';

export interface InstallationStep {
  readonly argv: readonly string[];
  readonly why: string;
  /** Runs on in a session of its own, with its output in this file; the next thing is to wait for its socket. */
  readonly log?: string;
}

export interface EngineInstallation {
  /** One after the other; all have to succeed. */
  readonly install: readonly InstallationStep[];
  /** One after the other until the engine answers. */
  readonly start: readonly InstallationStep[];
}

/** What the installation depends on. */
export interface MachineFacts {
  readonly system: OperatingSystem;
  readonly root: boolean;
  /** The program dockerd is there. */
  readonly dockerd: boolean;
  /** iptables is there, without which dockerd does not start. */
  readonly iptables: boolean;
  /** PID 1 is systemd. */
  readonly systemd: boolean;
  /** /etc/init.d/docker is there. */
  readonly initScript: boolean;
}

export const DOCKERD_LOG = '/var/log/neutron-lab-dockerd.log';

const UPDATE = ['apt-get', 'update'];
const INSTALL = ['apt-get', 'install', '-y', '--no-install-recommends'];

export class EngineInstallationError extends LabError {
  constructor(problem: string, remedy: string) {
    super('EngineNotInstalled', `No container engine answers, and ${problem}.`, remedy);
  }
}

/** @throws EngineInstallationError where we may not, or do not know how. */
export function engineInstallation(facts: MachineFacts): EngineInstallation {
  const { system, root, dockerd, iptables, systemd, initScript } = facts;
  if (!system.debian) {
    throw new EngineInstallationError('one is installed by itself on Debian and Ubuntu only', engineRemedy(system));
  }
  const packages = [...(dockerd ? [] : ['docker.io']), ...(iptables ? [] : ['iptables'])];
  const install = packages.length === 0 ? [] : installSteps(packages);
  const start = startSteps(systemd, initScript || !dockerd);
  if (!root) {
    const commands = [...install, ...start.slice(0, 1)].map(({ argv }) => `sudo ${argv.join(' ')}`).join(' && ');
    throw new EngineInstallationError(
      'only root can install or start one',
      `Run "${commands}", or this command as root.`,
    );
  }
  return { install, start };
}

function installSteps(packages: readonly string[]): readonly InstallationStep[] {
  const what = packages.includes('docker.io')
    ? "Debian's Docker Engine; it needs iptables to start"
    : 'without iptables the engine does not start';
  return [
    { argv: UPDATE, why: 'to know which packages there are' },
    { argv: [...INSTALL, ...packages], why: what },
  ];
}

/** @param initScript It is there, or comes with the package. */
function startSteps(systemd: boolean, initScript: boolean): readonly InstallationStep[] {
  if (systemd) return [{ argv: ['systemctl', 'start', 'docker'], why: 'systemd runs the services of this machine' }];
  const service = { argv: ['service', 'docker', 'start'], why: 'this machine has no systemd, but init scripts' };
  const direct = {
    argv: ['dockerd'],
    why: `no service manager starts it here, so it runs in a session of its own, with its output in ${DOCKERD_LOG}`,
    log: DOCKERD_LOG,
  };
  return initScript ? [service, direct] : [direct];
}
