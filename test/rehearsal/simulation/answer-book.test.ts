import assert from "node:assert/strict";
import { AnswerBook } from "../../../rehearsal/simulation/answer-book";
import { playableSystem } from "../../../rehearsal/simulation/played-system";
import { failoverPlan, NAME, onlySet, type PairOptions, PRIMARY } from "./plan-fixture";

const HEALTHY = 1;
const UNHEALTHY = 0;

function bookOf(options: PairOptions, missing: readonly string[] = []): AnswerBook {
  const plan = failoverPlan(options);
  const recordSets = plan.recordSets.filter(({ urn }) => !missing.includes(urn));
  const playable = playableSystem({ ...plan, recordSets }, onlySet(plan));
  if (playable.kind === "refused") assert.fail(playable.why);
  return new AnswerBook(playable.system);
}

describe("AnswerBook", () => {
  it("holds the answer of each belief in one link for an alias", () => {
    const book = bookOf({});
    assert.equal(book.startKey, `${NAME} A`);
    const view = book.view(UNHEALTHY);
    assert.deepEqual([view.role, view.ttlSeconds], ["SECONDARY", 60]);
    assert.deepEqual(view.linksOf(book.startKey), [
      { key: `${NAME} A`, ttlSeconds: 60, role: "SECONDARY", endpoint: 1, next: undefined },
    ]);
    assert.equal(book.view(HEALTHY).role, "PRIMARY");
  });

  it("holds each step of a CNAME with its own TTL", () => {
    const book = bookOf({ mode: "cname", ttlSeconds: 10 });
    assert.deepEqual(book.view(HEALTHY).linksOf(book.startKey), [
      { key: `${NAME} A`, ttlSeconds: 10, role: "PRIMARY", endpoint: 0, next: `primary.${NAME} A` },
      { key: `primary.${NAME} A`, ttlSeconds: 60, role: undefined, endpoint: 0, next: undefined },
    ]);
    assert.deepEqual(book.view(HEALTHY).linksOf(`standby.${NAME} A`), [
      { key: `standby.${NAME} A`, ttlSeconds: 60, role: undefined, endpoint: 1, next: undefined },
    ]);
  });

  it("ends a chain where it leaves the plan, at the endpoint of the record", () => {
    const book = bookOf({ mode: "cname" }, ["urn:primary-regional"]);
    assert.deepEqual(book.view(HEALTHY).linksOf(book.startKey), [
      { key: `${NAME} A`, ttlSeconds: 10, role: "PRIMARY", endpoint: 0, next: undefined },
    ]);
  });

  it("keeps a negative answer for the negative TTL, leading nowhere", () => {
    const book = bookOf({});
    assert.deepEqual(book.view(HEALTHY).linksOf(`nobody.${NAME} A`), [
      { key: `nobody.${NAME} A`, ttlSeconds: 900, role: undefined, endpoint: -1, next: undefined },
    ]);
    assert.equal(book.view(HEALTHY).linksOf("example.net A")[0]?.ttlSeconds, 0);
  });

  it("makes each view and each list of links once", () => {
    const book = bookOf({ mode: "cname" });
    assert.equal(book.view(HEALTHY), book.view(HEALTHY));
    assert.equal(book.view(HEALTHY).linksOf(book.startKey), book.view(HEALTHY).linksOf(book.startKey));
    assert.equal(book.view(HEALTHY).answer.recordSet, PRIMARY);
  });
});
