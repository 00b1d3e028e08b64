/** Text in a page: whatever it holds, it is text there. Pure. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function text(value: string): string {
  return value.replace(/[&<>"']/g, (one) => ENTITIES[one] ?? one);
}

/** Within double quotes. */
export function attribute(value: string): string {
  return text(value);
}

/** Paragraphs of a text, which blank lines part; what stands in backquotes is code. */
export function paragraphs(value: string): string {
  return value
    .split(/\n\s*\n/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => `<p>${text(one).replace(/`([^`]+)`/g, '<code>$1</code>')}</p>`)
    .join('\n');
}
