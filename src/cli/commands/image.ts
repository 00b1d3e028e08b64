/** `neutron-lab image build | save | load` */
import type { Command } from 'commander';
import { ensureImage, wantedImageTag } from '../../docker/image.js';
import { loadImageFile, saveImageFile } from '../../docker/image-file.js';
import type { CommandContext, DefineCommand } from '../command-definition.js';
import { Interrupt } from '../interrupt.js';
import { openEngine } from '../lab-access.js';
import { longWork } from '../long-work.js';
import { type EngineChoice, type JsonChoice, examples, oneOf, withEngine, withJson } from '../options.js';
import { milliseconds } from '../../render/words.js';
import type { Terminal } from '../terminal.js';

type ImageOptions = EngineChoice & JsonChoice;

const WAYS = ['registry', 'file', 'built'] as const;
type Way = (typeof WAYS)[number];

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

function defineBuild(parent: Command, { terminal }: CommandContext): void {
  const build = parent
    .command('build')
    .summary('make the node image where it is missing')
    .description(
      'Make the node image where it is missing: pulled from a registry, loaded from a file, or built; it says which.',
    );
  withJson(withEngine(build)).option('--from <way>', `make it anew, this way only: ${WAYS.join(', ')}`, oneOf(WAYS));
  examples(
    build,
    ['neutron-lab image build', 'does nothing where it is there already'],
    ['neutron-lab image build --from built', 'from the Dockerfile, anew'],
  );
  build.action(async (options: ImageOptions & { from?: Way }) => {
    await make(terminal, options, options.from);
  });
}

async function make(terminal: Terminal, options: ImageOptions, from: Way | undefined): Promise<void> {
  const json = options.json === true;
  using interrupt = new Interrupt(terminal);
  const began = performance.now();
  const runtime = await openEngine(options);
  try {
    const { signal } = interrupt;
    const { image, way, how } = await longWork(
      terminal,
      json,
      async (progress) => await ensureImage(runtime, { signal, progress, ...(from === undefined ? {} : { from }) }),
    );
    if (json) terminal.json({ tag: image.tag, id: image.id, bytes: image.size, way, how });
    else {
      const took = way === 'present' ? '' : `, ${milliseconds(performance.now() - began)}`;
      terminal.line(`${terminal.paint('✓', 'green')} ${image.tag}, ${megabytes(image.size)}: ${how}${took}.`);
    }
  } finally {
    runtime.close();
  }
}

function defineSave(parent: Command, { terminal }: CommandContext): void {
  const save = parent
    .command('save')
    .summary('write the node image into a file, for a room without internet')
    .description('Write the node image into a file, as `docker save` does, for a room without internet.')
    .argument('<file>', 'the tar to write');
  examples(withJson(withEngine(save)), ['neutron-lab image save /media/stick/node.tar', '']);
  save.action(async (file: string, options: ImageOptions) => {
    const json = options.json === true;
    using interrupt = new Interrupt(terminal);
    const { signal } = interrupt;
    const runtime = await openEngine(options);
    try {
      const { tag, bytes } = await longWork(terminal, json, async (onProgress) => {
        const { image } = await ensureImage(runtime, { signal, progress: onProgress });
        return { tag: image.tag, bytes: await saveImageFile(runtime, image.tag, file, { signal, onProgress }) };
      });
      if (json) terminal.json({ tag, file, bytes });
      else terminal.line(`${terminal.paint('✓', 'green')} ${tag} is in ${file}, ${megabytes(bytes)}.`);
    } finally {
      runtime.close();
    }
  });
}

function defineLoad(parent: Command, { terminal }: CommandContext): void {
  const load = parent
    .command('load')
    .summary('take the node image from a file')
    .description('Take the node image from a file that `neutron-lab image save` wrote.')
    .argument('<file>', 'the tar to read');
  examples(withJson(withEngine(load)), ['neutron-lab image load /media/stick/node.tar', '']);
  load.action(async (file: string, options: ImageOptions) => {
    const json = options.json === true;
    using interrupt = new Interrupt(terminal);
    const runtime = await openEngine(options);
    try {
      const { signal } = interrupt;
      const tags = await longWork(
        terminal,
        json,
        async (onProgress) => await loadImageFile(runtime, file, { signal, onProgress }),
      );
      const wanted = await wantedImageTag();
      const fits = tags.includes(wanted);
      if (json) {
        terminal.json({ tags, wanted, fits });
        return;
      }
      terminal.line(`${terminal.paint('✓', 'green')} Loaded ${tags.join(', ')}.`);
      if (!fits) {
        const { errorPaint } = terminal;
        terminal.errorLine(
          `${errorPaint('warning:', 'yellow', 'bold')} This version of Neutron Lab runs its nodes from ${wanted}, which the file does not hold.`,
        );
      }
    } finally {
      runtime.close();
    }
  });
}

export const defineImage: DefineCommand = (command, context) => {
  defineBuild(command, context);
  defineSave(command, context);
  defineLoad(command, context);
};
