import type { FailoverPlan, HealthCheck, RecordSet, Routing } from "../../../model/failover-plan";
import { aliasTo, healthCheck, NAME, planOf, record } from "./plan-fixture";

/** The members of a set are `urn:m1`, `urn:m2`, ..., each with an address outside the plan and a check of it. */
export function member(number: number, routing: Routing, changes: Partial<RecordSet> = {}): RecordSet {
  return record({
    urn: `urn:m${number}`,
    setIdentifier: `m${number}`,
    routing,
    target: { kind: "values", values: [addressOf(number)], ttlSeconds: 60 },
    healthCheck: { kind: "check", urn: `urn:c${number}` },
    ...changes,
  });
}

export function addressOf(number: number): string {
  return `198.51.100.${number}`;
}

export function checkOf(number: number, changes: Partial<HealthCheck> = {}): HealthCheck {
  return healthCheck({
    urn: `urn:c${number}`,
    type: "HTTP",
    fqdn: undefined,
    ipAddress: addressOf(number),
    ...changes,
  });
}

/** A set of members with these routings, each with its check. */
export function routedPlan(
  routings: readonly Routing[],
  changes: { member?: Partial<RecordSet>; check?: Partial<HealthCheck> } = {},
): FailoverPlan {
  return planOf(
    routings.map((routing, index) => member(index + 1, routing, changes.member)),
    routings.map((_, index) => checkOf(index + 1, changes.check)),
  );
}

export function weights(...all: number[]): Routing[] {
  return all.map((weight) => ({ kind: "weighted", weight }));
}

export function regions(...all: string[]): Routing[] {
  return all.map((region) => ({ kind: "latency", region }));
}

export const MULTIVALUE: Routing = { kind: "multivalue" };

/** Europe, Germany, Oregon and the rest of the world. */
export const LOCATIONS: readonly Routing[] = [
  { kind: "geolocation", location: { kind: "continent", continent: "EU" } },
  { kind: "geolocation", location: { kind: "country", country: "DE" } },
  { kind: "geolocation", location: { kind: "subdivision", country: "US", subdivision: "OR" } },
  { kind: "geolocation", location: { kind: "default" } },
];

/** One set of every routing, by what it is. */
export function routedPlans(): [what: string, plan: FailoverPlan][] {
  return [
    ["two equal weights", routedPlan(weights(50, 50))],
    ["three weights, one of them 0", routedPlan(weights(70, 30, 0))],
    ["ten addresses", routedPlan(new Array(10).fill(MULTIVALUE))],
    ["three regions", routedPlan(regions("us-east-1", "eu-west-1", "ap-northeast-1"))],
    ["four locations", routedPlan(LOCATIONS)],
    ["weighted CNAMEs", weightedCnames()],
    ["regions with a pair behind each", regionsOfPairs()],
    ["a pair whose PRIMARY is a weighted set", pairOfWeights()],
  ];
}

/** Two CNAMEs by weight, to records of the zone. */
export function weightedCnames(): FailoverPlan {
  const ends = [1, 2].map((number) =>
    record({
      urn: `urn:end${number}`,
      name: `m${number}.${NAME}`,
      target: { kind: "values", values: [addressOf(number)], ttlSeconds: 300 },
    }),
  );
  const members = weights(3, 1).map((routing, index) =>
    member(index + 1, routing, {
      type: "CNAME",
      target: { kind: "values", values: [`m${index + 1}.${NAME}`], ttlSeconds: 20 },
    }),
  );
  return planOf([...members, ...ends], [checkOf(1), checkOf(2)]);
}

/** Latency aliases, each to a pair of its region, whose targets' health they evaluate. */
export function regionsOfPairs(): FailoverPlan {
  const sides = ["us-east-1", "eu-west-1"].flatMap((region, index) => {
    const [primary, secondary] = [2 * index + 1, 2 * index + 2];
    const name = `${region}.${NAME}`;
    return [
      member(primary, { kind: "failover", role: "PRIMARY" }, { name }),
      member(secondary, { kind: "failover", role: "SECONDARY" }, { name }),
      record({
        urn: `urn:${region}`,
        setIdentifier: region,
        routing: { kind: "latency", region },
        target: aliasTo(name, true),
      }),
    ];
  });
  return planOf(
    sides,
    [1, 2, 3, 4].map((number) => checkOf(number)),
  );
}

/** The PRIMARY is an alias to two weighted records of the zone, the SECONDARY an address without a check. */
export function pairOfWeights(evaluates = true): FailoverPlan {
  const name = `pool.${NAME}`;
  return planOf(
    [
      ...weights(1, 1).map((routing, index) => member(index + 1, routing, { name })),
      record({
        urn: "urn:pool",
        routing: { kind: "failover", role: "PRIMARY" },
        target: aliasTo(name, evaluates),
      }),
      member(3, { kind: "failover", role: "SECONDARY" }, { healthCheck: { kind: "none" } }),
    ],
    [checkOf(1), checkOf(2)],
  );
}
