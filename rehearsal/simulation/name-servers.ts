import type { Assumptions } from "./assumptions";
import type { PlayedCheck } from "./played-system";
import { type Draws, draws } from "./random";

/**
 * The zone's name servers, each with its own belief about every health check. Route 53 sends health "constantly"
 * to all locations; how long that takes is an assumption (`assumptions.ts`).
 */
export class NameServers {
  /** One bit per check, for each server. */
  readonly beliefs: Int32Array;
  private readonly delays: readonly Draws[];
  /** Number of the last change that a server has taken in, per server and check. */
  private readonly learned: Int32Array;
  private readonly checkCount: number;
  private readonly delayMsMax: number;

  constructor(checks: readonly PlayedCheck[], seed: number, assumptions: Assumptions) {
    const { nameServers, propagationSecondsMax } = assumptions;
    this.checkCount = checks.length;
    this.delayMsMax = propagationSecondsMax * 1_000;
    this.beliefs = new Int32Array(nameServers);
    this.learned = new Int32Array(nameServers * checks.length);
    this.delays = Array.from({ length: nameServers }, (_, server) =>
      checks.map(({ urn }) => draws(seed, `name-server/${server + 1}/check/${urn}/propagation`)),
    ).flat();
  }

  get count(): number {
    return this.beliefs.length;
  }

  reset(belief: number): void {
    this.beliefs.fill(belief);
    this.learned.fill(-1);
  }

  /** How long this change of this check takes to reach the server, in ms. */
  delayMs(server: number, check: number, cutover: number, change: number): number {
    return (this.delays[server * this.checkCount + check] as Draws).below(
      this.delayMsMax + 1,
      cutover,
      change,
    );
  }

  /** Takes a change in; older news than the server already has is dropped. */
  learn(server: number, check: number, isHealthy: boolean, change: number): void {
    const slot = server * this.checkCount + check;
    if (change <= (this.learned[slot] as number)) return;
    this.learned[slot] = change;
    const bit = 1 << check;
    const belief = this.beliefs[server] as number;
    this.beliefs[server] = isHealthy ? belief | bit : belief & ~bit;
  }
}
