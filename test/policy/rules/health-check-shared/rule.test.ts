import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { type Properties, type PropertyValue, UNKNOWN } from "../../../../model/unknown";
import { healthCheckShared } from "../../../../policy/rules/health-check-shared/rule";
import { fixtureResources } from "../../../../policy/rules/rule-docs";
import { failoverStack, resource, urn } from "../../../model/stack-fixture";
import { profileApiStack } from "../../profile-api-stack";
import { judged } from "../judged";
import { alias, CHECK, check, checkUrn, primary, record, recordUrn, secondary } from "../records";

const PRICE = "(HTTPS at 10 s: $2.50 a month for an endpoint in AWS, $4.75 a month for another)";
const LEVER =
  "so both turn unhealthy together and Route 53 answers the PRIMARY; allowed: a check of its own, or none; remove " +
  "healthCheckId from the SECONDARY (free: as the last resort it is then always answered), or give it a check of its " +
  `own host name ${PRICE}`;
const PASS = {
  verdict: "pass",
  urn: recordUrn("primary"),
  path: "healthCheckId",
  message: "the sides of app.example.com share no health check",
};

const named = (name: string, properties: Properties = {}): StackResource =>
  resource(CHECK, name, { type: "HTTPS", fqdn: `${name}.example.com`, ...properties }, { id: `hc-${name}` });

const all = (name: string, childHealthchecks: PropertyValue): StackResource =>
  named(name, { type: "CALCULATED", fqdn: undefined, childHealthThreshold: 1, childHealthchecks });

const weighted = (name: string, properties: Properties = {}): StackResource =>
  record(name, {
    setIdentifier: name,
    weightedRoutingPolicies: [{ weight: 1 }],
    healthCheckId: "hc-1",
    records: [`${name}.example.net`],
    type: "CNAME",
    ...properties,
  });

const brief = (
  resources: readonly StackResource[],
  settings = {},
  phase: "preview" | "settled" = "settled",
) =>
  judged(healthCheckShared, resources, settings, phase).map(
    (judgement) =>
      `${judgement.advisory ? "advice " : ""}${judgement.verdict} ${judgement.urn.split("::").at(-1)} ${judgement.path}`,
  );

describe("policy/rules/health-check-shared", () => {
  it("passes sides with a check each, or one without", () => {
    assert.deepEqual(judged(healthCheckShared, [check(), primary(), secondary()]), [PASS]);
    const both = [check(), named("b"), primary(), secondary({ healthCheckId: "hc-b" })];
    assert.deepEqual(judged(healthCheckShared, both), [PASS]);
  });

  for (const preview of [true, false]) {
    it(`passes the profile API ${preview ? "before" : "after"} it exists, whose A and AAAA share a check`, () => {
      const phase = preview ? "preview" : "settled";
      assert.deepEqual(brief(profileApiStack({ preview }), {}, phase), [
        "pass failover-primary-a healthCheckId",
      ]);
      assert.deepEqual(brief(failoverStack({ preview }), {}, phase), ["pass primary healthCheckId"]);
    });
  }

  it("refuses one check on both sides", () => {
    assert.deepEqual(judged(healthCheckShared, [check(), primary(), secondary({ healthCheckId: "hc-1" })]), [
      {
        verdict: "fail",
        urn: recordUrn("secondary"),
        path: "healthCheckId",
        message: `SECONDARY A record of app.example.com has health check "check", as its PRIMARY does, ${LEVER}`,
      },
    ]);
  });

  it("refuses it before the check exists, and where the check is of another stack", () => {
    const join = (of: StackResource): StackResource => ({
      ...of,
      properties: { ...of.properties, healthCheckId: UNKNOWN },
      propertyDependencies: { healthCheckId: [checkUrn] },
    });
    const unborn = { ...check(), id: UNKNOWN } as const;
    assert.deepEqual(brief([unborn, join(primary()), join(secondary())], {}, "preview"), [
      "fail secondary healthCheckId",
    ]);
    const outside = [primary({ healthCheckId: "hc-x" }), secondary({ healthCheckId: "hc-x" })];
    assert.equal(
      judged(healthCheckShared, outside)[0]?.message,
      `SECONDARY A record of app.example.com has health check hc-x, as its PRIMARY does, ${LEVER}`,
    );
  });

  it("refuses a check that both follow through calculated checks", () => {
    const stack = (one: PropertyValue[], two: PropertyValue[]) => [
      named("a"),
      named("b"),
      named("c"),
      all("one", one),
      all("two", two),
      primary({ healthCheckId: "hc-one" }),
      secondary({ healthCheckId: "hc-two" }),
    ];
    assert.deepEqual(judged(healthCheckShared, stack(["hc-a", "hc-b"], ["hc-b", "hc-c"])), [
      {
        verdict: "fail",
        urn: recordUrn("secondary"),
        path: "healthCheckId",
        message:
          'SECONDARY A record of app.example.com follows health check "b" through "two", as its PRIMARY does through ' +
          `"one", ${LEVER}`,
      },
    ]);
    assert.deepEqual(brief(stack(["hc-a", "hc-b"], ["hc-c"])), ["pass primary healthCheckId"]);
    assert.deepEqual(brief(stack(["hc-a", "hc-b", "hc-x"], ["hc-c", "hc-x"])), [
      "fail secondary healthCheckId",
    ]);
    const direct = [named("a"), all("one", ["hc-a"]), primary({ healthCheckId: "hc-one" })];
    assert.deepEqual(brief([...direct, secondary({ healthCheckId: "hc-a" })]), [
      "fail secondary healthCheckId",
    ]);
    const reverse = [named("a"), all("one", ["hc-a"]), primary({ healthCheckId: "hc-a" })];
    assert.equal(
      judged(healthCheckShared, [...reverse, secondary({ healthCheckId: "hc-one" })])[0]?.message,
      `SECONDARY A record of app.example.com follows health check "a" through "one", as its PRIMARY does, ${LEVER}`,
    );
  });

  it("sees a side across A and AAAA", () => {
    const six = { type: "AAAA", healthCheckId: "hc-1" };
    const other = { ...secondary(six), urn: recordUrn("secondary-six") };
    assert.deepEqual(brief([check(), primary(), secondary(), other]), ["fail secondary-six healthCheckId"]);
  });

  it("keeps zones apart", () => {
    const stack = [check(), primary(), secondary({ healthCheckId: "hc-1", zoneId: "Z2" })];
    assert.deepEqual(brief(stack), ["pass primary healthCheckId", "pass secondary healthCheckId"]);
  });

  it("refuses one check for different targets of a weighted set", () => {
    const stack = [check(), weighted("one"), weighted("two")];
    assert.deepEqual(judged(healthCheckShared, stack), [
      {
        verdict: "fail",
        urn: recordUrn("two"),
        path: "healthCheckId",
        message:
          'CNAME record of app.example.com ("two") has health check "check", as "one" does for another target, so ' +
          "the two leave the answers together; allowed: one check for each target; give it a check of its own host " +
          `name ${PRICE}`,
      },
    ]);
    const own = [check(), named("b"), weighted("one"), weighted("two", { healthCheckId: "hc-b" })];
    assert.deepEqual(judged(healthCheckShared, own), [
      {
        verdict: "pass",
        urn: recordUrn("one"),
        path: "healthCheckId",
        message: "the CNAME records of app.example.com have a health check for each target",
      },
    ]);
    assert.deepEqual(brief([check(), weighted("one")]), ["notApplicable  "]);
    const parents = [named("a"), all("x", ["hc-a"]), all("y", ["hc-a"])];
    assert.deepEqual(
      brief([
        ...parents,
        weighted("one", { healthCheckId: "hc-x" }),
        weighted("two", { healthCheckId: "hc-y" }),
      ]),
      ["fail two healthCheckId"],
    );
  });

  it("lets members with one target share, as geolocation sets do", () => {
    const same = { records: ["Origin.example.net."], weightedRoutingPolicies: undefined };
    const place = (name: string, country: string, records: string[]) =>
      weighted(name, { ...same, records, geolocationRoutingPolicies: [{ country }] });
    assert.deepEqual(
      brief([check(), place("de", "DE", ["origin.example.net"]), place("fr", "FR", ["Origin.example.net."])]),
      ["pass de healthCheckId"],
    );
    const toBalancer = (name: string, source: string) => ({
      ...weighted(name, { ...alias(UNKNOWN), type: "A" }),
      propertyDependencies: { aliases: [source] },
    });
    assert.deepEqual(brief([check(), toBalancer("a", "lb"), toBalancer("b", "lb")], {}, "preview"), [
      "pass a healthCheckId",
    ]);
    assert.deepEqual(brief([check(), toBalancer("a", "lb"), toBalancer("b", "other")], {}, "preview"), [
      "fail b healthCheckId",
    ]);
    assert.deepEqual(brief([check(), weighted("one"), weighted("two", { records: UNKNOWN })]), [
      "unknown two records",
    ]);
  });

  it("does not know an unknown check where the other side has one", () => {
    const unknownId: Properties = { healthCheckId: UNKNOWN };
    for (const [phase, end] of [
      ["preview", "known after the update; judged again at `pulumi up`"],
      [
        "settled",
        "nothing here will tell it, so it is refused; give the value in plain text, or judge at `pulumi up`",
      ],
    ] as const) {
      assert.deepEqual(judged(healthCheckShared, [primary(), secondary(unknownId)], {}, phase), [
        {
          verdict: "unknown",
          urn: recordUrn("secondary"),
          path: "healthCheckId",
          message: `unknown: healthCheckId of SECONDARY A record of app.example.com; ${end}`,
        },
      ]);
    }
    assert.deepEqual(brief([primary(unknownId), secondary()], {}, "preview"), ["pass primary healthCheckId"]);
    const children = [all("one", UNKNOWN), primary({ healthCheckId: "hc-one" }), named("b")];
    assert.deepEqual(brief([...children, secondary({ healthCheckId: "hc-b" })]), [
      "unknown one childHealthchecks",
    ]);
    assert.deepEqual(brief(children.slice(0, 2)), ["pass primary healthCheckId"]);
  });

  for (const [path, properties] of [
    ["zoneId", { zoneId: UNKNOWN }],
    ["name", { name: UNKNOWN }],
    ["type", { type: UNKNOWN }],
    ["failoverRoutingPolicies[0].type", { failoverRoutingPolicies: UNKNOWN }],
  ] as const) {
    it(`does not know an unknown ${path} of a record with a check`, () => {
      const stack = [check(), primary(), secondary({ healthCheckId: "hc-1", ...properties })];
      assert.ok(brief(stack).includes(`unknown secondary ${path}`));
      assert.ok(
        !brief([check(), primary(), secondary(properties)])
          .join()
          .includes("unknown"),
      );
    });
  }

  it("lets a check be shared that the settings name, and no other", () => {
    const stack = [check(), primary(), secondary({ healthCheckId: "hc-1" })];
    assert.deepEqual(judged(healthCheckShared, stack, { sharedOnPurpose: ["check"] }), [PASS]);
    assert.deepEqual(brief(stack, { sharedOnPurpose: ["chec"] }), ["fail secondary healthCheckId"]);
    const outside = [primary({ healthCheckId: "hc-x" }), secondary({ healthCheckId: "hc-x" })];
    assert.deepEqual(judged(healthCheckShared, outside, { sharedOnPurpose: ["hc-x"] }), [PASS]);
    assert.deepEqual(brief(stack, { sharedOnPurpose: [""] }), ["fail  "]);
  });

  describe("a check attached to nothing", () => {
    it("is advice with what it costs", () => {
      const advice = (of: StackResource, price: string) => ({
        verdict: "fail",
        advisory: true,
        urn: of.urn,
        path: "",
        message:
          `${String(of.properties.type)} health check "${of.name}" is attached to nothing: no record, calculated check ` +
          `or alarm of this stack uses it; allowed: a use; set healthCheckId of a record to it, or delete it (saves ${price})`,
      });
      const lost = check();
      const parent = all("parent", ["hc-x"]);
      assert.deepEqual(judged(healthCheckShared, [lost, parent]), [
        advice(lost, "$0.50 a month for an endpoint in AWS, $0.75 a month for another, options extra"),
        advice(parent, "$0.50 a month"),
      ]);
      assert.deepEqual(brief([lost, primary({ healthCheckId: "hc-2" }), secondary()]), [
        "pass primary healthCheckId",
        "advice fail check ",
      ]);
    });

    const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
    const users: readonly (readonly [string, StackResource])[] = [
      ["a simple record", record("plain", { healthCheckId: "hc-1" })],
      ["an alarm", resource(ALARM, "alarm", { dimensions: { HealthCheckId: "hc-1" } })],
      [
        "an alarm of several metrics",
        resource(ALARM, "alarm", { metricQueries: [{ metric: { dimensions: { HealthCheckId: "hc-1" } } }] }),
      ],
      [
        "a Shield protection",
        resource("aws:shield/protectionHealthCheckAssociation:ProtectionHealthCheckAssociation", "shield", {
          healthCheckArn: "arn:aws:route53:::healthcheck/hc-1",
        }),
      ],
      [
        "anything computed from it",
        resource("aws:ssm/parameter:Parameter", "id", {}, { from: { value: [checkUrn] } }),
      ],
    ];
    for (const [what, user] of users) {
      it(`is not one that ${what} uses`, () => {
        assert.deepEqual(brief([check(), user]), ["notApplicable  "]);
      });
    }

    it("is not one that a calculated check counts", () => {
      assert.deepEqual(
        brief([check(), all("parent", ["hc-1"]), record("plain", { healthCheckId: "hc-parent" })]),
        ["notApplicable  "],
      );
    });

    it("is not known where a reference is not, which is advice as well", () => {
      assert.deepEqual(judged(healthCheckShared, [check(), record("plain", { healthCheckId: UNKNOWN })]), [
        {
          verdict: "unknown",
          advisory: true,
          urn: recordUrn("plain"),
          path: "healthCheckId",
          message:
            'unknown: healthCheckId of plain (aws:route53/record:Record), which may use HTTPS health check "check"; ' +
            "nothing here will tell it",
        },
      ]);
    });
  });

  it("advises on a check beside one that is joined before it exists", () => {
    const joined = {
      ...record("plain", { healthCheckId: UNKNOWN }),
      propertyDependencies: { healthCheckId: [checkUrn] },
    };
    const unborn = { ...check(), id: UNKNOWN } as const;
    assert.deepEqual(brief([unborn, named("lost"), joined], {}, "preview"), ["advice fail lost "]);
  });

  it("does not apply without checks", () => {
    assert.deepEqual(judged(healthCheckShared, [record("plain"), secondary()]), [
      {
        verdict: "notApplicable",
        urn: "",
        path: "",
        message: "the stack has no set of records with a health check",
      },
    ]);
  });

  it("stands checks that count each other, and absurd values", () => {
    const circle = [all("one", ["hc-two"]), all("two", ["hc-one"])];
    assert.deepEqual(
      brief([...circle, primary({ healthCheckId: "hc-one" }), secondary({ healthCheckId: "hc-two" })]),
      ["fail secondary healthCheckId"],
    );
    for (const absurd of [null, 7, true, [], {}, Number.NaN, [null]]) {
      const stack = [
        all("one", absurd),
        resource("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", {
          dimensions: absurd,
          metricQueries: absurd,
        }),
        primary({ healthCheckId: absurd, zoneId: absurd }),
        secondary({ healthCheckId: "hc-one", failoverRoutingPolicies: absurd }),
        weighted("w", { records: absurd, healthCheckId: "hc-one" }),
        weighted("v", { records: absurd, weightedRoutingPolicies: absurd, healthCheckId: "hc-one" }),
      ];
      const messages = judged(healthCheckShared, stack).map(({ message }) => message);
      assert.ok(messages.length > 0);
      assert.doesNotMatch(messages.join(), /the rule itself failed|NaN/);
    }
  });

  it("tells its fixtures apart by the one field in which they differ", () => {
    assert.deepEqual(brief(fixtureResources("health-check-shared", "good")), ["pass primary healthCheckId"]);
    assert.deepEqual(brief(fixtureResources("health-check-shared", "bad")), ["fail secondary healthCheckId"]);
    assert.equal(urn(CHECK, "check"), checkUrn);
  });
});
