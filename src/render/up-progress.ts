/** What `up` is doing, node by node: a small state that events change and that is drawn as lines. */
import type { Progress } from '../lab/bring-up/up.js';
import type { EngineStep } from '../lab/bring-up/engine-plan.js';
import { type Paint, fit, pad, printable } from './paint.js';
import { count, milliseconds } from './words.js';

type Phase =
  | { readonly name: 'waiting' }
  | { readonly name: 'engine'; readonly doing: string }
  | { readonly name: 'looking' }
  | { readonly name: 'configuring'; readonly done: number; readonly of: number }
  | { readonly name: 'failed'; readonly why: string }
  | { readonly name: 'done'; readonly steps: number; readonly tookMs: number };

interface NodeProgress {
  phase: Phase;
  /** When the first thing happened on it. */
  began: number | null;
}

const DOING: Readonly<Record<EngineStep['action'], string>> = {
  'create-underlay': 'creating the underlay network',
  'create-node': 'creating',
  'start-node': 'starting',
  'unpause-node': 'thawing',
  'remove-node': 'removing',
};

const DONE: Readonly<Record<EngineStep['action'], string>> = {
  'create-underlay': 'underlay network created',
  'create-node': 'created',
  'start-node': 'started',
  'unpause-node': 'thawed',
  'remove-node': 'removed',
};

const BAR = 24;

export class UpProgress {
  private readonly nodes: Map<string, NodeProgress>;

  /** @param now A clock in milliseconds. */
  constructor(
    names: readonly string[],
    private readonly now: () => number,
  ) {
    this.nodes = new Map(names.map((name) => [name, { phase: { name: 'waiting' }, began: null }]));
  }

  /** @returns lines for a log, where nothing can be drawn again */
  take(event: Progress): string[] {
    switch (event.type) {
      case 'engine':
        return this.takeEngine(event.step, event.state);
      case 'planned':
        this.set(event.node, { name: 'configuring', done: 0, of: event.steps });
        return [];
      case 'step':
        return this.takeStep(event);
      case 'node': {
        if (event.state === 'begin') {
          this.set(event.node, { name: 'looking' });
          return [];
        }
        const node = this.node(event.node);
        const tookMs = this.now() - (node.began ?? this.now());
        node.phase = { name: 'done', steps: event.changed, tookMs };
        return event.changed === 0
          ? []
          : [`${event.node}: configured, ${count(event.changed, 'step')}, ${milliseconds(tookMs)}`];
      }
    }
  }

  /** One line a node, drawn again and again. */
  lines(paint: Paint, width: number): string[] {
    const column = Math.max(0, ...[...this.nodes.keys()].map((name) => name.length));
    return [...this.nodes].map(([name, { phase }]) => {
      const { mark, text } = this.describe(phase, paint);
      return fit(`  ${mark} ${pad(name, column)}  ${text}`, width);
    });
  }

  private describe(phase: Phase, paint: Paint): { mark: string; text: string } {
    switch (phase.name) {
      case 'waiting':
        return { mark: paint('·', 'grey'), text: '' };
      case 'engine':
        return { mark: paint('○', 'cyan'), text: phase.doing };
      case 'looking':
        return { mark: paint('○', 'cyan'), text: 'looking' };
      case 'configuring': {
        const filled = phase.of === 0 ? BAR : Math.round((BAR * phase.done) / phase.of);
        const bar = paint('━'.repeat(filled), 'cyan') + paint('━'.repeat(BAR - filled), 'grey');
        return { mark: paint('○', 'cyan'), text: `${bar} configuring ${String(phase.done)}/${String(phase.of)}` };
      }
      case 'failed':
        return { mark: paint('✗', 'red'), text: phase.why };
      case 'done': {
        const text =
          phase.steps === 0 ? 'as it should be' : `${count(phase.steps, 'step')}, ${milliseconds(phase.tookMs)}`;
        return { mark: paint('✓', 'green'), text: paint(text, 'grey') };
      }
    }
  }

  private takeEngine(step: EngineStep, state: 'begin' | 'done'): string[] {
    if (step.node !== null && state === 'begin') this.set(step.node, { name: 'engine', doing: DOING[step.action] });
    if (state === 'begin') return [];
    if (step.node === null) return [DONE[step.action]];
    if (step.action === 'remove-node') this.nodes.delete(step.node);
    return [`${step.node}: ${DONE[step.action]}`];
  }

  private takeStep({ node, step, result }: Extract<Progress, { type: 'step' }>): string[] {
    const { phase } = this.node(node);
    if (result.code !== 0) {
      this.set(node, { name: 'failed', why: `failed: ${printable(step.why)}` });
      return [];
    }
    if (phase.name === 'configuring') this.set(node, { ...phase, done: phase.done + 1 });
    return [];
  }

  private node(name: string): NodeProgress {
    const known = this.nodes.get(name) ?? { phase: { name: 'waiting' }, began: null };
    this.nodes.set(name, known);
    return known;
  }

  private set(name: string, phase: Phase): void {
    const node = this.node(name);
    node.began ??= this.now();
    node.phase = phase;
  }
}
