import type { FailoverRole } from "../../model/failover-plan";
import type { Told } from "./answer-lookup";

/** One answer for each resolver, column by column: a simulation reads them a million times. */
export class HeldAnswers {
  readonly roles: (FailoverRole | undefined)[];
  /** Index of the endpoint that the answer leads to; -1 for one without an address. */
  readonly endpoints: Int32Array;
  readonly fetchedAtMs: Float64Array;
  readonly expiresAtMs: Float64Array;

  constructor(resolvers: number) {
    this.roles = Array.from({ length: resolvers }, () => undefined);
    this.endpoints = new Int32Array(resolvers);
    this.fetchedAtMs = new Float64Array(resolvers);
    this.expiresAtMs = new Float64Array(resolvers);
  }

  /** The resolver was told this. */
  take(resolver: number, told: Readonly<Told>): void {
    this.roles[resolver] = told.role;
    this.endpoints[resolver] = told.endpoint;
    this.fetchedAtMs[resolver] = told.fetchedAtMs;
    this.expiresAtMs[resolver] = told.expiresAtMs;
  }

  /** The resolver's answer becomes that of `from`. */
  copy(resolver: number, from: HeldAnswers): void {
    this.roles[resolver] = from.roles[resolver];
    this.endpoints[resolver] = from.endpoints[resolver] as number;
    this.fetchedAtMs[resolver] = from.fetchedAtMs[resolver] as number;
    this.expiresAtMs[resolver] = from.expiresAtMs[resolver] as number;
  }
}
