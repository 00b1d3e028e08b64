import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { until } from '../support/until.js';
import { Workbench } from '../support/workbench.js';

describe('The container engine', () => {
  let engine: Server;
  let calls = 0;
  let workbench: Workbench;

  // Not an engine: only whether somebody calls is asked.
  before(async () => {
    engine = createServer((socket) => {
      calls += 1;
      socket.destroy();
    }).listen(0, '127.0.0.1');
    await once(engine, 'listening');
    const { port } = engine.address() as AddressInfo;
    workbench = await Workbench.open({
      labs: ['ha-router'],
      env: { DOCKER_HOST: `tcp://127.0.0.1:${port}` },
    });
  });
  after(async () => {
    await workbench.close();
    engine.close();
  });

  it('is left in peace until a view of ours opens', async () => {
    await workbench.openFile('ha-router.neutron.yaml');
    await workbench.activationOf('Neutron Lab');
    assert.equal(calls, 0);
    await workbench.openView();
    await until('somebody calls the engine', () => Promise.resolve(calls > 0));
  });
});
