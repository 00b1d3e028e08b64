/** What the page drew, in a file where a person wants it. */
import * as vscode from 'vscode';
import type { FromPage } from '../../picture/messages.js';

const FORMATS = { svg: 'SVG', png: 'PNG', html: 'HTML', jsonl: 'JSON Lines' } as const;

export async function saveExport(
  lab: string,
  { format, content }: Extract<FromPage, { type: 'export' }>,
): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `${lab}.${format}`;
  const target = await vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
    filters: { [FORMATS[format]]: [format] },
  });
  if (!target) return;
  const bytes = format === 'png' ? Buffer.from(content, 'base64') : new TextEncoder().encode(content);
  await vscode.workspace.fs.writeFile(target, bytes);
}
