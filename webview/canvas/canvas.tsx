/** The picture itself: both layers on one sheet that can be moved, zoomed and rearranged. */
import * as l10n from '@vscode/l10n';
import {
  type Connection,
  type NodeChange,
  Background,
  BackgroundVariant,
  Controls,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  ViewportPortal,
  applyNodeChanges,
  useReactFlow,
  useStore as useFlowSize,
} from '@xyflow/react';
import { type CSSProperties, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { store, useStore } from '../store.js';
import { openTerminal } from '../thing.js';
import { Bars, Cable, Stub } from './cable.js';
import { type Drawn, drawnLines, drawnNodes } from './elements.js';
import { stepOf } from './far.js';
import { Afar } from './far-name.js';
import { FarTip } from './far-tip.js';
import { Headings } from './headings.js';
import { HostCard, Underlay } from './host.js';
import { InstanceCard, NetworkBar, Outside, RouterCard } from './shapes.js';
import { PathLine } from '../path/path-line.js';
import { markFrame } from '../mark-frame.js';
import { useShown } from '../use-shown.js';
import { useCableKeys } from './use-cable-keys.js';
import { useLayout } from './use-layout.js';
import { barOf } from './wire.js';

const NODES = {
  network: NetworkBar,
  router: RouterCard,
  instance: InstanceCard,
  outside: Outside,
  node: HostCard,
  underlay: Underlay,
};
const LINES = { cable: Cable, stub: Stub };

/** A zoom at which nobody can read what is written on things. */
const FAR = 0.5;

/** A zoom at which a thin line is none. */
const SMALL = 0.65;

/** So many things are worth a map of their own. */
const MANY = 60;

/** Small: it covers a corner of what it is a map of. */
const MAP = { width: 140, height: 100 };

export function Canvas() {
  return (
    <ReactFlowProvider>
      <Sheet />
    </ReactFlowProvider>
  );
}

function Sheet() {
  const snapshot = useStore((state) => state.snapshot);
  const mode = useStore((state) => state.mode);
  const picture = useShown();
  const layout = useLayout(picture);
  const dragged = useStore((state) => state.dragged);
  const moved = useMemo(() => ({ ...snapshot?.positions, ...dragged }), [snapshot?.positions, dragged]);
  const made = useMemo(
    () => (snapshot && picture && layout ? drawnNodes({ ...snapshot, picture }, layout, moved, mode) : []),
    [snapshot, picture, layout, moved, mode],
  );
  const [nodes, setNodes] = useState<Drawn[]>([]);
  // React Flow keeps what it measured and what is selected in the nodes themselves.
  useEffect(() => {
    setNodes((before) => {
      const old = new Map(before.map((node) => [node.id, node]));
      return made.map((node) => {
        const known = old.get(node.id);
        return known
          ? {
              ...node,
              selected: known.selected ?? false,
              ...(known.measured ? { measured: known.measured } : {}),
            }
          : node;
      });
    });
  }, [made]);
  const drawn = nodes.length > 0;
  useEffect(() => {
    if (drawn) markFrame('picture');
  }, [drawn]);
  const lines = useMemo(
    () => (snapshot && picture && layout ? drawnLines({ ...snapshot, picture }, layout, moved, mode) : []),
    [snapshot, picture, layout, moved, mode],
  );
  const bars = useMemo(
    () =>
      nodes
        .filter(({ type }) => type === 'network')
        .map(({ id, position, width = 0, height = 0 }) => barOf(id, { ...position, width, height })),
    [nodes],
  );
  const onMoved = useFit(layout, mode, nodes.length > MANY);
  const seen = useFlowSize(({ transform: [, , zoom] }) => (zoom < FAR ? 'far small' : zoom < SMALL ? 'small' : ''));
  const afar = useFlowSize(({ transform: [, , zoom] }) => (zoom < FAR ? stepOf(zoom) : null));

  const onNodesChange = useCallback((changes: NodeChange<Drawn>[]) => {
    setNodes((before) => applyNodeChanges(changes, before));
    choose(changes);
    keep(changes);
  }, []);
  const onKeyDown = useCableKeys(nodes, lines);
  const onConnect = useCallback(({ source, target }: Connection) => {
    const rows = store.now.snapshot?.rows ?? {};
    const [from, to] = [rows[source]?.id, rows[target]?.id];
    if (from !== undefined && to !== undefined) store.transport?.post({ type: 'connect', from, to });
  }, []);

  return (
    <Afar.Provider value={afar}>
      <Bars.Provider value={bars}>
        <ReactFlow<Drawn>
          nodes={nodes}
          edges={lines}
          nodeTypes={NODES}
          edgeTypes={LINES}
          onNodesChange={onNodesChange}
          onConnect={onConnect}
          onKeyDown={onKeyDown}
          onMoveEnd={onMoved}
          className={seen}
          style={{ '--zoom': afar ?? 1 } as CSSProperties}
          isValidConnection={({ source, target }) => !source.startsWith('node ') && target.startsWith('network ')}
          onNodeMouseEnter={(_event, { id }) => {
            if (!id.startsWith('node ')) store.set({ hovered: id });
          }}
          onNodeMouseLeave={() => {
            store.set({ hovered: null });
          }}
          onNodeClick={(_event, { id }) => {
            store.set({ chosen: id });
          }}
          onPaneClick={() => {
            store.set({ chosen: null });
          }}
          onNodeDoubleClick={(_event, { id }) => {
            openTerminal(id);
          }}
          minZoom={0.05}
          maxZoom={2.5}
          zoomOnDoubleClick={false}
          deleteKeyCode={null}
          connectionRadius={30}
          onlyRenderVisibleElements={nodes.length > MANY}
          proOptions={{ hideAttribution: true }}
          ariaLabelConfig={spokenBySheet()}
        >
          <Background variant={BackgroundVariant.Dots} gap={22} size={1} />
          <Controls showInteractive={false} />
          {nodes.length > MANY ? (
            <MiniMap style={MAP} pannable zoomable ariaLabel={l10n.t('Map of the picture')} />
          ) : null}
          <ViewportPortal>
            <PathLine nodes={nodes} />
            {layout === null ? null : <Headings logical={layout.logical} physical={layout.physical} />}
          </ViewportPortal>
        </ReactFlow>
        <FarTip />
      </Bars.Provider>
    </Afar.Provider>
  );
}

/** By the keys as by the mouse: what is chosen lights up what belongs to it. */
function choose(changes: readonly NodeChange<Drawn>[]): void {
  for (const change of changes) {
    if (change.type !== 'select') continue;
    if (change.selected) store.set({ chosen: change.id });
    else if (store.now.chosen === change.id) store.set({ chosen: null });
  }
}

/** Where something was put, when the mouse lets go of it or a key has moved it. */
function keep(changes: readonly NodeChange<Drawn>[]): void {
  const places = Object.fromEntries(
    changes.flatMap((change): [string, [number, number]][] =>
      change.type === 'position' && change.dragging === false && change.position
        ? [[change.id, [Math.round(change.position.x), Math.round(change.position.y)]]]
        : [],
    ),
  );
  if (Object.keys(places).length === 0) return;
  store.set({ dragged: { ...store.now.dragged, ...places } });
  store.transport?.post({ type: 'move', positions: places });
}

/** What React Flow says itself. */
function spokenBySheet() {
  return {
    'node.a11yDescription.default': l10n.t(
      'Enter chooses, the arrow keys move what is chosen and go from anything else along its cables, Shift+F10 opens its menu.',
    ),
    'edge.a11yDescription.default': l10n.t(
      'Up and down lead to its ends, left and right to the cables beside it, Enter opens its menu, Escape leads back.',
    ),
    'node.a11yDescription.ariaLiveMessage': () => l10n.t('moved'),
    'controls.ariaLabel': l10n.t('Zoom'),
    'controls.zoomIn.ariaLabel': l10n.t('Zoom in'),
    'controls.zoomOut.ariaLabel': l10n.t('Zoom out'),
    'controls.fitView.ariaLabel': l10n.t('Show everything'),
  };
}

/**
 * Everything is seen at first, and again when it is another drawing or another size of the panel; who has moved or zoomed himself
 * stays where he is.
 * @param many It reaches down to where the buttons are, and stands beside them.
 * @returns What is told when the sheet was moved
 */
function useFit(layout: object | null, mode: string, many: boolean): (event: unknown) => void {
  const { fitView } = useReactFlow();
  const width = useFlowSize((state) => state.width);
  const height = useFlowSize((state) => state.height);
  const own = useRef<object | null>(null);
  const drawing = useMemo(() => ({ layout, mode }), [layout, mode]);
  useEffect(() => {
    if (drawing.layout === null || own.current === drawing || width === 0) return undefined;
    // After the frame in which React Flow takes the nodes in.
    const frame = requestAnimationFrame(() => {
      const padding = { top: '58px', left: many ? '64px' : '28px', right: '28px', bottom: '44px' } as const;
      void fitView({ padding, maxZoom: 1.25 });
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [drawing, width, height, many, fitView]);
  return (event) => {
    // None: it was moved by us.
    if (event !== null) own.current = drawing;
  };
}
