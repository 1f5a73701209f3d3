import assert from "node:assert/strict";
import { alias, record, urnOf } from "../../drill/seeds/plain-resource";
import {
  frontierSetting,
  playSetting,
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
import { aliasedPair, latencyOfBalancers, pair, SWEPT_NAME, toName } from "./swept-stacks";

const OPTIONS = { scenario: primaryDown, cutovers: 20, resolvers: 10, seed: 1 };

function aliasedBase(resources = aliasedPair()): SweepBase {
  const reading = readSweepBase(resources);
  return reading.kind === "base" ? reading.base : assert.fail(reading.why);
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
      `the PRIMARY record of ${SWEPT_NAME} A has no health check whose settings could be varied`,
    );
    assert.equal(
      why(latencyOfBalancers()),
      `the us record of ${SWEPT_NAME} A has no health check whose settings could be varied; the target groups of its load ` +
        "balancer decide, and their settings are not varied",
    );
    const evaluated = aliasedPair({ healthCheckId: "check" }).map((each) => {
      if (each.name !== "primary") return each;
      const { healthCheckId: _, ...properties } = each.properties;
      return { ...each, properties: { ...properties, ...toName("one", true) } };
    });
    assert.equal(
      why(evaluated),
      `the PRIMARY record of ${SWEPT_NAME} A has no health check whose settings could be varied; the records behind it ` +
        "decide, and the settings of their checks are not varied",
    );
    assert.equal(
      why(pair("alias", { type: "CALCULATED", childHealthThreshold: 0 })),
      `${urnOf("aws:route53/healthCheck:HealthCheck", "check")} is a CALCULATED check; interval and threshold are those of endpoint checks`,
    );
    assert.ok(why(pair("alias", { fqdn: SWEPT_NAME })).startsWith("the failure cannot be simulated: "));
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

  it("varies the TTL of the records that an alias of the zone leads to", () => {
    const grid = { intervalsSeconds: [30], failureThresholds: [3], ttlsSeconds: [10, 60] };
    const ttls = (own: SweepBase, ttlsSeconds = grid.ttlsSeconds) =>
      sweepSettings(own, { ...grid, ttlsSeconds }).map(({ ttlSeconds }) => ttlSeconds);
    const own = aliasedBase();
    assert.deepEqual(own.current, {
      ...{ records: "alias", intervalSeconds: 30, failureThreshold: 3, ttlSeconds: 300 },
    });
    assert.deepEqual(ttls(own), [10, 60, 300]);
    const ttlsOf = (ttlSeconds: number) =>
      resourcesWith(own, { ...own.current, ttlSeconds }).flatMap(({ name, properties }) =>
        properties.ttl === undefined ? [] : [`${name} ${String(properties.ttl)}`],
      );
    assert.deepEqual(ttlsOf(10), ["one 10", "two 10", "other 300"]);
    assert.deepEqual(ttlsOf(300), ["one 300", "two 300", "other 300"]);
    // The bound is 3 x (30 + 6) + 6 s of detection, 30 s of propagation, and the TTL.
    const bounds = [10, 60, 300].map((ttlSeconds) => {
      const { bound, queriesMonthlyUsd } = playSetting(own, { ...own.current, ttlSeconds }, OPTIONS);
      return [bound.kind === "bound" && bound.rtoSeconds - ttlSeconds, queriesMonthlyUsd];
    });
    // 10 resolvers x 2,628,000 s / TTL, at 0.40 USD a million.
    assert.deepEqual(bounds, [
      [144, 1.0512],
      [144, 0.1752],
      [144, 0.03504],
    ]);
  });

  it("tries no TTL below that of an alias to AWS among what decides", () => {
    const grid = { intervalsSeconds: [30], failureThresholds: [3] };
    const members = aliasedPair().flatMap((each) => {
      if (each.name !== "one") return [each];
      const { ttl: _, records: __, ...properties } = each.properties;
      const at = (name: string, target: Properties) =>
        record(name, {
          ...{ ...properties, setIdentifier: name, weightedRoutingPolicies: [{ weight: 1 }] },
          ...target,
        });
      return [
        at("one-aws", alias("d-1.execute-api.us-east-1.amazonaws.com", "Z1UJRXOUMOOFQ8")),
        at("one-own", { ttl: 300, records: ["81.2.69.142"] }),
      ];
    });
    const own = aliasedBase(members);
    const ttls = (ttlsSeconds: readonly number[]) =>
      sweepSettings(own, { ...grid, ttlsSeconds }).map(({ ttlSeconds }) => ttlSeconds);
    assert.deepEqual(ttls([10, 59, 60, 61]), [60, 61, 300]);
    assert.deepEqual(ttls([10, 59]), [300]);
  });

  it("leaves TTLs as they are in the stack's own setting", () => {
    const uneven = pair("cname").map((each) =>
      each.name === "secondary" ? { ...each, properties: { ...each.properties, ttl: 45 } } : each,
    );
    const own = aliasedBase(uneven);
    const ttlOf = (ttlSeconds: number) =>
      resourcesWith(own, { ...own.current, ttlSeconds }).find(({ name }) => name === "secondary")?.properties
        .ttl;
    assert.deepEqual([ttlOf(20), ttlOf(21)], [45, 21]);
    // Beside other settings a row means its own TTL for all.
    const { intervalSeconds } = own.current;
    const other = resourcesWith(own, { ...own.current, intervalSeconds: intervalSeconds === 10 ? 30 : 10 });
    assert.equal(other.find(({ name }) => name === "secondary")?.properties.ttl, 20);
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
    assert.equal(frontierSetting(swept({ queriesMonthlyUsd: null })), undefined);
    assert.equal(frontierSetting(swept({ queriesMonthlyUsd: 0 }))?.monthlyUsd, 2);
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
