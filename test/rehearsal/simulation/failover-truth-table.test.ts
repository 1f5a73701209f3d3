import assert from "node:assert/strict";
import type { FailoverRole, RecordSet } from "../../../model/failover-plan";
import { answerQuery } from "../../../rehearsal/simulation/answer";
import { expectedRole } from "../../../rehearsal/simulation/invariants";
import { stream } from "../../../rehearsal/simulation/random";
import {
  addressesOf,
  aliasTo,
  NAME,
  PRIMARY,
  PRIMARY_CHECK,
  planOf,
  record,
  SECONDARY,
  SECONDARY_CHECK,
} from "./plan-fixture";

type Health = "no check" | "healthy" | "unhealthy";
type Target = "values" | "alias" | "evaluating alias";

const TARGETS: readonly Target[] = ["values", "alias", "evaluating alias"];

/** Written by hand from the API reference (ResourceRecordSet Failover) and the developer guide. */
const TABLE: readonly [primary: Health, secondary: Health, answer: FailoverRole][] = [
  ["no check", "no check", "PRIMARY"],
  ["no check", "healthy", "PRIMARY"],
  ["no check", "unhealthy", "PRIMARY"],
  ["healthy", "no check", "PRIMARY"],
  ["healthy", "healthy", "PRIMARY"],
  ["healthy", "unhealthy", "PRIMARY"],
  ["unhealthy", "no check", "SECONDARY"],
  ["unhealthy", "healthy", "SECONDARY"],
  ["unhealthy", "unhealthy", "PRIMARY"],
];

function side(role: FailoverRole, health: Health, target: Target): RecordSet {
  const isPrimary = role === "PRIMARY";
  return record({
    urn: isPrimary ? PRIMARY : SECONDARY,
    setIdentifier: role,
    routing: { kind: "failover", role },
    target:
      target === "values"
        ? { kind: "values", values: [isPrimary ? "192.0.2.1" : "192.0.2.2"], ttlSeconds: 60 }
        : aliasTo(`${role.toLowerCase()}.aws.example.net`, target === "evaluating alias"),
    healthCheck:
      health === "no check"
        ? { kind: "none" }
        : { kind: "check", urn: isPrimary ? PRIMARY_CHECK : SECONDARY_CHECK },
  });
}

function answeredFrom(records: readonly RecordSet[], unhealthy: readonly string[]): string | undefined {
  const zone = { plan: planOf(records), addressesOf };
  const isHealthy = (urn: string) => !unhealthy.includes(urn);
  const answer = answerQuery(zone, { name: NAME, type: "A" }, isHealthy, stream(1, "truth-table.test"));
  assert.equal(answer.rcode, "NOERROR");
  return answer.recordSet;
}

describe("the failover truth table", () => {
  it("has every combination once", () => {
    assert.equal(new Set(TABLE.map(([primary, secondary]) => `${primary}/${secondary}`)).size, 9);
  });

  for (const [primary, secondary, role] of TABLE) {
    const unhealthy = [
      ...(primary === "unhealthy" ? [PRIMARY_CHECK] : []),
      ...(secondary === "unhealthy" ? [SECONDARY_CHECK] : []),
    ];
    it(`primary ${primary}, secondary ${secondary} -> ${role}, whatever the targets and the order`, () => {
      const expected = role === "PRIMARY" ? PRIMARY : SECONDARY;
      for (const primaryTarget of TARGETS) {
        for (const secondaryTarget of TARGETS) {
          const pair = [
            side("PRIMARY", primary, primaryTarget),
            side("SECONDARY", secondary, secondaryTarget),
          ];
          assert.equal(answeredFrom(pair, unhealthy), expected);
          assert.equal(answeredFrom(pair.reverse(), unhealthy), expected);
        }
      }
    });

    it(`is the invariant's own table too: ${primary}, ${secondary}`, () => {
      assert.equal(expectedRole(primary !== "unhealthy", secondary !== "unhealthy"), role);
    });
  }

  for (const role of ["PRIMARY", "SECONDARY"] as const) {
    for (const health of ["no check", "healthy", "unhealthy"] as const) {
      it(`answers a lone ${role} with ${health === "no check" ? health : `a check that is ${health}`}`, () => {
        const unhealthy = health === "unhealthy" ? [PRIMARY_CHECK, SECONDARY_CHECK] : [];
        assert.equal(
          answeredFrom([side(role, health, "values")], unhealthy),
          role === "PRIMARY" ? PRIMARY : SECONDARY,
        );
      });
    }
  }
});
