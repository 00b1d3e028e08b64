/** As a comment of a shell, of YAML and of HCL alike: on one line, since the next one would be more than a comment. */
export function comment(text: string): string {
  return `# ${text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?')}`.trimEnd();
}
