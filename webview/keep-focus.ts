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
  window.addEventListener('focus', () => {
    if (!pressed && document.activeElement === document.body && last?.isConnected) last.focus({ preventScroll: true });
  });
}
