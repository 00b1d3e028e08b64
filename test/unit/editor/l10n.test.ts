import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getL10nJson } from '@vscode/l10n-dev';

const editor = fileURLToPath(new URL('../../../src/editor', import.meta.url));

/** Every text that the editor's code gives to `l10n.t`, as the library for it finds them. */
async function spoken(): Promise<Set<string>> {
  const files = (await readdir(editor, { recursive: true })).filter((file) => file.endsWith('.ts'));
  const sources = await Promise.all(
    files.map(async (file) => ({ extension: '.ts' as const, contents: await readFile(join(editor, file), 'utf8') })),
  );
  return new Set(Object.keys(await getL10nJson(sources)));
}

describe('What the editor says in German', () => {
  it('is all that it says in English, and nothing else', async function () {
    // The library parses every file.
    this.timeout(120_000);
    const german = JSON.parse(await readFile(join(editor, 'l10n/bundle.l10n.de.json'), 'utf8')) as Record<
      string,
      string
    >;
    const english = await spoken();
    assert.deepEqual(
      [...english].filter((text) => !(text in german)),
      [],
      'not translated',
    );
    assert.deepEqual(
      Object.keys(german).filter((text) => !english.has(text)),
      [],
      'said no more',
    );
  });

  it('has the same places for what is filled in', async () => {
    const german = JSON.parse(await readFile(join(editor, 'l10n/bundle.l10n.de.json'), 'utf8')) as Record<
      string,
      string
    >;
    const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const [english, text] of Object.entries(german)) assert.deepEqual(places(text), places(english), english);
  });
});
