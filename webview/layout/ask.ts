/** Asks the worker for a layout; where none can be had, as in a single file, it is made here. */
import type { Picture } from '../../src/picture/picture.js';
import { type Layout, layOut } from './layout.js';

let worker: Promise<Worker | null> | null = null;
let nth = 0;

export async function layoutInWorker(picture: Picture): Promise<Layout> {
  worker ??= startWorker();
  const one = await worker;
  if (one === null) return layOut(picture);
  const id = ++nth;
  return await new Promise((resolve) => {
    const take = ({ data }: MessageEvent<{ readonly id: number; readonly layout: Layout }>): void => {
      if (data.id !== id) return;
      one.removeEventListener('message', take);
      resolve(data.layout);
    };
    one.addEventListener('message', take);
    one.postMessage({ id, picture });
  });
}

/** A webview may start a worker from its own origin only: from a blob of the file's text. */
async function startWorker(): Promise<Worker | null> {
  const address = document.body.dataset.layout;
  if (address === undefined) return null;
  try {
    const text = await (await fetch(address)).text();
    return new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
  } catch {
    return null;
  }
}
