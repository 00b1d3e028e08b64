import assert from 'node:assert/strict';
import { undoVerb } from '../../../webview/undo-verb.js';

describe('The keys of undo and redo in a picture', () => {
  const held = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
  const verb = (key: string, mac: boolean, ...more: readonly (keyof typeof held)[]) =>
    undoVerb({ key, ...held, ...Object.fromEntries(more.map((one) => [one, true])) }, mac);

  it('are those of VS Code, on a Mac and elsewhere', () => {
    assert.equal(verb('z', false, 'ctrlKey'), 'undo');
    assert.equal(verb('Z', false, 'ctrlKey', 'shiftKey'), 'redo');
    assert.equal(verb('y', false, 'ctrlKey'), 'redo');
    assert.equal(verb('z', true, 'metaKey'), 'undo');
    assert.equal(verb('Z', true, 'metaKey', 'shiftKey'), 'redo');
  });

  it('are no others', () => {
    assert.equal(verb('z', false), null);
    assert.equal(verb('z', true, 'ctrlKey'), null);
    assert.equal(verb('z', false, 'metaKey'), null);
    assert.equal(verb('z', false, 'ctrlKey', 'altKey'), null);
    assert.equal(verb('y', true, 'metaKey'), null);
  });
});
