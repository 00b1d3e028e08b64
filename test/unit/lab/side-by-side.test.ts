import assert from 'node:assert/strict';
import { plainPaint } from '../../../src/render/paint.js';
import { renderShown } from '../../../src/cli/render/show.js';
import { drawBlueprint } from '../../../src/lab/bring-up/blueprint.js';
import { type Shown, show } from '../../../src/lab/show.js';
import { isRight } from '../../../src/lab/show/part.js';
import { sideBySide } from '../../../src/lab/show/side-by-side.js';
import type { Release } from '../../../src/model/release.js';
import { observedDocument } from '../../../src/reconcile/observed-document.js';
import { sampleLab } from '../cli/sample-lab.js';

const lab = sampleLab();
const [edge] = lab.routers;
assert.ok(edge);
const subject = { kind: 'router', id: edge.id, name: edge.name } as const;
const addresses = { network1: '10.213.0.2', network2: '10.213.0.3', compute1: '10.213.0.4', outside: '10.213.0.5' };

function like(release: Release): Shown {
  const { states } = drawBlueprint({ ...lab, config: { ...lab.config, release } }, addresses);
  const namespaces = { [`qrouter-${edge!.id}`]: { addr: [] } };
  const document = observedDocument.parse({ t: 1, namespaces });
  return show(lab, subject, 'network1', states.get('network1')?.items ?? [], document);
}

const both = sideBySide(like('zed'), like('pike'), { own: 'zed', other: 'pike' });

describe('two releases of Neutron side by side', () => {
  it('differ where their agents build something else, whatever is on the node', () => {
    const conf = both.parts.find(({ title }) => title === 'keepalived.conf');
    assert.ok(conf?.is);
    assert.ok(conf.is.some((line) => line.endsWith(' no_track')));
    assert.deepEqual(
      conf.should,
      conf.is.map((line) => line.replace(' no_track', '')),
    );
    assert.match(both.parts.find(({ title }) => title === 'processes')?.should?.join(' ') ?? '', /\.pid-vrrp/);
  });

  it('are the same where one is compared with itself', () => {
    assert.ok(sideBySide(like('zed'), like('zed'), { own: 'zed', other: 'zed' }).parts.every(isRight));
  });

  it('are told by their names, and neither is called wrong', () => {
    const text = renderShown(both, plainPaint, 80).join('\n');
    assert.match(text, / {2}- only in pike {3}\+ only in zed, which the lab is like\n/);
    assert.match(text, /^ {2}- +0\.0\.0\.0\/0 via 203\.0\.113\.1 dev qg-\S+$/m);
    assert.match(text, /^ {2}\+ +0\.0\.0\.0\/0 via 203\.0\.113\.1 dev qg-\S+ no_track$/m);
    assert.match(text, /things of zed and pike differ: keepalived\.conf; /);
    assert.doesNotMatch(text, /should/);
  });
});
