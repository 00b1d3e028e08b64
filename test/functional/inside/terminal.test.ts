import assert from 'node:assert/strict';
import { decodedArgv, pcapArgv } from '../../../src/lab/capture.js';
import { type ExecTarget, shellArgv } from '../../../src/lab/exec-target.js';
import { RemoteTerminal, type TerminalEnd } from '../../../src/lab/node/remote-terminal.js';
import type { RunningLab } from '../../../src/lab/running-lab.js';
import { INSIDE_LAB } from '../../support/inside-lab.js';
import { TestBed, inNamespace, readTestLab } from '../../support/running.js';

/** What a person sees of a terminal, and can wait for. */
class Screen {
  text = '';
  private readonly waiting = new Set<() => void>();
  readonly end: Promise<TerminalEnd>;
  private over: (end: TerminalEnd) => void = () => undefined;
  readonly listener = {
    onText: (text: string): void => {
      this.text += text;
      for (const look of [...this.waiting]) look();
    },
    onEnd: (end: TerminalEnd): void => {
      this.over(end);
    },
  };
  constructor() {
    this.end = new Promise((resolve) => (this.over = resolve));
  }
  shows(what: RegExp, milliseconds = 10_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`${String(what)} is not in ${JSON.stringify(this.text)}`));
      }, milliseconds);
      const look = (): void => {
        if (!what.test(this.text)) return;
        clearTimeout(timer);
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
      look();
    });
  }
}

describe('inside a running lab', function () {
  this.timeout(120_000);
  let bed: TestBed;
  let running: RunningLab;
  const web1: ExecTarget = { node: 'compute1', namespace: 'instance-web1', instance: true };
  const container = (node: string): string => running.container(node).id;
  const open = async (target: ExecTarget): Promise<{ terminal: RemoteTerminal; screen: Screen }> => {
    const screen = new Screen();
    const size = { columns: 100, rows: 30 };
    const options = { container: container(target.node), argv: shellArgv(target), size, listener: screen.listener };
    return { terminal: await RemoteTerminal.open(bed.runtime, options), screen };
  };
  /** Asks until it is so: what ends a process is the engine's word, and nobody tells when it has ended. */
  const gone = async (node: string, pattern: string): Promise<void> => {
    const until = Date.now() + 8000;
    let left: string;
    do left = (await inNamespace(running, node, '', ['pgrep', '-af', pattern])).stdout;
    while (left !== '' && Date.now() < until);
    assert.equal(left, '');
  };

  before(async () => {
    bed = await TestBed.make();
    ({ running } = await bed.up(readTestLab(INSIDE_LAB, 'inside')));
  });
  after(async () => {
    await bed.end();
  });

  it('a terminal in an instance is on that host: its name, its size, its letters, its ^C and ^D', async () => {
    const { terminal, screen } = await open(web1);
    await screen.shows(/root@web1:~# /);
    terminal.write('hostname; stty size; printf "\\342\\202\\254%.0s" $(seq 20000) | wc -m\r');
    await screen.shows(/web1\r\n30 100\r\n20000\r\n/);
    terminal.resize({ columns: 132, rows: 40 });
    // The engine is told of the size beside the stream: what is typed may be there first.
    terminal.write('until stty size | grep "40 132"; do sleep 0.1; done; printf "\\342\\202\\254%.0s" $(seq 5000)\r');
    await screen.shows(/40 132\r\n[€\s]*\S{0,20}root@web1/);
    assert.ok(!screen.text.includes('\ufffd'), 'no character was cut in two');
    // ping tells by itself that it runs: a ^C before the shell has given it the terminal would not reach it.
    terminal.write('ping 127.0.0.1\r');
    await screen.shows(/bytes from 127\.0\.0\.1/);
    terminal.write('\u0003');
    await screen.shows(/packets transmitted[^#]*# /);
    terminal.write('exit 7\r');
    assert.deepEqual(await screen.end, { kind: 'exited', code: 7 });
  });

  it('a terminal that is closed leaves no process, whatever ran in it', async () => {
    const { terminal, screen } = await open(web1);
    await screen.shows(/# /);
    terminal.write('sleep 1234 & ping 127.0.0.1\r');
    await screen.shows(/PING/);
    terminal.close();
    await gone('compute1', 'sleep 1234|ping 127.0.0.1|bash|pkill|read -r');
  });

  it('a terminal that is closed at once leaves no process either', async () => {
    const { terminal } = await open(web1);
    terminal.close();
    await gone('compute1', 'bash|read -r');
  });

  it('a terminal tells that its node went down', async () => {
    const { terminal, screen } = await open(web1);
    await screen.shows(/# /);
    await bed.runtime.kill(container('compute1'));
    const end = await screen.end;
    assert.ok(end.kind === 'lost' || end.code === 137, JSON.stringify(end));
    terminal.close();
    await bed.runtime.start(container('compute1'));
  });

  it('a namespace that is not there is said, not hidden', async () => {
    const { screen } = await open({ node: 'network1', namespace: 'qrouter-nothing', instance: false });
    assert.deepEqual(await screen.end, { kind: 'exited', code: 1 });
    assert.match(screen.text, /no such namespace: qrouter-nothing/);
  });

  it('a capture shows the advertisements of the MASTER, and ends with its connection', async () => {
    const [namespace = ''] = (await inNamespace(running, 'network1', '', ['ls', '/run/netns'])).stdout
      .split('\n')
      .filter((name) => name.startsWith('qrouter-'));
    const capture = {
      target: { node: 'network1', namespace, instance: false },
      device: 'any',
      filter: ['ip proto 112'],
    };
    const session = await bed.runtime.exec(container('network1'), { argv: decodedArgv(capture, false) });
    session.stderr.resume();
    let text = '';
    await new Promise<void>((resolve) => {
      session.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        if (text.includes('\n')) resolve();
      });
    });
    assert.match(
      text,
      /^\d+\.\d+ ha-\S+ +Out IP 169\.254\.\S+ > 224\.0\.0\.18: VRRPv2, Advertisement, vrid \d+, prio 50/,
    );
    session.close();
    await gone('network1', 'tcpdump|read -r');
  });

  it('a capture for Wireshark is a pcap file from its first byte', async () => {
    const capture = {
      target: { node: 'compute1', namespace: '', instance: false },
      device: 'lo',
      filter: ['not', 'a', 'filter'],
    };
    const refused = await bed.runtime.exec(container('compute1'), { argv: pcapArgv(capture) });
    refused.stdout.resume();
    let said = '';
    refused.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    assert.equal(await refused.exit, 1);
    assert.match(said, /syntax error|can't parse filter/);
    const session = await bed.runtime.exec(container('compute1'), { argv: pcapArgv({ ...capture, filter: [] }) });
    session.stderr.resume();
    const head = await new Promise<Buffer>((resolve) => {
      session.stdout.once('data', resolve);
    });
    assert.equal(head.readUInt32LE(0), 0xa1b2c3d4);
    session.close();
    await gone('compute1', 'tcpdump|read -r');
  });
});
