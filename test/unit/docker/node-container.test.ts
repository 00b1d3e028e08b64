import assert from 'node:assert/strict';
import { containerList, createOptions, nodeContainer } from '../../../src/docker/node-container.js';
import { underlayOptions } from '../../../src/docker/underlay.js';

const spec = { lab: 'demo', node: 'network1', version: '1', image: 'i:1', underlay: 'net', address: '10.213.0.11' };

describe('a node container', () => {
  it('is not privileged, has nine capabilities, no mounts, no ports, and dies for good', () => {
    const body = createOptions(spec, ['name=seccomp,profile=default']);
    const host = body.HostConfig as Record<string, unknown>;
    assert.deepEqual(host.CapDrop, ['ALL']);
    assert.deepEqual(
      [...(host.CapAdd as string[])].sort().join(' '),
      'CHOWN DAC_OVERRIDE KILL NET_ADMIN NET_BIND_SERVICE NET_RAW SETGID SETUID SYS_ADMIN',
    );
    assert.deepEqual(host.SecurityOpt, ['no-new-privileges']);
    assert.deepEqual(host.RestartPolicy, { Name: 'no' });
    for (const name of ['Privileged', 'Binds', 'Mounts', 'PortBindings', 'PublishAllPorts', 'PidMode', 'Devices'])
      assert.ok(!(name in host), name);
  });

  it('is unconfined only where the engine reports the module that would be in its way', () => {
    const options = (reported: string[]): unknown =>
      (createOptions(spec, reported).HostConfig as { SecurityOpt: unknown }).SecurityOpt;
    assert.deepEqual(options(['name=apparmor', 'name=seccomp,profile=builtin']), [
      'no-new-privileges',
      'apparmor=unconfined',
    ]);
    assert.deepEqual(options(['name=selinux']), ['no-new-privileges', 'label=disable']);
  });

  it('is read from a list, of Docker and of Podman', () => {
    const item = {
      Id: 'c1',
      Image: 'i:1',
      Created: 7,
      State: 'running',
      Labels: { 'org.neutron-lab.lab': 'demo', 'org.neutron-lab.node': 'network1', 'org.neutron-lab.version': '1' },
      NetworkSettings: { Networks: { 'neutron-lab-demo': { IPAddress: '10.213.0.11', IPAMConfig: null } } },
    };
    const read = (change: object): unknown => nodeContainer(containerList.parse([{ ...item, ...change }])[0]!);
    const expected = {
      id: 'c1',
      lab: 'demo',
      node: 'network1',
      version: '1',
      state: 'running',
      image: 'i:1',
      address: '10.213.0.11',
      created: 7,
    };
    assert.deepEqual(read({}), expected);
    const waiting = { 'neutron-lab-demo': { IPAddress: '', IPAMConfig: { IPv4Address: '10.213.0.11' } } };
    assert.deepEqual(read({ State: 'exited', NetworkSettings: { Networks: waiting } }), {
      ...expected,
      state: 'exited',
    });
    assert.deepEqual(read({ State: 'stopped', NetworkSettings: { Networks: {} } }), {
      ...expected,
      state: 'exited',
      address: null,
    });
  });
});

describe('an underlay network', () => {
  it('is internal and gives the host no address', () => {
    const body = underlayOptions('demo', '10.213.0.0/24', '1', false);
    assert.equal(body.Internal, true);
    assert.equal((body.Options as Record<string, string>)['com.docker.network.bridge.inhibit_ipv4'], 'true');
  });
});
