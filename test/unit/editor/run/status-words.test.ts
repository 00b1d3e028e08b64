import assert from 'node:assert/strict';
import type { NodeContainer } from '../../../../src/docker/runtime.js';
import type { LabEntry } from '../../../../src/editor/labs/lab-entry.js';
import { labActions, statusWords } from '../../../../src/editor/status-bar/status-words.js';
import type { Differences } from '../../../../src/editor/tree/lab-rows.js';
import type { LiveLab } from '../../../../src/lab/live-lab.js';

const fine: Differences = { errors: 0, unapplied: false, drift: 0, faults: [], hidden: false, nodes: 2 };
const container = (node: string, state: NodeContainer['state'] = 'running'): NodeContainer => ({
  ...{ id: node, lab: 'ha', node, state, version: '0', image: 'i', address: null, created: 0 },
});
const live = (...masters: string[]): LiveLab =>
  ({
    status: { routers: [{ name: 'edge', ha: true, admin_state_up: true, active_on: masters }] },
  }) as unknown as LiveLab;
const entry = (more: Partial<LabEntry> = {}): LabEntry => ({
  ...{ key: 'file:///ha', name: 'ha', uri: {} as LabEntry['uri'], live: null, work: null, blank: false },
  containers: [container('n1'), container('n2')],
  ...more,
});

describe('What the status bar says of the lab in use', () => {
  it('is where the MASTER is', () => {
    const { text, warning } = statusWords(entry({ live: live('network1') }), fine, true);
    assert.equal(text, '$(beaker) ha: MASTER network1');
    assert.equal(warning, false);
  });

  it('warns where there is none or more than one, of faults, drift and a lab that is half made', () => {
    for (const [name, words] of Object.entries({
      none: statusWords(entry({ live: live() }), fine, true),
      two: statusWords(entry({ live: live('n1', 'n2') }), fine, true),
      fault: statusWords(entry({ live: live('n1') }), { ...fine, faults: ['link-eth0'] }, true),
      node: statusWords(
        entry({ live: live('n1'), containers: [container('n1'), container('n2', 'exited')] }),
        fine,
        true,
      ),
      drift: statusWords(entry({ live: live('n1') }), { ...fine, drift: 2 }, true),
      half: statusWords(entry({ containers: [container('n1')] }), fine, true),
    })) {
      assert.ok(words.warning, name);
      assert.match(words.text, /^\$\(warning\) ha: ./, name);
    }
  });

  it('says of a fault that is to be found that there is one, and no more', () => {
    const { text, tooltip, warning } = statusWords(entry({ live: live('network1') }), { ...fine, hidden: true }, true);
    assert.equal(text, '$(warning) ha: MASTER network1 · broken');
    assert.match(tooltip, /a fault is hidden here: find it/);
    assert.ok(warning);
  });

  it('spins while something is done, and warns of nothing then', () => {
    const work = { kind: 'up', progress: 'setting up nodes, 1 of 2' } as const;
    const { text, warning } = statusWords(entry({ work, containers: [container('n1')] }), fine, true);
    assert.equal(text, '$(sync~spin) ha: setting up nodes, 1 of 2');
    assert.equal(warning, false);
  });

  it('makes no icon, link or emphasis of a name', () => {
    const { text, tooltip } = statusWords(entry({ name: '$(bug) [x](command:y)' }), fine, true);
    assert.ok(!text.includes('$(bug)'));
    assert.doesNotMatch(tooltip, /[^\\]\]\(command:y\)/);
  });

  it('links to nothing that runs where the folder is not trusted', () => {
    assert.ok(!statusWords(entry(), fine, false).tooltip.includes('command:'));
  });
});

describe('What can be done with a lab', () => {
  const commands = (...args: Parameters<typeof labActions>): string[] =>
    labActions(...args).map(({ command }) => command.replace('neutron-lab.', ''));

  it('is Up where it does not run, and first of all where it is half made', () => {
    assert.deepEqual(commands(entry({ containers: [] }), fine), ['up', 'openLabFile']);
    assert.equal(commands(entry({ containers: [container('n1')] }), fine)[0], 'up');
  });

  it('is what mends it, by what is wrong', () => {
    assert.ok(commands(entry(), { ...fine, drift: 1 }).includes('repair'));
    assert.ok(commands(entry(), { ...fine, faults: ['x'] }).includes('healAll'));
    assert.equal(commands(entry(), { ...fine, unapplied: true })[0], 'applyChanges');
    assert.deepEqual(commands(entry({ uri: null }), fine), ['failover', 'break', 'down']);
  });
});
