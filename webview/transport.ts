/** The one way between the page and whoever feeds it: VS Code, or a recording in a plain browser. */
import type { FromPage, ToPage } from '../src/picture/messages.js';
import { download } from './download.js';

export interface Transport {
  post(message: FromPage): void;
  listen(take: (message: ToPage) => void): void;
  /** What the page itself wants to find again after a reload of the window. */
  keep(state: Kept): void;
  readonly kept: Kept | null;
  /** Somebody answers. */
  readonly attended: boolean;
}

export interface Kept {
  /** The key of the lab, by which the panel is restored. */
  readonly lab: string;
  readonly mode?: string;
}

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare global {
  var acquireVsCodeApi: undefined | (() => VsCodeApi);
}

export function openTransport(recorded: readonly ToPage[]): Transport {
  return globalThis.acquireVsCodeApi === undefined
    ? fromRecording(recorded)
    : fromVsCode(globalThis.acquireVsCodeApi(), recorded);
}

/** @param first What is written into the page: it is drawn before the host was asked */
function fromVsCode(api: VsCodeApi, first: readonly ToPage[]): Transport {
  return {
    post: (message) => {
      api.postMessage(message);
    },
    listen: (take) => {
      for (const message of first) take(message);
      window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
        take(data);
      });
    },
    keep: (state) => {
      api.setState(state);
    },
    kept: (api.getState() ?? null) as Kept | null,
    attended: true,
  };
}

/** Nobody answers; what a person does is done by the page or not at all. */
function fromRecording(messages: readonly ToPage[]): Transport {
  return {
    post: (message) => {
      if (message.type === 'export') download(message);
    },
    listen: (take) => {
      for (const message of messages) take(message);
    },
    keep: () => undefined,
    kept: null,
    attended: false,
  };
}
