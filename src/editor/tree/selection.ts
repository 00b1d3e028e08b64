/** What is selected in a tree whose rows may be just then read anew. */
import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds that reading its rows anew may take. */
const READ_ANEW = 2000;
/** The same, where for all that is known nothing is selected. */
const PERHAPS = 300;
/** Milliseconds between two looks; VS Code does not say when it knows its rows again. */
const AGAIN = 20;

export interface SelectingView<Node> {
  readonly selection: readonly Node[];
  readonly onDidChangeSelection: (tell: (event: { readonly selection: readonly Node[] }) => void) => {
    dispose(): void;
  };
}

/**
 * What VS Code calls the selection leaves out every row that it has to read anew (ExtHostTreeView of its extension host), though the
 * person sees it selected. So it is waited for, a moment at most.
 */
export class Selection<Node> {
  private told = 0;
  private readonly listening;

  constructor(private readonly view: SelectingView<Node>) {
    this.listening = view.onDidChangeSelection(({ selection }) => {
      this.told = selection.length;
    });
  }

  /** Empty where nothing is selected. */
  async rows(): Promise<readonly Node[]> {
    const until = performance.now() + (this.told > 0 ? READ_ANEW : PERHAPS);
    while (this.view.selection.length < Math.max(this.told, 1) && performance.now() < until) await delay(AGAIN);
    return this.view.selection;
  }

  dispose(): void {
    this.listening.dispose();
  }
}
