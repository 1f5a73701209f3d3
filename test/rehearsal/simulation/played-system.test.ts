import assert from "node:assert/strict";
import type { Alarm, FailoverPlan, HealthCheck, RecordSet } from "../../../model/failover-plan";
import { CHECKER_REGIONS } from "../../../model/health-check";
import { UNKNOWN } from "../../../model/unknown";
import type { EndpointCheck } from "../../../rehearsal/simulation/played-check";
import { type PlayedSystem, playableSystem } from "../../../rehearsal/simulation/played-system";
import { scenarioByName } from "../../../rehearsal/simulation/scenario";
import { simulate } from "../../../rehearsal/simulation/simulate";
import {
  aliasTo,
  failoverPlan,
  healthCheck,
  NAME,
  onlySet,
  PRIMARY,
  PRIMARY_CHECK,
  PRIMARY_ENDPOINT,
  record,
  SECONDARY_CHECK,
  STANDBY_ENDPOINT,
} from "./plan-fixture";
import { CHILDREN, calculatedPlan, metricPlan, systemOf } from "./system-fixture";

function system(plan: FailoverPlan): PlayedSystem {
  const playable = playableSystem(plan, onlySet(plan));
  if (playable.kind === "refused") assert.fail(playable.why);
  return playable.system;
}

/** The checks that probe an endpoint. */
function probes(plan: FailoverPlan): EndpointCheck[] {
  return system(plan).checks.filter((check) => check.kind === "endpoint");
}

function refusal(plan: FailoverPlan): string | undefined {
  const playable = playableSystem(plan, onlySet(plan));
  return playable.kind === "refused" ? playable.why : undefined;
}

function withPrimary(changes: Partial<RecordSet>, plan = failoverPlan()): FailoverPlan {
  const recordSets = plan.recordSets.map((each) => (each.urn === PRIMARY ? { ...each, ...changes } : each));
  return { ...plan, recordSets };
}

function withCheck(changes: Partial<HealthCheck>): FailoverPlan {
  return failoverPlan({ primaryCheck: changes });
}

describe("playableSystem", () => {
  it("takes an alias pair with all that decides its answers", () => {
    const { endpoints, primary, standby, checks, queryType, bound } = system(failoverPlan());
    assert.deepEqual(endpoints, [PRIMARY_ENDPOINT, STANDBY_ENDPOINT]);
    assert.deepEqual([primary, standby, queryType], [[0], [1], "A"]);
    assert.deepEqual(checks, [
      {
        kind: "endpoint",
        urn: PRIMARY_CHECK,
        type: "HTTPS",
        searchString: undefined,
        requestIntervalMs: 10_000,
        failureThreshold: 3,
        inverted: false,
        disabled: false,
        regions: CHECKER_REGIONS,
        endpoint: 0,
      },
    ]);
    assert.equal(bound.kind === "bound" && bound.rtoSeconds, 144);
  });

  it("asks for an address where the pair is of CNAMEs, and for AAAA where it is of AAAA", () => {
    assert.equal(system(failoverPlan({ mode: "cname" })).queryType, "A");
    const plan = failoverPlan();
    const recordSets = plan.recordSets.map((each) => ({ ...each, type: "AAAA" }));
    assert.equal(system({ ...plan, recordSets }).queryType, "AAAA");
  });

  it("takes the checks of both sides and of the names behind them, each once", () => {
    const plan = failoverPlan({ mode: "cname", secondaryCheck: {} });
    const recordSets = plan.recordSets.map((each) =>
      each.urn === "urn:standby-regional"
        ? { ...each, healthCheck: { kind: "check" as const, urn: SECONDARY_CHECK } }
        : each,
    );
    const checks = probes({ ...plan, recordSets }).map(({ urn, endpoint }) => [urn, endpoint]);
    assert.deepEqual(checks, [
      [PRIMARY_CHECK, 0],
      [SECONDARY_CHECK, 1],
    ]);
  });

  it("leaves alone what the pair does not lead to", () => {
    const plan = failoverPlan();
    const stranger = record({
      name: "other.example.com",
      healthCheck: { kind: "external", id: "hc-9" },
      routing: { kind: "other", policy: "latency" },
    });
    assert.equal(system({ ...plan, recordSets: [...plan.recordSets, stranger] }).checks.length, 1);
  });

  it("stands a record that leads outside the plan for its endpoint", () => {
    const plan = withPrimary({ endpoint: undefined, target: aliasTo("elsewhere.example.net") });
    const { endpoints, primary } = system(plan);
    assert.equal(endpoints[primary[0] ?? -1], PRIMARY);
    // The endpoint of the check's host name, to which no record leads, may stand behind it.
    assert.equal(endpoints[probes(plan)[0]?.endpoint ?? -1], PRIMARY);
  });

  it("finds what a check probes by host name, by address and by simple record, else by its record", () => {
    const probed = (changes: Partial<HealthCheck>, plan = withCheck(changes)) => {
      return system(plan).endpoints[probes(plan)[0]?.endpoint ?? -1];
    };
    assert.equal(probed({ fqdn: `standby.${NAME}` }), STANDBY_ENDPOINT);
    const addressed = withCheck({ fqdn: undefined, ipAddress: "203.0.113.7" });
    const endpoints = addressed.endpoints.map((each) =>
      each.urn === STANDBY_ENDPOINT ? { ...each, addresses: ["203.0.113.7"] } : each,
    );
    assert.equal(probed({}, { ...addressed, endpoints }), STANDBY_ENDPOINT);
    const named = withCheck({ fqdn: "probe.example.com" });
    const probeName = record({ urn: "urn:probe", name: "probe.example.com", endpoint: STANDBY_ENDPOINT });
    assert.equal(probed({}, { ...named, recordSets: [...named.recordSets, probeName] }), STANDBY_ENDPOINT);
    assert.equal(probed({ fqdn: "unheard.example.net" }), PRIMARY_ENDPOINT);
  });

  it("takes all regions for a check that names none", () => {
    const regions = (named: readonly string[] | undefined) =>
      probes(withCheck({ regions: named }))[0]?.regions;
    assert.deepEqual(regions([]), CHECKER_REGIONS);
    assert.deepEqual(regions(["us-east-1", "us-west-1", "eu-west-1"]), [
      "us-east-1",
      "us-west-1",
      "eu-west-1",
    ]);
  });

  it("searches a string only for the types that do", () => {
    const searched = (type: HealthCheck["type"], searchString: HealthCheck["searchString"]) =>
      probes(withCheck({ type, searchString }))[0]?.searchString;
    assert.equal(searched("HTTPS", "up"), undefined);
    assert.equal(searched("HTTPS_STR_MATCH", "up"), "up");
    assert.equal(searched("HTTP_STR_MATCH", UNKNOWN), "ok");
  });
});

describe("playableSystem, checks that follow others", () => {
  it("takes a calculated check with its children, each by its place", () => {
    const { checks } = systemOf(calculatedPlan(2));
    assert.deepEqual(
      checks.map(({ kind, urn }) => [kind, urn]),
      [["calculated", PRIMARY_CHECK], ...CHILDREN.map((urn) => ["endpoint", urn])],
    );
    assert.deepEqual(checks[0], {
      kind: "calculated",
      urn: PRIMARY_CHECK,
      inverted: false,
      disabled: false,
      children: [1, 2, 3],
      healthThreshold: 2,
    });
    assert.deepEqual(
      probes(calculatedPlan(2)).map(({ endpoint }) => endpoint),
      [0, 0, 1],
    );
  });

  it("takes a check of an alarm with its timing; the last known status stands where it names none", () => {
    const metric = (status?: string) => systemOf(metricPlan(status)).checks[0];
    assert.deepEqual(metric("Unhealthy"), {
      kind: "metric",
      urn: PRIMARY_CHECK,
      inverted: false,
      disabled: false,
      endpoint: 0,
      source: "requests",
      needsAll: false,
      periodMs: 60_000,
      evaluationPeriods: 2,
      missingData: "Unhealthy",
    });
    const statuses = [undefined, "Healthy"].map((status) => {
      const check = metric(status);
      return check?.kind === "metric" && check.missingData;
    });
    assert.deepEqual(statuses, ["LastKnownStatus", "Healthy"]);
  });

  it("refuses a calculated check below a calculated one, and an alarm without a period", () => {
    const plan = calculatedPlan(2);
    const nested = plan.healthChecks.map((check) =>
      check.urn === CHILDREN[2] ? { ...check, type: "CALCULATED" as const, childHealthThreshold: 1 } : check,
    );
    assert.equal(
      refusal({ ...plan, healthChecks: nested }),
      `${PRIMARY_CHECK} has the calculated check ${CHILDREN[2]} as a child, which Route 53 refuses`,
    );
    const timeless = metricPlan();
    const alarms: Alarm[] = timeless.alarms.map((alarm) => ({ ...alarm, periodSeconds: UNKNOWN }));
    assert.equal(
      refusal({ ...timeless, alarms }),
      `the period of urn:alarm, the alarm behind ${PRIMARY_CHECK}, is not known before the update`,
    );
    const ofAlarm = (change: Partial<Alarm>) =>
      refusal({ ...timeless, alarms: timeless.alarms.map((alarm) => ({ ...alarm, ...change })) });
    const behind = `urn:alarm, the alarm behind ${PRIMARY_CHECK},`;
    assert.deepEqual(
      [
        ofAlarm({ periodSeconds: 60, datapointsToAlarm: 2 }),
        ofAlarm({ periodSeconds: 30 }),
        ofAlarm({ datapointsToAlarm: 1 }),
        ofAlarm({ extendedStatistic: "p99" }),
        ofAlarm({ metricQueries: 2 }),
        ofAlarm({ metricQueries: UNKNOWN }),
      ],
      [
        undefined,
        `${behind} has a period of 30 s, and Route 53 follows metrics of standard resolution only`,
        `${behind} has datapointsToAlarm 1 of 2 evaluationPeriods, and Route 53 follows no M out of N alarms`,
        `${behind} has the extendedStatistic p99, and Route 53 follows no extended statistics`,
        `${behind} reads 2 metricQueries, and Route 53 follows no metric math`,
        `the metricQueries of ${behind} is not known before the update`,
      ],
    );
    const metric = (metricName: Alarm["metricName"], operator = "GreaterThanThreshold") =>
      refusal(metricPlan("Healthy", { metricName, comparisonOperator: operator }));
    assert.deepEqual(
      [metric("5xx"), metric("Latency"), metric(UNKNOWN), metric("5xx", "LessThanThreshold")],
      [
        undefined,
        `${behind} is on AWS/ApiGateway Latency, of which nothing tells that it follows the endpoint`,
        `the metricName of ${behind} is not known before the update`,
        `${behind} is on AWS/ApiGateway 5xx with LessThanThreshold 0, which rises when the endpoint fails`,
      ],
    );
    assert.equal(
      refusal(metricPlan("Perhaps")),
      `what ${PRIMARY_CHECK} says about missing data is not known before the update`,
    );
  });
});

describe("playableSystem, refusals", () => {
  const cases: [what: string, plan: FailoverPlan, why: string][] = [
    [
      "a record behind the name whose routing is not played",
      withPrimary(
        { target: { kind: "alias", dnsName: "w.example.com", zoneId: "Z1", evaluateTargetHealth: true } },
        {
          ...failoverPlan(),
          recordSets: [
            ...failoverPlan().recordSets,
            record({ urn: "urn:w", name: "w.example.com", routing: { kind: "other", policy: "cidr" } }),
          ],
        },
      ),
      "urn:w has cidr routing; the simulation plays failover, weighted, multivalue, latency, geolocation and " +
        "simple records",
    ],
    [
      "a check that is not in the stack",
      withPrimary({ healthCheck: { kind: "external", id: "hc-9" } }),
      `health check hc-9 of ${PRIMARY} is not in the stack`,
    ],
    [
      "a check that is not known yet",
      withPrimary({ healthCheck: { kind: "unknown" } }),
      `the health check of ${PRIMARY} is not known before the update`,
    ],
    [
      "a check that the plan does not hold",
      withPrimary({ healthCheck: { kind: "check", urn: "urn:gone" } }),
      `health check urn:gone of ${PRIMARY} is not in the plan`,
    ],
    [
      "a TTL that is not known yet",
      withPrimary({ target: { kind: "values", values: ["192.0.2.1"], ttlSeconds: UNKNOWN } }),
      `the TTL of ${PRIMARY} is not known before the update`,
    ],
    [
      "values that are not known yet",
      withPrimary({ target: { kind: "values", values: UNKNOWN, ttlSeconds: 60 } }),
      `the values of ${PRIMARY} are not known before the update`,
    ],
    [
      "a record without a TTL",
      withPrimary({ target: { kind: "values", values: ["192.0.2.1"], ttlSeconds: undefined } }),
      `${PRIMARY} has no TTL, which Route 53 refuses`,
    ],
    [
      "a check of an alarm that is not in the stack",
      withCheck({ type: "CLOUDWATCH_METRIC" }),
      `the alarm behind ${PRIMARY_CHECK} is not in the stack`,
    ],
    [
      "a switch",
      withCheck({ type: "RECOVERY_CONTROL" }),
      `${PRIMARY_CHECK} is a RECOVERY_CONTROL check, which a person switches; nothing of it is played`,
    ],
    [
      "a calculated check without a threshold",
      withCheck({ type: "CALCULATED" }),
      `${PRIMARY_CHECK} has no childHealthThreshold; set how many of its 0 children must be healthy`,
    ],
    [
      "a calculated check with children elsewhere",
      withCheck({ type: "CALCULATED", childCount: 3, childHealthThreshold: 1 }),
      `3 of the 3 children of ${PRIMARY_CHECK} are not in the stack`,
    ],
    [
      "a calculated check with unknown children",
      withCheck({ type: "CALCULATED", childCount: UNKNOWN, childHealthThreshold: 1 }),
      `the children of ${PRIMARY_CHECK} are not known before the update`,
    ],
    [
      "a calculated check with an unknown threshold",
      withCheck({ type: "CALCULATED", childHealthThreshold: UNKNOWN }),
      `the child threshold of ${PRIMARY_CHECK} is not known before the update`,
    ],
    [
      "an unknown type",
      withCheck({ type: UNKNOWN }),
      `the type of ${PRIMARY_CHECK} is not known before the update`,
    ],
    [
      "an unknown interval",
      withCheck({ requestIntervalSeconds: UNKNOWN }),
      `the timing of ${PRIMARY_CHECK} is not known before the update`,
    ],
    [
      "an unknown threshold",
      withCheck({ failureThreshold: UNKNOWN }),
      `the timing of ${PRIMARY_CHECK} is not known before the update`,
    ],
    [
      "an unknown inversion",
      withCheck({ inverted: UNKNOWN }),
      `whether ${PRIMARY_CHECK} is inverted or disabled is not known before the update`,
    ],
    [
      "unknown regions",
      withCheck({ regions: UNKNOWN }),
      `the checker regions of ${PRIMARY_CHECK} are not known before the update`,
    ],
    [
      "three regions of which two are the same",
      withCheck({ regions: ["us-east-1", "us-west-1", "us-east-1"] }),
      `${PRIMARY_CHECK} names 2 checker regions; Route 53 takes 3 or more`,
    ],
    [
      "fewer regions than Route 53 takes",
      withCheck({ regions: ["us-east-1", "us-west-1"] }),
      `${PRIMARY_CHECK} names 2 checker regions; Route 53 takes 3 or more`,
    ],
    [
      "a check of the failover name itself",
      withCheck({ fqdn: NAME }),
      `${PRIMARY_CHECK} probes ${NAME}, the name whose answers it decides; AWS calls the result unpredictable`,
    ],
  ];
  for (const [what, plan, why] of cases) {
    it(`refuses ${what}`, () => {
      assert.equal(refusal(plan), why);
    });
  }

  it("refuses more checks than a belief has bits", () => {
    const plan = failoverPlan({ mode: "cname" });
    const many = (count: number): FailoverPlan => {
      const numbers = Array.from({ length: count }, (_, index) => index);
      return {
        ...plan,
        recordSets: [
          ...plan.recordSets.filter(({ urn }) => urn !== "urn:primary-regional"),
          ...numbers.map((index) =>
            record({
              urn: `urn:many-${index}`,
              name: `primary.${NAME}`,
              type: `TYPE${index}`,
              healthCheck: { kind: "check", urn: `urn:check-${index}` },
            }),
          ),
        ],
        healthChecks: [
          ...plan.healthChecks,
          ...numbers.map((index) => healthCheck({ urn: `urn:check-${index}` })),
        ],
      };
    };
    assert.equal(refusal(many(29)), undefined);
    assert.equal(refusal(many(30)), `${NAME} depends on 31 health checks; at most 30 are played`);
  });

  it("is not concerned by another zone's records of the same name, and is played as without them", () => {
    const plan = failoverPlan({ mode: "cname" });
    const own = plan.recordSets.map((each) => ({ ...each, zone: "urn:public" }));
    const split = (zone: string) => {
      const other = record({ urn: "urn:other", zone, routing: { kind: "other", policy: "cidr" } });
      return { ...plan, recordSets: [other, ...own] };
    };
    const both = split("urn:private");
    assert.equal(playableSystem(split("urn:public"), onlySet(plan)).kind, "refused");
    const played = (of: FailoverPlan) => {
      const scenario = scenarioByName("primary-down") ?? assert.fail();
      const { cutover, violations } = simulate({
        plan: of,
        set: onlySet(of),
        scenario,
        cutovers: 2,
        resolvers: 5,
        seed: 1,
      });
      return [cutover.clientSeconds.count, cutover.stranded, violations];
    };
    assert.deepEqual(played(both), [10, 0, []]);
  });
});
