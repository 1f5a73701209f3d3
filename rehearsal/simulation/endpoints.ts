import type { MetricSource } from "../../model/alarm-metric";
import {
  alikeForMs,
  type Behaviour,
  chanceOf,
  failingPart,
  isSteady,
  keepsConnections,
  SERVES,
  servesRequest,
  takesConnection,
} from "./behaviour";

export interface Stretch {
  readonly behaviour: Behaviour;
  readonly sinceMs: number;
  /** Looked up a million times, each: whether every request meets the same, and whether it is served then. */
  readonly isSteady: boolean;
  readonly serves: boolean;
  readonly chanceOf: ReturnType<typeof chanceOf>;
  readonly hasStretches: boolean;
}

function stretch(behaviour: Behaviour, sinceMs: number): Stretch {
  return {
    behaviour,
    sinceMs,
    isSteady: isSteady(behaviour),
    serves: servesRequest(behaviour, 0, 0),
    chanceOf: chanceOf(behaviour),
    hasStretches: alikeForMs(behaviour, 0) > 0,
  };
}

/** What every endpoint does now, and what it did before; an endpoint is named by its index. */
export class Endpoints {
  private readonly now: Stretch[];
  private readonly past: Stretch[][];

  constructor(readonly count: number) {
    this.now = Array.from({ length: count }, () => stretch(SERVES, 0));
    this.past = this.now.map(() => []);
  }

  /** Everything has been serving since `startMs`. */
  reset(startMs: number): void {
    for (let endpoint = 0; endpoint < this.count; endpoint++) {
      this.now[endpoint] = stretch(SERVES, startMs);
      this.past[endpoint] = [];
    }
  }

  behave(endpoint: number, behaviour: Behaviour, atMs: number): void {
    this.past[endpoint]?.push(this.at(endpoint));
    this.now[endpoint] = stretch(behaviour, atMs);
  }

  /** Whether every request from now on meets the same. An endpoint outside the plan (-1) never serves. */
  isSteady(endpoint: number): boolean {
    return endpoint < 0 || this.at(endpoint).isSteady;
  }

  /** Whose chance decides what a request meets. */
  chanceOf(endpoint: number): ReturnType<typeof chanceOf> {
    return endpoint < 0 ? "none" : this.at(endpoint).chanceOf;
  }

  /** Whether a sender's next request meets what this one did: it is steady, or the sender's own fate decides. */
  meetsAlike(endpoint: number): boolean {
    return this.isSteady(endpoint) || this.chanceOf(endpoint) === "sender";
  }

  /** For how long from `atMs` on every request meets what that one does; 0 where each has to be asked by itself. */
  alikeForMs(endpoint: number, atMs: number): number {
    if (endpoint < 0) return Number.POSITIVE_INFINITY;
    const { behaviour, sinceMs, hasStretches } = this.at(endpoint);
    return hasStretches ? alikeForMs(behaviour, atMs - sinceMs) : 0;
  }

  serves(endpoint: number, atMs: number, chance: number): boolean {
    if (endpoint < 0) return false;
    const now = this.at(endpoint);
    return now.isSteady ? now.serves : servesRequest(now.behaviour, atMs - now.sinceMs, chance);
  }

  /** Whether a new connection comes about; `chance` is that of the request. */
  takesConnection(endpoint: number, atMs: number, chance: number): boolean {
    if (endpoint < 0) return false;
    const { behaviour, sinceMs } = this.at(endpoint);
    return takesConnection(behaviour, atMs - sinceMs, chance);
  }

  keepsConnections(endpoint: number, atMs: number): boolean {
    if (endpoint < 0) return false;
    const { behaviour, sinceMs } = this.at(endpoint);
    return keepsConnections(behaviour, atMs - sinceMs);
  }

  /** The part of a metric's source that failed at some moment up to now; undefined where no metric was published. */
  failingPart(endpoint: number, atMs: number, source: MetricSource): number | undefined {
    const stretches = [this.at(endpoint), ...[...(this.past[endpoint] ?? [])].reverse()];
    const then = stretches.find(({ sinceMs }) => sinceMs <= atMs) ?? stretch(SERVES, atMs);
    return failingPart(then.behaviour, atMs - then.sinceMs, source);
  }

  /** What it does now, and since when. */
  at(endpoint: number): Stretch {
    return this.now[endpoint] as Stretch;
  }
}
