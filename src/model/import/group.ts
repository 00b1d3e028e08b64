/** Lists by a key. A stranger's file may put very many under one, so each is appended to in place. */
export function appendTo<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
