/** `npm run manifest`: writes what the tables say into package.json and package.nls.json. */
import { readFile, writeFile } from 'node:fs/promises';
import { contributions, restrictedSettings } from './contributes.js';

const root = new URL('../../../', import.meta.url);
const { contributes, nls } = contributions();
const file = new URL('package.json', root);
const manifest = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
const untrustedWorkspaces = {
  ...(manifest.capabilities as { untrustedWorkspaces: object }).untrustedWorkspaces,
  restrictedConfigurations: restrictedSettings(),
};
const written = {
  ...manifest,
  capabilities: { ...(manifest.capabilities as object), untrustedWorkspaces },
  contributes,
};
await writeFile(file, `${JSON.stringify(written, null, 2)}\n`);
await writeFile(new URL('package.nls.json', root), `${JSON.stringify(nls, null, 2)}\n`);
