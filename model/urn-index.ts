/** Indexes of lists that never change, each made when it is first asked. */
const indexes = new WeakMap<readonly { readonly urn: string }[], ReadonlyMap<string, unknown>>();

/** The item with this URN; the first where, against all rules, several have it. */
export function withUrn<Item extends { readonly urn: string }>(
  items: readonly Item[],
  urn: string | undefined,
): Item | undefined {
  if (urn === undefined) return undefined;
  let index = indexes.get(items) as ReadonlyMap<string, Item> | undefined;
  if (!index) {
    index = new Map([...items].reverse().map((item) => [item.urn, item]));
    indexes.set(items, index);
  }
  return index.get(urn);
}
