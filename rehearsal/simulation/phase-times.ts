/**
 * What one phase gave, in ms since the fault or since the heal; below 0 for what did not happen: -1, or `UNTOUCHED`
 * for who had nothing to leave.
 */
export interface PhaseTimes {
  /** When it began, in ms since the cutover's steady state did. */
  startMs: number;
  /** Until the primary's check changed. */
  checkMs: number;
  /** Until each name server answered with the expected side, or without what is lost. */
  readonly authoritativeMs: Float64Array;
  /** Until the first request of each resolver that the expected side, or whoever is left, served. */
  readonly clientMs: Float64Array;
}

export function phaseTimes(nameServers: number, resolvers: number): PhaseTimes {
  return {
    startMs: 0,
    checkMs: -1,
    authoritativeMs: new Float64Array(nameServers),
    clientMs: new Float64Array(resolvers),
  };
}
