import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { runningLabText } from '../../../../src/model/import/running-lab.js';
import { readLabFile } from '../../../../src/model/lab-file/read.js';
import type { Lab } from '../../../../src/model/resources.js';

const root = new URL('../../../../', import.meta.url);

function bundled(name: string): Lab {
  const { lab } = readLabFile(readFileSync(new URL(`labs/${name}/${name}.neutron.yaml`, root), 'utf8'));
  assert.ok(lab);
  return lab;
}

/** Lists of resources are sets: Neutron's API lists them in no order that means something. */
function sorted(lab: Lab): object {
  return Object.fromEntries(
    Object.entries(lab).map(([key, value]: [string, unknown]) => [
      key,
      Array.isArray(value)
        ? [...(value as unknown[])].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
        : value,
    ]),
  );
}

describe('The lab file of a lab that runs', () => {
  for (const name of ['ha-router', 'legacy-router', 'dual-stack'])
    it(`declares ${name} as it is, to the last id and address`, () => {
      const lab = bundled(name);
      const text = runningLabText(lab, ['Written from the lab as it ran.']);
      const again = readLabFile(text);
      assert.deepEqual(
        again.problems.map(({ message }) => message),
        [],
      );
      assert.ok(again.lab);
      assert.deepEqual(sorted(again.lab), sorted(lab));
      assert.match(text, /^# Written from the lab as it ran\.\nlab: /);
    });
});
