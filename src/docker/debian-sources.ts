/** Debian's archive as this machine reaches it: its own apt sources and proxy, which may be the only way. */
import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * The lines of a sources.list (sources.list(5), one-line style) for one release, taken from a file of either style. Other
 * suppliers' archives are left out, since their keys are not in a new system: only suites of that release with the
 * component main count. Pure.
 */
export function archiveLines(text: string, codename: string): readonly string[] {
  return /^\s*Types\s*:/im.test(text) ? fromStanzas(text, codename) : fromLines(text, codename);
}

function fromLines(text: string, codename: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const parts = /^deb\s+(\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s+(.+)$/.exec(line.replace(/#.*$/, '').trim());
    const [, options = '', uri = '', suite = '', components = ''] = parts ?? [];
    return fits(suite, components, codename) ? [`deb ${options}${uri} ${suite} ${components}`] : [];
  });
}

function fromStanzas(text: string, codename: string): readonly string[] {
  return text
    .replaceAll(/^#.*\n?/gm, '')
    .split(/\n\s*\n/)
    .flatMap((stanza) => {
      const field = (name: string): string =>
        new RegExp(`^${name}\\s*:[ \\t]*(.*(?:\\n[ \\t]+.*)*)`, 'im').exec(stanza)?.[1]?.trim() ?? '';
      const key = field('Signed-By');
      // A key that is written out, not named, has no place in the one-line style.
      if (field('Enabled') === 'no' || !words(field('Types')).includes('deb') || key.includes('\n')) return [];
      const options = key === '' ? '' : `[signed-by=${key}] `;
      const components = words(field('Components')).join(' ');
      return words(field('URIs')).flatMap((uri) =>
        words(field('Suites'))
          .filter((suite) => fits(suite, components, codename))
          .map((suite) => `deb ${options}${uri} ${suite} ${components}`),
      );
    });
}

function fits(suite: string, components: string, codename: string): boolean {
  return (suite === codename || suite.startsWith(`${codename}-`)) && words(components).includes('main');
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/** What this machine's own sources say of a Debian release; nothing where it is another system. */
export async function hostArchiveLines(codename: string, folder = '/etc/apt'): Promise<readonly string[]> {
  const parts = join(folder, 'sources.list.d');
  const names = (await readdir(parts).catch(() => [])).filter((name) => /\.(list|sources)$/.test(name)).sort();
  const files = [join(folder, 'sources.list'), ...names.map((name) => join(parts, name))];
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
  return texts.flatMap((text) => archiveLines(text, codename));
}

export interface AptSettings {
  /** Lower case names as every program knows them: `http_proxy`, `https_proxy`, `no_proxy`. */
  readonly proxies: Readonly<Record<string, string>>;
  /** For an archive that stands still, as a snapshot does: apt's own words. */
  readonly options: readonly string[];
}

/**
 * @param dump What `apt-config dump` prints; empty where there is no apt.
 * @param env Goes before apt's own.
 */
export function aptSettings(dump: string, env: NodeJS.ProcessEnv): AptSettings {
  const value = (name: string): string | undefined =>
    new RegExp(`^${name} "(.*)";$`, 'm').exec(dump)?.[1]?.replace(/^(DIRECT|false)$/, '');
  const proxies = {
    http_proxy: env.http_proxy ?? env.HTTP_PROXY ?? value('Acquire::http::Proxy') ?? '',
    https_proxy: env.https_proxy ?? env.HTTPS_PROXY ?? value('Acquire::https::Proxy') ?? '',
    no_proxy: env.no_proxy ?? env.NO_PROXY ?? '',
  };
  const kept = ['Acquire::Check-Valid-Until', 'Acquire::Check-Date'].filter((name) => value(name) === '');
  return {
    proxies: Object.fromEntries(Object.entries(proxies).filter(([, proxy]) => proxy !== '')),
    options: kept.map((name) => `${name} "false"`),
  };
}

export async function hostAptSettings(env: NodeJS.ProcessEnv = process.env): Promise<AptSettings> {
  const dump = await promisify(execFile)('apt-config', ['dump']).then(
    ({ stdout }) => stdout,
    () => '',
  );
  return aptSettings(dump, env);
}
