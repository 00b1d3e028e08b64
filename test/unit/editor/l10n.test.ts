import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getL10nJson } from '@vscode/l10n-dev';

const editor = fileURLToPath(new URL('../../../src/editor', import.meta.url));
const page = fileURLToPath(new URL('../../../webview', import.meta.url));
const teaching = fileURLToPath(new URL('../../../src/model/teaching', import.meta.url));
const picture = fileURLToPath(new URL('../../../src/picture', import.meta.url));

async function sourcesIn(folder: string): Promise<{ extension: '.ts' | '.tsx'; contents: string }[]> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => /\.tsx?$/.test(file));
  return await Promise.all(
    files.map(async (file) => ({
      extension: file.endsWith('x') ? ('.tsx' as const) : ('.ts' as const),
      contents: await readFile(join(folder, file), 'utf8'),
    })),
  );
}

/** Every text that the code of the editor and of its page gives to `l10n.t`, as the library for it finds them. */
async function spoken(): Promise<Set<string>> {
  const folders = await Promise.all([editor, page, picture, teaching].map(sourcesIn));
  const sources = folders.flat();
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

  it('has a space before the dots that stand for what is asked next, everywhere', async () => {
    const files = [
      join(editor, 'l10n/bundle.l10n.de.json'),
      fileURLToPath(new URL('../../../package.nls.de.json', import.meta.url)),
    ];
    for (const file of files) {
      const german = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
      assert.deepEqual(
        Object.values(german).filter((text) => /[^ ]…$/.test(text)),
        [],
      );
    }
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
