/** Wireshark beside the editor, fed with packets as they come. */
import { type ChildProcess, spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Readable } from 'node:stream';
import * as l10n from '@vscode/l10n';
import { LabError } from '../../model/errors.js';

class WiresharkMissing extends LabError {
  constructor(sought: string) {
    super(
      'WiresharkMissing',
      l10n.t('Wireshark was not found: {0}.', sought),
      l10n.t('Install it where the extension runs, set neutron-lab.wireshark, or capture to a file and open that.'),
    );
  }
}

/** Where its installers put it, beside the PATH. */
const USUAL: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['/Applications/Wireshark.app/Contents/MacOS/Wireshark'],
  win32: ['C:\\Program Files\\Wireshark\\Wireshark.exe'],
};

/** @throws WiresharkMissing */
export async function findWireshark(setting: string): Promise<string> {
  const name = process.platform === 'win32' ? 'wireshark.exe' : 'wireshark';
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name));
  const candidates = setting === '' ? [...onPath, ...(USUAL[process.platform] ?? [])] : [setting];
  for (const candidate of candidates) {
    try {
      await access(candidate);
      return candidate;
    } catch {
      // Not there: the next one.
    }
  }
  throw new WiresharkMissing(setting === '' ? l10n.t('neither on the PATH nor in its usual places') : setting);
}

/** Starts it; the packets are read until it is closed. */
export function openWireshark(program: string, packets: Readable): ChildProcess {
  const child = spawn(program, ['-k', '-i', '-'], { stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin.on('error', () => undefined);
  packets.pipe(child.stdin);
  return child;
}
