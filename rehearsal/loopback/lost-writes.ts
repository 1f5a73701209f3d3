/**
 * How many writes were lost: null where none was acknowledged and none counts as lost. Nobody was promised anything
 * then, and that nothing is missing says nothing.
 */
export function lostOf({ acknowledged, lost }: { acknowledged: number; lost: number }): number | null {
  return acknowledged === 0 && lost === 0 ? null : lost;
}
