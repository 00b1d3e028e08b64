import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBundled } from '../../../src/bootstrap/install.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = join(root, 'dist', 'webview');

describe('The page of the picture', function () {
  // It is built where it is not.
  this.timeout(60_000);

  it('is 1.5 MB at most, all of it, and has layout and consoles apart, which are read when they are needed', async () => {
    await ensureBundled(root);
    const sizeOf = (name: string): number => statSync(join(folder, name)).size;
    const own = readdirSync(folder).filter((name) => !name.startsWith('lesson'));
    for (const late of ['layout.js', 'consoles.js']) assert.ok(own.includes(late), own.join(' '));
    const all = own.reduce((sum, name) => sum + sizeOf(name), 0);
    assert.ok(all <= 1.5e6, `${all} bytes`);
  });
});
