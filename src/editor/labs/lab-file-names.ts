/** Which files are lab files, by their names. */
import type * as vscode from 'vscode';

export const LAB_FILES = '**/*.neutron.{yaml,yml}';

/** Where things stand in its picture, as a person put them: a file beside it. */
export function layoutFileOf(lab: vscode.Uri): vscode.Uri {
  return lab.with({ path: lab.path.replace(/\.ya?ml$/, '.layout.json') });
}

export function isLabFile({ path }: vscode.Uri): boolean {
  return /\.neutron\.ya?ml$/.test(path);
}
