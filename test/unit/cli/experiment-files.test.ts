import assert from 'node:assert/strict';
import { numbered } from '../../../src/cli/experiment-files.js';

describe('The files of an experiment', () => {
  it('have the name that was given, and a number from the second scenario on', () => {
    assert.equal(numbered('out/report.html', 0), 'out/report.html');
    assert.equal(numbered('out/report.html', 1), 'out/report-2.html');
    assert.equal(numbered('events', 2), 'events-3');
  });
});
