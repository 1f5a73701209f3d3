import assert from "node:assert/strict";
import { AnswerBook } from "../../../rehearsal/simulation/answer-book";
import { Endpoints } from "../../../rehearsal/simulation/endpoints";
import { InvariantWatch } from "../../../rehearsal/simulation/invariants";
import { keptConnection } from "../../../rehearsal/simulation/profiles/kept-connection";
import { ResolverPool } from "../../../rehearsal/simulation/resolver-pool";
import { failoverPlan } from "./plan-fixture";
import { systemOf } from "./system-fixture";

/** One resolver whose client keeps its connection to the primary, in the steady state. */
function connected() {
  const book = new AnswerBook(systemOf(failoverPlan()));
  const endpoints = new Endpoints(2);
  endpoints.reset(0);
  const pool = new ResolverPool({
    resolvers: 1,
    clients: [{ profile: keptConnection, weight: 1 }],
    requestIntervalMs: 1_000,
    places: [],
    startKey: book.startKey,
    endpoints,
    watch: new InvariantWatch({ scenario: "primary-refuses", seed: 1, resolvers: 1 }),
    seed: 1,
  });
  pool.startCutover(0);
  const endsMs = pool.reset(0, 0, 4, book.view(1));
  return { pool, endpoints, endsMs, view: book.view(1) };
}

describe("ResolverPool, a connection that is kept", () => {
  it("asks with the next request when the connection breaks, and calls its old question off", () => {
    const { pool, endpoints, endsMs } = connected();
    assert.ok(endsMs > 10_000 && pool.isDue(0, endsMs));
    pool.settleAll(10_000);
    endpoints.behave(0, { kind: "refuse" }, 10_000);
    const told: number[] = [];
    pool.endpointChanged(0, 10_000, (_resolver, asksAtMs) => told.push(asksAtMs));
    const [asksAtMs = Number.NaN] = told;
    assert.ok(told.length === 1 && asksAtMs >= 10_000 && asksAtMs < 11_000, `${told}`);
    assert.deepEqual([pool.isDue(0, asksAtMs), pool.isDue(0, endsMs)], [true, false]);
  });

  it("minds neither an error answer nor another endpoint", () => {
    const { pool, endpoints, endsMs } = connected();
    const told = () => assert.fail("nobody has to ask");
    endpoints.behave(0, { kind: "http-503" }, 10_000);
    pool.endpointChanged(0, 10_000, told);
    endpoints.behave(1, { kind: "refuse" }, 10_000);
    pool.endpointChanged(1, 10_000, told);
    assert.ok(pool.isDue(0, endsMs));
  });

  it("follows the resolver's TTL while there is nothing to connect to", () => {
    const { pool, endpoints, view } = connected();
    endpoints.behave(0, { kind: "refuse" }, 10_000);
    pool.endpointChanged(0, 10_000, () => {});
    const nextMs = pool.ask(0, 10_500, view);
    assert.ok(nextMs > 10_500 && nextMs <= 70_500 + 1_000, `${nextMs}`);
    endpoints.behave(0, { kind: "serves" }, 11_000);
    assert.ok(pool.ask(0, nextMs, view) >= nextMs + 3_600_000);
  });
});
