import assert from "node:assert/strict";
import type { FailoverPlan } from "../../../model/failover-plan";
import { AnswerBook, type AnswerView } from "../../../rehearsal/simulation/answer-book";
import { ControlPlane } from "../../../rehearsal/simulation/control-plane";
import type { InvariantName } from "../../../rehearsal/simulation/invariants";
import { NameServers } from "../../../rehearsal/simulation/name-servers";
import { ResolverCache } from "../../../rehearsal/simulation/resolver-cache";
import { type RequestCount, ResolverPool } from "../../../rehearsal/simulation/resolver-pool";
import { type Scenario, scenarioByName } from "../../../rehearsal/simulation/scenario";
import { simulate } from "../../../rehearsal/simulation/simulate";
import { SimulatedCheck } from "../../../rehearsal/simulation/simulated-check";
import { failoverPlan, NAME, onlySet } from "./plan-fixture";

type AnyMethod = (this: never, ...given: never[]) => unknown;

/** Runs `play` while `piece` has another method in this place. */
function withBroken<T>(piece: object, name: string, make: (sound: AnyMethod) => AnyMethod, play: () => T): T {
  const before = Object.getOwnPropertyDescriptor(piece, name) ?? assert.fail(`nothing is called ${name}`);
  const broken = before.get
    ? { ...before, get: make(before.get as AnyMethod) as () => unknown }
    : { ...before, value: make(before.value as AnyMethod) };
  Object.defineProperty(piece, name, broken);
  try {
    return play();
  } finally {
    Object.defineProperty(piece, name, before);
  }
}

/** The invariants that break, each once, and the first violation's command. */
function broken(
  piece: object,
  name: string,
  make: (sound: AnyMethod) => AnyMethod,
  { scenario = "primary-down", plan = failoverPlan({ secondaryCheck: {} }) } = {},
): { names: InvariantName[]; replay: string | undefined } {
  const violations = withBroken(piece, name, make, () => violationsOf(scenario, plan));
  return { names: [...new Set(violations.map(({ invariant }) => invariant))], replay: violations[0]?.replay };
}

function violationsOf(scenario: string | Scenario, plan: FailoverPlan) {
  const played = typeof scenario === "string" ? (scenarioByName(scenario) as Scenario) : scenario;
  return simulate({ plan, set: onlySet(plan), scenario: played, cutovers: 3, resolvers: 10, seed: 5 })
    .violations;
}

const change = (make: (view: AnswerView) => Partial<AnswerView>) => (sound: AnyMethod) =>
  function (this: never, belief: never) {
    const view = sound.call(this, belief) as AnswerView;
    return { ...view, ...make(view) };
  };

describe("an invariant notices", () => {
  it("nothing in a sound simulation", () => {
    assert.deepEqual(violationsOf("primary-down", failoverPlan({ secondaryCheck: {} })), []);
  });

  it("a cache that forgets that answers expire", () => {
    const keep = () =>
      function (this: never, key: never) {
        return (this as ResolverCache<unknown>).peek(key);
      };
    const { names, replay } = broken(ResolverCache.prototype, "lookup", keep);
    assert.ok(names.includes("no-answer-after-expiry"), names.join());
    assert.match(
      replay ?? "",
      /^warm-standby rehearse --scenario primary-down --seed 5 --cutovers \d --resolvers 10$/,
    );
  });

  it("an answer with an address from elsewhere", () => {
    const stranger = { name: NAME, type: "A", ttlSeconds: 60, data: "203.0.113.1" };
    const make = change(({ answer }) => ({ answer: { ...answer, records: [stranger] } }));
    assert.deepEqual(broken(AnswerBook.prototype, "view", make).names, ["answer-in-plan"]);
  });

  it("an answer without a record", () => {
    const make = change(({ answer }) => ({ answer: { ...answer, records: [] } }));
    assert.deepEqual(broken(AnswerBook.prototype, "view", make).names, ["fail-open"]);
  });

  it("a server that answers with the standby when both are unhealthy", () => {
    const make = (sound: AnyMethod) =>
      function (this: never, belief: never) {
        return sound.call(this, (belief === 0 ? 0b10 : belief) as never);
      };
    const both = { scenario: "both-down" };
    assert.deepEqual(broken(AnswerBook.prototype, "view", make, both).names, ["failover-truth-table"]);
  });

  it("health that travels longer than the bound allows", () => {
    const slow = () => () => 200_000;
    const { names } = broken(NameServers.prototype, "delayMs", slow);
    assert.deepEqual(names.sort(), ["cutover-within-bound", "failback-within-bound"]);
  });

  it("what it noticed again, when the command that it gives is played", () => {
    // Only in the cutover of number 2 does health travel too slowly.
    const once = (sound: AnyMethod) =>
      function (this: never, ...given: never[]) {
        return given[2] === (2 as never) ? 200_000 : sound.call(this, ...given);
      };
    const plan = failoverPlan();
    const scenario = scenarioByName("primary-down") as Scenario;
    const play = (cutovers: number, resolvers: number, seed: number) =>
      withBroken(NameServers.prototype, "delayMs", once, () =>
        simulate({ plan, set: onlySet(plan), scenario, cutovers, resolvers, seed }),
      ).violations;
    const [first] = play(5, 10, 5);
    const numbers = /--seed (\d+) --cutovers (\d+) --resolvers (\d+)$/.exec(first?.replay ?? "");
    const [seed = 0, cutovers = 0, resolvers = 0] = numbers?.slice(1).map(Number) ?? [];
    assert.deepEqual([seed, cutovers, resolvers, first?.cutover], [5, 3, 10, 2]);
    assert.deepEqual(play(cutovers, resolvers, seed)[0], first);
  });

  it("health that is lost on its way", () => {
    const { names } = broken(NameServers.prototype, "learn", () => () => undefined);
    assert.deepEqual(names, ["cutover-within-bound"]);
  });

  it("a request that nobody counts", () => {
    const lose = (sound: AnyMethod) =>
      function (this: never, endMs: never) {
        ((this as ResolverPool).requests as RequestCount).served--;
        return sound.call(this, endMs);
      };
    assert.deepEqual(broken(ResolverPool.prototype, "close", lose).names, ["requests-conserved"]);
  });

  it("a check that turns unhealthy though every probe passes", () => {
    let probes = 0;
    const moody = (sound: AnyMethod) =>
      function (this: never, checker: never, passed: never) {
        return sound.call(this, checker, (probes++ < 400 ? passed : false) as never);
      };
    const { names } = broken(SimulatedCheck.prototype, "observe", moody, {
      scenario: "health-lies",
      plan: failoverPlan(),
    });
    assert.deepEqual(names, ["no-needless-failover", "failback-within-bound"]);
  });

  it("a record that is changed on the way", () => {
    const plan = structuredClone(failoverPlan());
    const rewrite = (sound: AnyMethod) =>
      function (this: never, ...given: never[]) {
        (plan.zones as unknown[]).push({});
        return sound.call(this, ...given);
      };
    assert.deepEqual(
      broken(NameServers.prototype, "learn", rewrite, { scenario: "primary-down", plan }).names,
      ["data-plane-only"],
    );
  });

  it("a change that goes through while the control plane is gone", () => {
    const { names } = broken(ControlPlane.prototype, "lose", () => () => undefined, {
      scenario: "control-plane-gone",
      plan: failoverPlan(),
    });
    // Without its check the dead primary stays the answer, so that nobody comes over either.
    assert.deepEqual(names, ["data-plane-only", "cutover-within-bound"]);
  });

  it("a failover that needs the control plane while that is gone", () => {
    const scenario = scenarioByName("control-plane-gone") as Scenario;
    const needy: Scenario = {
      ...scenario,
      happenings: [...scenario.happenings, { atSeconds: 10, do: "delete-check", of: "primary" }],
    };
    const violations = violationsOf(needy, failoverPlan());
    assert.deepEqual(
      violations.map(({ invariant, cutover, message }) => [invariant, cutover, message]),
      [0, 1, 2].map((cutover) => [
        "data-plane-only",
        cutover,
        "a check is deleted, which needs a control plane that is gone",
      ]),
    );
  });
});
