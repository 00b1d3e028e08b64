/** Brings the file with the screens in, the first time that one is wanted. */
import type { OpenScreen } from './terminal.js';

let loading: Promise<OpenScreen> | null = null;

/** @throws Error where the file is not there, as in a recording */
export async function loadScreens(): Promise<OpenScreen> {
  loading ??= load();
  return await loading;
}

async function load(): Promise<OpenScreen> {
  const { consoles, consolesStyle } = document.body.dataset;
  if (consoles === undefined || consolesStyle === undefined) throw new Error('There are no consoles here.');
  const style = document.createElement('link');
  style.rel = 'stylesheet';
  style.href = consolesStyle;
  document.head.append(style);
  const script = document.createElement('script');
  script.nonce = document.querySelector('meta[property="csp-nonce"]')?.getAttribute('content') ?? '';
  script.src = consoles;
  await new Promise((resolve, reject) => {
    script.addEventListener('load', resolve);
    script.addEventListener('error', reject);
    document.head.append(script);
  });
  const open = globalThis.openConsoleScreen;
  if (open === undefined) throw new Error('The consoles did not load.');
  return open;
}
