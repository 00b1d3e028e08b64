/** The one file that knows the toolkit: the elements of VS Code's own look that the page uses. */
import { provideVSCodeDesignSystem, vsCodeButton } from '@vscode/webview-ui-toolkit';
import type { HTMLAttributes } from 'react';

export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(vsCodeButton());
}

interface ButtonAttributes extends HTMLAttributes<HTMLElement> {
  readonly appearance?: 'primary' | 'secondary' | 'icon';
  readonly disabled?: boolean;
}

declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- React's types want it so
  namespace JSX {
    interface IntrinsicElements {
      'vscode-button': ButtonAttributes;
    }
  }
}
