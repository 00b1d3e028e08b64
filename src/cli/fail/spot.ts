/** What is broken where: what a person's words mean for `neutron-lab fail`. */
import type { Command } from 'commander';
import type { Fault } from '../../lab/break/fault.js';
import { readNodes } from '../../lab/status.js';
import type { Lab, Router } from '../../model/resources.js';
import { type LabAccess, knownLab } from '../lab-access.js';
import { findRouter, onlyHaRouter, routerCalled } from '../lab-words.js';
import type { JsonChoice, LabChoice } from '../options.js';
import { activeNode } from '../../lab/place.js';

export interface FailOptions extends LabChoice, JsonChoice {
  readonly router?: string;
}

/** What was broken, in a sentence, and the fault itself. */
export interface Breakage {
  readonly fault: Fault;
  readonly what: string;
}

/** Where it is broken: what the person's word for the place means. */
export interface Spot {
  readonly access: LabAccess;
  readonly lab: Lab;
  readonly node: string;
  /** The router that stood in the node's place: its MASTER's node is meant. */
  readonly inPlace: Router | null;
}

/** One of the subcommands. */
export interface FaultCommand<O extends FailOptions = FailOptions> {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly options?: (command: Command) => Command;
  readonly examples: readonly (readonly [line: string, what: string])[];
  readonly choose: (spot: Spot, options: O) => Breakage;
}

/** A node by its name, or by the name of the router whose MASTER it has. @throws NoSuchNode, UsageError */
export async function findSpot(access: LabAccess, word: string): Promise<Spot> {
  const lab = knownLab(access);
  const { running } = access;
  if (running.containers.some(({ node }) => node === word)) return { access, lab, node: word, inPlace: null };
  const inPlace = routerCalled(lab, word);
  const active = inPlace && (await activeNode(lab, inPlace, async () => await readNodes(running)));
  // Where it is neither, this says which nodes there are.
  return { access, lab, node: active ?? running.container(word).node, inPlace };
}

/** The router that is named, by -r or in the node's place; else the only HA router of the node. */
export function routerOf(spot: Spot, named: string | undefined): Router {
  if (named !== undefined) return findRouter(spot.lab, named);
  return spot.inPlace ?? onlyHaRouter(hostedOn(spot), `on node "${spot.node}"`);
}

/** As `routerOf`, for what a legacy router has as well: it is meant where it is the only router of the node. */
export function anyRouterOf(spot: Spot, named: string | undefined): Router {
  const [only, another] = hostedOn(spot);
  return named === undefined && only && !another ? only : routerOf(spot, named);
}

function hostedOn({ lab, node }: Spot): Router[] {
  return lab.routers.filter(({ id }) => (lab.router_l3_agents[id] ?? []).includes(node));
}
