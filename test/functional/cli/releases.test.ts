import assert from 'node:assert/strict';
import { appendFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LabCopy, program } from './program.js';

interface Status {
  readonly routers: readonly { readonly name: string; readonly active_on: readonly string[] }[];
}

for (const [release, state, keepalived] of [
  ['pike', 'master', /ha_confs\/[0-9a-f-]+\.pid -r /],
  ['2026.1', 'primary', /\.pid\.keepalived -r /],
] as const) {
  describe(`labs/ha-router in ${release}`, function () {
    this.timeout(150_000);
    let copy: LabCopy;
    const ask = (command: string, ...words: readonly string[]) => program(command, '--lab', copy.lab, ...words);

    before(async () => {
      copy = await LabCopy.of('ha-router', `cli-${release.replace('.', '-')}`);
      const [file] = (await readdir(copy.folder)).filter((name) => name.endsWith('.yaml'));
      await appendFile(join(copy.folder, file ?? ''), `  release: ${release}\n`);
      const { code, out, err } = await program('up', copy.folder);
      assert.equal(code, 0, out + err);
    });
    after(async () => {
      await copy.remove();
    });

    it('comes up as it should be, and stays', async () => {
      assert.match((await program('plan', copy.folder)).out, /nothing to change/);
      // The L3 agent of some releases waits for one advertisement before it follows a replica that became primary.
      const deadline = Date.now() + 20_000;
      let shown = await ask('show', 'edge', '--diff');
      while (shown.code !== 0 && Date.now() < deadline) shown = await ask('show', 'edge', '--diff');
      assert.equal(shown.code, 0, shown.out + shown.err);
    });

    it(`calls the active replica ${state}, and an instance reaches the outside`, async () => {
      const status = JSON.parse((await program('status', copy.lab, '--json')).out) as Status;
      const [node = ''] = status.routers[0]?.active_on ?? [];
      const files = await ask(
        'exec',
        node,
        '--',
        'sh',
        '-c',
        'cat /var/lib/neutron/ha_confs/*/state; pgrep -af keepalived',
      );
      assert.match(files.out, new RegExp(`^${state}`));
      assert.match(files.out, keepalived);
      const ping = await ask('exec', 'web1', '--', 'ping', '-c', '1', '-W', '3', '203.0.113.1');
      assert.equal(ping.code, 0, ping.out + ping.err);
    });
  });
}
