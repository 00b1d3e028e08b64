/** Rooms may import from the ones above them in this list, never the other way; faces never import one another. */
const rooms = [
  'model',
  'neutron',
  'reconcile',
  'docker',
  'lab',
  'experiment',
  'picture',
  'render',
  'lesson',
  'cli',
  'editor',
];
const pure = ['model', 'neutron', 'reconcile'];

module.exports = {
  forbidden: [
    ...rooms
      .map((room, index) => ({
        name: `${room}-looks-down-only`,
        severity: 'error',
        from: { path: `^src/${room}/` },
        to: { path: rooms.slice(index + 1).map((below) => `^src/${below}/`) },
      }))
      .filter((rule) => rule.to.path.length > 0),
    { name: 'faces-stay-apart', severity: 'error', from: { path: '^src/editor/' }, to: { path: '^src/cli/' } },
    {
      name: 'docker-knows-no-lab-file',
      severity: 'error',
      from: { path: '^src/docker/' },
      to: { path: ['^src/neutron/', '^src/reconcile/'] },
    },
    {
      name: 'pure-rooms-touch-nothing',
      severity: 'error',
      from: { path: pure.map((room) => `^src/${room}/`) },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'only-docker-imports-dockerode',
      severity: 'error',
      from: { pathNot: '^src/docker/' },
      to: { path: 'node_modules/(@types/)?dockerode/' },
    },
    {
      name: 'only-cli-imports-commander',
      severity: 'error',
      from: { pathNot: '^src/cli/' },
      to: { path: 'node_modules/commander/' },
    },
    {
      name: 'only-editor-imports-vscode',
      severity: 'error',
      from: { pathNot: '^src/editor/' },
      to: { path: '^vscode$' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-development-package-in-the-product',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.mjs$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
    },
    {
      name: 'the-page-knows-values-only',
      comment: 'What it draws comes as values; it runs in a browser.',
      severity: 'error',
      from: { path: '^webview/' },
      to: {
        path: '^src/',
        pathNot: '^src/(picture/|experiment/timeline/|experiment/theory)',
        dependencyTypesNot: ['type-only'],
      },
    },
    { name: 'nobody-imports-the-page', severity: 'error', from: { path: '^src/' }, to: { path: '^webview/' } },
    { name: 'no-test-in-the-product', severity: 'error', from: { path: '^src/' }, to: { path: '^test/' } },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(vscode|mdast)$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js'],
    },
  },
};
