import assert from 'node:assert/strict';
import { parseRecordedLab } from '../../../src/lab/running-lab.js';
import { labFromCloud, loadCloud } from '../../support/cloud.js';

describe('the lab that a node has recorded', () => {
  const text = JSON.stringify(labFromCloud(loadCloud('04-ha-dual-stack-gateway')));

  it('is the same text when it is written again, so that healing changes nothing', () => {
    assert.equal(JSON.stringify(parseRecordedLab(text)), text);
  });

  it('is none where half of it is missing, or somebody edited it into something else', () => {
    assert.equal(parseRecordedLab(text.slice(0, 1000)), null);
    assert.equal(parseRecordedLab('{"name":"web"}'), null);
    assert.equal(parseRecordedLab('[]'), null);
  });
});
