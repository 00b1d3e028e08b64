// Bundles the command line and the extension into dist/. `npm install` runs it too (as `prepare`), so a clone is ready to use.
import { execFile } from 'node:child_process';
import { chmod, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { writeNotices } from './build-notices.mjs';

/**
 * dockerode requires what only some of its features need, and we use none of these: gRPC and protobuf for sessions of
 * BuildKit, ssh2 for an ssh of its own (ours runs the user's ssh command, src/docker/ssh-agent.ts), tar-fs and
 * dockerignore for a build context out of a folder (ours is a tar). In the bundle they would be 1.7 MB that every start
 * reads, for 0.1 s, and ssh2 does not run in an ES module at all. So a stand-in takes the place of each, which fails
 * when it is called. readable-stream is Node's own stream for older Nodes, so Node's own takes its place. And of url.parse
 * Node 24 warns wherever it is called outside node_modules, as it is here: what a user of ours can do nothing about.
 */
const leanDockerode = {
  name: 'lean-dockerode',
  /** @param {import('esbuild').PluginBuild} bundle */
  setup(bundle) {
    const unused = /^(ssh2|protobufjs|@grpc\/grpc-js|@grpc\/proto-loader|tar-fs|@balena\/dockerignore)$/;
    bundle.onResolve({ filter: unused }, ({ path }) => ({ path, namespace: 'unused' }));
    bundle.onLoad({ filter: unused, namespace: 'unused' }, ({ path }) => ({
      contents: `module.exports = new Proxy({}, {
        get: (_, name) => function () {
          throw new Error(\`${path} is left out of this bundle (src/build.mjs), and its \${String(name)} was called.\`);
        },
      });`,
    }));
    bundle.onResolve({ filter: /^readable-stream$/ }, () => ({ path: 'node:stream', external: true }));
    bundle.onResolve({ filter: /^url$/ }, ({ path, importer }) =>
      importer.includes('docker-modem') ? { path, namespace: 'quiet' } : undefined,
    );
    bundle.onLoad({ filter: /^url$/, namespace: 'quiet' }, () => ({
      contents: `const url = require('node:url');
        module.exports = { ...url, parse: (text) => {
          const { noDeprecation } = process;
          process.noDeprecation = true;
          try { return url.parse(text); } finally { process.noDeprecation = noDeprecation; }
        } };`,
    }));
  },
};

/**
 * zod brings its messages in some forty languages; ours are written in ours. And it can make its schemas of JSON schemas,
 * which we never ask. 0.2 MB that every start would read.
 */
const zodInEnglish = {
  name: 'zod-in-english',
  /** @param {import('esbuild').PluginBuild} bundle */
  setup(bundle) {
    bundle.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    }));
    bundle.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]classic[\\/]from-json-schema\.js$/ }, () => ({
      contents: 'export const fromJSONSchema = undefined;',
    }));
  },
};

/**
 * dockerode is a third of the extension's code and is not needed before an engine is, tar-stream not before an image is
 * made, the picture not before somebody opens
 * it, lessons not before one is wanted, and what makes a lab file of a running lab not before somebody saves one: files of
 * their own, read then.
 */
const lateOnes = {
  name: 'late-ones',
  /** @param {import('esbuild').PluginBuild} bundle */
  setup(bundle) {
    bundle.onResolve({ filter: /^dockerode$/ }, () => ({ path: './dockerode.cjs', external: true }));
    bundle.onResolve({ filter: /^tar-stream$/ }, () => ({ path: './tar-stream.cjs', external: true }));
    bundle.onResolve({ filter: /^\.\/editor\.js$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './editor.cjs', external: true } : undefined,
    );
    bundle.onResolve({ filter: /\/panels\.js$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './topology.cjs', external: true } : undefined,
    );
    bundle.onResolve({ filter: /\/open-lessons\.js$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './lessons.cjs', external: true } : undefined,
    );
    bundle.onResolve({ filter: /\/import\/running-lab\.js$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './running-lab-text.cjs', external: true } : undefined,
    );
  },
};

/** `import text from './x.css?text'`: a style sheet, with those that it imports, as text. For shadow trees, and one file less to wait for. */
const styleAsText = {
  name: 'style-as-text',
  /** @param {import('esbuild').PluginBuild} bundle */
  setup(bundle) {
    bundle.onResolve({ filter: /\.css\?text$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace(/\?text$/, '')),
      namespace: 'style-as-text',
    }));
    bundle.onLoad({ filter: /./, namespace: 'style-as-text' }, async ({ path }) => {
      const { outputFiles } = await build({ entryPoints: [path], bundle: true, minify: true, write: false });
      return { contents: outputFiles[0]?.text ?? '', loader: 'text' };
    });
  },
};

const absWorkingDir = fileURLToPath(new URL('..', import.meta.url));

/** The extension host of the oldest VS Code that we support reads CommonJS only. @type {import('esbuild').BuildOptions} */
const extensionHost = {
  absWorkingDir,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['vscode'],
  // What is found beside the program's own file (src/docker/build-context.ts) is found beside the bundle, too.
  banner: { js: "const __bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  define: { 'import.meta.url': '__bundleUrl' },
  sourcemap: true,
  minify: true,
  metafile: true,
  logLevel: 'warning',
};

/** What VS Code finds at once; the editor is read when something of it is needed. */
const extension = await build({
  ...extensionHost,
  entryPoints: ['src/editor/extension.ts'],
  outfile: 'dist/extension.cjs',
  plugins: [lateOnes],
});
const editor = await build({
  ...extensionHost,
  entryPoints: ['src/editor/editor.ts'],
  outfile: 'dist/editor.cjs',
  plugins: [lateOnes, zodInEnglish],
});
const topology = await build({
  ...extensionHost,
  entryPoints: ['src/editor/topology/panels.ts'],
  outfile: 'dist/topology.cjs',
  plugins: [zodInEnglish],
});
const lessons = await build({
  ...extensionHost,
  entryPoints: ['src/editor/lessons/open-lessons.ts'],
  outfile: 'dist/lessons.cjs',
  plugins: [lateOnes, zodInEnglish],
});
const runningLabText = await build({
  ...extensionHost,
  entryPoints: ['src/model/import/running-lab.ts'],
  outfile: 'dist/running-lab-text.cjs',
  plugins: [zodInEnglish],
});
/** @type {import('esbuild').BuildOptions} */
const browser = {
  absWorkingDir,
  outdir: 'dist/webview',
  bundle: true,
  platform: 'browser',
  target: 'chrome120',
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [zodInEnglish],
  minify: true,
  metafile: true,
  logLevel: 'warning',
};
const page = await build({
  ...browser,
  entryPoints: {
    main: 'webview/main.tsx',
    layout: 'webview/layout/worker.ts',
    consoles: 'webview/consoles/terminal.ts',
  },
  format: 'iife',
});
// VS Code imports a renderer of a notebook as a module.
const cards = await build({
  ...browser,
  entryPoints: { lesson: 'webview/lesson/main.tsx' },
  format: 'esm',
  plugins: [zodInEnglish, styleAsText],
});
/** @param {string} name @param {import('esbuild').Plugin[]} plugins */
const alone = (name, plugins) =>
  build({
    ...extensionHost,
    stdin: { contents: `module.exports = require('${name}');`, resolveDir: absWorkingDir },
    outfile: `dist/${name}.cjs`,
    plugins,
  });
const dockerode = await alone('dockerode', [leanDockerode]);
const tarStream = await alone('tar-stream', []);
writeNotices(
  absWorkingDir,
  [extension, editor, dockerode, tarStream, topology, lessons, runningLabText, page, cards].map(
    ({ metafile }) => metafile,
  ),
  'dist/third-party-notices.txt',
);

const { metafile } = await build({
  absWorkingDir,
  entryPoints: { cli: 'src/cli/main.ts' },
  outdir: 'dist',
  bundle: true,
  // Each command is a file of its own, so that only what is asked for is read: 0.1 s less for every start.
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  metafile: true,
  plugins: [leanDockerode, zodInEnglish],
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: true,
  minifySyntax: true,
  minifyWhitespace: true,
  // Packages of CommonJS call require() for what Node itself has.
  banner: {
    js: "#!/usr/bin/env node\nimport { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});

// Those of an earlier build go last: whoever runs meanwhile may still load one.
const chunks = new URL('../dist/chunks/', import.meta.url);
for (const name of await readdir(chunks))
  if (!(`dist/chunks/${name}` in metafile.outputs)) await rm(new URL(name, chunks));
await chmod(new URL('../dist/cli.js', import.meta.url), 0o755);

// For those who edit lab files with the help of a YAML extension.
const { stdout: schema } = await promisify(execFile)(process.execPath, ['dist/cli.js', 'schema'], {
  cwd: absWorkingDir,
});
await writeFile(new URL('../dist/lab-file.schema.json', import.meta.url), schema);
