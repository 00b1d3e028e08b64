import assert from 'node:assert/strict';
import { Selection } from '../../../../src/editor/tree/selection.js';

type Told = (event: { readonly selection: readonly string[] }) => unknown;

/** A tree of VS Code that told of a selection, and knows so many of its rows at each look. */
function selectionOf(told: readonly string[], ...known: readonly (readonly string[])[]): Selection<string> {
  let look = -1;
  let tell: Told = () => undefined;
  const selected = new Selection({
    get selection(): readonly string[] {
      look = Math.min(look + 1, known.length - 1);
      return known[look] ?? [];
    },
    onDidChangeSelection: (listener: Told) => {
      tell = listener;
      return { dispose: () => undefined };
    },
  });
  tell({ selection: told });
  return selected;
}

describe('what is selected in the Labs view', () => {
  it('is known at once where nothing is read anew', async () => {
    assert.deepEqual(await selectionOf(['blue'], ['blue']).rows(), ['blue']);
  });

  it('is waited for while its rows are read anew', async () => {
    assert.deepEqual(await selectionOf(['blue'], [], [], ['blue']).rows(), ['blue']);
  });

  it('is all of it: not only the rows that are known first', async () => {
    const both = ['blue', 'green'];
    assert.deepEqual(await selectionOf(both, ['blue'], ['blue'], both).rows(), both);
  });

  it('is found where VS Code told of it before it knew the row', async () => {
    assert.deepEqual(await selectionOf([], [], ['blue']).rows(), ['blue']);
  });

  it('is nothing where nothing comes', async () => {
    assert.deepEqual(await selectionOf([], []).rows(), []);
  });
});
