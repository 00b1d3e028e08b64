/** Looks at the lab and says whether conditions hold, and why one does not. */
import { setTimeout as delay } from 'node:timers/promises';
import { targetArgv } from '../../lab/exec-target.js';
import { Interrupted } from '../../lab/lab-errors.js';
import { NodeUnreachable } from '../../lab/node/node-session.js';
import { readNodes, statusOf } from '../../lab/status.js';
import { LabError } from '../../model/errors.js';
import type { Lab } from '../../model/resources.js';
import type { Condition, MastersCondition, PingCondition, ResourceCondition, RunCondition } from '../format/lesson.js';
import { fits, resourceCalled } from './attributes.js';
import { addressOf, isDestination } from './destination.js';
import { type LabInUse, placeOf } from './place.js';
import type { CheckResult, Verdict } from './verdict.js';

/** Milliseconds between two looks at what has to come true within a time. */
const AGAIN = 150;
/** Milliseconds that a command of a condition may take. */
const PATIENCE = 10_000;
/** Characters of a command and of an answer that are told. */
const SHOWN = 200;

/**
 * All at once. What has a time to come true is waited for only while nothing else is missing.
 * @throws Interrupted, and what is no fault of the learner's: an engine that is gone
 */
export async function checkConditions(
  lab: LabInUse,
  conditions: readonly Condition[],
  signal?: AbortSignal,
): Promise<CheckResult> {
  const began = performance.now();
  for (;;) {
    const verdicts = await Promise.all(conditions.map(async (condition) => await verdictOn(lab, condition)));
    const missing = verdicts.filter(({ holds }) => !holds);
    const passed = (performance.now() - began) / 1000;
    if (missing.length === 0 || missing.some(({ condition }) => condition.within <= passed))
      return { passed: missing.length === 0, verdicts };
    if (signal?.aborted === true) throw new Interrupted();
    await delay(AGAIN);
  }
}

async function verdictOn(lab: LabInUse, condition: Condition): Promise<Verdict> {
  try {
    const why = await lookAt(lab, condition);
    // The lesson's own sentence is about what was seen, and not about what could not be looked at.
    return { condition, holds: why === null, why: why === null ? null : (condition.why ?? why) };
  } catch (error) {
    // A place that is not there, or a node that is down: that is what the learner has to know.
    if (error instanceof NodeUnreachable) return { condition, holds: false, why: `${error.message} ${error.remedy}` };
    if (error instanceof LabError && /^(NoSuch|Ambiguous)/.test(error.code))
      return { condition, holds: false, why: error.message, ...unseenFrom(lab, condition) };
    throw error;
  }
}

function unseenFrom({ lab }: LabInUse, condition: Condition): Pick<Verdict, 'unseen'> {
  if (condition.kind === 'run') return { unseen: condition.on };
  if (condition.kind !== 'ping') return {};
  const { from, to } = condition;
  return { unseen: isDestination(lab, to) ? from : to };
}

/** Null where it holds, else a sentence that says why not. */
async function lookAt(lab: LabInUse, condition: Condition): Promise<string | null> {
  switch (condition.kind) {
    case 'run':
      return await runOf(lab, condition);
    case 'ping':
      return await pingOf(lab, condition);
    case 'resource':
      return resourceOf(lab.lab, condition);
    case 'masters':
      return await mastersOf(lab, condition);
  }
}

async function execute(lab: LabInUse, on: string, argv: readonly string[]) {
  const target = await placeOf(lab, on);
  const session = await lab.running.session(target.node);
  // In the shoes of the place, as a cell is run, and not only in its network namespace.
  return await session.run('', targetArgv(target, argv), { timeoutMs: PATIENCE });
}

async function runOf(lab: LabInUse, { on, argv, exit, prints, printsNot }: RunCondition): Promise<string | null> {
  const { code, stdout, stderr } = await execute(lab, on, argv);
  const command = `\`${shortened(argv.join(' '))}\` on ${on}`;
  const said = answer(stdout + stderr);
  if (code === 124 && exit !== 124) return `${command} did not end within ${String(PATIENCE / 1000)} s.`;
  if (code !== exit) return `${command} ended with ${String(code)} instead of ${String(exit)}; it said ${said}.`;
  if (prints && !prints.test(stdout)) return `${command} does not say ${told(prints)}; it says ${said}.`;
  if (printsNot?.test(stdout) === true) return `${command} still says ${told(printsNot)}.`;
  return null;
}

function told(expression: RegExp): string {
  return `/${expression.source}/`;
}

function answer(text: string): string {
  const short = shortened(text);
  return short === '' ? 'nothing' : `“${short}”`;
}

/** On one line. */
function shortened(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}

/** Two, of which one is answered, or not, in less than half a second (ping of iputils). */
const PING = ['ping', '-n', '-c', '2', '-i', '0.1', '-W', '0.3'];

async function pingOf(lab: LabInUse, { from, to, answers }: PingCondition): Promise<string | null> {
  const address = addressOf(lab.lab, from, to);
  const { code, stdout, stderr } = await execute(lab, from, [...PING, address]);
  const name = address === to ? to : `${to} (${address})`;
  if ((code === 0) === answers) return null;
  if (!answers) return `${name} answers ${from}'s ping, and should not.`;
  // Who refuses a packet says so by ICMP.
  const [, who, what] = /^From (\S+) .*?((?:Destination|Time|Packet|Redirect)\b.*)$/m.exec(stdout) ?? [];
  const refused = who === undefined || what === undefined ? '' : `: ${who} says “${what}”`;
  return code === 1
    ? `${name} does not answer ${from}'s ping${refused}.`
    : `${from} cannot ping ${name}: ${answer(stderr)}.`;
}

function resourceOf(lab: Lab, { resource, name, exists, has }: ResourceCondition): string | null {
  const kind = resource === 'floating_ip' ? 'floating IP' : resource.replace('_', ' ');
  const found = resourceCalled(lab, resource, name);
  if (found === null) return exists ? `The lab has no ${kind} "${name}".` : null;
  if (!exists) return `The lab still has the ${kind} "${name}".`;
  const wrong = Object.entries(has).find(([attribute, asked]) => !fits(lab, found[attribute], asked));
  if (!wrong) return null;
  const [attribute, asked] = wrong;
  return `\`${attribute}\` of the ${kind} "${name}" is ${JSON.stringify(found[attribute] ?? null)}, not ${JSON.stringify(asked)}.`;
}

async function mastersOf({ lab, running }: LabInUse, condition: MastersCondition): Promise<string | null> {
  const { router: name, count, node } = condition;
  const router = lab.routers.find((one) => one.name === name || one.id === name);
  if (!router) return `The lab has no router "${name}".`;
  const hosts = lab.router_l3_agents[router.id] ?? [];
  const status = statusOf(lab, await readNodes(running, hosts));
  const masters = status.routers.find(({ id }) => id === router.id)?.active_on ?? [];
  const where = masters.length === 0 ? 'no MASTER' : `its MASTER on ${masters.join(' and ')}`;
  if (masters.length !== count) return `Router "${name}" has ${where}; there should be ${String(count)}.`;
  if (node !== null && !masters.includes(node)) return `Router "${name}" has ${where}, not on ${node}.`;
  return null;
}
