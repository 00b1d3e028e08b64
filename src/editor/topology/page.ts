/** The page of a panel: what it may load, and what is written into it so that the first picture needs no question. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Snapshot } from '../../picture/messages.js';

export interface PageContent {
  /** The key of the lab: the page keeps it, and the panel is restored by it. */
  readonly lab: string;
  readonly words: Record<string, string>;
  readonly first: Snapshot;
}

export function pageOf(webview: vscode.Webview, media: vscode.Uri, { lab, words, first }: PageContent): string {
  const nonce = randomBytes(16).toString('base64');
  const address = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(media, name)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    // Of attributes only: the toolkit's elements write some.
    "style-src-attr 'unsafe-inline'",
    `img-src ${webview.cspSource} blob: data:`,
    `font-src ${webview.cspSource}`,
    // The layout's worker, which may come from a blob only.
    `connect-src ${webview.cspSource}`,
    'worker-src blob:',
  ];
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">
<meta property="csp-nonce" content="${nonce}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Topology</title>
<link rel="stylesheet" href="${address('main.css')}">
</head>
<body data-layout="${address('layout.js')}" data-consoles="${address('consoles.js')}" data-consoles-style="${address('consoles.css')}">
<div id="root"></div>
${json('words', words)}
${json('lab', { lab })}
${json('recorded', [first])}
<script nonce="${nonce}" src="${address('main.js')}"></script>
</body>
</html>`;
}

export function iconOf({ extensionUri }: vscode.ExtensionContext): {
  readonly light: vscode.Uri;
  readonly dark: vscode.Uri;
} {
  const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, `src/editor/media/router-${theme}.svg`);
  return { light: icon('light'), dark: icon('dark') };
}

/** Data, whatever a stranger has called his networks: nothing in it can end the element. */
function json(id: string, value: unknown): string {
  return `<script type="application/json" id="${id}">${JSON.stringify(value).replace(/</g, '\\u003c')}</script>`;
}
