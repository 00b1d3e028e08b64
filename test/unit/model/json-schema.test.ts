import assert from 'node:assert/strict';
import { labFileJsonSchema } from '../../../src/model/lab-file/json-schema.js';

describe('the JSON schema of a lab file', () => {
  it('knows the sections and refuses others', () => {
    const schema = labFileJsonSchema() as { properties: object; additionalProperties: unknown };
    const sections = [
      'lab',
      'project_id',
      'nodes',
      'networks',
      'ha_networks',
      'routers',
      'ports',
      'instances',
      'floating_ips',
      'security_groups',
      'config',
      'scenario',
      'expect',
    ];
    assert.deepEqual(Object.keys(schema.properties), sections);
    assert.equal(schema.additionalProperties, false);
  });

  it('tells an editor what attributes are for', () => {
    const text = JSON.stringify(labFileJsonSchema());
    assert.match(text, /"router:external":\{"description":"A network that routers take as their gateway/);
    assert.match(text, /"ha_vrrp_advert_int":\{[^}]*"minimum":1/);
  });
});
