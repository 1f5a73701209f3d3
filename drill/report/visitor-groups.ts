import type { GroupFigures, Report } from "./report";

/**
 * The slowest cutover of the groups that the promise covers. Whoever was left unserved is slower than any; whoever was
 * always served has none. Of a single kind of visitor there is no name.
 */
export function slowestOver({ groups = [], clientSeconds }: Report["loopback"]): {
  readonly group: string | null;
  readonly seconds: number | null;
} {
  const [first] = groups;
  if (first === undefined) return { group: null, seconds: clientSeconds };
  const slowness = ({ cutoverSeconds, failed }: GroupFigures) =>
    cutoverSeconds ?? (failed > 0 ? Number.POSITIVE_INFINITY : -1);
  const [slowest = first] = groups
    .filter(({ notCovered }) => notCovered === null)
    .sort((a, b) => (slowness(a) === slowness(b) ? 0 : slowness(b) > slowness(a) ? 1 : -1));
  return { group: slowest.group, seconds: slowest.cutoverSeconds };
}

/** Whether a group met what the promise leaves out: where all of its requests were served, something else did. */
export function isLeftOut({ notCovered, requests, failed }: GroupFigures): boolean {
  return notCovered !== null && (failed > 0 || requests === 0);
}

/** `http visitors`: whom the promise covers, where it does not cover everybody. */
export function coveredWords({ loopback }: Report): string | undefined {
  const { groups = [] } = loopback;
  if (groups.every(({ notCovered }) => notCovered === null)) return undefined;
  return groups.flatMap(({ group, notCovered }) => (notCovered === null ? [group] : [])).join(" and ");
}

/** Where the loss of the place is to be made up for before DNS has to know of it, nobody has to come over. */
export function isAbsorbed({ places }: Report["loopback"]): boolean {
  return places?.[0]?.expectation === "absorbed";
}
