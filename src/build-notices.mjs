// What others wrote and the bundles contain: their licences ask to be told wherever their code goes.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {string} root
 * @param {readonly (import('esbuild').Metafile | undefined)[]} bundles
 * @param {string} file Where the text goes, below root.
 */
export function writeNotices(root, bundles, file) {
  const inputs = bundles.flatMap((bundle) => Object.keys(bundle?.inputs ?? {}));
  const folders = inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  const notices = [...new Set(folders)].sort().map((folder) => notice(join(root, folder)));
  writeFileSync(join(root, file), `This extension contains these packages.\n\n${notices.join('\n\n')}\n`);
}

/** @param {string} folder Of a package. */
function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const text = file !== undefined ? readFileSync(join(folder, file), 'utf8') : '';
  return `${'-'.repeat(72)}\n${name} ${version} (${license ?? 'see its text'})\n\n${text.trim()}`;
}
