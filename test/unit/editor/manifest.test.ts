import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { COMMANDS } from '../../../src/editor/manifest/commands.js';
import { CONTEXT_VALUES, contextValue, whenFlag, whenItem } from '../../../src/editor/manifest/context-values.js';
import { MENUS } from '../../../src/editor/manifest/menus.js';
import { contributions, restrictedSettings } from '../../../src/editor/manifest/contributes.js';

const root = new URL('../../../', import.meta.url);
const json = async (file: string): Promise<Record<string, unknown>> =>
  JSON.parse(await readFile(new URL(file, root), 'utf8')) as Record<string, unknown>;

describe('package.json and the tables of the editor', () => {
  it('say the same: commands, menus, views, welcomes and settings (npm run manifest writes them)', async () => {
    const { contributes, nls } = contributions();
    const manifest = await json('package.json');
    assert.deepEqual(manifest.contributes, contributes);
    assert.deepEqual(await json('package.nls.json'), nls);
  });

  it('keep from an untrusted workspace what decides which engine is spoken to', async () => {
    const { capabilities } = (await json('package.json')) as {
      capabilities: { untrustedWorkspaces: { supported: string; restrictedConfigurations: string[] } };
    };
    assert.equal(capabilities.untrustedWorkspaces.supported, 'limited');
    assert.deepEqual(capabilities.untrustedWorkspaces.restrictedConfigurations, restrictedSettings());
    assert.ok(restrictedSettings().includes('neutron-lab.dockerHost'));
  });

  it('name every string of package.json in every language', async () => {
    const english = Object.keys(await json('package.nls.json')).sort();
    const german = Object.keys(await json('package.nls.de.json')).sort();
    assert.deepEqual(german, english);
    const used = new Set(JSON.stringify(await json('package.json')).match(/(?<=%)[\w.-]+(?=%)/g));
    assert.deepEqual([...used].sort(), english);
  });

  it('have each submenu once in a menu: VS Code leaves out the second and complains of the extension', () => {
    for (const [menu, entries] of Object.entries(MENUS)) {
      const submenus = entries.flatMap((entry) => ('submenu' in entry ? [entry.submenu] : []));
      assert.equal(new Set(submenus).size, submenus.length, menu);
    }
  });

  it('have no command with a title that another one has', () => {
    const titles = Object.values(COMMANDS).map(({ title }) => title);
    assert.equal(new Set(titles).size, titles.length, 'two commands look the same in the palette');
  });
});

describe('The context value of a row', () => {
  const matches = (clause: string, value: string): boolean => {
    const [, pattern = ''] = /^viewItem =~ \/(.*)\/$/.exec(clause) ?? [];
    return new RegExp(pattern).test(value);
  };

  it('is matched by the kinds and flags that it has, and by no others', () => {
    const value = contextValue('router', ['running', 'ha']);
    assert.equal(value, 'router;ha;running');
    assert.ok(matches(whenItem('network', 'router'), value));
    assert.ok(!matches(whenItem('route'), value), 'a route is not a router');
    assert.ok(matches(whenFlag('ha'), value) && matches(whenFlag('running'), value));
    assert.ok(!matches(whenFlag('drift'), value));
  });

  it('never has a kind that is a word of two', () => {
    for (const kind of Object.keys(CONTEXT_VALUES)) assert.match(kind, /^[a-z][A-Za-z]*$/);
  });
});
