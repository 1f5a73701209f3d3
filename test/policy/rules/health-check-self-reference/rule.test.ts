import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { type Properties, type PropertyValue, UNKNOWN } from "../../../../model/unknown";
import { healthCheckSelfReference } from "../../../../policy/rules/health-check-self-reference/rule";
import { fixtureResources } from "../../../../policy/rules/rule-docs";
import { failoverStack, resource, urn } from "../../../model/stack-fixture";
import { profileApiStack } from "../../profile-api-stack";
import { judged } from "../judged";
import { alias, CHECK, check, checkUrn, NAME, primary, record, recordUrn, secondary } from "../records";
import { BY_ADDRESS, brief, cname, LEVER, OF, stackOf } from "./checked-stack";

describe("policy/rules/health-check-self-reference", () => {
  it("passes a check of another name, and says which", () => {
    assert.deepEqual(judged(healthCheckSelfReference, stackOf({ fqdn: "Origin.example.com." })), [
      {
        verdict: "pass",
        urn: checkUrn,
        path: "fqdn",
        message: `${OF} probes origin.example.com, which does not follow the failover`,
      },
    ]);
  });

  for (const preview of [true, false]) {
    it(`passes the profile API ${preview ? "before" : "after"} it exists, once for A and AAAA`, () => {
      const phase = preview ? "preview" : "settled";
      assert.deepEqual(brief(profileApiStack({ preview }), phase), ["pass check fqdn"]);
      assert.deepEqual(brief(failoverStack({ preview }), phase), ["pass check fqdn"]);
    });
  }

  it("refuses the failover name, whatever its case and final dot", () => {
    for (const fqdn of [NAME, "APP.Example.com", `${NAME}.`]) {
      assert.deepEqual(judged(healthCheckSelfReference, stackOf({ fqdn })), [
        {
          verdict: "fail",
          urn: checkUrn,
          path: "fqdn",
          message:
            `${OF} probes app.example.com, the name whose answers it decides, so its result follows the failover; ` +
            `${LEVER} ${BY_ADDRESS}`,
        },
      ]);
    }
    assert.deepEqual(brief(stackOf({ fqdn: "xapp.example.com" })), ["pass check fqdn"]);
    // Without its zone, app.example.com may be a name below example.net; it is so in neither zone that is told.
    const longer = stackOf({ fqdn: "app.example.com.example.net" });
    assert.deepEqual(brief(longer), ["unknown primary name"]);
    const told = longer.map((each) =>
      each.name === "primary" ? { ...each, properties: { ...each.properties, fqdn: NAME } } : each,
    );
    assert.deepEqual(brief(told), ["pass check fqdn"]);
  });

  it("takes the name for the Host header where the check has an address", () => {
    assert.deepEqual(judged(healthCheckSelfReference, stackOf({ fqdn: NAME, ipAddress: "192.0.2.1" })), [
      {
        verdict: "pass",
        urn: checkUrn,
        path: "fqdn",
        message: `${OF} probes 192.0.2.1, which does not follow the failover`,
      },
    ]);
    assert.deepEqual(brief(stackOf({ fqdn: NAME, ipAddress: UNKNOWN }), "preview"), ["pass check fqdn"]);
    assert.deepEqual(brief(stackOf({ fqdn: NAME, ipAddress: "" })), ["fail check fqdn"]);
  });

  it("follows CNAMEs and aliases that lead to the failover name", () => {
    const aliased = record("health", { name: "health.example.com", ...alias("www.example.com") });
    assert.deepEqual(
      judged(
        healthCheckSelfReference,
        stackOf({ fqdn: "health.example.com" }, [aliased, cname("www", "App.example.com.")]),
      ),
      [
        {
          verdict: "fail",
          urn: checkUrn,
          path: "fqdn",
          message:
            `${OF} probes health.example.com, which leads to app.example.com, the name whose answers it decides, so ` +
            `its result follows the failover; ${LEVER} ${BY_ADDRESS}`,
        },
      ],
    );
    assert.deepEqual(brief(stackOf({ fqdn: "www.example.com" }, [cname("www", "other.example.com")])), [
      "pass check fqdn",
    ]);
    const six = record("six", { name: "health.example.com", type: "AAAA", ...alias(NAME) });
    assert.deepEqual(brief(stackOf({ fqdn: "health.example.com" }, [six])), ["pass check fqdn"]);
  });

  it("takes names that lead back outside the stack from the settings", () => {
    const verdicts = (namesLeadingBack: unknown, fqdn: string) =>
      judged(healthCheckSelfReference, stackOf({ fqdn }, [cname("www", "vanity.example.net")]), {
        namesLeadingBack,
      }).map(({ verdict }) => verdict);
    assert.deepEqual(verdicts(["Vanity.example.net."], "vanity.example.net"), ["fail"]);
    assert.deepEqual(verdicts(["vanity.example.net"], "www.example.com"), ["fail"]);
    assert.deepEqual(verdicts(["vanity.example.net"], "origin.example.com"), ["pass"]);
    assert.deepEqual(verdicts([], "vanity.example.net"), ["pass"]);
    assert.deepEqual(verdicts(["not a name"], "origin.example.com"), ["fail"]);
  });

  it("ends on names that lead in a circle", () => {
    const circle = [cname("one", "two.example.com"), cname("two", "one.example.com")];
    assert.deepEqual(brief(stackOf({ fqdn: "one.example.com" }, circle)), ["pass check fqdn"]);
  });

  it("knows a wildcard that answers for the probed name", () => {
    const wild = (name: string) => [
      check({ fqdn: "www.example.com" }),
      primary({ name }),
      secondary({ name }),
    ];
    assert.deepEqual(brief(wild("*.example.com")), ["fail check fqdn"]);
    assert.deepEqual(brief(wild("*.www.example.com")), ["pass check fqdn"]);
    assert.deepEqual(brief([...wild("*.example.com"), record("www", { name: "www.example.com" })]), [
      "pass check fqdn",
    ]);
  });

  it("names the host name to probe where the record shows it", () => {
    const pair = { type: "CNAME", records: ["us-east-1.example.com."] };
    const lever = (others: readonly StackResource[], properties: Properties = pair) =>
      judged(healthCheckSelfReference, [check({ fqdn: NAME }), primary(properties), ...others])[0]
        ?.message.split("; ")
        .at(-1);
    assert.equal(lever([]), "set fqdn to the PRIMARY's own host name, us-east-1.example.com (in place)");
    assert.equal(lever([cname("us-east-1", NAME)]), "set fqdn to the PRIMARY's own host name (in place)");
    assert.equal(
      lever([], alias("d-1.execute-api.us-east-1.amazonaws.com")),
      "set fqdn to the PRIMARY's own host name (in place)",
    );
  });

  it("judges the SECONDARY's check and other routed records, and no simple record", () => {
    const other = resource(CHECK, "other", { type: "HTTP", fqdn: NAME }, { id: "hc-2" });
    assert.deepEqual(brief([check(), other, primary(), secondary({ healthCheckId: "hc-2" })]), [
      "pass check fqdn",
      "fail other fqdn",
    ]);
    const weighted = record("one", {
      healthCheckId: "hc-2",
      setIdentifier: "one",
      weightedRoutingPolicies: [{ weight: 1 }],
    });
    assert.deepEqual(brief([other, weighted]), ["fail other fqdn"]);
    const lever = (stack: readonly StackResource[]) =>
      judged(healthCheckSelfReference, stack).at(-1)?.message.split("; ").at(-1);
    assert.equal(lever([other, weighted]), `set fqdn to the record's own host name ${BY_ADDRESS}`);
    assert.equal(
      lever([
        other,
        secondary({ healthCheckId: "hc-2", failoverRoutingPolicies: UNKNOWN, records: ["192.0.2.1"] }),
      ]),
      `set fqdn to the record's own host name ${BY_ADDRESS}`,
    );
    assert.equal(
      lever([other, secondary({ healthCheckId: "hc-2", records: ["192.0.2.1"] })]),
      `set fqdn to the SECONDARY's own host name ${BY_ADDRESS}`,
    );
    assert.deepEqual(brief([other, record("plain", { healthCheckId: "hc-2" })]), ["notApplicable  "]);
  });

  it("does not apply to a private zone, which no checker asks, and still judges the public one", () => {
    const ZONE = "aws:route53/zone:Zone";
    const zones = [
      resource(ZONE, "private", { name: "example.com", vpcs: [{ vpcId: UNKNOWN }] }, { id: "Z2" }),
      resource(ZONE, "public", { name: "example.com" }, { id: "Z1" }),
    ];
    const inside = [primary({ zoneId: "Z2" }), secondary({ zoneId: "Z2" })];
    assert.deepEqual(judged(healthCheckSelfReference, [...zones, check({ fqdn: NAME }), ...inside]), [
      {
        verdict: "notApplicable",
        urn: recordUrn("primary"),
        path: "",
        message: "PRIMARY A record of app.example.com is in a private zone, in which no health checker asks",
      },
    ]);
    const outside = { ...primary(), urn: recordUrn("outside") };
    assert.deepEqual(brief([...zones, check({ fqdn: NAME }), ...inside, outside]), [
      "notApplicable primary ",
      "fail check fqdn",
    ]);
    const hidden = cname("health", NAME, { zoneId: "Z2" });
    assert.deepEqual(brief([...zones, ...stackOf({ fqdn: "health.example.com" }, [hidden])]), [
      "pass check fqdn",
    ]);
  });

  describe("checks that follow others", () => {
    const child = (fqdn: string) => resource(CHECK, "child", { type: "HTTP", fqdn }, { id: "hc-2" });
    const parent = (childHealthchecks: PropertyValue) =>
      stackOf({ type: "CALCULATED", fqdn: undefined, childHealthThreshold: 1, childHealthchecks });

    it("are judged by their children", () => {
      assert.deepEqual(brief([...parent(["hc-2"]), child(NAME)]), ["fail child fqdn"]);
      assert.deepEqual(brief([...parent(["hc-2"]), child("origin.example.com")]), ["pass check fqdn"]);
      assert.deepEqual(brief(parent(UNKNOWN)), ["unknown check childHealthchecks"]);
      assert.deepEqual(brief(parent(["hc-1"])), ["notApplicable check "]);
    });

    it("are joined to children that do not exist yet", () => {
      const [calculated, ...pair] = parent([UNKNOWN]);
      const joined = { ...calculated, propertyDependencies: { childHealthchecks: [urn(CHECK, "child")] } };
      const unborn = { ...child(NAME), id: UNKNOWN } as const;
      assert.deepEqual(brief([joined as StackResource, ...pair, unborn], "preview"), ["fail child fqdn"]);
    });

    it("are judged by the check whose metric their alarm watches", () => {
      const alarm = resource("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", {
        name: "alarm",
        dimensions: { HealthCheckId: "hc-2" },
      });
      const metric = stackOf({ type: "CLOUDWATCH_METRIC", fqdn: undefined, cloudwatchAlarmName: "alarm" });
      assert.deepEqual(brief([...metric, alarm, child(NAME)]), ["fail child fqdn"]);
      assert.deepEqual(judged(healthCheckSelfReference, metric), [
        {
          verdict: "notApplicable",
          urn: checkUrn,
          path: "",
          message:
            'CLOUDWATCH_METRIC health check "check" of PRIMARY A record of app.example.com probes no name',
        },
      ]);
    });
  });

  describe("a name that is not known yet", () => {
    const computedFrom = (source: StackResource) =>
      brief(stackOf({ fqdn: UNKNOWN }, [source], [source.urn]), "preview");

    it("is the name of the record that it is computed from", () => {
      assert.deepEqual(brief(stackOf({ fqdn: UNKNOWN }, [], [recordUrn("primary")]), "preview"), [
        "fail check fqdn",
      ]);
      assert.deepEqual(computedFrom(cname("www", NAME)), ["fail check fqdn"]);
      assert.deepEqual(computedFrom(cname("www", "origin.example.com")), ["pass check fqdn"]);
    });

    it("is AWS's own where it is computed from a service", () => {
      for (const type of ["aws:lb/loadBalancer:LoadBalancer", "aws:lambda/functionUrl:FunctionUrl"]) {
        assert.deepEqual(computedFrom(resource(type, "source", {}, { id: UNKNOWN })), ["pass check fqdn"]);
      }
    });

    it("may be a custom domain's own or the one that AWS gives it", () => {
      const domain = (domainName: string) =>
        resource("aws:apigatewayv2/domainName:DomainName", "domain", { domainName }, { id: UNKNOWN });
      assert.deepEqual(computedFrom(domain(NAME)), ["unknown check fqdn"]);
      assert.deepEqual(computedFrom(domain("us-east-1.example.com")), ["pass check fqdn"]);
    });

    it("is unknown from elsewhere, now and once settled", () => {
      for (const [phase, end] of [
        ["preview", "known after the update; judged again at `pulumi up`"],
        [
          "settled",
          "nothing here will tell it, so it is refused; give the value in plain text, or judge at `pulumi up`",
        ],
      ] as const) {
        assert.deepEqual(judged(healthCheckSelfReference, stackOf({ fqdn: UNKNOWN }), {}, phase), [
          { verdict: "unknown", urn: checkUrn, path: "fqdn", message: `unknown: fqdn of ${OF}; ${end}` },
        ]);
      }
      const two = [recordUrn("primary"), "urn:of:something"];
      assert.deepEqual(brief(stackOf({ fqdn: UNKNOWN }, [], two)), ["unknown check fqdn"]);
    });

    it("is followed to a record whose target is not known", () => {
      const way = cname("www", UNKNOWN);
      assert.deepEqual(brief(stackOf({ fqdn: "www.example.com" }, [way])), ["unknown www records"]);
      const balancer = resource("aws:lb/loadBalancer:LoadBalancer", "web", {}, { id: UNKNOWN });
      const known = { ...way, propertyDependencies: { records: [balancer.urn] } };
      assert.deepEqual(brief(stackOf({ fqdn: "www.example.com" }, [known, balancer]), "preview"), [
        "pass check fqdn",
      ]);
    });

    for (const [path, of, properties] of [
      ["healthCheckId", "primary", { healthCheckId: UNKNOWN }],
      ["name", "primary", { name: UNKNOWN }],
    ] as const) {
      it(`is not the only thing: ${path} of the record`, () => {
        assert.deepEqual(brief([check({ fqdn: NAME }), primary(properties)], "preview"), [
          `unknown ${of} ${path}`,
        ]);
      });
    }

    it("does not matter where the type may have none", () => {
      assert.deepEqual(brief(stackOf({ type: UNKNOWN, fqdn: undefined })), ["unknown check type"]);
      assert.deepEqual(brief(stackOf({ type: UNKNOWN, fqdn: NAME })), ["fail check fqdn"]);
    });
  });

  it("does not see checks of another stack, nor sets without one", () => {
    assert.deepEqual(judged(healthCheckSelfReference, [primary({ healthCheckId: "hc-x" }), secondary()]), [
      {
        verdict: "notApplicable",
        urn: recordUrn("primary"),
        path: "",
        message:
          "PRIMARY A record of app.example.com has health check hc-x of another stack, whose name is not seen here",
      },
    ]);
    assert.deepEqual(judged(healthCheckSelfReference, [check({ fqdn: NAME }), secondary()]), [
      {
        verdict: "notApplicable",
        urn: "",
        path: "",
        message: "the stack has no routed record with a health check",
      },
    ]);
  });

  it("stands absurd values", () => {
    for (const absurd of [null, 7, true, [], {}, "", "..", "*", Number.NaN, [null]]) {
      for (const key of ["fqdn", "ipAddress", "type", "childHealthchecks", "cloudwatchAlarmName"]) {
        const way = cname("origin", absurd, { zoneId: absurd });
        const messages = judged(healthCheckSelfReference, stackOf({ [key]: absurd }, [way])).map(
          ({ message }) => message,
        );
        assert.ok(messages.length > 0);
        assert.doesNotMatch(messages.join(), /the rule itself failed|NaN/);
      }
    }
  });

  it("tells its fixtures apart by the one field in which they differ", () => {
    assert.deepEqual(brief(fixtureResources("health-check-self-reference", "good")), ["pass check fqdn"]);
    assert.deepEqual(brief(fixtureResources("health-check-self-reference", "bad")), ["fail check fqdn"]);
  });
});
