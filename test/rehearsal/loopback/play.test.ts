import assert from "node:assert/strict";
import type { Endpoint, FailoverPlan, HealthCheck, RecordSet } from "../../../model/failover-plan";
import { UNKNOWN } from "../../../model/unknown";
import { readPlay } from "../../../rehearsal/loopback/play";
import { aliasTo, balancedPlan, onlySet, planOf, record, targetGroup } from "../simulation/plan-fixture";
import { checkOf, member } from "../simulation/set-fixture";
import { CHECK, NAME, PRIMARY, PRIMARY_NAME, profilePlan, STANDBY, TABLE } from "./plan-fixture";
import { GATEWAY_CHECKS, GATEWAY_HOSTS, GATEWAYS, relayPlan } from "./relay-fixture";

const play = (plan: FailoverPlan) => readPlay(plan, onlySet(plan));

function withCheck(changes: Partial<HealthCheck>): FailoverPlan {
  const plan = profilePlan();
  return { ...plan, healthChecks: plan.healthChecks.map((check) => ({ ...check, ...changes })) };
}

function refusal(plan: FailoverPlan): string {
  try {
    play(plan);
  } catch (error) {
    assert.equal((error as Error).name, "UnplayablePlan");
    return (error as Error).message.replace("the plan cannot be played on loopback: ", "");
  }
  return "played";
}

describe("rehearsal/loopback/play", () => {
  it("reads the whole play of a plan", () => {
    const plan = profilePlan();
    const { checks, plan: furnished, set, ...rest } = play(plan);
    assert.deepEqual(furnished, plan);
    assert.deepEqual(set, onlySet(plan));
    const standbyName = "us-west-2.profiles.example.com";
    const primary = {
      urn: PRIMARY,
      kind: "api-gateway",
      region: "us-east-1",
      hostNames: [NAME, PRIMARY_NAME],
    };
    const standby = {
      urn: STANDBY,
      kind: "api-gateway",
      region: "us-west-2",
      hostNames: [NAME, standbyName],
    };
    assert.deepEqual(rest, {
      name: NAME,
      addressType: "A",
      primary,
      others: [standby],
      endpoints: [primary, standby],
      primaryChecks: [CHECK],
      tables: [{ name: "profiles", hashKey: "id", regions: ["us-east-1", "us-west-2"] }],
      // 1 x (10 + 6) + 6 of detection, 30 of propagation, 10 of TTL.
      boundSeconds: 62,
      ttlSeconds: 10,
      notes: [],
    });
    const [check] = checks;
    assert.ok(check);
    const { checkers, ...settings } = check;
    assert.deepEqual(settings, {
      urn: CHECK,
      type: "HTTPS",
      fqdn: PRIMARY_NAME,
      ipAddress: undefined,
      port: 443,
      path: "/healthz",
      searchString: undefined,
      sendsServerName: true,
      intervalSeconds: 10,
      failureThreshold: 1,
      inverted: false,
    });
    assert.equal(checkers.length, 16);
    assert.equal(new Set(checkers).size, 16);
    assert.deepEqual(checkers.slice(0, 3), ["us-east-1/1", "us-east-1/2", "us-west-1/1"]);
  });

  it("asks for AAAA where the pair is one, and for A behind a pair of CNAMEs", () => {
    const plan = profilePlan();
    const aaaa = plan.recordSets.map((record) =>
      record.type === "CNAME" ? { ...record, type: "AAAA" } : record,
    );
    assert.equal(play({ ...plan, recordSets: aaaa }).addressType, "AAAA");
  });

  it("fills in what a check leaves out as Route 53 does", () => {
    const bare = { port: undefined, resourcePath: undefined, enableSni: false };
    const checkOf = (changes: Partial<HealthCheck>) => play(withCheck({ ...bare, ...changes })).checks[0];
    assert.deepEqual(
      [checkOf({})?.port, checkOf({ type: "HTTP" })?.port, checkOf({})?.path, checkOf({})?.sendsServerName],
      [443, 80, "/", false],
    );
    assert.equal(checkOf({ resourcePath: "healthz" })?.path, "/healthz");
    const regions = ["us-east-1", "us-west-2", "eu-west-1"];
    assert.equal(checkOf({ regions })?.checkers.length, 6);
  });

  it("plays no probes of a disabled check", () => {
    const plan = profilePlan();
    const spare = { ...(plan.healthChecks[0] as HealthCheck), urn: "spare", disabled: true };
    assert.deepEqual(
      play({ ...plan, healthChecks: [...plan.healthChecks, spare] }).checks.map(({ urn }) => urn),
      [CHECK],
    );
  });

  it("plays a pair that can never fail over for as long as the objective lasts", () => {
    const plan = profilePlan();
    const recordSets = plan.recordSets.map((record) => ({
      ...record,
      healthCheck: { kind: "none" as const },
    }));
    assert.equal(play({ ...plan, recordSets }).boundSeconds, 300);
  });

  it("plays a calculated check over the probes of its children", () => {
    const plan = profilePlan();
    const [child] = plan.healthChecks as [HealthCheck];
    const parent = {
      ...child,
      urn: CHECK,
      type: "CALCULATED" as const,
      children: ["child"],
      childCount: 1,
      childHealthThreshold: 1,
    };
    const calculated = (type: HealthCheck["type"]): FailoverPlan => ({
      ...plan,
      healthChecks: [parent, { ...child, urn: "child", type }],
    });
    assert.deepEqual(
      play(calculated("HTTPS")).checks.map(({ urn }) => urn),
      ["child"],
    );
    assert.match(refusal(calculated("RECOVERY_CONTROL")), /child sends no probes/);
  });

  it("plays on beside a disabled check of the primary, and says for what it counts", () => {
    const plan = profilePlan();
    const [own] = plan.healthChecks as [HealthCheck];
    const children = ["child", "spare"];
    const parent = { ...own, type: "CALCULATED" as const, children, childCount: 2, childHealthThreshold: 2 };
    const of = (changes: Partial<HealthCheck>): FailoverPlan => ({
      ...plan,
      healthChecks: [parent, { ...own, urn: "child" }, { ...own, urn: "spare", ...changes }],
    });
    const told = (changes: Partial<HealthCheck>) => {
      const { checks, notes } = play(of(changes));
      return [checks.map(({ urn }) => urn), notes];
    };
    assert.deepEqual(told({}), [children, []]);
    assert.deepEqual(told({ disabled: true }), [["child"], ["spare is disabled, so it is healthy for ever"]]);
    assert.deepEqual(told({ disabled: true, inverted: true }), [
      ["child"],
      ["spare is disabled, so it is unhealthy for ever"],
    ]);
    const alone = withCheck({ disabled: true });
    assert.deepEqual(play(alone).notes, [`${CHECK} is disabled, so it is healthy for ever`]);
  });

  it("plays the check of a record whose health the PRIMARY takes over, alone and beside its own", () => {
    const name = `one.${NAME}`;
    const end = record({ name, healthCheck: { kind: "check", urn: "urn:c1" } });
    const of = (own: RecordSet["healthCheck"], evaluates = true) => {
      const primary = member(1, { kind: "failover", role: "PRIMARY" }, { healthCheck: own });
      const plan = planOf(
        [
          { ...primary, target: aliasTo(name, evaluates) },
          member(2, { kind: "failover", role: "SECONDARY" }, { healthCheck: { kind: "none" } }),
          end,
        ],
        [checkOf(1), checkOf(2)],
      );
      const { checks, primaryChecks } = readPlay(plan, onlySet(plan), { needsTables: false });
      return [checks.map(({ urn }) => urn), primaryChecks];
    };
    const alone = ["urn:c1"];
    const both = ["urn:c2", "urn:c1"];
    assert.deepEqual(of({ kind: "none" }), [alone, alone]);
    assert.deepEqual(of({ kind: "check", urn: "urn:c2" }), [both, both]);
    assert.deepEqual(of({ kind: "none" }, false), [[], []]);
  });

  it("says at once everything that stands in the way", () => {
    const plan = profilePlan();
    assert.equal(
      refusal({
        ...plan,
        endpoints: plan.endpoints.map((endpoint) => ({ ...endpoint, region: UNKNOWN })),
        tables: plan.tables.map((table) => ({ ...table, name: UNKNOWN })),
      }),
      [
        `${plan.recordSets[0]?.urn} leads to no endpoint of the plan whose region is known`,
        `${plan.recordSets[1]?.urn} leads to no endpoint of the plan whose region is known`,
        `name or hashKey of ${TABLE} is not known yet`,
      ].join("; "),
    );
  });

  it("refuses unknown timing, an unknown target and a check that sends no probes", () => {
    assert.match(
      refusal(withCheck({ requestIntervalSeconds: UNKNOWN })),
      /requestInterval.* is not known yet/,
    );
    assert.equal(
      refusal(withCheck({ fqdn: UNKNOWN })),
      [
        `fqdn of ${CHECK} is not known yet`,
        `${CHECK} sends no probes, and nothing else is played on loopback`,
      ].join("; "),
    );
    assert.equal(refusal(withCheck({ id: UNKNOWN, alarmName: UNKNOWN })), "played");
    assert.match(refusal(withCheck({ type: "CLOUDWATCH_METRIC" })), /sends no probes/);
  });

  it("plays a set outside the stack, its members' checks and the rest of its bound", () => {
    const { primary, others, checks, boundSeconds, ttlSeconds } = play(relayPlan());
    assert.deepEqual(
      [primary, ...others],
      GATEWAYS.map((urn, index) => ({
        urn,
        kind: "outside",
        region: null,
        hostNames: [GATEWAY_HOSTS[index]],
      })),
    );
    assert.deepEqual(
      checks.map(({ urn }) => urn),
      GATEWAY_CHECKS,
    );
    // 1 x (10 + 8) + 8 of detection with a string match, 30 of propagation, 10 of TTL.
    assert.deepEqual([boundSeconds, ttlSeconds], [66, 10]);
  });

  it("waits out the cache of what an alias leads to, which has that record's TTL", () => {
    const plan = relayPlan();
    const [first, ...rest] = plan.recordSets;
    assert.ok(first);
    const end = "origin.example.com";
    const target = {
      kind: "alias",
      dnsName: end,
      zoneId: "Z0123456789",
      evaluateTargetHealth: false,
    } as const;
    const behind = { ...first, urn: "urn:end", name: end, routing: { kind: "simple" } } as const;
    const { boundSeconds, ttlSeconds } = play({
      ...plan,
      recordSets: [{ ...first, target }, ...rest, { ...behind, healthCheck: { kind: "none" } }],
    });
    assert.deepEqual([boundSeconds, ttlSeconds], [66, 10]);
  });

  it("notes what is not played of the others, and minds no check that has nothing to do with the set", () => {
    const plan = relayPlan();
    const [first, second] = plan.healthChecks as [HealthCheck, HealthCheck];
    const metric = { ...second, type: "CLOUDWATCH_METRIC" as const };
    const stranger = { ...first, urn: "stranger", fqdn: UNKNOWN as typeof UNKNOWN };
    const { notes, checks } = play({ ...plan, healthChecks: [first, metric, stranger] });
    assert.deepEqual(notes, [
      `${GATEWAY_CHECKS[1]} sends no probes; on loopback it stays as healthy as a new check is`,
    ]);
    assert.deepEqual(
      checks.map(({ urn }) => urn),
      [GATEWAY_CHECKS[0]],
    );
  });

  it("refuses answers that depend on where the resolver stands, and more endpoints than it has addresses for", () => {
    const plan = relayPlan();
    const set = { ...onlySet(plan), routing: "latency" as const };
    const why = "relay.example.com has latency routing, and every resolver here stands in the same place";
    assert.throws(() => readPlay(plan, set), { message: `the plan cannot be played on loopback: ${why}` });
    const [endpoint] = profilePlan().endpoints;
    const endpoints = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ ...(endpoint as Endpoint), urn: `e${n}`, dnsTargets: [] }));
    assert.equal(refusal({ ...plan, endpoints: endpoints(238) }), "played");
    assert.equal(
      refusal({ ...plan, endpoints: endpoints(239) }),
      "the plan has 241 endpoints; at most 240 are played",
    );
  });

  it("needs no tables where the application keeps nothing", () => {
    const plan = profilePlan();
    const unnamed = {
      ...plan,
      tables: plan.tables.map((table) => ({ ...table, name: UNKNOWN as typeof UNKNOWN })),
    };
    assert.deepEqual(readPlay(unnamed, onlySet(plan), { needsTables: false }).tables, []);
  });

  it("refuses a pair whose two records lead to one endpoint", () => {
    const plan = profilePlan();
    const recordSets = plan.recordSets.map((record) => ({ ...record, endpoint: PRIMARY }));
    assert.equal(refusal({ ...plan, recordSets }), `PRIMARY and SECONDARY lead to the same ${PRIMARY}`);
  });

  it("does not play target groups: refused where they alone decide, noted beside a check", () => {
    const why = (decide: string) =>
      `the target groups behind urn:primary-record ${decide}, and their checks are not played on loopback`;
    const groups = [targetGroup()];
    assert.match(refusal(balancedPlan(groups)), new RegExp(why("decide")));
    const checked = balancedPlan(groups, { primaryCheck: {} });
    assert.deepEqual(readPlay(checked, onlySet(checked), { needsTables: false }).notes, [why("decide too")]);
  });
});
