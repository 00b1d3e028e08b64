import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { CONTEXT_VALUES, type ContextValue } from '../../../src/editor/manifest/context-values.js';
import { MENUS, type MenuEntry } from '../../../src/editor/manifest/menus.js';
import { rowRefs } from '../../../src/editor/topology/row-refs.js';
import { labChildren, labRow } from '../../../src/editor/tree/lab-rows.js';
import type { Row } from '../../../src/editor/tree/row.js';
import { readLabFile } from '../../../src/model/lab-file/read.js';
import { drawPicture } from '../../../src/picture/draw.js';
import { keyOf } from '../../../src/picture/keys.js';
import { probesAt } from '../../../src/picture/probe-ends.js';

const text = readFileSync(new URL('../../../labs/ha-router/ha-router.neutron.yaml', import.meta.url), 'utf8');

/** No sign of the picture stands for one of these: it is in the menu of what it belongs to, or of the lab. */
const NOT_DRAWN: readonly ContextValue[] = ['group', 'route', 'securityGroup', 'rule', 'problem', 'lesson', 'trouble'];

/** What the menu has for rows of a kind, whatever else is true of them; a button in a row is for the mouse only. */
function commandsFor(menu: readonly MenuEntry[], kind: string): string[] {
  const found = menu.filter(({ when = '' }) =>
    [...when.matchAll(/viewItem =~ \/\^\(([\w|]+)\)/g)].some(([, kinds = '']) => kinds.split('|').includes(kind)),
  );
  return [...new Set(found.map((entry) => ('command' in entry ? entry.command : entry.submenu)))].sort();
}

describe('The menus of the picture', () => {
  // The other two are no part of a lab.
  const kinds = Object.keys(CONTEXT_VALUES).filter((kind) => kind !== 'lesson' && kind !== 'trouble');
  for (const kind of kinds)
    it(`do to a ${kind} all that the tree can do`, () => {
      const inPicture = MENUS['webview/context'].filter(({ when = '' }) => when.includes('webviewId == '));
      assert.deepEqual(commandsFor(inPicture, kind), commandsFor(MENUS['view/item/context'], kind));
    });

  it('stand on everything that is drawn', () => {
    const { lab, problems } = readLabFile(text, { file: 'ha-router.neutron.yaml' });
    assert.ok(lab);
    const uri = {} as never;
    const entry = { key: 'lab', name: lab.name, uri, containers: [], live: null, work: null, blank: false };
    const declared = { text, lab, problems };
    const row = {
      ...labRow({ entry, differences: null, place: null, expanded: false }),
      children: () => labChildren(entry, declared),
    };
    const refs = rowRefs(row);
    const all = (one: Row): Row[] => [one, ...(one.children?.() ?? []).flatMap(all)];
    const rows = new Set(all(row).map(({ about }) => about.kind));
    const reached = new Set(Object.values(refs).map(({ context }) => context.split(';')[0]));
    assert.deepEqual(
      [...rows].filter((kind) => !reached.has(kind) && !NOT_DRAWN.includes(kind)),
      [],
    );
    const picture = drawPicture(lab, null, true);
    const drawn = [
      keyOf.lab(),
      ...picture.networks.flatMap(({ id, subnets }) => [
        keyOf.network(id),
        ...subnets.map((one) => keyOf.subnet(one.id)),
      ]),
      ...picture.routers.flatMap(({ id, gateway, interfaces }) => [
        keyOf.router(id),
        ...[...(gateway ? [gateway] : []), ...interfaces].map(({ port }) => keyOf.port(port)),
      ]),
      ...picture.instances.flatMap(({ id, plugs }) => [
        keyOf.instance(id),
        ...plugs.map(({ port }) => keyOf.port(port)),
      ]),
      ...picture.floating.map(({ id }) => keyOf.floating(id)),
      ...picture.nodes.flatMap(({ name, agents }) => [
        keyOf.node(name),
        ...agents.map((one) => keyOf.agent(name, one)),
      ]),
    ];
    assert.deepEqual(
      drawn.filter((key) => !(key in refs)),
      [],
    );
  });

  it('offer the probes that can begin or end there', () => {
    const picture = drawPicture(readLabFile(text).lab!, null, true);
    const words = (name: string) => probesAt(picture, name).map(({ kind, from, to }) => `${kind} ${from} ${to ?? ''}`);
    assert.ok(words('web1').includes('http web1 db1'));
    assert.ok(words('web1').includes('ping outside web1'));
    assert.ok(words('web1').includes('dhcp web1 '));
    assert.ok(words('edge').includes('ping web1 edge'));
    assert.ok(!words('edge').some((word) => word.startsWith('http')), 'a router serves no pages');
    assert.ok(words('outside').every((word) => word.includes('outside')));
  });
});
