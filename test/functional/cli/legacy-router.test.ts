import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabStatus } from '../../../src/lab/status.js';
import { LabCopy, program, start } from './program.js';

describe('neutron-lab on labs/legacy-router', function () {
  this.timeout(120_000);
  let copy: LabCopy;
  before(async () => {
    copy = await LabCopy.of('legacy-router', 'cli-legacy');
    const { code, out, err } = await program('up', copy.folder);
    assert.equal(code, 0, out + err);
    assert.match(out, /is configured: \d+ changes, .*\n[^]*is ready after/);
  });
  after(async () => {
    await copy.remove();
  });

  it('finds nothing to do when it is asked again', async () => {
    const plan = await program('plan', copy.folder, '--json');
    assert.deepEqual(JSON.parse(plan.out), { lab: copy.lab, empty: true, engine: [], steps: [] });
    const { out } = await program('up', copy.folder, '--json');
    assert.equal((JSON.parse(out) as { changed: number }).changed, 0);
  });

  it('tells its state', async () => {
    const { out } = await program('status', copy.lab, '--json');
    const status = JSON.parse(out) as LabStatus;
    assert.ok(status.nodes.every(({ state }) => state === 'running'));
    assert.ok(status.instances.every(({ ready }) => ready));
    const text = await program('status', '--lab', copy.lab);
    assert.match(text.out, /edge · legacy\n +network1 .*192\.168\.10\.1\/24/);
    assert.match((await program('status', copy.lab, '--topology')).out, /●───●───●──── edge/);
  });

  it('is in the list', async () => {
    const labs = JSON.parse((await program('list', '--json')).out) as { lab: string }[];
    assert.ok(labs.some(({ lab }) => lab === copy.lab));
  });

  it('runs commands on nodes, in namespaces and on instances', async () => {
    const on = (...words: readonly string[]) => program('exec', '--lab', copy.lab, ...words);
    assert.match((await on('network1', '--', 'ip', 'netns')).out, /^qrouter-/m);
    assert.equal((await on('web1', '--', 'hostname')).out, 'web1\n');
    assert.match((await on('-n', 'edge', '--', 'ip', '-br', 'address')).out, /^qr-/m);
    assert.match((await on('network1', '-n', 'web', '--', 'ip', '-br', 'address')).out, /^ns-/m);
    const ping = await on('web1', '--', 'ping', '-c', '1', '-W', '2', '203.0.113.1');
    assert.equal(ping.code, 0, ping.out);
    const page = await on('web1', '--', 'wget', '-qO-', '-T', '20', 'http://198.51.100.80/');
    assert.deepEqual([page.code, page.out], [0, 'the outside\n'], page.err);
    const quoted = await on('web1', '--', 'echo', '$(reboot)', '; reboot', "'");
    assert.equal(quoted.out, "$(reboot) ; reboot '\n");
    assert.equal((await on('compute1', '--', 'sh', '-c', 'exit 7')).code, 7);
    assert.equal((await start(['exec', '--lab', copy.lab, '-i', 'db1', '--', 'cat'], 'hello').ended).out, 'hello');
    const nowhere = await on('nowhere', '--', 'true');
    assert.equal(nowhere.code, 2);
    assert.match(nowhere.err, /"nowhere"[^]*network1/);
  });

  it('says in a sentence which command is not there, or cannot be run, with the codes of a shell', async () => {
    for (const place of ['network1', 'web1']) {
      const on = (...words: readonly string[]) => program('exec', '--lab', copy.lab, place, '--', ...words);
      const missing = await on('nosuchcommand');
      assert.equal(missing.code, 127);
      assert.match(
        missing.err,
        new RegExp(`^error: There is no command "nosuchcommand" on ${place}\\.\n {2}.*bash -c`),
      );
      assert.equal(missing.out, '');
      const refused = await on('/etc/passwd');
      assert.equal(refused.code, 126);
      assert.match(refused.err, new RegExp(`^error: "/etc/passwd" on ${place} is no program`));
    }
    const nowhere = await program('exec', '--lab', copy.lab, 'network1', '-n', 'nowhere', '--', 'true');
    assert.equal(nowhere.code, 2);
    assert.match(nowhere.err, /no namespace, router, network or instance "nowhere"/);
  });

  it('tells every command, with its reason', async () => {
    const { out } = await program('commands', 'network1', '--lab', copy.lab, '--router', 'edge');
    assert.match(out, /^# \d\d:\d\d:\d\d router edge: .*\n(# .*\n)*ip netns add qrouter-/m);
    assert.doesNotMatch(out, /ip netns add qdhcp-/);
    const all = JSON.parse((await program('commands', 'network1', '--lab', copy.lab, '--json')).out) as unknown[];
    assert.ok(all.length > out.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length);
  });

  it('breaks a node and heals it', async () => {
    assert.equal((await program('fail', 'node', 'network1', '--lab', copy.lab)).code, 0);
    const broken = await program('status', copy.lab);
    assert.match(broken.out, /network1 +exited/);
    const { code, out, err } = await program('heal', '--lab', copy.lab);
    assert.equal(code, 0, out + err);
    const plan = await program('plan', copy.folder, '--json');
    assert.equal((JSON.parse(plan.out) as { empty: boolean }).empty, true);
  });

  it('heals what was broken of a router by its name, and says what else is amiss where it lives', async () => {
    const on = (...words: readonly string[]) => program(...words, '--lab', copy.lab);
    assert.equal((await on('fail', 'link', 'edge', '--device', 'qr')).code, 0);
    assert.equal((await on('fail', 'impair', 'network1', '--delay', '1')).code, 0);
    assert.match((await on('status')).out, /network1 .*impair, link-qr-/);
    const healed = await on('heal', 'edge');
    assert.equal(healed.code, 0, healed.err);
    assert.match(
      healed.out,
      /edge: healed on network1, \d+ steps\.\n.*network1.*\(impair\): `neutron-lab heal network1`/,
    );
    assert.match((await on('status')).out, /network1 .* impair\n/);
    const links = await program('exec', '--lab', copy.lab, '-n', 'edge', '--', 'ip', '-br', 'link');
    assert.doesNotMatch(links.out, /^qr-\S+ +DOWN/m);
    assert.match(links.out, /^qr-\S+ +UP/m);
    assert.match((await on('heal', 'edge')).out, /edge: nothing of it was broken/);
    const byHand = ['ip', 'address', 'delete', '192.168.10.1/24', 'dev', /^(qr-[^@\s]+)/m.exec(links.out)?.[1] ?? ''];
    const deleted = await program('exec', '--lab', copy.lab, '-n', 'edge', '--', ...byHand);
    assert.equal(deleted.code, 0, deleted.err);
    assert.match((await on('heal', 'edge')).out, /edge: healed on network1, \d+ steps?\./);
    assert.match(
      (await program('exec', '--lab', copy.lab, '-n', 'edge', '--', 'ip', 'address')).out,
      /192\.168\.10\.1\/24/,
    );
    assert.equal((await on('heal', 'network1', '--fault', 'impair')).code, 0);
    const neither = await on('heal', 'nowhere');
    assert.equal(neither.code, 2);
    assert.match(neither.err, /no node and no router "nowhere"\.\n.*nodes are compute1, compute2, .*routers are edge/);
  });

  it('says of a router whose node is frozen that its kernel forwards on, which it does', async () => {
    await program('fail', 'freeze', 'network1', '--lab', copy.lab);
    const frozen = await program('status', copy.lab);
    assert.match(frozen.out, /edge · legacy\n +network1 +the node is frozen; the kernel forwards on\n/);
    const ping = await program('exec', '--lab', copy.lab, 'web1', '--', 'ping', '-c', '1', '-W', '2', '203.0.113.1');
    assert.equal(ping.code, 0, ping.out);
    await program('heal', 'network1', '--lab', copy.lab);
    assert.match((await program('status', copy.lab)).out, /edge · legacy\n +network1 .*192\.168\.10\.1/);
  });

  it('tells events as JSON lines while a node freezes', async () => {
    const watching = start(['status', copy.lab, '--watch', '--json']);
    await watching.says(/"type":"status"/);
    await program('fail', 'freeze', 'compute2', '--lab', copy.lab);
    await watching.says(/"type":"node","node":"compute2","state":"paused"/);
    await program('heal', 'compute2', '--lab', copy.lab);
    await watching.says(/"type":"node","node":"compute2","state":"running"/);
    watching.child.kill('SIGINT');
    const { code, out } = await watching.ended;
    assert.equal(code, 0);
    for (const line of out.trim().split('\n')) assert.doesNotThrow(() => JSON.parse(line) as unknown, line);
  });

  it('announces an address that the router gets: six gratuitous ARPs, which the outside hears', async () => {
    // tcpdump says on its other output that it listens.
    const listen = 'timeout 20 tcpdump -n -l -i any -c 12 arp src host 203.0.113.81 2>&1';
    const hearing = start(['exec', '--lab', copy.lab, 'outside', '--', 'sh', '-c', listen]);
    await hearing.says(/listening on any/);
    const file = join(copy.folder, 'copy.neutron.yaml');
    const text = await readFile(file, 'utf8');
    await writeFile(file, `${text}  - { network: public, instance: db1, floating_ip_address: 203.0.113.81 }\n`);
    assert.equal((await program('up', copy.folder)).code, 0);
    const { code, out } = await hearing.ended;
    assert.equal(code, 0, 'six were heard within 20 s, each on the VXLAN and on its bridge');
    assert.equal(
      out.match(/vxlan-\S+ +B +ARP, Request who-has 203\.0\.113\.81 .*tell 203\.0\.113\.81/g)?.length,
      3,
      out,
    );
    assert.equal(out.match(/vxlan-\S+ +B +ARP, Reply 203\.0\.113\.81 is-at/g)?.length, 3, out);
    await writeFile(file, text);
    assert.equal((await program('up', copy.folder)).code, 0);
  });

  it('takes away a node that the file does not name any more, and is ready without it', async () => {
    const file = join(copy.folder, 'copy.neutron.yaml');
    const text = await readFile(file, 'utf8');
    const less = text.replace(/^ {2}compute2: .*\n/m, '').replace(/^( {2}db1: .*)node: compute2/m, '$1node: compute1');
    assert.notEqual(less, text);
    await writeFile(file, less);
    const { code, out, err } = await program('up', copy.folder);
    assert.equal(code, 0, out + err);
    assert.match(out, /compute2: removed/);
    await writeFile(file, text);
    assert.equal((await program('up', copy.folder)).code, 0);
  });

  it('refuses what the lab does not have', async () => {
    const router = await program('failover', 'edge', '--lab', copy.lab, '--json');
    assert.equal(router.code, 2);
    assert.equal((JSON.parse(router.out) as { error: { code: string } }).error.code, 'NoFailover');
    assert.equal((await program('fail', 'node', 'nowhere', '--lab', copy.lab)).code, 2);
    assert.equal((await program('status', 'no-such-lab')).code, 2);
  });

  it('goes down and leaves nothing', async () => {
    const { code, out } = await program('down', copy.lab, '--json');
    assert.equal(code, 0);
    const [removed] = JSON.parse(out) as { lab: string; containers: string[]; networks: string[] }[];
    assert.equal(removed?.containers.length, 4);
    assert.equal(removed.networks.length, 1);
    const again = await program('down', copy.lab);
    assert.match(again.out, /nothing to remove/);
  });
});
