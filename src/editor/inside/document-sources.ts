/** What a document of a running lab holds, and what tells that it may hold something else by now. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { concerns, readCommandLog } from '../../lab/command-log.js';
import { leashed } from '../../lab/node/leash.js';
import type { Shown } from '../../lab/show.js';
import { look } from '../../lab/show/look.js';
import type { LiveLab } from '../../lab/live-lab.js';
import type { Subject } from '../../lab/subject.js';
import { systemLogOf } from '../../lab/system-log.js';
import type { Services } from '../services.js';
import { commandLogText } from './command-log-text.js';
import { type DocumentAddress, partName } from './document-address.js';
import { runningContainer } from './inside-access.js';

const FILES = {
  commands: '/var/log/neutron-lab/commands.jsonl',
  syslog: '/var/log/syslog',
  'l3-agent': '/var/log/neutron/neutron-l3-agent.log',
} as const;

/** Bytes of a log that are shown: the last ones. */
const MOST = String(1 << 20);

/** @throws NodeUnreachable where the node says nothing of itself */
export function lookAt(live: LiveLab, subject: Subject, node: string): Shown {
  return look(live.lab, subject, node, live.seen, live.desired);
}

/** @throws LabError and the engine's errors */
export async function readDocument(services: Services, of: DocumentAddress): Promise<string> {
  switch (of.what) {
    case 'part':
      return await services.labs.withLive(of.lab, (live) => Promise.resolve(partText(live, of)));
    case 'commands':
      return await readCommands(services, of);
    case 'log':
      return await readLog(services, of);
  }
}

function partText(live: LiveLab, of: Extract<DocumentAddress, { what: 'part' }>): string {
  const { parts, hidden } = lookAt(live, of.subject, of.node);
  // A comparison that was open before.
  if (hidden && of.side === 'should')
    return `# ${l10n.t('A fault is hidden here: until it is found, nothing says what should be.')}\n`;
  const part = parts.find((one) => partName(one) === of.part);
  const lines = of.side === 'is' ? part?.is : part?.should;
  if (lines) return `${lines.join('\n')}\n`;
  return of.side === 'is'
    ? `# ${l10n.t('It is not there.')}\n`
    : `# ${l10n.t('Nothing of this kind should be there.')}\n`;
}

async function readCommands(
  services: Services,
  { lab, node, subject }: Extract<DocumentAddress, { what: 'commands' }>,
): Promise<string> {
  const runtime = await services.engine.runtime();
  const all = await readCommandLog(runtime, (await runningContainer(runtime, lab, node)).id);
  if (subject === null) return commandLogText(all, l10n.t('What was run on {0}, and why', node));
  const known = await services.labs.withLive(lab, (live) => Promise.resolve(live.lab));
  const own = all.filter((record) => concerns(record, subject, known));
  return commandLogText(own, l10n.t('What was run on {0} for {1}, and why', node, subject.name));
}

async function readLog(
  services: Services,
  { lab, node, log, subject }: Extract<DocumentAddress, { what: 'log' }>,
): Promise<string> {
  const whole = await readEnd(services, lab, node, FILES[log]);
  const text =
    subject === null
      ? whole
      : await services.labs.withLive(lab, (live) => Promise.resolve(systemLogOf(whole, subject, node, live.lab)));
  return text === '' ? `# ${l10n.t('Nothing was logged yet.')}\n` : text;
}

async function readEnd(services: Services, lab: string, node: string, path: string): Promise<string> {
  const runtime = await services.engine.runtime();
  const { id } = await runningContainer(runtime, lab, node);
  const session = await runtime.exec(id, { argv: ['tail', '-c', MOST, path] });
  session.stdin.end();
  session.stderr.resume();
  const chunks: Buffer[] = [];
  for await (const chunk of session.stdout) chunks.push(chunk as Buffer);
  await session.exit;
  return Buffer.concat(chunks).toString('utf8');
}

/** Calls `stir` when the document may be otherwise, until what is returned is disposed. */
export function followDocument(services: Services, of: DocumentAddress, stir: () => void): vscode.Disposable {
  const { labs } = services;
  const following = labs.follow(of.lab);
  const changes = labs.onDidChange((key) => {
    if (key === null || labs.get(key)?.name === of.lab) stir();
  });
  const path = of.what === 'part' ? null : of.what === 'commands' ? FILES.commands : FILES[of.log];
  const growing = path === null ? null : followFile(services, of.lab, of.node, path, stir);
  return vscode.Disposable.from(following, changes, ...(growing ? [growing] : []));
}

/** A file of a node that grows: `tail` there tells so for as long as somebody looks. */
function followFile(
  { engine, log }: Services,
  lab: string,
  node: string,
  path: string,
  stir: () => void,
): vscode.Disposable {
  const ending = new AbortController();
  const run = async (): Promise<void> => {
    const runtime = await engine.runtime();
    const { id } = await runningContainer(runtime, lab, node);
    const argv = leashed(['tail', '-n', '0', '-F', path]);
    const session = await runtime.exec(id, { argv, signal: ending.signal });
    session.stderr.resume();
    session.stdout.on('data', stir);
  };
  run().catch((error: unknown) => {
    if (!ending.signal.aborted) log.debug(`${path} on ${node} is not followed: ${String(error)}`);
  });
  return new vscode.Disposable(() => {
    ending.abort();
  });
}
