/** Which agents host what: the least loaded first, as Neutron's schedulers choose (neutron/scheduler). */

export interface Job {
  readonly id: string;
  /** Hosts that the file gives, null when it leaves the choice open. */
  readonly given: readonly string[] | null;
  /** Hosts in the running lab. */
  readonly held: readonly string[];
  /** How many hosts are wanted; fewer when there are not so many. */
  readonly count: number;
}

/**
 * Hosts of each job, in the order of `agents`. What is given or held is kept and counts as load from the start, so
 * that a job that comes new moves no other one.
 */
export function schedule(jobs: readonly Job[], agents: readonly string[]): Map<string, readonly string[]> {
  const order = new Map(agents.map((agent, index) => [agent, index]));
  const loads = new Map(agents.map((agent) => [agent, 0]));
  const hosts = new Map<string, Set<string>>();
  const place = (chosen: Set<string>, agent: string): void => {
    chosen.add(agent);
    loads.set(agent, (loads.get(agent) ?? 0) + 1);
  };
  for (const job of jobs) {
    const chosen = new Set<string>();
    for (const agent of job.given ?? job.held) if (order.has(agent) && !chosen.has(agent)) place(chosen, agent);
    hosts.set(job.id, chosen);
  }
  for (const job of jobs) {
    const chosen = hosts.get(job.id) ?? new Set();
    if (job.given !== null || chosen.size >= job.count) continue;
    const free = agents.filter((agent) => !chosen.has(agent));
    free.sort((a, b) => (loads.get(a) ?? 0) - (loads.get(b) ?? 0) || (order.get(a) ?? 0) - (order.get(b) ?? 0));
    for (const agent of free.slice(0, job.count - chosen.size)) place(chosen, agent);
  }
  return new Map([...hosts].map(([id, chosen]) => [id, agents.filter((agent) => chosen.has(agent))]));
}
