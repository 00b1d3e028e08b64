/** Every setting of the extension. Pure. */

export interface SettingEntry {
  readonly type: 'string' | 'boolean' | 'number';
  readonly default: string | boolean | number;
  readonly description: string;
  readonly scope: 'machine' | 'machine-overridable' | 'window' | 'resource';
  /** An untrusted workspace cannot set it. */
  readonly restricted?: boolean;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

export const SETTINGS = {
  'neutron-lab.dockerHost': {
    type: 'string',
    default: '',
    scope: 'machine-overridable',
    restricted: true,
    description:
      'The container engine, for example `unix:///run/user/1000/podman/podman.sock` or `ssh://me@server`. Empty: what `DOCKER_HOST`, the Docker context or the default socket names.',
  },
  'neutron-lab.failover.runs': {
    type: 'number',
    default: 1,
    minimum: 1,
    maximum: 100,
    scope: 'window',
    description: 'How many runs *Measure Failover* proposes.',
  },
  'neutron-lab.failover.probeInterval': {
    type: 'number',
    default: 20,
    minimum: 5,
    maximum: 1000,
    scope: 'window',
    description: 'Milliseconds between two probes while a failover is measured.',
  },
  'neutron-lab.lessons.collect': {
    type: 'string',
    default: '',
    scope: 'machine-overridable',
    restricted: true,
    description:
      'A folder, or an `http` or `https` address, where your progress in lessons is left for your trainer. Empty: it stays on this machine.',
  },
  'neutron-lab.lessons.learner': {
    type: 'string',
    default: '',
    scope: 'machine-overridable',
    description: 'Your name as your trainer sees it beside your progress in lessons. Empty: the name of your account.',
  },
  'neutron-lab.wireshark': {
    type: 'string',
    default: '',
    scope: 'machine-overridable',
    restricted: true,
    description: 'The program of Wireshark. Empty: the one on the PATH, or in its usual place.',
  },
} as const satisfies Record<`neutron-lab.${string}`, SettingEntry>;

export const SETTING_COLLECT = 'neutron-lab.lessons.collect' satisfies keyof typeof SETTINGS;
export const SETTING_LEARNER = 'neutron-lab.lessons.learner' satisfies keyof typeof SETTINGS;
export const SETTING_WIRESHARK = 'neutron-lab.wireshark' satisfies keyof typeof SETTINGS;
export const SETTING_DOCKER_HOST = 'neutron-lab.dockerHost' satisfies keyof typeof SETTINGS;
export const SETTING_FAILOVER_RUNS = 'neutron-lab.failover.runs' satisfies keyof typeof SETTINGS;
export const SETTING_PROBE_INTERVAL = 'neutron-lab.failover.probeInterval' satisfies keyof typeof SETTINGS;
