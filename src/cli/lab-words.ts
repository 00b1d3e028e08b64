/** Which router a word on the command line means. Pure. */
import { NoSuchTarget } from '../lab/lab-errors.js';
import type { Lab, Router } from '../model/resources.js';
import { UsageError } from './errors.js';

/** @throws NoSuchTarget, UsageError */
export function findRouter(lab: Lab, word: string): Router {
  const router = routerCalled(lab, word);
  if (router) return router;
  throw new NoSuchTarget(
    'router',
    word,
    lab.routers.map(({ name }) => name),
  );
}

/** Null where no router has that name or id. @throws UsageError where several have it */
export function routerCalled(lab: Lab, word: string): Router | null {
  const things = lab.routers.filter(({ name, id }) => name === word || id === word);
  if (things.length > 1) {
    throw new UsageError(
      `"${word}" is the name of more than one router.`,
      `Write the id: ${things.map(({ id }) => id).join(' or ')}.`,
    );
  }
  return things[0] ?? null;
}

/** The HA router that is meant where none is named: the only one among `candidates`. @throws UsageError */
export function onlyHaRouter(candidates: readonly Router[], where: string): Router {
  const routers = candidates.filter(({ ha }) => ha);
  const [only] = routers;
  if (only === undefined) throw new UsageError(`There is no HA router ${where}.`, 'A router with `ha: true` has VRRP.');
  if (routers.length > 1) {
    const names = routers.map(({ name }) => name).join(', ');
    throw new UsageError(
      `There are ${String(routers.length)} HA routers ${where}: ${names}.`,
      'Say which one is meant.',
    );
  }
  return only;
}
