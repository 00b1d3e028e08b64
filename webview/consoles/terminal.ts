/** xterm, in a file of its own that is loaded with the first console. */
import '@xterm/xterm/css/xterm.css';
import { FitAddon } from '@xterm/addon-fit';
import { type ITheme, Terminal } from '@xterm/xterm';

export interface ConsoleScreen {
  write(text: string): void;
  focus(): void;
  dispose(): void;
}

export interface ConsoleListener {
  onInput(text: string): void;
  onResize(columns: number, rows: number): void;
}

export type OpenScreen = (element: HTMLElement, listener: ConsoleListener) => ConsoleScreen;

declare global {
  // Only `var` makes a property of the window.
  var openConsoleScreen: undefined | OpenScreen;
}

globalThis.openConsoleScreen = (element, listener) => {
  allowStyles();
  const terminal = new Terminal({
    fontFamily: token('--vscode-editor-font-family') || 'monospace',
    fontSize: 12,
    cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    screenReaderMode: document.body.classList.contains('vscode-using-screen-reader'),
    theme: theme(),
  });
  terminal.attachCustomKeyEventHandler((event) => !isEditors(event));
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.open(element);
  terminal.onData((text) => {
    listener.onInput(text);
  });
  terminal.onResize(({ cols, rows }) => {
    listener.onResize(cols, rows);
  });
  const size = new ResizeObserver(() => {
    fit.fit();
  });
  size.observe(element);
  // VS Code changes the class of the body with its theme.
  const colours = new MutationObserver(() => {
    terminal.options.theme = theme();
  });
  colours.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  return {
    write: (text) => {
      terminal.write(text);
    },
    focus: () => {
      terminal.focus();
    },
    dispose: () => {
      size.disconnect();
      colours.disconnect();
      terminal.dispose();
    },
  };
};

/** Keys that VS Code's own terminals leave to the editor, too (terminal.integrated.commandsToSkipShell); those that copy and paste stay. */
function isEditors({ key, code, ctrlKey, shiftKey, metaKey }: KeyboardEvent): boolean {
  if (key === 'F1' || (ctrlKey && key === 'Tab')) return true;
  if (code === 'KeyC' || code === 'KeyV') return false;
  return metaKey || (ctrlKey && (shiftKey || code === 'KeyP'));
}

function token(name: string): string {
  return getComputedStyle(document.body).getPropertyValue(name).trim();
}

const ANSI = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

function theme(): ITheme {
  const colour = (name: string): string => token(`--vscode-terminal-ansi${name}`);
  const titled = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
  const ansi = ANSI.flatMap((name) => [
    [name, colour(titled(name))],
    [`bright${titled(name)}`, colour(`Bright${titled(name)}`)],
  ]);
  return {
    background: token('--vscode-terminal-background') || token('--vscode-editor-background'),
    foreground: token('--vscode-terminal-foreground') || token('--vscode-foreground'),
    cursor: token('--vscode-terminalCursor-foreground') || token('--vscode-foreground'),
    selectionBackground: token('--vscode-terminal-selectionBackground') || token('--vscode-editor-selectionBackground'),
    ...(Object.fromEntries(ansi) as ITheme),
  };
}

let allowed = false;

/** xterm writes style elements and has no option for the nonce that the page's policy asks of them. */
function allowStyles(): void {
  const nonce = document.querySelector('meta[property="csp-nonce"]')?.getAttribute('content') ?? '';
  if (allowed || nonce === '') return;
  allowed = true;
  const create: unknown = Reflect.get(document, 'createElement');
  if (typeof create !== 'function') return;
  Reflect.set(document, 'createElement', (name: string): HTMLElement => {
    const element = create.call(document, name) as HTMLElement;
    if (name === 'style') element.setAttribute('nonce', nonce);
    return element;
  });
}
