import assert from "node:assert/strict";
import {
  alias,
  failoverRecord,
  healthCheck,
  provider,
  record,
  resource,
  urnOf,
  zone,
} from "../../drill/seeds/plain-resource";
import {
  frontierSetting,
  playSetting,
  queriesMonthlyUsd,
  rankSettings,
  readSweepBase,
  resourcesWith,
  type SweepBase,
  type SweptSetting,
  sweepSettings,
} from "../../drill/sweep";
import type { StackResource } from "../../model/stack-resource";
import type { Properties } from "../../model/unknown";
import { primaryDown } from "../../rehearsal/simulation/scenarios/primary-down";

const NAME = "app.example.com";
const OPTIONS = { scenario: primaryDown, cutovers: 20, resolvers: 10, seed: 1 };

/** A pair with a check of an endpoint outside AWS: its zone and its check are all that is priced. */
function pair(mode: "alias" | "cname", check: Properties = {}): StackResource[] {
  const target = (side: string): Properties =>
    mode === "alias"
      ? { type: "A", ...alias(`${side}.execute-api.us-east-1.amazonaws.com`, "Z1UJRXOUMOOFQ8") }
      : { type: "CNAME", ttl: 20, records: [`${side}.example.com`] };
  return [
    provider("us-east-1"),
    // What the sides' own names lead to is kept elsewhere.
    resource("aws:route53/recordsExclusive:RecordsExclusive", "others", {}, "us-east-1"),
    zone("example.com"),
    healthCheck("check", {
      type: "HTTPS",
      fqdn: "primary.example.com",
      port: 443,
      requestInterval: 10,
      ...check,
    }),
    record("other", { name: "other.example.com", type: "A", ttl: 300, records: ["192.0.2.7"] }),
    failoverRecord("PRIMARY", { name: NAME, ...target("primary") }, "check"),
    failoverRecord("SECONDARY", { name: NAME, ...target("standby") }),
  ];
}

function base(mode: "alias" | "cname"): SweepBase {
  const reading = readSweepBase(pair(mode));
  return reading.kind === "base" ? reading.base : assert.fail(reading.why);
}

function swept(changes: Partial<SweptSetting> = {}): SweptSetting {
  return {
    records: "alias",
    intervalSeconds: 10,
    failureThreshold: 3,
    ttlSeconds: 60,
    bound: { kind: "unbounded", why: "" },
    cutoverSeconds: { p5: 1, p50: 2, p95: 3, p99: 4, max: 5 },
    standbyMonthlyUsd: 1,
    idleMonthlyUsd: 2,
    queriesMonthlyUsd: 0,
    violations: 0,
    isCurrent: false,
    ...changes,
  };
}

describe("drill/sweep", () => {
  it("reads the settings of the pair as they are", () => {
    assert.deepEqual(base("alias").current, {
      records: "alias",
      intervalSeconds: 10,
      failureThreshold: 3,
      ttlSeconds: 60,
    });
    assert.deepEqual(base("cname").current, {
      records: "CNAME",
      intervalSeconds: 10,
      failureThreshold: 3,
      ttlSeconds: 20,
    });
  });

  it("says why a stack cannot be swept", () => {
    const why = (resources: StackResource[]) => {
      const reading = readSweepBase(resources);
      return reading.kind === "refused" ? reading.why : assert.fail("it can be swept");
    };
    const withoutCheck = pair("alias").map((resource) =>
      resource.name === "primary"
        ? { ...resource, properties: { ...resource.properties, healthCheckId: undefined } }
        : resource,
    );
    assert.equal(why([]), "the stack has no failover pair to play");
    assert.equal(
      why(withoutCheck),
      `the PRIMARY of ${NAME} has no health check whose settings could be varied`,
    );
    assert.equal(
      why(pair("alias", { type: "CALCULATED", childHealthThreshold: 0 })),
      `${urnOf("aws:route53/healthCheck:HealthCheck", "check")} is a CALCULATED check; interval and threshold are those of endpoint checks`,
    );
    assert.ok(why(pair("alias", { fqdn: NAME })).startsWith("the failure cannot be simulated: "));
  });

  it("varies the TTL of records that have one, and adds the setting as it is", () => {
    const grid = { intervalsSeconds: [10, 30], failureThresholds: [3], ttlsSeconds: [10, 60] };
    const told = (mode: "alias" | "cname") =>
      sweepSettings(base(mode), grid).map((each) => [
        each.intervalSeconds,
        each.failureThreshold,
        each.ttlSeconds,
      ]);
    assert.deepEqual(told("alias"), [
      [10, 3, 60],
      [30, 3, 60],
    ]);
    assert.deepEqual(told("cname"), [
      [10, 3, 10],
      [10, 3, 60],
      [30, 3, 10],
      [30, 3, 60],
      [10, 3, 20],
    ]);
  });

  it("changes the check and the pair's records, and nothing else", () => {
    const setting = { records: "CNAME", intervalSeconds: 30, failureThreshold: 5, ttlSeconds: 60 } as const;
    const far = (type: "PRIMARY" | "SECONDARY") =>
      record(`far-${type}`, {
        ...{ name: "far.example.com", type: "CNAME", ttl: 5, records: [`${type.toLowerCase()}.example.com`] },
        ...{ setIdentifier: type, failoverRoutingPolicies: [{ type }] },
        ...(type === "PRIMARY" && { healthCheckId: "check" }),
      });
    const reading = readSweepBase([...pair("cname"), far("PRIMARY"), far("SECONDARY")]);
    const own = reading.kind === "base" ? reading.base : assert.fail(reading.why);
    const before = own.resources;
    const changed = resourcesWith(own, setting).flatMap((resource, index) => {
      const old = before[index]?.properties ?? {};
      return Object.entries(resource.properties).flatMap(([key, value]) =>
        value === old[key] ? [] : [`${resource.name}.${key} = ${String(value)}`],
      );
    });
    assert.deepEqual(changed, [
      "check.requestInterval = 30",
      "check.failureThreshold = 5",
      "primary.ttl = 60",
      "secondary.ttl = 60",
    ]);
    const aliased = resourcesWith(base("alias"), { ...setting, records: "alias" });
    assert.deepEqual(
      aliased.filter(({ properties }) => properties.ttl !== undefined).map(({ name }) => name),
      ["other"],
    );
  });

  it("plays and prices a setting, the same twice", () => {
    const play = (intervalSeconds: number, ttlSeconds: number) =>
      playSetting(
        base("cname"),
        { records: "CNAME", intervalSeconds, failureThreshold: 3, ttlSeconds },
        OPTIONS,
      );
    const fast = play(10, 20);
    assert.deepEqual(fast, play(10, 20));
    // Zone 0.50, and a check outside AWS 0.75 with HTTPS and the 10 s interval at 2.00 each.
    assert.deepEqual([fast.standbyMonthlyUsd, fast.idleMonthlyUsd], [4.75, 5.25]);
    assert.deepEqual([fast.bound.kind === "bound" && fast.bound.rtoSeconds, fast.isCurrent], [104, true]);
    const slow = play(30, 60);
    assert.deepEqual([slow.standbyMonthlyUsd, slow.idleMonthlyUsd], [2.75, 3.25]);
    assert.deepEqual([slow.bound.kind === "bound" && slow.bound.rtoSeconds, slow.isCurrent], [204, false]);
    const p50 = ({ cutoverSeconds }: SweptSetting) => cutoverSeconds?.p50 ?? assert.fail("nobody came over");
    assert.ok(
      p50(fast) > 30 && p50(fast) < 60 && p50(slow) > 90 && p50(slow) < 150,
      `${p50(fast)} ${p50(slow)}`,
    );
    assert.deepEqual([fast.violations, slow.violations], [0, 0]);
  });

  it("does not take what has no price for free", () => {
    const resources = [...pair("alias"), { ...record("odd", {}), type: "aws:nowhere/thing:Thing" }];
    const reading = readSweepBase(resources);
    const odd = reading.kind === "base" ? reading.base : assert.fail();
    const played = playSetting(odd, odd.current, OPTIONS);
    assert.equal(played.idleMonthlyUsd, null);
    assert.equal(frontierSetting(played), undefined);
  });

  it("prices each query of a resolver whose TTL is over, and none to an alias", () => {
    const price = (records: "alias" | "CNAME" | "values", ttlSeconds: number) =>
      queriesMonthlyUsd({ records, intervalSeconds: 10, failureThreshold: 3, ttlSeconds }, 100);
    // 100 x 2,628,000 s / 10 s = 26.28 million queries at 0.40 USD a million.
    assert.deepEqual([price("CNAME", 10), price("values", 60), price("alias", 60)], [10.512, 1.752, 0]);
  });

  it("numbers the frontier from the cheapest, and puts what has no price last", () => {
    const seconds = (p95: number) => ({ p5: 1, p50: 1, p95, p99: p95, max: p95 });
    const cheap = swept({ idleMonthlyUsd: 2, cutoverSeconds: seconds(50) });
    const beaten = swept({ idleMonthlyUsd: 3, cutoverSeconds: seconds(50) });
    const fast = swept({ idleMonthlyUsd: 3, queriesMonthlyUsd: 0.5, cutoverSeconds: seconds(49) });
    const unpriced = swept({ idleMonthlyUsd: null, cutoverSeconds: seconds(1) });
    const nobody = swept({ idleMonthlyUsd: 1, cutoverSeconds: null });
    assert.deepEqual(
      rankSettings([unpriced, fast, nobody, beaten, cheap]).map((each) => [each.swept, each.frontier]),
      [
        [cheap, 1],
        [beaten, undefined],
        [fast, 2],
        [unpriced, undefined],
        [nobody, undefined],
      ],
    );
    assert.equal(frontierSetting(fast)?.monthlyUsd, 3.5);
  });
});
