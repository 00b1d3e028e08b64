/** The scenario of a lab file: names that have to exist, defaults, and the order of its faults. */
import { tryParseAddress } from '../addresses.js';
import { mistakesOfFault } from '../lab-file/fault-mistakes.js';
import type { Fix } from '../lab-file/fix.js';
import type { Path } from '../lab-file/problems.js';
import { present } from '../lab-file/present.js';
import type { FaultFile, ProbeFile } from '../lab-file/schema-scenario.js';
import { limitSeconds } from '../lab-file/schema-scenario.js';
import type { Sections } from '../lab-file/sections.js';
import { OUTSIDE } from '../names.js';
import type { Expectation, FaultWord, Scenario, ScenarioFault, ScenarioProbe } from '../scenario.js';
import type { BuildContext } from './context.js';

const INTERVAL = 20;

/** Null where the file declares none. */
export function buildScenario({ scenario: entry, expect }: Sections, build: BuildContext): Scenario | null {
  const file = entry?.file ?? null;
  const limits = Object.entries(expect?.file?.failover ?? {}) as [FaultWord, string | undefined][];
  const expectations = limits.flatMap(([fault, text]): Expectation[] => {
    const below = text === undefined ? null : limitSeconds(text);
    return below === null ? [] : [{ fault, below }];
  });
  if (file === null && expectations.length === 0) return null;
  const faults = present(file?.faults).map(([index, fault]) => buildFault(fault, ['scenario', 'faults', index], build));
  checkLimits(
    limits.map(([fault]) => fault),
    new Set(faults.map(({ fault }) => fault)),
    build,
  );
  return {
    title: file?.title ?? null,
    story: file?.story ?? null,
    probes: present(file?.probes).map(([index, probe]) => buildProbe(probe, ['scenario', 'probes', index], build)),
    faults: [...faults].sort((one, other) => one.at - other.at),
    watch: file?.watch ?? null,
    expectations,
  };
}

/** A limit that nothing is held against would be met for ever. */
function checkLimits(limits: readonly FaultWord[], struck: ReadonlySet<FaultWord>, build: BuildContext): void {
  for (const fault of limits) {
    const path = ['expect', 'failover', fault];
    const [lacking] = mistakesOfFault({ fault }).filter(({ key }) => key === null);
    if (struck.size > 0 && !struck.has(fault)) {
      build.problems.error({
        path,
        place: 'key',
        code: 'InvalidInput',
        message: `The scenario has no fault \`${fault}\`.`,
        remedy: `It has ${[...struck].map((word) => `\`${word}\``).join(', ')}.`,
        fixes: [{ change: 'remove', path }],
      });
    } else if (struck.size === 0 && lacking) {
      build.problems.error({
        path,
        place: 'key',
        code: 'InvalidInput',
        message: lacking.message,
        remedy: 'Write it as a fault of the `scenario`, with what it needs.',
      });
    }
  }
}

function buildProbe(file: ProbeFile, path: Path, build: BuildContext): ScenarioProbe {
  const { kind = 'ping', from, to = null, interval = INTERVAL, size } = file;
  if (from !== OUTSIDE) build.instances.resolve(from, [...path, 'from'], build.problems);
  if (kind === 'dhcp' ? from === OUTSIDE : to === null) {
    build.problems.error({
      path,
      code: 'InvalidInput',
      message: kind === 'dhcp' ? 'The outside has no lease to renew.' : 'A probe goes somewhere.',
      remedy: kind === 'dhcp' ? 'Name an instance.' : 'Add `to: …`.',
    });
  }
  if (to !== null && to !== OUTSIDE && tryParseAddress(to) === null && !isRouter(to, [...path, 'to'], build))
    build.instances.resolve(to, [...path, 'to'], build.problems);
  if (size !== undefined && kind !== 'ping') {
    const place = [...path, 'size'];
    build.problems.error({
      path: place,
      place: 'key',
      code: 'InvalidInput',
      message: `A probe by \`${kind}\` has no \`size\`.`,
      remedy: 'Only a `ping` has one: how long the others’ packets are is up to their protocol.',
      fixes: [{ change: 'remove', path: place }],
    });
  }
  return { kind, from, to, interval, ...(size === undefined ? {} : { size }) };
}

function isRouter(name: string, path: Path, build: BuildContext): boolean {
  if (!build.routers.has(name)) return false;
  build.routers.resolve(name, path, build.problems);
  return true;
}

function buildFault(file: FaultFile, path: Path, build: BuildContext): ScenarioFault {
  const { fault, at = 0, heal = null, on = null, replica = 'MASTER', ...more } = file;
  // A node, else a router: a name that is neither is told as a router's would be.
  if (on !== null) {
    const target = build.nodes.has(on) || on === OUTSIDE ? 'nodes' : 'routers';
    if (on !== OUTSIDE) build[target].resolve(on, [...path, 'on'], build.problems);
  }
  for (const [index, node] of present(more.from).filter(([, one]) => one !== OUTSIDE))
    build.nodes.resolve(node, [...path, 'from', index], build.problems);
  if (more.router !== undefined) build.routers.resolve(more.router, [...path, 'router'], build.problems);
  if (more.network !== undefined) build.networks.resolve(more.network, [...path, 'network'], build.problems);
  for (const { key, idle = false, message, remedy } of mistakesOfFault(file)) {
    const place = key === null ? path : [...path, key];
    const fixes: readonly Fix[] = idle ? [{ change: 'remove', path: place }] : [];
    build.problems.error({ path: place, place: idle ? 'key' : 'value', code: 'InvalidInput', message, remedy, fixes });
  }
  return { fault, at, heal, on, replica, more };
}
