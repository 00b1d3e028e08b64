/** What comes by message for a card, asked for as long as the card is there. */
import { useEffect, useSyncExternalStore } from 'react';
import type { FromRenderer } from '../../src/editor/lessons/card.js';
import type { Feed, Moment } from './feeds.js';

interface Fed {
  readonly cell: string;
  readonly feed: Feed;
  readonly post: (message: FromRenderer) => void;
}

/** @param wanted Whether there is anything to ask for */
export function useFeed({ cell, feed, post }: Fed, wanted: boolean): Moment | null {
  useEffect(() => {
    if (!wanted) return undefined;
    post({ type: 'watch', cell, on: true });
    return () => {
      post({ type: 'watch', cell, on: false });
    };
  }, [cell, post, wanted]);
  return useSyncExternalStore(feed.subscribe, feed.now);
}
