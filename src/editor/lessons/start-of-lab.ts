/** What a lesson's lab file says at its start: as it comes with the extension, or as it was before anything was done. */
import * as vscode from 'vscode';
import type { LabEntry } from '../labs/lab-entry.js';
import { savedText } from '../run/lab-source.js';
import { folderOf } from './catalogue.js';
import type { LessonHost } from './lesson-host.js';

const KEPT = 'lesson.start';

/** @param lesson Its lesson.md */
export async function startOf({ services }: LessonHost, lesson: vscode.Uri, { uri }: LabEntry): Promise<string> {
  if (uri === null) return '';
  const { extensionUri, workspaceState } = services.context;
  const file = uri.path.split('/').at(-1) ?? '';
  const bundled = vscode.Uri.joinPath(extensionUri, 'labs', folderOf(lesson), file);
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(bundled));
  } catch {
    const kept = workspaceState.get<Readonly<Record<string, string>>>(KEPT, {});
    const known = kept[uri.toString()];
    if (known !== undefined) return known;
    const text = await savedText(uri);
    await workspaceState.update(KEPT, { ...kept, [uri.toString()]: text });
    return text;
  }
}
