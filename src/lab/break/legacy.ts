/** What is broken of an HA router and not there of a legacy one. Pure. */
import { LabError } from '../../model/errors.js';
import type { Lab } from '../../model/resources.js';
import type { Fault } from './fault.js';

interface Lack {
  readonly router: string | null;
  readonly what: string;
  readonly remedy: string;
}

/** @throws LabError `NoSuchTarget` where the fault needs an HA router and the router is none */
export function refuseLegacy(fault: Fault, lab: Lab): void {
  const lack = lackOf(fault);
  const router = lab.routers.find(({ id }) => id === lack?.router);
  if (lack === null || router === undefined || router.ha) return;
  throw new LabError(
    'NoSuchTarget',
    `Router "${router.name}" is a legacy router: it has no ${lack.what}.`,
    lack.remedy,
  );
}

function lackOf(fault: Fault): Lack | null {
  switch (fault.kind) {
    case 'keepalived':
    case 'config':
      return {
        router: fault.router,
        what: 'keepalived',
        remedy: 'Declare it with `ha: true`, or break its node or one of its interfaces.',
      };
    case 'link':
    case 'mtu':
      return fault.device === 'ha'
        ? { router: fault.router, what: 'ha- interface', remedy: 'Name another device: qr, qg or underlay.' }
        : null;
    case 'partition':
      return {
        router: fault.router,
        what: 'advertisements that could be lost',
        remedy: 'Name its node instead: then all of the traffic between the nodes is lost.',
      };
    default:
      return null;
  }
}
