/** The command log of a node as a script that one can read, fold and copy from: reasons as comments. Pure. */
import * as l10n from '@vscode/l10n';
import { type CommandRecord, recordLine } from '../../lab/command-log.js';

/** Commands stand in from their reason, so that an editor folds them below it. */
const INDENT = '    ';

export function commandLogText(records: readonly CommandRecord[], title: string): string {
  const lines = [`# ${title}`];
  if (records.length === 0) lines.push('', `# ${l10n.t('No command was run yet.')}`);
  let heading = '';
  for (const record of records) {
    const { resource, why, time, code } = record;
    const next = JSON.stringify([resource.kind, resource.id, why, Math.floor(time)]);
    const of = resource.name === '' ? resource.id : resource.name;
    if (next !== heading) lines.push('', oneLine(`# ${clock(time)} ${resource.kind} ${of}: ${why}`));
    heading = next;
    const failed = code === 0 ? '' : `  # ${l10n.t('failed with code {0}', code)}`;
    lines.push(`${INDENT}${oneLine(recordLine(record))}${failed}`);
  }
  return `${lines.join('\n')}\n`;
}

/** What a file or a name brings along does not begin a line of its own, nor move the cursor. */
function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  return text.replace(/[\u0000-\u001f\u007f]/g, (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** @param seconds Unix time */
export function clock(seconds: number, fraction = 0): string {
  const date = new Date(seconds * 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const rest = fraction === 0 ? '' : `.${String(date.getMilliseconds()).padStart(3, '0')}`;
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}${rest}`;
}
