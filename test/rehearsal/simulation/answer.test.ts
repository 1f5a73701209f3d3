import assert from "node:assert/strict";
import type { FailoverPlan, RecordSet } from "../../../model/failover-plan";
import { UNKNOWN } from "../../../model/unknown";
import { answerQuery, type DnsAnswer } from "../../../rehearsal/simulation/answer";
import { stream } from "../../../rehearsal/simulation/random";
import {
  addressesOf,
  aliasTo,
  failoverPlan,
  NAME,
  PRIMARY,
  PRIMARY_CHECK,
  PRIMARY_ENDPOINT,
  planOf,
  record,
  SECONDARY,
  SECONDARY_CHECK,
  STANDBY_ENDPOINT,
} from "./plan-fixture";

const SOA = {
  name: "example.com",
  type: "SOA",
  ttlSeconds: 900,
  data: "ns-0.awsdns-00.com awsdns-hostmaster.amazon.com 1 7200 900 1209600 86400",
};

/** Asks a server that takes these checks for unhealthy. */
function ask(plan: FailoverPlan, name: string, type: string, unhealthy: readonly string[] = []): DnsAnswer {
  return answerQuery(
    { plan, addressesOf },
    { name, type },
    (check) => !unhealthy.includes(check),
    stream(1, "answer.test"),
  );
}

function recordsOf(answer: DnsAnswer): string[] {
  return answer.records.map(({ name, type, ttlSeconds, data }) => `${name} ${ttlSeconds} ${type} ${data}`);
}

describe("answerQuery, failover", () => {
  const checks = { withCheck: {}, without: undefined };
  // Facts: developer guide and API reference (ResourceRecordSet Failover); a record without a check is healthy.
  const table: [
    primary: keyof typeof checks,
    secondary: keyof typeof checks,
    down: string,
    expected: string,
  ][] = [
    ["without", "without", "", PRIMARY],
    ["withCheck", "without", "", PRIMARY],
    ["withCheck", "without", "primary", SECONDARY],
    ["without", "withCheck", "", PRIMARY],
    ["without", "withCheck", "secondary", PRIMARY],
    ["withCheck", "withCheck", "", PRIMARY],
    ["withCheck", "withCheck", "primary", SECONDARY],
    ["withCheck", "withCheck", "secondary", PRIMARY],
    ["withCheck", "withCheck", "both", PRIMARY],
  ];
  for (const mode of ["alias", "cname"] as const) {
    for (const [primary, secondary, down, expected] of table) {
      const title = `${mode}: primary ${primary}, secondary ${secondary}, unhealthy: ${down || "none"}`;
      it(`${title} -> ${expected === PRIMARY ? "PRIMARY" : "SECONDARY"}`, () => {
        const plan = failoverPlan({
          mode,
          primaryCheck: checks[primary],
          secondaryCheck: checks[secondary],
        });
        const unhealthy = [
          ...(down === "primary" || down === "both" ? [PRIMARY_CHECK] : []),
          ...(down === "secondary" || down === "both" ? [SECONDARY_CHECK] : []),
        ];
        const answer = ask(plan, NAME, "A", unhealthy);
        assert.equal(answer.recordSet, expected);
        assert.equal(answer.endpoint, expected === PRIMARY ? PRIMARY_ENDPOINT : STANDBY_ENDPOINT);
      });
    }
  }

  it("answers an alias with the endpoint's addresses for 60 s", () => {
    assert.deepEqual(ask(failoverPlan(), NAME, "A"), {
      rcode: "NOERROR",
      records: [{ name: NAME, type: "A", ttlSeconds: 60, data: "192.0.2.1" }],
      recordSet: PRIMARY,
      endpoint: PRIMARY_ENDPOINT,
      leaf: PRIMARY_ENDPOINT,
      authority: [],
    });
  });

  it("answers a CNAME pair with its own TTL and the chain to the regional alias", () => {
    const plan = failoverPlan({ mode: "cname", ttlSeconds: 10 });
    assert.deepEqual(recordsOf(ask(plan, NAME, "A", [PRIMARY_CHECK])), [
      `${NAME} 10 CNAME standby.${NAME}`,
      `standby.${NAME} 60 A 192.0.2.2`,
    ]);
    assert.deepEqual(recordsOf(ask(plan, NAME, "CNAME")), [`${NAME} 10 CNAME primary.${NAME}`]);
  });

  it("answers only the CNAME where its target has no record of the type", () => {
    const plan = failoverPlan({ mode: "cname" });
    const answer = ask(plan, NAME, "AAAA");
    assert.deepEqual(recordsOf(answer), [`${NAME} 10 CNAME primary.${NAME}`]);
    assert.equal(answer.endpoint, PRIMARY_ENDPOINT);
  });

  it("answers a lone record of the pair whatever its health", () => {
    const [, primary] = failoverPlan().recordSets;
    const plan = planOf(primary ? [primary] : []);
    assert.equal(ask(plan, NAME, "A", [PRIMARY_CHECK]).recordSet, PRIMARY);
    const lone = { ...(primary as RecordSet), routing: { kind: "failover", role: "SECONDARY" } as const };
    assert.equal(ask(planOf([lone]), NAME, "A", [PRIMARY_CHECK]).recordSet, PRIMARY);
  });

  it("refuses what Route 53 would not accept or nobody knows yet", () => {
    const { recordSets } = failoverPlan();
    const withPrimary = (changes: Partial<RecordSet>) =>
      planOf(recordSets.map((each) => (each.urn === PRIMARY ? { ...each, ...changes } : each)));
    const why = (changes: Partial<RecordSet>) => {
      const { rcode, why: reason } = ask(withPrimary(changes), NAME, "A");
      return `${rcode} ${reason}`;
    };
    assert.equal(
      why({ routing: { kind: "failover", role: "SECONDARY" } }),
      `REFUSED ${NAME} A has a failover record whose role is unknown or taken twice`,
    );
    assert.equal(
      why({ routing: { kind: "failover", role: UNKNOWN } }),
      `REFUSED ${NAME} A has a failover record whose role is unknown or taken twice`,
    );
    assert.equal(
      why({ routing: { kind: "simple" } }),
      `REFUSED ${NAME} A mixes routing policies, which Route 53 refuses`,
    );
    assert.equal(
      why({ healthCheck: { kind: "unknown" } }),
      `REFUSED the health check of ${PRIMARY} is not known yet`,
    );
    assert.equal(
      why({ target: { kind: "values", values: ["192.0.2.7"], ttlSeconds: undefined } }),
      `REFUSED ${PRIMARY} has no TTL, which Route 53 refuses`,
    );
    assert.equal(
      why({ target: { kind: "values", values: ["192.0.2.7"], ttlSeconds: UNKNOWN } }),
      `REFUSED ${PRIMARY} has values that are not known yet`,
    );
  });

  it("asks about a check outside the stack by its id", () => {
    const { recordSets } = failoverPlan();
    const plan = planOf(
      recordSets.map((each) =>
        each.urn === PRIMARY ? { ...each, healthCheck: { kind: "external", id: "hc-elsewhere" } } : each,
      ),
    );
    assert.equal(ask(plan, NAME, "A").recordSet, PRIMARY);
    assert.equal(ask(plan, NAME, "A", ["hc-elsewhere"]).recordSet, SECONDARY);
  });
});

describe("answerQuery, plain records", () => {
  const plan = planOf([
    record({ urn: "urn:txt", name: "example.com", type: "TXT", target: values(["v=1", "v=2"], 300) }),
    record({ urn: "urn:deep", name: "a.b.example.com" }),
    record({ urn: "urn:out", name: "out.example.com", type: "CNAME", target: values(["host.invalid"], 30) }),
    record({
      urn: "urn:aws",
      name: "aws.example.com",
      type: "CNAME",
      target: values(["primary.aws.example.net"], 30),
    }),
  ]);

  it("answers every value with the record's TTL, whatever the case and the final dot", () => {
    const expected = ["example.com 300 TXT v=1", "example.com 300 TXT v=2"];
    assert.deepEqual(recordsOf(ask(plan, "example.com", "TXT")), expected);
    assert.deepEqual(recordsOf(ask(plan, "EXAMPLE.com.", "txt")), expected);
  });

  it("answers NXDOMAIN with the SOA for a name that does not exist", () => {
    assert.deepEqual(ask(plan, "nobody.example.com", "A"), {
      rcode: "NXDOMAIN",
      records: [],
      authority: [SOA],
    });
  });

  it("answers no data with the SOA for a name that has other types, or only names below it", () => {
    const noData = { rcode: "NOERROR", records: [], authority: [SOA] };
    assert.deepEqual(ask(plan, "a.b.example.com", "AAAA"), noData);
    assert.deepEqual(ask(plan, "b.example.com", "A"), noData);
    assert.deepEqual(ask(plan, "example.com", "A"), noData);
  });

  it("keeps a negative answer no longer than SOA TTL and minimum allow, here 900 s", () => {
    assert.equal(ask(plan, "nobody.example.com", "A").authority[0]?.ttlSeconds, 900);
  });

  it("answers SOA and NS of the zone itself, not of names in it", () => {
    assert.deepEqual(ask(plan, "example.com", "SOA").records, [SOA]);
    const servers = ask(plan, "example.com", "NS").records;
    assert.deepEqual([servers.length, new Set(servers.map(({ data }) => data)).size], [4, 4]);
    // Two days, as Route 53 gives the NS records of every zone (developer guide, SOA-NSrecords).
    assert.deepEqual(
      servers.map(({ ttlSeconds }) => ttlSeconds),
      [172_800, 172_800, 172_800, 172_800],
    );
    assert.deepEqual(ask(plan, "a.b.example.com", "NS").records, []);
  });

  it("refuses names outside the zones; a name that only ends alike is outside", () => {
    for (const name of ["example.net", "notexample.com", "com"]) {
      assert.deepEqual(ask(plan, name, "A"), {
        rcode: "REFUSED",
        records: [],
        authority: [],
        why: `${name} is in none of the zones`,
      });
    }
  });

  it("answers for the AWS names of the plan's endpoints", () => {
    const moved = {
      ...plan,
      endpoints: plan.endpoints.map((each) => ({ ...each, dnsTargets: ["primary.aws.example.net"] })),
    };
    assert.deepEqual(recordsOf(ask(moved, "primary.aws.example.net", "AAAA")), [
      "primary.aws.example.net 60 AAAA 2001:db8::1",
    ]);
    assert.deepEqual(recordsOf(ask(moved, "aws.example.com", "A")), [
      "aws.example.com 30 CNAME primary.aws.example.net",
      "primary.aws.example.net 60 A 192.0.2.1",
    ]);
    assert.equal(ask(moved, "aws.example.com", "A").endpoint, PRIMARY_ENDPOINT);
  });

  it("leaves a CNAME to the rest of the world to the resolver", () => {
    assert.deepEqual(recordsOf(ask(plan, "out.example.com", "A")), ["out.example.com 30 CNAME host.invalid"]);
  });

  it("ends a loop of CNAMEs", () => {
    const loop = planOf([
      record({ urn: "urn:a", name: "a.example.com", type: "CNAME", target: values(["b.example.com"], 30) }),
      record({ urn: "urn:b", name: "b.example.com", type: "CNAME", target: values(["a.example.com"], 30) }),
    ]);
    assert.equal(ask(loop, "a.example.com", "A").records.length, 9);
  });

  it("does not serve records whose name is not known yet", () => {
    const unnamed = planOf([record({ name: UNKNOWN })]);
    assert.equal(ask(unnamed, NAME, "A").rcode, "NXDOMAIN");
  });

  it("refuses a routing policy that is not played", () => {
    const cidr = planOf([record({ routing: { kind: "other", policy: "cidr" } })]);
    const { rcode, why } = ask(cidr, NAME, "A");
    assert.equal(rcode, "REFUSED");
    assert.equal(why, `${NAME} A has a routing policy that is not played: IP-based or geoproximity`);
  });
});

describe("answerQuery, zones", () => {
  it("takes the longest name above all records for a zone that is not in the stack", () => {
    const { recordSets } = failoverPlan();
    const plan = { ...planOf([...recordSets, record({ name: "mail.example.com" })]), zones: [] };
    assert.equal(ask(plan, NAME, "A").recordSet, PRIMARY);
    assert.equal(ask(plan, "nobody.example.com", "A").rcode, "NXDOMAIN");
    assert.equal(ask(plan, "example.net", "A").rcode, "REFUSED");
  });

  it("answers from the most specific of two zones", () => {
    const plan = {
      ...planOf([record({ name: "x.sub.example.com" })]),
      zones: [
        { urn: "urn:zone", name: "example.com", id: "Z1" },
        { urn: "urn:sub", name: "sub.example.com", id: "Z2" },
      ],
    };
    assert.equal(ask(plan, "y.sub.example.com", "A").authority[0]?.name, "sub.example.com");
    assert.equal(ask(plan, "y.example.com", "A").authority[0]?.name, "example.com");
  });
});

describe("answerQuery, aliases", () => {
  const branch = (evaluateTargetHealth: boolean) =>
    planOf([
      record({
        urn: PRIMARY,
        routing: { kind: "failover", role: "PRIMARY" },
        target: aliasTo("tree.example.com", evaluateTargetHealth),
      }),
      record({ urn: SECONDARY, routing: { kind: "failover", role: "SECONDARY" } }),
      ...["one", "two"].map((name, index) =>
        record({
          urn: `urn:${name}`,
          name: "tree.example.com",
          setIdentifier: name,
          routing: { kind: "weighted", weight: 1 },
          target: values([`192.0.2.1${index}`], 15),
          healthCheck: { kind: "check", urn: `urn:check-${name}` },
        }),
      ),
    ]);

  it("answers under its own name with the TTL of the records it points at", () => {
    const [answer] = ask(branch(true), NAME, "A", ["urn:check-two"]).records;
    assert.deepEqual(answer, { name: NAME, type: "A", ttlSeconds: 15, data: "192.0.2.10" });
  });

  it("is healthy while one of its records is, when it evaluates them", () => {
    const plan = branch(true);
    assert.equal(ask(plan, NAME, "A", ["urn:check-one"]).recordSet, PRIMARY);
    assert.equal(ask(plan, NAME, "A", ["urn:check-one", "urn:check-two"]).recordSet, SECONDARY);
  });

  it("does not count records of another type at the same name", () => {
    const other = record({ urn: "urn:six", name: "tree.example.com", type: "AAAA" });
    const plan = planOf([...branch(true).recordSets, other]);
    assert.equal(ask(plan, NAME, "A", ["urn:check-one", "urn:check-two"]).recordSet, SECONDARY);
  });

  it("is never left when it does not evaluate them", () => {
    assert.equal(ask(branch(false), NAME, "A", ["urn:check-one", "urn:check-two"]).recordSet, PRIMARY);
  });

  it("needs both its own check and its target's health", () => {
    const { recordSets } = branch(true);
    const plan = planOf(
      recordSets.map((each) =>
        each.urn === PRIMARY ? { ...each, healthCheck: { kind: "check", urn: PRIMARY_CHECK } } : each,
      ),
    );
    assert.equal(ask(plan, NAME, "A", []).recordSet, PRIMARY);
    assert.equal(ask(plan, NAME, "A", [PRIMARY_CHECK]).recordSet, SECONDARY);
    assert.equal(ask(plan, NAME, "A", ["urn:check-one", "urn:check-two"]).recordSet, SECONDARY);
  });

  it("counts an AWS target as healthy, evaluated or not", () => {
    const plan = failoverPlan({ primaryCheck: undefined });
    const evaluating = planOf(
      plan.recordSets.map((each) =>
        each.urn === PRIMARY ? { ...each, target: aliasTo("primary.aws.example.com", true) } : each,
      ),
    );
    assert.equal(ask(evaluating, NAME, "A").recordSet, PRIMARY);
  });

  it("is joined to its endpoint before the target's name is known", () => {
    const plan = planOf([
      record({
        target: { kind: "alias", dnsName: UNKNOWN, zoneId: UNKNOWN, evaluateTargetHealth: false },
        endpoint: STANDBY_ENDPOINT,
      }),
    ]);
    assert.deepEqual(recordsOf(ask(plan, NAME, "A")), [`${NAME} 60 A 192.0.2.2`]);
  });

  it("asks for the addresses of the record itself where it leads outside the plan", () => {
    const plan = planOf([record({ urn: "urn:stranger", target: aliasTo("elsewhere.aws.example.com") })]);
    const answer = ask(plan, NAME, "A");
    assert.deepEqual(recordsOf(answer), [`${NAME} 60 A 192.0.2.9`]);
    assert.equal(answer.endpoint, undefined);
  });

  it("has no data where the target has no address of the type", () => {
    const plan = failoverPlan();
    const answer = answerQuery(
      { plan, addressesOf: () => [] },
      { name: NAME, type: "A" },
      () => true,
      stream(1, "answer.test"),
    );
    assert.deepEqual(answer, { rcode: "NOERROR", records: [], authority: [SOA] });
  });
});

function values(list: readonly string[], ttlSeconds: number): RecordSet["target"] {
  return { kind: "values", values: list, ttlSeconds };
}
