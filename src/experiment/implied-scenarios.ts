/** What is run for a lab file: its scenario, or where it has only limits, the fault of each limit. Pure. */
import type { FaultWord, Scenario } from '../model/scenario.js';

const TITLES: Readonly<Partial<Record<FaultWord, string>>> = {
  node: 'The node of the MASTER loses its power',
  stop: 'The node of the MASTER is shut down in order',
  restart: 'The node of the MASTER is restarted',
  freeze: 'The node of the MASTER freezes',
  keepalived: 'keepalived of the MASTER is killed',
  link: 'The HA interface of the MASTER goes down',
  underlay: 'The cable of the MASTER’s node is pulled',
  partition: 'Split brain: the advertisements of the MASTER are lost',
};

const NOTHING: Scenario = { title: null, story: null, probes: [], faults: [], watch: null, expectations: [] };

export function impliedScenarios(declared: Scenario | null): Scenario[] {
  const scenario = declared ?? NOTHING;
  if (scenario.faults.length > 0) return [scenario];
  const words: readonly FaultWord[] =
    scenario.expectations.length > 0 ? scenario.expectations.map(({ fault }) => fault) : ['node'];
  return words.map((fault) => ({
    ...scenario,
    title: scenario.title ?? TITLES[fault] ?? fault,
    faults: [{ fault, at: 0, heal: null, on: null, replica: 'MASTER', more: {} }],
  }));
}
