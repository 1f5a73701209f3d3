import type { SimulatedSample } from "./simulated-sample";

/** One line of `samples.ndjson`; docs/report.md describes each kind. */
export type SampleLine = SimulatedSample | ({ readonly basis: "loopback" } & Sample);

/** What was seen while a failure was played over real sockets, before anything is concluded from it. */
export type Sample = {
  /** Seconds of the system's time since the run began. */
  readonly atSeconds: number;
} & Observation;

export type Observation =
  | {
      readonly kind: "mark";
      readonly mark: "start" | "fault" | "heal" | "end";
      readonly detail?: string;
      /** Of the fault of a set that several serve: the member's endpoint, which the others make do without. */
      readonly member?: string;
      /** Of an act after the main one, which has its end behind it: what is lost, as the application names it. */
      readonly place?: string;
    }
  /** A group of visitors, where there are several; the first is the one that the times are of. */
  | {
      readonly kind: "group";
      readonly group: string;
      /** Why the promise does not cover it; null where it does. */
      readonly notCovered: string | null;
    }
  | {
      readonly kind: "probe";
      /** URN of the health check. */
      readonly check: string;
      readonly checker: string;
      readonly passed: boolean;
      readonly why: string;
    }
  | {
      readonly kind: "health";
      readonly check: string;
      /** What the check reports, inversion included. */
      readonly healthy: boolean;
      readonly healthyCheckers: number;
      readonly checkers: number;
    }
  | {
      readonly kind: "answer";
      readonly server: "authoritative" | "resolver";
      readonly name: string;
      readonly type: string;
      /** URN; null where the answer leads to none of the plan's endpoints. */
      readonly endpoint: string | null;
      readonly addresses: readonly string[];
      readonly ttlSeconds: number;
    }
  | {
      readonly kind: "request";
      readonly ok: boolean;
      readonly status: number | null;
      readonly endpoint: string | null;
      readonly region: string | null;
      readonly latencyMs: number;
      readonly error?: string;
      /** Which group of visitors and which of its visitors, where there are several. */
      readonly group?: string;
      readonly client?: number;
    }
  | {
      readonly kind: "write";
      readonly id: string;
      readonly version: number;
      readonly ok: boolean;
      readonly region: string | null;
    }
  | {
      readonly kind: "replica";
      readonly id: string;
      readonly version: number;
      readonly region: string;
      readonly lagMs: number;
    }
  | {
      readonly kind: "write-lost";
      readonly id: string;
      /** 0 where the write was never acknowledged. */
      readonly version: number;
      /** Who acknowledged; null where nobody did. */
      readonly region: string | null;
    }
  /** What became of an act after the main one. */
  | ({ readonly kind: "place" } & PlayedPlace)
  /** Something that the plan has and that is not played. */
  | { readonly kind: "note"; readonly text: string };

/** What an act found out; a system may lose several places, one after the other. */
export interface PlayedPlace {
  readonly place: string;
  readonly title: string;
  readonly expectation: "cutover" | "absorbed" | "all-named";
  readonly asExpected: boolean;
  readonly requests: number;
  readonly failed: number;
  /** From the fault to the first request that others served; null where none did. */
  readonly cutoverSeconds: number | null;
}
