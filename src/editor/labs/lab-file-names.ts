/** Which files are lab files, by their names. */
import type * as vscode from 'vscode';

export const LAB_FILES = '**/*.neutron.{yaml,yml}';

export function isLabFile({ path }: vscode.Uri): boolean {
  return /\.neutron\.ya?ml$/.test(path);
}
