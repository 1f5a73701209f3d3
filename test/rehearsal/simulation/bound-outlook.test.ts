import assert from "node:assert/strict";
import fc from "fast-check";
import type { Alarm, FailoverPlan, HealthCheck, RecordSet } from "../../../model/failover-plan";
import { ASSUMPTIONS } from "../../../rehearsal/simulation/assumptions";
import { outlookOf } from "../../../rehearsal/simulation/outlook";
import { playableSystem } from "../../../rehearsal/simulation/played-system";
import { type Scenario, scenarioByName } from "../../../rehearsal/simulation/scenario";
import {
  aliasTo,
  failoverPlan,
  healthCheck,
  NAME,
  onlySet,
  PRIMARY,
  PRIMARY_CHECK,
  SECONDARY,
  SECONDARY_CHECK,
} from "./plan-fixture";

/** What a check asks: a side, a name of which the stack shows nothing, or one of two alarms. */
const ASKED = ["primary", "standby", "stranger", "alarm-1", "alarm-2"] as const;

interface Leaf {
  readonly asks: (typeof ASKED)[number];
  readonly byTcp: boolean;
  readonly state: "plain" | "inverted" | "disabled";
}

interface Spec {
  /** One is the check itself, unless there is a threshold. */
  readonly leaves: readonly Leaf[];
  readonly threshold: number | undefined;
  readonly inverted: boolean;
}

const rarely = fc.nat(5).map((drawn) => drawn === 0);
const leaf: fc.Arbitrary<Leaf> = fc.record({
  asks: fc.constantFrom(...ASKED),
  byTcp: fc.boolean(),
  state: fc.constantFrom("plain", "plain", "plain", "plain", "inverted", "disabled"),
});
const spec: fc.Arbitrary<Spec> = fc.record({
  leaves: fc.array(leaf, { minLength: 1, maxLength: 3 }),
  threshold: fc.option(fc.nat(3), { nil: undefined }),
  inverted: rarely,
});
/** The standby without any check, with one of its own, or with the primary's. */
const side = fc.oneof(fc.constant("none" as const), fc.constant("shared" as const), spec, spec, spec);

function leafCheck(urn: string, { asks, byTcp, state }: Leaf): HealthCheck {
  const common = { urn, inverted: state === "inverted", disabled: state === "disabled" };
  if (asks.startsWith("alarm")) {
    const missing = { insufficientDataHealthStatus: "Unhealthy" };
    return healthCheck({ ...common, ...missing, type: "CLOUDWATCH_METRIC", fqdn: undefined, alarm: asks });
  }
  const fqdn = asks === "stranger" ? "monitor.example.com" : `${asks}.${NAME}`;
  return healthCheck({ ...common, type: byTcp ? "TCP" : "HTTPS", fqdn });
}

function checksOf(urn: string, { leaves, threshold, inverted }: Spec): HealthCheck[] {
  const [first] = leaves;
  assert.ok(first);
  if (threshold === undefined) return [leafCheck(urn, first)];
  const children = leaves.map((each, index) => leafCheck(`${urn}-${index}`, each));
  const parent = healthCheck({
    urn,
    type: "CALCULATED",
    fqdn: undefined,
    inverted,
    children: children.map((child) => child.urn),
    childCount: children.length,
    childHealthThreshold: threshold,
  });
  return [parent, ...children];
}

const ALARMS = ["alarm-1", "alarm-2"].map(
  (urn): Alarm => ({
    urn,
    name: urn,
    region: "us-east-1",
    namespace: "AWS/ApiGateway",
    metricName: "5xx",
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0,
    periodSeconds: 60,
    evaluationPeriods: 1,
  }),
);

/** Where a side's check is: on the record of the pair, or on the simple record that it is an alias to. */
const PLACED = ["own", "own", "behind", "behind, not evaluated"] as const;
type Placed = (typeof PLACED)[number];
const placed = fc.constantFrom(...PLACED);

/** The pair's record as an alias to the regional one of its side, which has the check in its place. */
function movedBehind(plan: FailoverPlan, pairRecord: string, side: string, place: Placed): FailoverPlan {
  const own = plan.recordSets.find(({ urn }) => urn === pairRecord);
  if (place === "own" || !own) return plan;
  const target = aliasTo(`${side}.${NAME}`, place === "behind");
  return {
    ...plan,
    recordSets: plan.recordSets.map((record) => {
      if (record === own) return { ...record, target, healthCheck: { kind: "none" } };
      return record.urn === `urn:${side}-regional` ? { ...record, healthCheck: own.healthCheck } : record;
    }),
  };
}

function planWith(primary: Spec, secondary: Spec | "none" | "shared"): FailoverPlan {
  const checkOf = (record: RecordSet): RecordSet["healthCheck"] => {
    if (record.urn === PRIMARY) return { kind: "check", urn: PRIMARY_CHECK };
    if (record.urn !== SECONDARY || secondary === "none") return { kind: "none" };
    return { kind: "check", urn: secondary === "shared" ? PRIMARY_CHECK : SECONDARY_CHECK };
  };
  const own = typeof secondary === "string" ? [] : checksOf(SECONDARY_CHECK, secondary);
  const plan = failoverPlan();
  return {
    ...plan,
    recordSets: plan.recordSets.map((record) => ({ ...record, healthCheck: checkOf(record) })),
    healthChecks: [...checksOf(PRIMARY_CHECK, primary), ...own],
    alarms: ALARMS,
  };
}

/** Whether the standby's check says the opposite of something, so that it turns healthy by a fault. */
function isOpposed(secondary: Spec | "none" | "shared"): boolean {
  if (typeof secondary === "string") return false;
  return secondary.inverted || secondary.leaves.some(({ state }) => state === "inverted");
}

describe("the bound and the play", () => {
  // A refused connection is seen by every type of check, and by an alarm that takes missing data for unhealthy.
  const plain = scenarioByName("primary-refuses") as Scenario;

  it("has a bound where the primary's fault alone leads every client over, and only there", () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(spec, side, placed, placed, (primary, secondary, primaryPlace, secondaryPlace) => {
        const own = planWith(primary, secondary);
        const primaryMoved = movedBehind(own, PRIMARY, "primary", primaryPlace);
        const plan = movedBehind(primaryMoved, SECONDARY, "standby", secondaryPlace);
        const playable = playableSystem(plan, onlySet(plan));
        if (playable.kind === "refused") return assert.fail(playable.why);
        const { bound } = playable.system;
        const outlook = outlookOf(playable.system, plain, ASSUMPTIONS);
        // Which of the two turns first decides there what is answered in between.
        if (bound.kind === "bound" && isOpposed(secondary)) return;
        met.add(`${primaryPlace}: ${bound.kind} ${outlook.kind}`);
        assert.equal(outlook.kind === "fails-over", bound.kind === "bound", JSON.stringify(bound));
      }),
      { seed: 5, numRuns: 800 },
    );
    const decided = ["bound fails-over", "unbounded open", "unbounded stays"];
    assert.deepEqual([...met].sort(), [
      "behind, not evaluated: unbounded stays",
      ...decided.map((each) => `behind: ${each}`),
      ...decided.map((each) => `own: ${each}`),
    ]);
  });
});
