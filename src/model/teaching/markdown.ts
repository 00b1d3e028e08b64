/** Markdown for help texts. Names come from a stranger's file, so they stand as code, where nothing is interpreted. */
import * as l10n from '@vscode/l10n';

export function code(text: string): string {
  return `\`${text.replace(/[`\r\n]/g, '?')}\``;
}

export function codes(texts: readonly string[], most = 12): string {
  const shown = texts.slice(0, most).map(code).join(', ');
  return texts.length > most ? l10n.t('{0} and {1} more', shown, texts.length - most) : shown;
}

/** A title, what it is, a list of facts, and a sentence or two that teach; what is empty is left out. */
export function page(title: string, facts: readonly (string | null)[], lessons: readonly (string | null)[]): string {
  const list = facts.flatMap((fact) => (fact === null ? [] : [`- ${fact}`])).join('\n');
  const told = lessons.flatMap((lesson) => (lesson === null ? [] : [`_${lesson}_`]));
  return [title, list, ...told].filter((part) => part !== '').join('\n\n');
}

/** As many lines as a person reads in a tooltip. */
export function shorten(lines: readonly string[], most = 12): string[] {
  return lines.length <= most ? [...lines] : [...lines.slice(0, most), l10n.t('… and {0} more', lines.length - most)];
}
