/** Stands in VS Code for a tree whose rows are made by code that is read when somebody first asks for them. */
import * as vscode from 'vscode';
import { DisposableList } from '../disposable-list.js';

export interface ServedTree<T> {
  readonly rows: Required<
    Pick<vscode.TreeDataProvider<T>, 'getChildren' | 'getTreeItem' | 'getParent' | 'resolveTreeItem'>
  > & { readonly onDidChangeTreeData: vscode.Event<T | undefined> };
  readonly drag: Required<Pick<vscode.TreeDragAndDropController<T>, 'handleDrag' | 'handleDrop'>>;
}

export class LateTree<T> implements vscode.Disposable {
  private readonly own = new DisposableList();
  readonly view: vscode.TreeView<T>;
  private readonly changed = this.own.add(new vscode.EventEmitter<T | undefined>());

  /** @param load Reads the code, once; it calls `serve`. */
  constructor(id: string, load: () => Promise<ServedTree<T>>) {
    const mime = `application/vnd.code.tree.${id.toLowerCase()}`;
    this.view = this.own.add(
      vscode.window.createTreeView<T>(id, {
        treeDataProvider: {
          onDidChangeTreeData: this.changed.event,
          getChildren: async (node) => await (await load()).rows.getChildren(node),
          getTreeItem: async (node) => await (await load()).rows.getTreeItem(node),
          getParent: async (node) => await (await load()).rows.getParent(node),
          resolveTreeItem: async (item, node, token) => await (await load()).rows.resolveTreeItem(item, node, token),
        },
        dragAndDropController: {
          dragMimeTypes: [mime],
          dropMimeTypes: [mime],
          handleDrag: async (nodes, transfer, token) => {
            await (await load()).drag.handleDrag(nodes, transfer, token);
          },
          handleDrop: async (node, transfer, token) => {
            await (await load()).drag.handleDrop(node, transfer, token);
          },
        },
        showCollapseAll: true,
        canSelectMany: true,
      }),
    );
  }

  /** From now on its changes are those of the tree itself. */
  serve({ rows }: ServedTree<T>): void {
    this.own.add(
      rows.onDidChangeTreeData((node) => {
        this.changed.fire(node);
      }),
    );
  }

  dispose(): void {
    this.own.dispose();
  }
}
