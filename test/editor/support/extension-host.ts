/** The process in which the extensions of a window run, and its sudden end. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { until } from './until.js';

function extensionHosts(server: number): number[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  return rows.flatMap((row) => {
    const [, pid, parent, args = ''] = /^ *(\d+) +(\d+) (.*)$/.exec(row) ?? [];
    return Number(parent) === server && args.includes('--type=extensionHost') ? [Number(pid)] : [];
  });
}

/** As a crash: nothing in it is told. @returns when there is another one */
export async function killExtensionHost(server: number): Promise<void> {
  const [host] = extensionHosts(server);
  assert.ok(host !== undefined, 'no extension host');
  process.kill(host, 'SIGKILL');
  await until('another extension host', () => Promise.resolve(extensionHosts(server).some((pid) => pid !== host)));
}
