/** Between lesson.md and the notebook. */
import * as vscode from 'vscode';
import { metadataOf } from './cell-metadata.js';
import { openingCard } from './cards.js';
import { type EditedCell, cellsOf, written } from './cells.js';
import { cardOutput, problemsOutput } from './outputs.js';

interface Head {
  readonly front: string;
}

export const lessonSerializer: vscode.NotebookSerializer = {
  deserializeNotebook(content) {
    const { front, cells } = cellsOf(new TextDecoder('utf-8', { ignoreBOM: true }).decode(content));
    const { Code, Markup } = vscode.NotebookCellKind;
    const data = new vscode.NotebookData(
      cells.map(({ kind, language, value, metadata, cell, problems }) => {
        const made = new vscode.NotebookCellData(kind === 'code' ? Code : Markup, value, language);
        made.metadata = metadata;
        const card = cell === null ? null : openingCard(cell, metadata.part.body);
        if (card) made.outputs = [cardOutput(metadata.id, card)];
        else if (problems.length > 0) made.outputs = [problemsOutput(problems)];
        return made;
      }),
    );
    data.metadata = { front } satisfies Head;
    return data;
  },
  serializeNotebook({ cells, metadata }) {
    const edited = cells.map((cell): EditedCell => editedCell(cell));
    return new TextEncoder().encode(written(frontOf(metadata), edited).text);
  },
};

/** The text of an open notebook as it would be saved now, with the place of each cell. */
export function writtenNotebook(notebook: vscode.NotebookDocument) {
  const cells = notebook.getCells().map((cell) =>
    editedCell({
      kind: cell.kind,
      languageId: cell.document.languageId,
      value: cell.document.getText(),
      metadata: cell.metadata,
    }),
  );
  return { ...written(frontOf(notebook.metadata), cells), cells };
}

function editedCell({
  kind,
  languageId,
  value,
  metadata,
}: Pick<vscode.NotebookCellData, 'kind' | 'languageId' | 'value' | 'metadata'>): EditedCell {
  return {
    kind: kind === vscode.NotebookCellKind.Code ? 'code' : 'markup',
    language: languageId,
    value,
    metadata: metadataOf(metadata),
  };
}

function frontOf(metadata: Readonly<Record<string, unknown>> | undefined): string {
  return typeof metadata?.front === 'string' ? metadata.front : '';
}
