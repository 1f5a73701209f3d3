import assert from "node:assert/strict";
import { answerSets } from "../../../model/answer-sets";
import type { FailoverPlan } from "../../../model/failover-plan";
import type { DnsAnswer } from "../../../rehearsal/simulation/answer";
import { AnswerBook, type AnswerView } from "../../../rehearsal/simulation/answer-book";
import { expectedRole, InvariantWatch, VIOLATIONS_MAX } from "../../../rehearsal/simulation/invariants";
import { playableSystem } from "../../../rehearsal/simulation/played-system";
import { failoverPlan, NAME, onlySet, PRIMARY_CHECK, SECONDARY_CHECK } from "./plan-fixture";
import { pairOfWeights } from "./set-fixture";

function watched(observe: (watch: InvariantWatch) => void): { invariant: string; message: string }[] {
  const watch = new InvariantWatch({ scenario: "primary-down", seed: 7, resolvers: 100 });
  watch.startCutover(41);
  observe(watch);
  return watch.violations.map(({ invariant, message }) => ({ invariant, message }));
}

function systemOf(options: Parameters<typeof failoverPlan>[0] = {}) {
  const plan = failoverPlan(options);
  const playable = playableSystem(plan, onlySet(plan));
  if (playable.kind === "refused") assert.fail(playable.why);
  return playable.system;
}

describe("InvariantWatch", () => {
  it("says what was seen, where, and how to play it again", () => {
    const watch = new InvariantWatch({ scenario: "primary-hangs", seed: 7, resolvers: 20 });
    watch.startCutover(41);
    watch.requestsCounted(3, 1, 1);
    assert.deepEqual(watch.violations, [
      {
        invariant: "requests-conserved",
        cutover: 41,
        message: "3 requests sent, 1 served and 1 failed",
        replay: "warm-standby rehearse --scenario primary-hangs --seed 7 --cutovers 42 --resolvers 20",
      },
    ]);
  });

  it("notices that what happens to a side's checks passes over one that decides", () => {
    const found = (plan: FailoverPlan, side: "primary" | "standby", count: number) => {
      const playable = playableSystem(plan, onlySet(plan));
      if (playable.kind === "refused") assert.fail(playable.why);
      return watched((watch) => watch.checksFound(playable.system, side, count));
    };
    const missed = (urn: string, side: string) => [
      {
        invariant: "happening-finds-check",
        message: `nothing happened to ${urn}, which decides about the ${side}`,
      },
    ];
    assert.deepEqual(found(failoverPlan(), "primary", 0), missed(PRIMARY_CHECK, "primary"));
    assert.deepEqual(found(failoverPlan(), "primary", 1), []);
    assert.deepEqual(found(failoverPlan(), "standby", 0), []);
    assert.deepEqual(
      found(failoverPlan({ secondaryCheck: {} }), "standby", 0),
      missed(SECONDARY_CHECK, "standby"),
    );
    assert.deepEqual(found(failoverPlan({ primaryCheck: undefined }), "primary", 0), []);
    const tree = pairOfWeights();
    const set = answerSets(tree).find(({ name }) => name === NAME) ?? assert.fail("no set");
    const playable = playableSystem(tree, set);
    if (playable.kind === "refused") assert.fail(playable.why);
    assert.deepEqual(
      watched((watch) => watch.checksFound(playable.system, "primary", 0)),
      missed("urn:c1", "primary"),
    );
  });

  it("lets an answer be used until its expiry, not at it", () => {
    assert.deepEqual(
      watched((watch) => watch.cachedAnswerUsed(59_999, 0, 60_000)),
      [],
    );
    assert.deepEqual(
      watched((watch) => watch.cachedAnswerUsed(60_000, 0, 60_000)),
      [{ invariant: "no-answer-after-expiry", message: "an answer was used 0 ms after its expiry" }],
    );
  });

  it("lets the request that fetched an answer use it even with a TTL of 0", () => {
    assert.deepEqual(
      watched((watch) => watch.cachedAnswerUsed(5, 5, 5)),
      [],
    );
  });

  it("lets a request go to the old side before the bound, not at it", () => {
    assert.deepEqual(
      watched((watch) => watch.requestSent("cutover", 143_999, 144_000, "PRIMARY")),
      [],
    );
    assert.deepEqual(
      watched((watch) => watch.requestSent("cutover", 144_000, 144_000, "PRIMARY")),
      [
        {
          invariant: "cutover-within-bound",
          message: "144 s in, a request went to PRIMARY; the bound is 144 s",
        },
      ],
    );
    assert.deepEqual(
      watched((watch) => watch.requestSent("cutover", 144_000, 144_000, "SECONDARY")),
      [],
    );
  });

  it("expects the primary in the failback, and counts nowhere as neither", () => {
    assert.deepEqual(
      watched((watch) => {
        watch.requestSent("failback", 150_000, 144_000, "PRIMARY");
        watch.requestSent("failback", 150_000, 144_000, undefined);
      }),
      [
        {
          invariant: "failback-within-bound",
          message: "150 s in, a request went to nowhere; the bound is 144 s",
        },
      ],
    );
  });

  it("knows no deadline where there is no bound", () => {
    assert.deepEqual(
      watched((watch) => watch.requestSent("cutover", 1e9, Number.POSITIVE_INFINITY, "PRIMARY")),
      [],
    );
  });

  it("accepts the answers of the book for every belief", () => {
    const beliefs = [0b00, 0b01, 0b10, 0b11];
    for (const mode of ["alias", "cname"] as const) {
      const system = systemOf({ mode, secondaryCheck: {} });
      const book = new AnswerBook(system);
      const seen = watched((watch) => {
        for (const belief of beliefs) watch.answerMade(system, belief, book.view(belief));
      });
      assert.deepEqual(seen, []);
    }
  });

  it("notices an answer from the wrong side", () => {
    const system = systemOf({ secondaryCheck: {} });
    const book = new AnswerBook(system);
    const standby = book.view(0b10);
    assert.equal(standby.role, "SECONDARY");
    assert.deepEqual(
      watched((watch) => watch.answerMade(system, 0b00, standby)),
      [{ invariant: "failover-truth-table", message: "the answer is SECONDARY, not PRIMARY" }],
    );
  });

  it("notices an address or a record set that is not in the plan", () => {
    const system = systemOf();
    const good = new AnswerBook(system).view(1);
    const changed = (answer: Partial<DnsAnswer>): AnswerView => ({
      ...good,
      answer: { ...good.answer, ...answer },
    });
    const stranger = { name: NAME, type: "A", ttlSeconds: 60, data: "203.0.113.1" };
    assert.deepEqual(
      watched((watch) => watch.answerMade(system, 1, changed({ records: [stranger] }))),
      [{ invariant: "answer-in-plan", message: `${NAME} A is answered with 203.0.113.1` }],
    );
    assert.deepEqual(
      watched((watch) => watch.answerMade(system, 1, changed({ recordSet: "urn:gone" }))),
      [{ invariant: "answer-in-plan", message: `${NAME} is answered from urn:gone` }],
    );
    assert.deepEqual(
      watched((watch) => watch.answerMade(system, 1, changed({ recordSet: "urn:primary-regional" }))),
      [{ invariant: "answer-in-plan", message: `${NAME} is answered from urn:primary-regional` }],
    );
  });

  it("lets a change be made before and after the control plane is gone, not meanwhile", () => {
    assert.deepEqual(
      watched((watch) => {
        watch.changed("a check is deleted");
        watch.controlPlaneIs("lost");
        watch.changed("a record is deleted");
        watch.controlPlaneIs("back");
        watch.changed("a check is deleted");
      }),
      [{ invariant: "data-plane-only", message: "a record is deleted while the control plane is gone" }],
    );
  });

  it("counts requests", () => {
    assert.deepEqual(
      watched((watch) => watch.requestsCounted(3, 1, 2)),
      [],
    );
    assert.equal(watched((watch) => watch.requestsCounted(3, 2, 2)).length, 1);
  });

  it("keeps so many violations and no more", () => {
    const seen = watched((watch) => {
      for (let index = 0; index < 2 * VIOLATIONS_MAX; index++) watch.requestsCounted(1, 0, 0);
    });
    assert.equal(seen.length, VIOLATIONS_MAX);
  });
});

describe("expectedRole", () => {
  it("is SECONDARY only while the primary is unhealthy and the secondary healthy", () => {
    const table = [true, false].flatMap((p) => [true, false].map((s) => [p, s, expectedRole(p, s)]));
    assert.deepEqual(table, [
      [true, true, "PRIMARY"],
      [true, false, "PRIMARY"],
      [false, true, "SECONDARY"],
      [false, false, "PRIMARY"],
    ]);
  });
});
