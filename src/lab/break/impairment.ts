/**
 * Delay, jitter, loss and a limit of the rate on what a node sends to other nodes (tc-netem(8)). A kernel without netem has
 * parts of it elsewhere: packets are lost by iptables, throttled by a token bucket, and held back by a program of ours to
 * which the kernel hands them (NFQUEUE).
 */
import type { MarkOf } from './fault-mark.js';
import type { Impairment } from './fault.js';
import { type FaultStep, run } from './fault-step.js';

/** All of a node's traffic to other nodes is VXLAN. */
const TO_OTHERS = ['-p', 'udp', '--dport', '8472'];
const QUEUE = '1';
const PID_FILE = '/run/neutron-lab/delay.pid';

/** Bytes of the token bucket: some packets of the longest kind. */
const BURST = 16_000;

export function impair(device: string, impairment: Impairment, means: MarkOf<'impair'>['means']): FaultStep[] {
  return means === 'netem' ? [netem(device, impairment)] : parts(device, impairment);
}

/** Whether the kernel has netem: asked by making one where it harms nobody, on the way of the node to itself. */
export const ASK_FOR_NETEM = ['tc', 'qdisc', 'add', 'dev', 'lo', 'root', 'netem', 'delay', '0ms'];
export const FORGET_ASKING = ['tc', 'qdisc', 'del', 'dev', 'lo', 'root'];

function netem(device: string, { delay, jitter, loss, rate }: Impairment): FaultStep {
  const words = [
    ...(delay > 0 || jitter > 0 ? ['delay', `${String(delay)}ms`, ...(jitter > 0 ? [`${String(jitter)}ms`] : [])] : []),
    ...(loss > 0 ? ['loss', `${String(loss)}%`] : []),
    ...(rate > 0 ? ['rate', `${String(rate)}kbit`] : []),
  ];
  return run('', ['tc', 'qdisc', 'add', 'dev', device, 'root', 'netem', ...words], 'the kernel impairs what is sent');
}

function parts(device: string, { delay, jitter, loss, rate }: Impairment): FaultStep[] {
  const steps: FaultStep[] = [];
  if (rate > 0) {
    const bucket = ['rate', `${String(rate)}kbit`, 'burst', String(BURST), 'latency', '400ms'];
    steps.push(
      run('', ['tc', 'qdisc', 'add', 'dev', device, 'root', 'tbf', ...bucket], 'a token bucket lets so much through'),
    );
  }
  if (delay > 0 || jitter > 0) {
    steps.push(
      {
        namespace: '',
        action: {
          type: 'spawn',
          argv: ['/usr/libexec/neutron-lab/node', 'delay', QUEUE, String(delay), String(jitter)],
          pidFile: PID_FILE,
          daemonizes: false,
        },
        why: 'a program holds every packet back that the kernel hands it',
      },
      run('', ['iptables', '-w', '-I', ...delayRule()], 'the kernel hands it what goes to other nodes'),
    );
  }
  // Before the delay: what is lost is not held back.
  if (loss > 0) steps.push(run('', ['iptables', '-w', '-I', ...lossRule(loss)], 'so many packets are thrown away'));
  return steps;
}

function delayRule(): string[] {
  // Where nobody takes them any more, they go on as if there were no rule.
  return ['OUTPUT', ...TO_OTHERS, '-j', 'NFQUEUE', '--queue-num', QUEUE, '--queue-bypass'];
}

function lossRule(percent: number): string[] {
  const probability = (percent / 100).toFixed(5);
  return ['OUTPUT', ...TO_OTHERS, '-m', 'statistic', '--mode', 'random', '--probability', probability, '-j', 'DROP'];
}

export function healImpairment({ device, delay, jitter, loss, rate, means }: MarkOf<'impair'>): FaultStep[] {
  const steps: FaultStep[] = [];
  if (means === 'netem' || rate > 0)
    steps.push(run('', ['tc', 'qdisc', 'del', 'dev', device, 'root'], 'packets are sent as they come'));
  if (means === 'netem') return steps;
  if (loss > 0) steps.push(run('', ['iptables', '-w', '-D', ...lossRule(loss)], 'nothing is thrown away any more'));
  if (delay > 0 || jitter > 0) {
    steps.push(run('', ['iptables', '-w', '-D', ...delayRule()], 'nothing is handed over any more'), {
      namespace: '',
      action: { type: 'signal', signal: 'TERM', pidFile: PID_FILE, process: 'node' },
      why: 'the program that held packets back ends',
    });
  }
  return steps;
}

/** What this kernel does in another way than netem would, for whoever measures. */
export function remarksOn({ delay, jitter, loss, rate }: Impairment, means: MarkOf<'impair'>['means']): string[] {
  if (means === 'netem') return [];
  return [
    'This kernel has no netem.',
    ...(delay > 0 || jitter > 0
      ? [
          'A program holds the packets back, which adds about 0.1 ms and cannot pass more than some 20,000 packets a second.',
        ]
      : []),
    ...(loss > 0 ? ['Packets are lost by a rule of iptables, each by itself and never in bursts.'] : []),
    ...(rate > 0 ? ['The rate is limited by a token bucket (tc-tbf(8)), which lets bursts of 16 kB through.'] : []),
  ];
}
