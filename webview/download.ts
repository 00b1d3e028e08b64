/** What the page drew, as a file of whoever looks at it in a browser, where no editor asks for a place. */
import type { FromPage } from '../src/picture/messages.js';

type Export = Extract<FromPage, { type: 'export' }>;

export function download({ format, content }: Export): void {
  const bytes = format === 'png' ? Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0)) : content;
  const address = URL.createObjectURL(new Blob([bytes], { type: format === 'png' ? 'image/png' : 'image/svg+xml' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${document.title}.${format}`;
  link.click();
  // Whoever saves it has it by then: the click has begun it.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
}
