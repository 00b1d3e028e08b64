/** Every fault that a scenario may name, as a subcommand of `neutron-lab fail`: the compiler demands each. */
import type { FaultWord } from '../../model/scenario.js';
import * as links from './of-links.js';
import * as nodes from './of-nodes.js';
import * as routers from './of-routers.js';
import type { FailOptions, FaultCommand } from './spot.js';

/** Hands a subcommand over with the options that it has. */
type Take = <O extends FailOptions>(fault: FaultCommand<O>) => void;

const entry =
  <O extends FailOptions>(fault: FaultCommand<O>) =>
  (take: Take): void => {
    take(fault);
  };

/** In the order of `neutron-lab fail --help`. */
const FAULTS: Readonly<Record<FaultWord, (take: Take) => void>> = {
  node: entry(nodes.node),
  stop: entry(nodes.stop),
  restart: entry(nodes.restart),
  freeze: entry(nodes.freeze),
  agent: entry(nodes.agent),
  keepalived: entry(routers.keepalived),
  config: entry(routers.config),
  conntrack: entry(routers.conntrack),
  dhcp: entry(routers.dhcp),
  link: entry(links.link),
  underlay: entry(links.underlay),
  partition: entry(links.partition),
  impair: entry(links.impair),
  mtu: entry(links.mtu),
};

export function eachFault(take: Take): void {
  for (const hand of Object.values(FAULTS)) hand(take);
}
