/** Rows that are dropped on rows of the same lab. */
import * as vscode from 'vscode';
import { report } from '../report.js';
import type { ServedTree } from '../late/late-tree.js';
import { LABS_VIEW } from '../manifest/views.js';
import type { TreeNode } from '../tree/labs-view.js';
import type { About } from '../tree/row.js';
import { DRAGGED } from './drop.js';
import type { FileEdits } from './file-edits.js';
import { joinRows } from './join-rows.js';
import type { LabStore } from '../labs/lab-store.js';

type DragOfLabs = ServedTree<TreeNode>['drag'];

/** As VS Code names what is dragged out of a tree. */
const MIME = `application/vnd.code.tree.${LABS_VIEW.toLowerCase()}`;

export class LabDragAndDrop implements DragOfLabs {
  constructor(
    private readonly labs: LabStore,
    private readonly edits: FileEdits,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  handleDrag(nodes: readonly TreeNode[], transfer: vscode.DataTransfer): void {
    const dragged = nodes.map(({ row }) => row.about).filter(({ kind }) => DRAGGED.has(kind));
    // Plain text, so that it is the same whichever way it takes through the window.
    if (dragged.length > 0) transfer.set(MIME, new vscode.DataTransferItem(JSON.stringify(dragged)));
  }

  async handleDrop(onto: TreeNode | undefined, transfer: vscode.DataTransfer): Promise<void> {
    const text = await transfer.get(MIME)?.asString();
    if (onto === undefined || text === undefined) return;
    try {
      await joinRows(this.labs, this.edits, JSON.parse(text) as About[], onto.row.about);
    } catch (error) {
      await report(error, this.log);
    }
  }
}
