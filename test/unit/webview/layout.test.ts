import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { readLabFile } from '../../../src/model/lab-file/read.js';
import { drawPicture } from '../../../src/picture/draw.js';
import type { Picture } from '../../../src/picture/picture.js';
import { layOut } from '../../../webview/layout/layout.js';
import type { Laid } from '../../../webview/layout/places.js';
import { manyRouters } from '../../support/many-routers.js';

function pictureOf(text: string): Picture {
  const { lab, problems } = readLabFile(text);
  assert.ok(lab, JSON.stringify(problems));
  return drawPicture(lab, null, true);
}

const bundled = async (name: string): Promise<Picture> =>
  pictureOf(await readFile(new URL(`../../../labs/${name}/${name}.neutron.yaml`, import.meta.url), 'utf8'));

function overlapping(placed: readonly Laid[]): string[] {
  return placed.flatMap((one, nth) =>
    placed
      .slice(nth + 1)
      .filter(
        (other) =>
          one.x < other.x + other.width &&
          other.x < one.x + one.width &&
          one.y < other.y + other.height &&
          other.y < one.y + one.height,
      )
      .map((other) => `${one.key} and ${other.key}`),
  );
}

describe('The layout of a picture', () => {
  const pictures: Record<string, () => Promise<Picture> | Picture> = {
    'the lab ha-router': () => bundled('ha-router'),
    'the lab dual-stack': () => bundled('dual-stack'),
    'the lab legacy-router': () => bundled('legacy-router'),
    'twelve routers': () => pictureOf(manyRouters(12)),
    'a hundred routers': () => pictureOf(manyRouters(100)),
    'a network with fifty instances': () =>
      pictureOf(
        [
          'lab: wide',
          'nodes: { compute1: {}, compute2: {} }',
          'networks: { blue: { subnets: { blue-v4: { cidr: 10.0.0.0/24 } } } }',
          'instances:',
          ...Array.from({ length: 50 }, (_, nth) => `  web${nth}: { networks: [blue] }`),
          '',
        ].join('\n'),
      ),
  };
  for (const [name, make] of Object.entries(pictures))
    it(`puts nothing over anything else: ${name}`, async () => {
      const { logical, physical, boxes } = layOut(await make());
      assert.deepEqual(overlapping([...logical, ...physical]), []);
      for (const inside of Object.values(boxes))
        assert.deepEqual(overlapping(inside.map((box) => ({ ...box, kind: 'node' }))), []);
    });

  it('has a place for everything, and a cable for each port', async () => {
    const picture = await bundled('ha-router');
    const { logical, physical, cables } = layOut(picture);
    const keys = new Set([...logical, ...physical].map(({ key }) => key));
    for (const { id } of picture.routers) assert.ok(keys.has(`router ${id}`));
    for (const { id } of picture.instances) assert.ok(keys.has(`instance ${id}`));
    for (const { name } of picture.nodes) assert.ok(keys.has(`node ${name}`));
    const ports = [
      ...picture.routers.flatMap(({ gateway, interfaces }) => [...(gateway ? [gateway] : []), ...interfaces]),
      ...picture.instances.flatMap(({ plugs }) => plugs),
    ].map(({ port }) => port);
    assert.deepEqual(
      ports.filter((port) => !cables.some(({ id }) => id === port)),
      [],
    );
  });

  it('of a large lab fills a screen: networks are as wide as the nodes below them', () => {
    const { logical, physical } = layOut(pictureOf(manyRouters(50)));
    const right = Math.max(...[...logical, ...physical].map(({ x, width }) => x + width));
    const bottom = Math.max(...[...logical, ...physical].map(({ y, height }) => y + height));
    assert.ok(right / bottom > 1.2 && right / bottom < 2.2, `${right} × ${bottom}`);
    assert.ok(right < 4500, `${right} × ${bottom}`);
  });

  it('is the same for the same picture', async () => {
    const picture = await bundled('ha-router');
    assert.deepEqual(layOut(picture), layOut(structuredClone(picture)));
  });
});
