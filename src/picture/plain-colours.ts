/** The colours of a page outside an editor: light or dark, as the reader's system has it. */

const PAIRS: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  foreground: ['#1b1f24', '#e6edf3'],
  descriptionForeground: ['#59636e', '#9198a1'],
  errorForeground: ['#cf222e', '#f85149'],
  focusBorder: ['#0969da', '#58a6ff'],
  'editor-background': ['#ffffff', '#0d1117'],
  'editorWidget-background': ['#f6f8fa', '#161b22'],
  'panel-background': ['#ffffff', '#0d1117'],
  'sideBar-background': ['#f6f8fa', '#161b22'],
  'editorWarning-foreground': ['#9a6700', '#d29922'],
  'editor-selectionBackground': ['#add6ff', '#264f78'],
  'charts-yellow': ['#9a6700', '#d29922'],
  'charts-blue': ['#0969da', '#58a6ff'],
  'charts-purple': ['#8250df', '#a371f7'],
  'charts-green': ['#1a7f37', '#3fb950'],
  'charts-red': ['#cf222e', '#f85149'],
  'terminal-ansiCyan': ['#1b7c83', '#39c5cf'],
  'terminal-ansiMagenta': ['#a5307e', '#db61a2'],
  'terminal-ansiBrightMagenta': ['#bc4c00', '#f0883e'],
  'terminal-ansiBrightBlue': ['#3d6fa8', '#79c0ff'],
  'list-hoverBackground': ['#f0f2f4', '#1f262e'],
  'list-activeSelectionBackground': ['#ddf4ff', '#1b3a5c'],
  'list-activeSelectionForeground': ['#1b1f24', '#e6edf3'],
  'dropdown-background': ['#ffffff', '#161b22'],
  'dropdown-foreground': ['#1b1f24', '#e6edf3'],
  'dropdown-border': ['#d0d7de', '#30363d'],
  'button-secondaryBackground': ['#e7ebef', '#2a313a'],
  'button-secondaryForeground': ['#1b1f24', '#e6edf3'],
  'button-secondaryHoverBackground': ['#d8dee4', '#343d47'],
  'button-background': ['#0969da', '#1f6feb'],
  'button-foreground': ['#ffffff', '#ffffff'],
  'toolbar-hoverBackground': ['#e7ebef', '#2a313a'],
  'widget-shadow': ['#00000029', '#00000066'],
};

/** Declarations for `:root`. */
export const PLAIN_COLOURS = [
  'color-scheme: light dark',
  '--vscode-font-family: system-ui, sans-serif',
  '--vscode-editor-font-family: ui-monospace, monospace',
  ...Object.entries(PAIRS).map(([name, [light, dark]]) => `--vscode-${name}: light-dark(${light}, ${dark})`),
].join('; ');
