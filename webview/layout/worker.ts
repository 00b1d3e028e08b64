/** The layout off the main thread. */
import type { Picture } from '../../src/picture/picture.js';
import { layOut } from './layout.js';

addEventListener('message', ({ data }: MessageEvent<{ readonly id: number; readonly picture: Picture }>) => {
  postMessage({ id: data.id, layout: layOut(data.picture) });
});
