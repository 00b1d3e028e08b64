/** A row of the Labs view as a value: what it shows, and what it stands for. Pure. */
import type { ContextFlag, ContextValue } from '../manifest/context-values.js';

/** A codicon with the colour of a theme, or a picture of ours in `media`, for light and for dark. */
export type RowIcon = { readonly codicon: string; readonly colour?: string } | { readonly media: string };

/** What a row stands for: what commands are given. */
export interface About {
  /** The key of the lab. */
  readonly lab: string;
  readonly kind: ContextValue;
  /** The id of the resource, or the name where it has none. */
  readonly id: string;
  readonly name: string;
  /** Where it is: the node of a replica, an agent, a namespace. */
  readonly node?: string;
  /** The resource that it belongs to: the network of a subnet, the router of an interface. */
  readonly owner?: { readonly kind: ContextValue; readonly id: string; readonly name: string };
  readonly namespace?: string;
  readonly device?: string;
}

export interface Row {
  /** The same for the same thing, whatever happens to it: selection and expansion hang on it. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly icon: RowIcon;
  readonly flags?: readonly ContextFlag[];
  readonly about: About;
  /** Markdown; made when somebody hovers. */
  readonly tooltip?: () => string;
  /** Made when somebody looks; absent for a leaf. */
  readonly children?: () => readonly Row[];
  readonly expanded?: boolean;
  /** What a screen reader says, where the label and description are not enough. */
  readonly spoken?: string;
}

/** Joins what is there with a dot between. */
export function dotted(...parts: readonly (string | null | undefined | false)[]): string {
  return parts.filter((part) => typeof part === 'string' && part !== '').join(' · ');
}
