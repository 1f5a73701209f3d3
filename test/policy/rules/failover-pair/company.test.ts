import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { failoverPair } from "../../../../policy/rules/failover-pair/rule";
import { judged } from "../judged";
import { primary, record, recordUrn, secondary } from "../records";
import { brief } from "./brief";

const ROLE_PATH = "failoverRoutingPolicies[0].type";
const PASS = {
  verdict: "pass",
  urn: recordUrn("primary"),
  path: ROLE_PATH,
  message: "the A records of app.example.com are one PRIMARY and one SECONDARY",
};

const half = (name: string, role: string, properties: Properties = {}): StackResource =>
  record(name, { setIdentifier: name, failoverRoutingPolicies: [{ type: role }], ...properties });

describe("policy/rules/failover-pair, what stands beside a pair", () => {
  it("refuses a CNAME beside an address pair, and the reverse", () => {
    const refused = (name: string, title: string, kept: string) => ({
      verdict: "fail",
      urn: recordUrn(name),
      path: "type",
      message:
        `${title} of app.example.com stands beside ${kept} records of its name that fail over, and Route 53 refuses a ` +
        `CNAME beside another type; allowed: ${kept} records alone; delete it, or give it a name of its own ` +
        "(a record costs nothing while idle)",
    });
    const cname = (name: string, properties: Properties = {}) =>
      record(name, { type: "CNAME", records: ["a.example.net"], ...properties });
    assert.deepEqual(judged(failoverPair, [primary(), secondary(), cname("plain")]), [
      PASS,
      refused("plain", "CNAME record", "A"),
    ]);
    const host = { type: "CNAME", records: ["a.example.net"] };
    const cnames = [primary(host), secondary({ ...host, records: ["b.example.net"] })];
    const passed = { ...PASS, message: PASS.message.replace("the A records", "the CNAME records") };
    assert.deepEqual(judged(failoverPair, [...cnames, record("plain"), record("text", { type: "TXT" })]), [
      passed,
      refused("plain", "A record", "CNAME"),
      refused("text", "TXT record", "CNAME"),
    ]);
    // Another name, another zone and an address pair beside text are no matter.
    assert.deepEqual(
      brief([
        primary(),
        secondary(),
        cname("other", { name: "other.example.com" }),
        cname("private", { zoneId: "Z2" }),
        record("text", { type: "TXT" }),
      ]),
      [`pass primary ${ROLE_PATH}`],
    );
    assert.deepEqual(brief([record("plain"), cname("alone")]), ["notApplicable  "]);
  });

  it("refuses a whole pair of CNAMEs beside a whole pair of addresses once", () => {
    const six = ["PRIMARY", "SECONDARY"].map((role, index) =>
      half(`six-${role}`, role, { type: "CNAME", records: [`${index}.example.net`] }),
    );
    assert.deepEqual(brief([primary(), secondary(), ...six]), [
      `pass primary ${ROLE_PATH}`,
      `pass six-PRIMARY ${ROLE_PATH}`,
      "fail primary type",
      "fail secondary type",
    ]);
  });

  it("refuses a second routing policy on a failover record", () => {
    assert.deepEqual(
      judged(failoverPair, [primary({ geolocationRoutingPolicies: [{ country: "US" }] }), secondary()]),
      [
        {
          verdict: "fail",
          urn: recordUrn("primary"),
          path: "geolocationRoutingPolicies",
          message:
            "PRIMARY A record of app.example.com has geolocationRoutingPolicies as well as failoverRoutingPolicies, and " +
            "Route 53 refuses a record with two; allowed: failoverRoutingPolicies alone; remove geolocationRoutingPolicies, " +
            "or lead a record of that routing to this name by an alias (a record costs nothing while idle)",
        },
      ],
    );
  });

  for (const [policy, none, one] of [
    ["cidrRoutingPolicy", null, { collectionId: "c", locationName: "l" }],
    ["geolocationRoutingPolicies", [], [{ country: "US" }]],
    ["geoproximityRoutingPolicy", undefined, { awsRegion: "us-east-1" }],
    ["latencyRoutingPolicies", [], [{ region: "us-east-1" }]],
    ["multivalueAnswerRoutingPolicy", false, true],
    ["weightedRoutingPolicies", [], [{ weight: 1 }]],
  ] as const) {
    it(`judges ${policy} beside failover routing`, () => {
      const withPolicy = (value: unknown) =>
        brief([primary(), secondary({ [policy]: value } as Properties)], {}, "preview");
      assert.deepEqual(withPolicy(none), [`pass primary ${ROLE_PATH}`]);
      assert.deepEqual(withPolicy(one), [`fail secondary ${policy}`]);
      assert.deepEqual(withPolicy(UNKNOWN), [`unknown secondary ${policy}`]);
    });
  }
});
