// Bundles the command line into dist/. `npm install` runs it too (as `prepare`), so a clone is ready to use.
import { chmod, readdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * dockerode requires what only some of its features need: gRPC and protobuf for sessions of BuildKit, ssh2 for an ssh of
 * its own. We use neither of them: the image is built without a session, and ssh is the user's own command
 * (src/docker/ssh-agent.ts). In the bundle they would be 2 MB that every start reads, for 0.15 s, and ssh2 does not run
 * in an ES module at all. So a stand-in takes the place of each, which fails when it is called.
 */
const leftOut = {
  name: 'left-out-of-the-bundle',
  /** @param {import('esbuild').PluginBuild} bundle */
  setup(bundle) {
    const filter = /^(ssh2|protobufjs|@grpc\/grpc-js|@grpc\/proto-loader)$/;
    bundle.onResolve({ filter }, ({ path }) => ({ path, namespace: leftOut.name }));
    bundle.onLoad({ filter, namespace: leftOut.name }, ({ path }) => ({
      contents: `module.exports = new Proxy({}, {
        get: (_, name) => function () {
          throw new Error(\`${path} is left out of this bundle (src/build.mjs), and its \${String(name)} was called.\`);
        },
      });`,
    }));
  },
};

const { metafile } = await build({
  absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
  entryPoints: { cli: 'src/cli/main.ts' },
  outdir: 'dist',
  bundle: true,
  // Each command is a file of its own, so that only what is asked for is read: 0.1 s less for every start.
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  metafile: true,
  plugins: [leftOut],
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
