/** What exports are looked at with: labs of files, and the words that a real shell hands to the openstack client. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readLabFile } from '../../src/model/lab-file/read.js';
import type { Lab } from '../../src/model/resources.js';

export function labOfFile(file: string): Lab {
  return labOfText(readFileSync(file, 'utf8'), file);
}

export function labOfText(text: string, file: string): Lab {
  const { lab, problems } = readLabFile(text, { file });
  assert.ok(lab, JSON.stringify(problems));
  return lab;
}

/** A client that writes its words down, one NUL-ended word after the other, and answers an id where one is asked for. */
const CLIENT = `
openstack() {
  printf '%s\\0' "$@" >&3
  printf '\\1\\0' >&3
  case " $* " in *' -f value '*) echo "id-of-$(printf '%s' "$*" | od -An -v -tx1 | tr -d ' \\n')";; esac
}
xargs() { cat > /dev/null; }
export IMAGE=cirros FLAVOR=m1.tiny
`;

/** What that client answers. */
export function idAnsweredTo(call: readonly string[]): string {
  return `id-of-${Buffer.from(call.join(' ')).toString('hex')}`;
}

/** Runs a script in an empty environment and gives the words of every call, in order. @param folder Where it runs. */
export function callsOf(script: string, folder: string): readonly (readonly string[])[] {
  const run = spawnSync('bash', ['-c', `${CLIENT}${script}`], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '' },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  assert.equal(run.status, 0, String(run.stderr));
  const words = String(run.output[3] ?? '').split('\0');
  const calls: string[][] = [[]];
  for (const word of words.slice(0, -1)) {
    if (word === '\u0001') calls.push([]);
    else calls.at(-1)?.push(word);
  }
  return calls.slice(0, -1);
}

/** The values of an option, in order. */
export function valuesOf(call: readonly string[], option: string): string[] {
  return call.flatMap((word, index) => (word === option ? [call[index + 1] ?? ''] : []));
}
