import assert from "node:assert/strict";
import type { FailoverPlan, RecordSet } from "../../../model/failover-plan";
import { UNKNOWN } from "../../../model/unknown";
import { answerQuery, type DnsAnswer } from "../../../rehearsal/simulation/answer";
import { stream } from "../../../rehearsal/simulation/random";
import { addressesOf, planOf, record } from "./plan-fixture";

const CUT = "dev.example.com";
const SERVERS = ["ns1.dev.example.com.", "ns.example.net."];
const SOA = {
  name: "example.com",
  type: "SOA",
  ttlSeconds: 900,
  data: "ns-0.awsdns-00.com awsdns-hostmaster.amazon.com 1 7200 900 1209600 86400",
};

function values(name: string, type: string, data: readonly string[]): RecordSet {
  return record({
    urn: `urn:${name} ${type}`,
    name,
    type,
    target: { kind: "values", values: data, ttlSeconds: 300 },
  });
}

const NS = values(CUT, "NS", SERVERS);
const GLUE = values("ns1.dev.example.com", "A", ["192.0.2.53"]);
const OUTSIDE = values("ns.example.com", "A", ["192.0.2.54"]);

function ask(records: readonly RecordSet[], name: string, type = "A", zones = ["example.com"]): DnsAnswer {
  const plan: FailoverPlan = {
    ...planOf([...records]),
    zones: zones.map((zone) => ({ urn: `urn:${zone}`, name: zone, id: zone })),
  };
  return answerQuery({ plan, addressesOf }, { name, type }, () => true, stream(1, "delegation.test"));
}

const REFERRAL: DnsAnswer = {
  rcode: "NOERROR",
  records: [],
  authority: SERVERS.map((data) => ({ name: CUT, type: "NS", ttlSeconds: 300, data })),
  referral: { glue: [{ name: "ns1.dev.example.com", type: "A", ttlSeconds: 300, data: "192.0.2.53" }] },
};

describe("rehearsal/simulation/delegation", () => {
  it("refers to the delegated zone's servers, at the delegated name and anywhere below it", () => {
    const records = [NS, GLUE, OUTSIDE];
    for (const name of [CUT, `app.${CUT}`, `very.deep.${CUT}`, "ns1.dev.example.com"]) {
      for (const type of ["A", "NS", "SOA", "HINFO"]) {
        assert.deepEqual(ask(records, name, type), REFERRAL, `${name} ${type}`);
      }
    }
  });

  it("answers beside the delegated name itself", () => {
    const records = [NS, GLUE, OUTSIDE];
    const nothing = { records: [], authority: [SOA] };
    assert.deepEqual(ask(records, "xdev.example.com"), { rcode: "NXDOMAIN", ...nothing });
    assert.deepEqual(ask(records, "example.com"), { rcode: "NOERROR", ...nothing });
    assert.equal(ask(records, "ns.example.com").records[0]?.data, "192.0.2.54");
  });

  it("answers DS of the delegated name, and refers DS of a name below it", () => {
    const ds = values(CUT, "DS", ["123 4 1 00ff"]);
    assert.equal(ask([NS, ds], CUT, "DS").records[0]?.data, "123 4 1 00ff");
    assert.deepEqual(ask([NS], CUT, "DS"), { rcode: "NOERROR", records: [], authority: [SOA] });
    assert.ok(ask([NS, ds], `app.${CUT}`, "DS").referral);
  });

  it("gives no addresses of servers that others can find", () => {
    const servers = values(CUT, "NS", ["ns.example.com."]);
    assert.deepEqual(ask([servers, OUTSIDE], CUT).referral, { glue: [] });
  });

  it("never takes the servers of a zone's own apex for a delegation", () => {
    const apex = values("example.com", "NS", ["ns-0.awsdns-00.com."]);
    assert.equal(ask([apex], "example.com", "NS").records[0]?.data, "ns-0.awsdns-00.com.");
    assert.equal(ask([apex], "a.example.com").rcode, "NXDOMAIN");
  });

  it("answers for a delegated zone that the plan holds itself", () => {
    const app = values(`app.${CUT}`, "A", ["192.0.2.1"]);
    assert.equal(ask([NS, app], `app.${CUT}`, "A", ["example.com", CUT]).records[0]?.data, "192.0.2.1");
    assert.ok(ask([NS, app], `app.${CUT}`).referral);
  });

  it("takes the topmost of two delegations", () => {
    const lower = values(`b.${CUT}`, "NS", ["ns.example.org."]);
    assert.equal(ask([lower, NS], `a.b.${CUT}`).authority[0]?.name, CUT);
  });

  it("leaves a CNAME that leads below a delegation to the resolver", () => {
    const alias = values("www.example.com", "CNAME", [`app.${CUT}`]);
    const answer = ask([NS, alias], "www.example.com");
    assert.deepEqual(
      [answer.records.map(({ data }) => data), answer.authority, answer.referral],
      [[`app.${CUT}`], [], undefined],
    );
  });

  it("refuses while the name servers are not known", () => {
    const unknown = record({
      name: CUT,
      type: "NS",
      target: { kind: "values", values: UNKNOWN, ttlSeconds: 300 },
    });
    const { rcode, why } = ask([unknown], `app.${CUT}`);
    assert.deepEqual(
      [rcode, why],
      ["REFUSED", "the name servers that dev.example.com is delegated to are not known yet"],
    );
  });
});
