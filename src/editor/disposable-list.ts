/** What is opened is disposed by the one who opened it, also what comes after the end. */
interface Disposable {
  dispose(): unknown;
}

export class DisposableList implements Disposable {
  private items: Disposable[] | null = [];

  /** Keeps it until the end; disposes it at once when the end has come already. */
  add<T extends Disposable>(item: T): T {
    if (this.items === null) item.dispose();
    else this.items.push(item);
    return item;
  }

  dispose(): void {
    const items = this.items ?? [];
    this.items = null;
    for (const item of items.reverse()) item.dispose();
  }
}
