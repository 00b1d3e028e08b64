/** Tells the browser's own record of performance when something was first on the screen. */
export function markFrame(what: 'picture' | 'clock'): void {
  const name = `neutron-lab:${what}`;
  if (performance.getEntriesByName(name).length > 0) return;
  requestAnimationFrame(() => {
    performance.mark(name);
  });
}
