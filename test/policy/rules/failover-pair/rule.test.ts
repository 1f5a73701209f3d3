import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { failoverPair } from "../../../../policy/rules/failover-pair/rule";
import { fixtureResources } from "../../../../policy/rules/rule-docs";
import { failoverStack, resource, urn } from "../../../model/stack-fixture";
import { profileApiStack } from "../../profile-api-stack";
import { judged } from "../judged";
import { check, primary, record, recordUrn, secondary } from "../records";
import { brief } from "./brief";

const ZONE = "aws:route53/zone:Zone";
const ALLOWED = "allowed: one PRIMARY and one SECONDARY of the same name, type and zone";
const ROLE_PATH = "failoverRoutingPolicies[0].type";
const PASS = {
  verdict: "pass",
  urn: recordUrn("primary"),
  path: ROLE_PATH,
  message: "the A records of app.example.com are one PRIMARY and one SECONDARY",
};

const half = (name: string, role: string, properties: Properties = {}): StackResource =>
  record(name, { setIdentifier: name, failoverRoutingPolicies: [{ type: role }], ...properties });

/** A record as it is before its zone exists. */
const unborn = (of: StackResource, zone: string): StackResource => ({
  ...of,
  id: UNKNOWN,
  properties: { ...of.properties, zoneId: UNKNOWN },
  propertyDependencies: { zoneId: [urn(ZONE, zone)] },
});

const zone = (name: string, id: StackResource["id"]): StackResource =>
  resource(ZONE, name, { name: "example.com" }, { id });

describe("policy/rules/failover-pair", () => {
  it("passes one PRIMARY and one SECONDARY", () => {
    assert.deepEqual(judged(failoverPair, [primary(), secondary(), check()]), [PASS]);
  });

  for (const preview of [true, false]) {
    it(`passes the profile API ${preview ? "before" : "after"} it exists`, () => {
      assert.deepEqual(brief(profileApiStack({ preview }), {}, preview ? "preview" : "settled"), [
        `pass failover-primary-a ${ROLE_PATH}`,
        `pass failover-primary-aaaa ${ROLE_PATH}`,
      ]);
      assert.deepEqual(brief(failoverStack({ preview }), {}, preview ? "preview" : "settled"), [
        `pass primary ${ROLE_PATH}`,
      ]);
    });
  }

  it("refuses a PRIMARY without SECONDARY and the reverse", () => {
    assert.deepEqual(judged(failoverPair, [primary()]), [
      {
        verdict: "fail",
        urn: recordUrn("primary"),
        path: ROLE_PATH,
        message:
          "PRIMARY A record of app.example.com has no SECONDARY, so it is answered even while it is down; " +
          `${ALLOWED}; add a SECONDARY A record of app.example.com to the same zone (the record costs nothing while idle)`,
      },
    ]);
    assert.deepEqual(judged(failoverPair, [secondary()]), [
      {
        verdict: "fail",
        urn: recordUrn("secondary"),
        path: ROLE_PATH,
        message:
          "SECONDARY A record of app.example.com has no PRIMARY, so it is answered whatever the health of anything " +
          `else; ${ALLOWED}; add a PRIMARY A record of app.example.com to the same zone (the record costs nothing while idle)`,
      },
    ]);
  });

  it("refuses two of one kind once, whether or not the other half is there", () => {
    const message =
      'PRIMARY A record of app.example.com is there twice, as "again" and as "primary"; ' +
      `${ALLOWED}; make one of them the other half, or delete it`;
    const expected = [{ verdict: "fail", urn: recordUrn("again"), path: ROLE_PATH, message }];
    assert.deepEqual(judged(failoverPair, [primary(), half("again", "PRIMARY"), secondary()]), expected);
    assert.deepEqual(judged(failoverPair, [primary(), half("again", "PRIMARY")]), expected);
  });

  it("refuses halves of two types as one mistake", () => {
    const stack = [primary({ type: "CNAME", records: ["tunnel.example.com"] }), secondary()];
    assert.deepEqual(judged(failoverPair, stack), [
      {
        verdict: "notApplicable",
        urn: recordUrn("primary"),
        path: "",
        message: "PRIMARY CNAME record of app.example.com is judged with its SECONDARY",
      },
      {
        verdict: "fail",
        urn: recordUrn("secondary"),
        path: "type",
        message:
          "SECONDARY A record of app.example.com is no pair with PRIMARY CNAME record of app.example.com, whose type " +
          `is another; ${ALLOWED}; give both one type, CNAME here (an address and a host name do not mix: two A ` +
          "records or two CNAMEs)",
      },
    ]);
  });

  it("takes the first of several types for the one that was meant", () => {
    const six = half("six", "PRIMARY", { type: "AAAA" });
    const host = half("host", "SECONDARY", { type: "CNAME" });
    assert.deepEqual(brief([primary(), six, host]), [
      "notApplicable primary ",
      `fail six ${ROLE_PATH}`,
      "fail host type",
    ]);
  });

  it("refuses halves of two names or two zones as one mistake", () => {
    const refused = (properties: Properties) => {
      const judgements = judged(failoverPair, [primary(), secondary(properties)]);
      assert.deepEqual(
        judgements.map(({ verdict }) => verdict),
        ["notApplicable", "fail"],
      );
      const { path, message } = judgements[1] ?? {};
      return { path, lever: message?.split("; ").at(-1) };
    };
    assert.deepEqual(refused({ name: "api.example.com" }), {
      path: "name",
      lever: "set name to app.example.com",
    });
    assert.deepEqual(refused({ zoneId: "Z2" }), {
      path: "zoneId",
      lever: 'put it into the zone of "primary"',
    });
  });

  it("does not guess who belongs to whom among several", () => {
    const stack = [
      half("a", "PRIMARY", { name: "a.example.com" }),
      half("b", "PRIMARY", { name: "b.example.com" }),
      half("c", "SECONDARY", { name: "c.example.com" }),
    ];
    assert.deepEqual(brief(stack), [`fail a ${ROLE_PATH}`, `fail b ${ROLE_PATH}`, `fail c ${ROLE_PATH}`]);
  });

  it("takes names as Route 53 does: case and the final dot do not matter", () => {
    assert.deepEqual(judged(failoverPair, [primary(), secondary({ name: "App.Example.COM." })]), [PASS]);
    assert.deepEqual(judged(failoverPair, [primary(), secondary({ zoneId: "/hostedzone/Z1" })]), [PASS]);
    const named = [zone("zone", "Z1"), primary({ name: "app" }), secondary()];
    assert.deepEqual(judged(failoverPair, named), [PASS]);
  });

  it("keeps the halves of a public and of a private zone apart", () => {
    const inside = [
      half("inside-primary", "PRIMARY", { zoneId: "Z2" }),
      half("inside-secondary", "SECONDARY", { zoneId: "Z2", records: ["192.0.2.2"] }),
    ];
    assert.deepEqual(brief([primary(), secondary(), ...inside]), [
      `pass primary ${ROLE_PATH}`,
      `pass inside-primary ${ROLE_PATH}`,
    ]);
    const before = [primary(), secondary()].map((each) => unborn(each, "public"));
    const insideBefore = inside.map((each) => unborn(each, "private"));
    assert.deepEqual(
      brief([zone("public", UNKNOWN), zone("private", UNKNOWN), ...before, ...insideBefore], {}, "preview"),
      [`pass primary ${ROLE_PATH}`, `pass inside-primary ${ROLE_PATH}`],
    );
  });

  it("refuses AAAA on one side, and advises where it does not fail over at all", () => {
    const pair = [primary(), secondary()];
    assert.deepEqual(brief([...pair, half("six", "PRIMARY", { type: "AAAA" })]), [
      `pass primary ${ROLE_PATH}`,
      `fail six ${ROLE_PATH}`,
    ]);
    const plain = record("six", { type: "AAAA", records: ["2001:db8::1"] });
    assert.deepEqual(judged(failoverPair, [...pair, plain]), [
      PASS,
      {
        verdict: "fail",
        advisory: true,
        urn: recordUrn("six"),
        path: "failoverRoutingPolicies",
        message:
          "AAAA record of app.example.com has no failover routing beside the A records that have, so its clients " +
          "stay with one side; allowed: one PRIMARY and one SECONDARY of both types; give it the routing of the A " +
          "records, or delete it (a record costs nothing while idle)",
      },
    ]);
    assert.deepEqual(brief([...pair, record("text", { type: "TXT" })]), [`pass primary ${ROLE_PATH}`]);
    assert.deepEqual(brief([...pair, record("other", { name: "other.example.com" })]), [
      `pass primary ${ROLE_PATH}`,
    ]);
  });

  it("refuses other routing under the same name and type", () => {
    const weighted = record("extra", { setIdentifier: "extra", weightedRoutingPolicies: [{ weight: 1 }] });
    assert.deepEqual(judged(failoverPair, [primary(), secondary(), weighted]), [
      {
        verdict: "fail",
        urn: recordUrn("extra"),
        path: "failoverRoutingPolicies",
        message:
          "A record of app.example.com has weighted routing beside failover records of its name and type, which " +
          `Route 53 refuses; ${ALLOWED}, and no other; give it a name of its own and lead a failover alias there, or delete it`,
      },
    ]);
    assert.deepEqual(brief([primary(), secondary(), record("plain")]), [
      "fail plain failoverRoutingPolicies",
    ]);
    const latency = record("near", {
      setIdentifier: "near",
      latencyRoutingPolicies: [{ region: "us-east-1" }],
    });
    assert.match(
      judged(failoverPair, [primary(), secondary(), latency])[0]?.message ?? "",
      / has latency routing /,
    );
  });

  it("refuses a missing or a doubled setIdentifier", () => {
    assert.deepEqual(judged(failoverPair, [primary(), secondary({ setIdentifier: undefined })]), [
      {
        verdict: "fail",
        urn: recordUrn("secondary"),
        path: "setIdentifier",
        message:
          "SECONDARY A record of app.example.com has no setIdentifier, by which Route 53 tells the records of a set " +
          'apart; allowed: a text of its own; set it to "secondary"',
      },
    ]);
    assert.deepEqual(judged(failoverPair, [primary(), secondary({ setIdentifier: "primary" })]), [
      {
        verdict: "fail",
        urn: recordUrn("secondary"),
        path: "setIdentifier",
        message:
          'SECONDARY A record of app.example.com has the setIdentifier "primary" of PRIMARY A record of ' +
          'app.example.com; allowed: a text of its own; set it to "secondary" (free; replaces the record)',
      },
    ]);
    const nameless = half("third", "SECONDARY", {
      setIdentifier: undefined,
      failoverRoutingPolicies: UNKNOWN,
    });
    assert.match(judged(failoverPair, [primary(), nameless])[1]?.message ?? "", /; set it to "third"$/);
    const extra = record("extra", { setIdentifier: "primary", weightedRoutingPolicies: [{ weight: 1 }] });
    assert.match(
      judged(failoverPair, [primary(), secondary(), extra])[1]?.message ?? "",
      /; set it to "extra" /,
    );
    const taken = [
      primary({ setIdentifier: "x" }),
      secondary({ setIdentifier: "x" }),
      half("secondary", "PRIMARY"),
    ];
    assert.match(judged(failoverPair, taken)[1]?.message ?? "", /; set it to "secondary-secondary" /);
    assert.deepEqual(brief([primary(), secondary({ setIdentifier: "" })]), ["fail secondary setIdentifier"]);
    assert.deepEqual(brief([primary(), secondary({ setIdentifier: "Primary" })]), [
      `pass primary ${ROLE_PATH}`,
    ]);
  });

  it("refuses a failover type that Route 53 does not have", () => {
    const wrong = secondary({ failoverRoutingPolicies: [{ type: "secondary" }] });
    assert.deepEqual(judged(failoverPair, [primary(), wrong]), [
      {
        verdict: "fail",
        urn: recordUrn("secondary"),
        path: ROLE_PATH,
        message:
          'A record of app.example.com has the failover type "secondary"; allowed: PRIMARY or SECONDARY; set it to one of the two',
      },
    ]);
  });

  for (const [path, properties] of [
    ["zoneId", { zoneId: UNKNOWN }],
    ["name", { name: UNKNOWN }],
    ["type", { type: UNKNOWN }],
    [ROLE_PATH, { failoverRoutingPolicies: UNKNOWN }],
    ["setIdentifier", { setIdentifier: UNKNOWN }],
  ] as const) {
    it(`does not know an unknown ${path}, nor a half that it may complete`, () => {
      for (const phase of ["preview", "settled"] as const) {
        const verdicts = judged(failoverPair, [primary(), secondary(properties)], {}, phase);
        assert.ok(verdicts.length > 0);
        assert.deepEqual(
          verdicts.filter((judgement) => judgement.verdict !== "unknown" || judgement.path !== path),
          [],
        );
        assert.match(
          verdicts[0]?.message ?? "",
          phase === "preview" ? /known after the update/ : /so it is refused/,
        );
      }
    });
  }

  it("still refuses a half that no unknown record can complete", () => {
    const others = [
      half("other-role", "PRIMARY", { zoneId: UNKNOWN }),
      half("other-type", "SECONDARY", { type: "AAAA", zoneId: UNKNOWN }),
      record("plain", { zoneId: UNKNOWN }),
    ];
    assert.deepEqual(brief([primary(), ...others], {}, "preview"), [
      `fail primary ${ROLE_PATH}`,
      "unknown other-role zoneId",
      "unknown other-type zoneId",
    ]);
    assert.equal(
      judged(failoverPair, [primary(), secondary({ name: UNKNOWN })], {}, "preview")[0]?.message,
      'unknown: name of SECONDARY A record "secondary", which may be the SECONDARY of PRIMARY A record of ' +
        "app.example.com; known after the update; judged again at `pulumi up`",
    );
  });

  it("does not tell a short name from a full one in a zone of another stack", () => {
    assert.deepEqual(brief([primary({ name: "app" }), secondary()], {}, "preview"), [
      "unknown primary name",
      "unknown secondary name",
    ]);
  });

  it("leaves a half alone whose other half the settings place in another stack", () => {
    const settings = { halvesElsewhere: ["App.example.com."] };
    assert.deepEqual(judged(failoverPair, [primary()], settings), [
      {
        verdict: "notApplicable",
        urn: recordUrn("primary"),
        path: "",
        message:
          "PRIMARY A record of app.example.com has its SECONDARY in another stack, as halvesElsewhere says",
      },
    ]);
    assert.deepEqual(brief([primary({ setIdentifier: undefined })], settings), [
      "fail primary setIdentifier",
      "notApplicable primary ",
    ]);
    assert.deepEqual(brief([primary()], { halvesElsewhere: ["pp.example.com"] }), [
      `fail primary ${ROLE_PATH}`,
    ]);
    assert.deepEqual(brief([primary()], { halvesElsewhere: ["not a name"] }), ["fail  "]);
    // Of a zone that nothing tells, "app" may be the name that the settings mean.
    const relative = primary({ name: "app" });
    assert.deepEqual(brief([relative], settings, "preview"), ["unknown primary name"]);
    assert.deepEqual(brief([relative], { halvesElsewhere: ["api.example.com"] }), [
      `fail primary ${ROLE_PATH}`,
    ]);
  });

  it("does not apply without failover records", () => {
    assert.deepEqual(judged(failoverPair, [record("plain"), check()]), [
      { verdict: "notApplicable", urn: "", path: "", message: "the stack has no failover record" },
    ]);
  });

  it("stands absurd values, and takes none for a pair", () => {
    for (const absurd of [null, 7, true, [], {}, Number.NaN, [[]], [null]]) {
      for (const key of ["name", "type", "zoneId", "setIdentifier", "failoverRoutingPolicies"]) {
        const verdicts = judged(failoverPair, [primary(), secondary({ [key]: absurd })]);
        assert.doesNotMatch(verdicts.map(({ message }) => message).join(), /the rule itself failed|NaN/);
        assert.ok(
          verdicts.some(({ verdict }) => verdict === "fail" || verdict === "unknown"),
          `${key} ${JSON.stringify(absurd)}`,
        );
      }
    }
  });

  it("tells its fixtures apart by the one field in which they differ", () => {
    assert.deepEqual(brief(fixtureResources("failover-pair", "good")), [`pass primary ${ROLE_PATH}`]);
    assert.deepEqual(brief(fixtureResources("failover-pair", "bad")), [
      "notApplicable primary ",
      "fail secondary name",
    ]);
  });
});
