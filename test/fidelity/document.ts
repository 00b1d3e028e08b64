/** The part of `docs/fidelity.md` that is measured. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const DOCUMENT = fileURLToPath(new URL('../../docs/fidelity.md', import.meta.url));
const BEGIN = '<!-- measured: `npm run fidelity` writes what follows -->';
const END = '<!-- end of what is measured -->';

function cut(text: string): readonly [before: string, measured: string, after: string] {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${DOCUMENT} has not the two comments between which the table stands`);
  return [text.slice(0, begin + BEGIN.length), text.slice(begin + BEGIN.length, end), text.slice(end)];
}

async function withReport(text: string, report: string): Promise<string> {
  const [before, , after] = cut(text);
  const options = (await resolveConfig(DOCUMENT)) ?? {};
  return await format(`${before}\n\n${report}\n\n${after}`, { ...options, filepath: DOCUMENT });
}

export async function writeReport(report: string): Promise<void> {
  await writeFile(DOCUMENT, await withReport(await readFile(DOCUMENT, 'utf8'), report));
}

/** The measured part as it stands, and as this report would make it. */
export async function measuredParts(report: string): Promise<{ readonly written: string; readonly now: string }> {
  const text = await readFile(DOCUMENT, 'utf8');
  return { written: cut(text)[1], now: cut(await withReport(text, report))[1] };
}
