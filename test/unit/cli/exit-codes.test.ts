import assert from 'node:assert/strict';
import { LabFileInvalid, NoLab, SeveralLabs, UsageError } from '../../../src/cli/errors.js';
import { EXIT, exitCodeOf } from '../../../src/cli/exit-codes.js';
import { EngineNotFoundError, EnginePermissionError } from '../../../src/docker/engine-errors.js';
import { ImageUnavailableError } from '../../../src/docker/image.js';
import { Interrupted, LabNotRunning, NoSuchNode } from '../../../src/lab/lab-errors.js';

describe('exit codes', () => {
  const cases: readonly [string, Error, number][] = [
    ['a wrong command line', new UsageError('a', 'b'), EXIT.input],
    ['a lab file with errors', new LabFileInvalid('f', '', []), EXIT.input],
    ['no lab', new NoLab(), EXIT.input],
    ['several labs', new SeveralLabs(['a', 'b']), EXIT.input],
    ['a lab that does not run', new LabNotRunning('a'), EXIT.input],
    ['a node that is not there', new NoSuchNode('a', 'b', []), EXIT.input],
    ['no engine', new EngineNotFoundError(['/x: no'], false, 'Install one.'), EXIT.engine],
    ['an engine that may not be used', new EnginePermissionError('/x', 'me'), EXIT.engine],
    ['no image', new ImageUnavailableError('t', []), EXIT.engine],
    ['Ctrl-C', new Interrupted(), EXIT.interrupted],
    ['a defect', new TypeError('x'), EXIT.failed],
  ];
  for (const [what, error, code] of cases) {
    it(`says ${String(code)} for ${what}`, () => {
      assert.equal(exitCodeOf(error), code);
    });
  }
});
