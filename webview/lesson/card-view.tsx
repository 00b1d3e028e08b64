/** One card, by what it is. */
import type { Card, FromRenderer } from '../../src/editor/lessons/card.js';
import { CheckView } from './check-view.js';
import { DeclareView } from './declare-view.js';
import { ExperimentView } from './experiment-view.js';
import type { Feed } from './feeds.js';
import { InjectView } from './inject-view.js';
import { PredictView } from './predict-view.js';
import { TimelineView } from './timeline-view.js';
import { TopologyView } from './topology-view.js';

export interface CardProps<C extends Card> {
  readonly card: C;
  readonly cell: string;
  readonly feed: Feed;
  readonly post: (message: FromRenderer) => void;
}

export function CardView({ card, ...rest }: CardProps<Card>) {
  switch (card.kind) {
    case 'predict':
      return <PredictView card={card} {...rest} />;
    case 'check':
      return <CheckView card={card} {...rest} />;
    case 'declare':
      return <DeclareView card={card} {...rest} />;
    case 'experiment':
      return <ExperimentView card={card} {...rest} />;
    case 'topology':
      return <TopologyView card={card} {...rest} />;
    case 'timeline':
      return <TimelineView card={card} {...rest} />;
    case 'inject':
      return <InjectView card={card} {...rest} />;
  }
}
