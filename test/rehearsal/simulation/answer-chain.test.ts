import assert from "node:assert/strict";
import type { FailoverPlan, RecordSet } from "../../../model/failover-plan";
import { answerQuery } from "../../../rehearsal/simulation/answer";
import { stream } from "../../../rehearsal/simulation/random";
import { addressesOf, failoverPlan, NAME, PRIMARY_ENDPOINT, planOf, record } from "./plan-fixture";

/** What a server answers, as one line per record: `NOERROR | name ttl type data | ; name SOA`. */
function shown(plan: FailoverPlan, name: string, type: string): string {
  const answer = answerQuery({ plan, addressesOf }, { name, type }, () => true, stream(1, "chain.test"));
  const records = answer.records.map((each) => `${each.name} ${each.ttlSeconds} ${each.type} ${each.data}`);
  const authority = answer.authority.map((each) => `${each.name} ${each.ttlSeconds} ${each.type}`);
  return `${answer.rcode} | ${records.join(", ")} | ${authority.join(", ")}`;
}

function cname(name: string, target: string, ttlSeconds = 30): RecordSet {
  const own = { kind: "values" as const, values: [target], ttlSeconds };
  return record({ urn: `urn:${name}`, name, type: "CNAME", target: own });
}

describe("answerQuery, the end of a chain of CNAMEs", () => {
  const plan = {
    ...planOf([
      cname("one.example.com", "two.example.com"),
      cname("two.example.com", "host.example.com", 20),
      cname("gone.example.com", "nobody.example.com"),
      cname("out.example.com", "host.example.net"),
      cname("sub.example.com", "host.sub.example.com"),
      record({ urn: "urn:host", name: "host.example.com" }),
      record({ urn: "urn:sub-host", name: "host.sub.example.com" }),
    ]),
    zones: [
      { urn: "urn:zone", name: "example.com", id: "Z1" },
      { urn: "urn:sub-zone", name: "sub.example.com", id: "Z2" },
    ],
  };
  const cases: [what: string, name: string, type: string, expected: string][] = [
    [
      "has the target's records, each with a TTL of its own, and no SOA",
      "one.example.com",
      "A",
      "NOERROR | one.example.com 30 CNAME two.example.com, two.example.com 20 CNAME host.example.com, " +
        "host.example.com 60 A 192.0.2.99 | ",
    ],
    [
      "carries the SOA where the target lacks the type (RFC 2308)",
      "two.example.com",
      "AAAA",
      "NOERROR | two.example.com 20 CNAME host.example.com | example.com 900 SOA",
    ],
    [
      "is NXDOMAIN with the SOA where the target does not exist (RFC 6604)",
      "gone.example.com",
      "A",
      "NXDOMAIN | gone.example.com 30 CNAME nobody.example.com | example.com 900 SOA",
    ],
    [
      "carries the SOA of the zone that it ends in",
      "sub.example.com",
      "AAAA",
      "NOERROR | sub.example.com 30 CNAME host.sub.example.com | sub.example.com 900 SOA",
    ],
    [
      "is left to the resolver, without a SOA, where the target is outside",
      "out.example.com",
      "AAAA",
      "NOERROR | out.example.com 30 CNAME host.example.net | ",
    ],
    [
      "is the CNAME alone where that was asked for",
      "one.example.com",
      "CNAME",
      "NOERROR | one.example.com 30 CNAME two.example.com | ",
    ],
  ];
  for (const [what, name, type, expected] of cases) {
    it(what, () => assert.equal(shown(plan, name, type), expected));
  }

  it("carries the SOA behind a failover CNAME too, and still tells the endpoint", () => {
    const answer = answerQuery(
      { plan: failoverPlan({ mode: "cname" }), addressesOf },
      { name: NAME, type: "AAAA" },
      () => true,
      stream(1, "chain.test"),
    );
    assert.deepEqual(
      [answer.rcode, answer.endpoint, answer.authority.map(({ name }) => name)],
      ["NOERROR", PRIMARY_ENDPOINT, ["example.com"]],
    );
  });
});

describe("answerQuery, wildcards", () => {
  const plan = planOf([
    record({ urn: "urn:any", name: "*.example.com" }),
    record({ urn: "urn:known", name: "known.example.com", type: "TXT" }),
    record({ urn: "urn:below", name: "deep.branch.example.com" }),
    cname("*.alias.example.com", "known.example.com"),
  ]);
  const cases: [what: string, name: string, type: string, expected: string][] = [
    [
      "answers for a name that does not exist",
      "new.example.com",
      "A",
      "NOERROR | new.example.com 60 A 192.0.2.99 | ",
    ],
    [
      "answers for a name several labels below",
      "a.b.example.com",
      "A",
      "NOERROR | a.b.example.com 60 A 192.0.2.99 | ",
    ],
    ["has no data of another type", "new.example.com", "AAAA", "NOERROR |  | example.com 900 SOA"],
    [
      "leaves a name alone that exists with another type",
      "known.example.com",
      "A",
      "NOERROR |  | example.com 900 SOA",
    ],
    [
      "leaves a name alone that only has names below it",
      "branch.example.com",
      "A",
      "NOERROR |  | example.com 900 SOA",
    ],
    [
      "stops at the closest name that exists",
      "x.branch.example.com",
      "A",
      "NXDOMAIN |  | example.com 900 SOA",
    ],
    [
      "follows a wildcard CNAME",
      "x.alias.example.com",
      "TXT",
      "NOERROR | x.alias.example.com 30 CNAME known.example.com, known.example.com 60 TXT 192.0.2.99 | ",
    ],
    ["does not stand for the zone itself", "example.com", "A", "NOERROR |  | example.com 900 SOA"],
  ];
  for (const [what, name, type, expected] of cases) {
    it(what, () => assert.equal(shown(plan, name, type), expected));
  }
});
