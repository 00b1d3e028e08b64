/** VS Code closes its menus, boxes and messages with the keyboard in the page, but not where it was: whoever goes by keys is led back there. */

export function keepFocus(): void {
  let last: HTMLElement | SVGElement | null = null;
  let pressed = false;
  document.addEventListener('focusin', ({ target }) => {
    last = target instanceof HTMLElement || target instanceof SVGElement ? target : null;
  });
  document.addEventListener('pointerdown', () => {
    // The mouse says itself where it wants to be.
    last = null;
    pressed = true;
  });
  document.addEventListener('pointerup', () => {
    pressed = false;
  });
  const leadBack = (): void => {
    if (pressed || last === null || document.activeElement !== document.body) return;
    (last.isConnected ? last : drawnAnew(last))?.focus({ preventScroll: true });
  };
  window.addEventListener('focus', () => {
    leadBack();
    // VS Code may give the keyboard to the page as a whole after it has given it to the window.
    requestAnimationFrame(leadBack);
  });
}

/** What stands for the same thing, where what had the keyboard was drawn anew meanwhile. */
function drawnAnew({ dataset: { key } }: HTMLElement | SVGElement): HTMLElement | SVGElement | null {
  return key === undefined ? null : document.querySelector<HTMLElement | SVGElement>(`[data-key="${CSS.escape(key)}"]`);
}
