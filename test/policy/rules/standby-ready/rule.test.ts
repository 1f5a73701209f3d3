import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { type Properties, type PropertyValue, UNKNOWN } from "../../../../model/unknown";
import { fixtureResources } from "../../../../policy/rules/rule-docs";
import { standbyReady } from "../../../../policy/rules/standby-ready/rule";
import { REGIONS, serverUrn, sided, sidedPair, twoRegions } from "../../../model/sided-pairs";
import { failoverStack, PROVIDER, resource, urn } from "../../../model/stack-fixture";
import { providers, standby } from "../../prices/meters";
import { profileApiStack } from "../../profile-api-stack";
import { judged } from "../judged";
import { testPossibleStandby } from "../possible-standby";
import {
  BUCKET,
  CLUSTER,
  certified,
  DATABASE,
  DISTRIBUTION,
  FUNCTION,
  GROUP,
  HTTP_DOMAIN,
  INSTANCE,
  of,
  ROUTE,
  routed,
  SERVICE,
  STACK,
  TARGETS,
  verdict,
  WEBSITE,
} from "./standby";

describe("policy/rules/standby-ready", () => {
  testPossibleStandby(standbyReady);

  it("passes what can serve, and says why", () => {
    const one = standby(FUNCTION, "one");
    assert.deepEqual(judged(standbyReady, [STACK, ...providers, one]), [
      {
        verdict: "pass",
        urn: one.urn,
        path: "reservedConcurrentExecutions",
        message: "one (aws:lambda/function:Function) can serve at once: it may run",
      },
    ]);
  });

  describe("with names that fail over in opposite directions", () => {
    const away = (...pairs: StackResource[]) => {
      const stopped = (["east", "west"] as const).map((side) =>
        sided(side, FUNCTION, `in-${side}`, { reservedConcurrentExecutions: 0 }),
      );
      return judged(standbyReady, [STACK, ...twoRegions, ...pairs, ...stopped])
        .filter(({ verdict }) => verdict === "fail")
        .map(({ urn: at }) => at.split("::").at(-1));
    };
    const there = sidedPair("a", "east", "west");
    const back = sidedPair("b", "west", "east");

    it("judges what stands by for either of them", () => {
      assert.deepEqual(away(...there), ["in-west"]);
      assert.deepEqual(away(...back), ["in-east"]);
      assert.deepEqual(away(...there, ...back), ["in-east", "in-west"]);
      assert.deepEqual(away(...back, ...there), ["in-east", "in-west"]);
      assert.deepEqual(away(...sidedPair("s", "east", "east")), []);
    });

    it("leaves out what the records show behind a PRIMARY alone", () => {
      const found = judged(standbyReady, [STACK, ...twoRegions, ...there, ...back]);
      assert.deepEqual(
        found.map(({ urn: at }) => at),
        [serverUrn("a", "SECONDARY"), serverUrn("b", "SECONDARY")],
      );
    });

    it("reads a region that is not known yet as possibly a standby's", () => {
      const one = resource(FUNCTION, "one", { region: UNKNOWN, reservedConcurrentExecutions: 0 });
      assert.deepEqual(
        judged(standbyReady, [STACK, ...twoRegions, ...there, ...back, one])
          .filter(({ urn: at }) => at === one.urn)
          .map(({ verdict, path }) => [verdict, path]),
        [["unknown", "region"]],
      );
    });
  });

  describe("which resources stand by", () => {
    const stopped = { reservedConcurrentExecutions: 0 };
    const at = (side: string, properties: Properties = {}) =>
      resource(FUNCTION, "one", { ...stopped, ...properties }, { provider: urn(PROVIDER, side) });
    const untagged = (stack: readonly StackResource[]): StackResource[] =>
      stack.map((one) =>
        one.type === PROVIDER ? { ...one, properties: { region: one.properties.region } } : one,
      );
    const failures = (stack: readonly StackResource[]) =>
      judged(standbyReady, [STACK, ...stack])
        .filter(({ verdict: found, urn: of }) => found === "fail" && !of.includes(HTTP_DOMAIN))
        .map(({ urn: of }) => of);

    it("is told by the tag", () => {
      assert.deepEqual(failures([...failoverStack(), at("standby")]), [urn(FUNCTION, "one")]);
      assert.deepEqual(failures([...failoverStack(), at("primary")]), []);
      assert.deepEqual(failures([...failoverStack(), at("standby", { tags: { role: "primary" } })]), []);
    });

    it("is told by the region where there is no tag", () => {
      assert.deepEqual(failures([...untagged(failoverStack()), at("standby")]), [urn(FUNCTION, "one")]);
      assert.deepEqual(failures([...untagged(failoverStack()), at("primary")]), []);
    });

    it("is told by the SECONDARY where both sides share a region", () => {
      const record = (role: string, target: string) =>
        resource("aws:route53/record:Record", role, {
          name: "app.example.com",
          type: "A",
          zoneId: "Z1",
          failoverRoutingPolicies: [{ type: role }],
          aliases: [{ name: target, zoneId: "Z2", evaluateTargetHealth: false }],
        });
      const site = (name: string) =>
        resource(DISTRIBUTION, name, { domainName: `${name}.cloudfront.net`, enabled: false });
      const pair = [record("PRIMARY", "one.cloudfront.net"), record("SECONDARY", "two.cloudfront.net")];
      assert.deepEqual(failures([site("one"), site("two"), ...pair]), [urn(DISTRIBUTION, "two")]);
    });

    describe("by records that lead to databases, without any tag", () => {
      const RDS = "aws:rds/clusterInstance:ClusterInstance";
      const record = (role: string, target: PropertyValue, from: string[] = []) =>
        resource(
          "aws:route53/record:Record",
          role,
          {
            name: "db.example.com",
            type: "CNAME",
            ttl: 60,
            zoneId: "Z1",
            failoverRoutingPolicies: [{ type: role }],
            records: target,
          },
          { from: { records: from } },
        );
      const pair = [record("PRIMARY", ["one.example.org"]), record("SECONDARY", ["two.example.org"])];
      const judgedAs = (...stack: StackResource[]) =>
        judged(standbyReady, [STACK, ...twoRegions, ...stack]).map(({ verdict: found, urn: of }) => [
          found,
          of.split("::").at(-1),
        ]);
      const database = (side: "east" | "west", name: string, status: string) =>
        sided(side, DATABASE, name, { address: `${name}.example.org`, status });
      const cluster = (name: string) => sided("east", CLUSTER, name, { endpoint: `${name}.example.org` });
      const member = (name: string, of: string) =>
        sided("east", RDS, name, { clusterIdentifier: `${of}-id` });

      for (const side of ["east", "west"] as const) {
        it(`refuses a stopped instance in ${REGIONS[side]} and passes one that runs`, () => {
          const one = database("east", "one", "stopped");
          assert.deepEqual(judgedAs(one, database(side, "two", "stopped"), ...pair), [["fail", "two"]]);
          assert.deepEqual(judgedAs(one, database(side, "two", "available"), ...pair), [["pass", "two"]]);
        });
      }

      it("refuses a cluster without an instance beside one that has one", () => {
        const both = [cluster("one"), cluster("two"), member("a", "one")];
        assert.deepEqual(judgedAs(...both, ...pair), [["fail", "two"]]);
        assert.deepEqual(judgedAs(...both, member("b", "two"), ...pair), [["pass", "two"]]);
      });

      it("refuses it before its name is known", () => {
        const unborn = (name: string) => ({ ...cluster(name), id: UNKNOWN, properties: {} }) as StackResource;
        const [one, two] = [unborn("one"), unborn("two")];
        const records = [record("PRIMARY", UNKNOWN, [one.urn]), record("SECONDARY", UNKNOWN, [two.urn])];
        assert.deepEqual(judgedAs(one, two, ...records), [["fail", "two"]]);
      });

      it("refuses the cluster without an instance behind the SECONDARY's proxy", () => {
        const proxy = (name: string) =>
          sided("east", "aws:rds/proxy:Proxy", `${name}-proxy`, { name, endpoint: `${name}.example.org` });
        const target = (name: string) =>
          sided("east", "aws:rds/proxyTarget:ProxyTarget", `${name}-target`, {
            dbProxyName: name,
            dbClusterIdentifier: `${name}-cluster-id`,
          });
        const behind = (name: string) => [
          proxy(name),
          target(name),
          sided("east", CLUSTER, `${name}-cluster`),
        ];
        assert.deepEqual(judgedAs(...behind("one"), ...behind("two"), ...pair), [["fail", "two-cluster"]]);
        const filled = member("b", "two-cluster");
        assert.deepEqual(judgedAs(...behind("one"), ...behind("two"), filled, ...pair), [
          ["pass", "two-cluster"],
        ]);
      });
    });

    it("is not known while the region is, and then only what is ready passes", () => {
      const lost = (properties: Properties) => resource(FUNCTION, "one", { region: UNKNOWN, ...properties });
      const of = (properties: Properties) =>
        judged(standbyReady, [...untagged(failoverStack()), lost(properties)], {}, "preview")
          .filter(({ urn: found }) => found === urn(FUNCTION, "one"))
          .map(({ verdict: found, path, message }) => [found, path, message]);
      assert.deepEqual(of(stopped), [
        [
          "unknown",
          "region",
          "unknown: region of one (aws:lambda/function:Function); known after the update; judged again at `pulumi up`",
        ],
      ]);
      assert.equal(of({})[0]?.[0], "pass");
    });

    it("is not known while the SECONDARY's target is", () => {
      const record = (role: string, records: PropertyValue) =>
        resource("aws:route53/record:Record", role, {
          name: "app.example.com",
          type: "A",
          zoneId: "Z1",
          failoverRoutingPolicies: [{ type: role }],
          records,
          ttl: 60,
        });
      const stack = [record("PRIMARY", ["192.0.2.1"]), record("SECONDARY", UNKNOWN)];
      assert.deepEqual(
        judged(standbyReady, stack).map(({ verdict: found, urn: of, path }) => [found, of, path]),
        [["unknown", urn("aws:route53/record:Record", "SECONDARY"), "records"]],
      );
    });
  });

  for (const [type, path, properties] of [
    [FUNCTION, "reservedConcurrentExecutions", { reservedConcurrentExecutions: UNKNOWN }],
    [GROUP, "maxSize", { maxSize: UNKNOWN }],
    [GROUP, "desiredCapacity", { maxSize: 1, desiredCapacity: UNKNOWN }],
    [SERVICE, "desiredCount", { desiredCount: UNKNOWN }],
    [SERVICE, "schedulingStrategy", { schedulingStrategy: UNKNOWN }],
    [INSTANCE, "instanceState", { instanceState: UNKNOWN }],
    [DATABASE, "status", { status: UNKNOWN }],
    [CLUSTER, "engineMode", { engineMode: UNKNOWN }],
    [DISTRIBUTION, "enabled", { enabled: UNKNOWN }],
    [WEBSITE, "indexDocument.suffix", { indexDocument: UNKNOWN }],
    [BUCKET, "website", { website: UNKNOWN }],
  ] as const) {
    it(`does not know an unknown ${path} of ${type}`, () => {
      assert.deepEqual(verdict(type, properties as Properties), ["unknown", path]);
    });
  }

  it("says when an unknown will be known", () => {
    const one = standby(
      FUNCTION,
      "one",
      { reservedConcurrentExecutions: UNKNOWN },
      { id: UNKNOWN, from: { reservedConcurrentExecutions: [urn(BUCKET, "b")] } },
    );
    const path = "unknown: reservedConcurrentExecutions of one (aws:lambda/function:Function); ";
    assert.deepEqual(
      (["preview", "settled"] as const).map(
        (phase) => judged(standbyReady, [...providers, one], {}, phase)[0]?.message,
      ),
      [
        `${path}known after the update; judged again at \`pulumi up\``,
        `${path}nothing here will tell it, so it is refused; give the value in plain text, or judge at \`pulumi up\``,
      ],
    );
  });

  it("takes what the program left out as left out, before the resource exists", () => {
    const unborn = { id: UNKNOWN } as const;
    assert.equal(verdict(FUNCTION, { reservedConcurrentExecutions: UNKNOWN }, [], unborn)[0], "pass");
    assert.equal(verdict(INSTANCE, { instanceState: UNKNOWN }, [], unborn)[0], "pass");
    assert.equal(verdict(GROUP, { minSize: 1, maxSize: 1, desiredCapacity: UNKNOWN }, [], unborn)[0], "pass");
  });

  it("lets the types of the settings be away, and no others", () => {
    const stack = [
      ...providers,
      standby(DATABASE, "database", { status: "stopped" }),
      standby(GROUP, "group", { maxSize: 0 }),
    ];
    assert.deepEqual(
      judged(standbyReady, stack, { acceptedTypes: [DATABASE] }).map(({ verdict: found, message }) => [
        found,
        message.slice(0, 60),
      ]),
      [
        ["notApplicable", "database (aws:rds/instance:Instance) may be away: acceptedTy"],
        ["fail", "group (aws:autoscaling/group:Group) of the standby has maxSi"],
      ],
    );
    assert.deepEqual(
      judged(standbyReady, stack, { acceptedTypes: ["Database"] }).map(({ message }) => message),
      [
        'setting acceptedTypes is ["Database"]; allowed: a list of texts that match ^aws:[A-Za-z0-9]+/[A-Za-z0-9]+:[A-Za-z0-9]+$',
      ],
    );
  });

  it("does not apply without a standby, or to one that cannot be away", () => {
    assert.deepEqual(judged(standbyReady, [STACK, resource(GROUP, "group", { maxSize: 0 })]), [
      {
        verdict: "notApplicable",
        urn: STACK.urn,
        path: "",
        message: "the stack has no standby: no failover record, no replica, no resource tagged role: standby",
      },
    ]);
    assert.deepEqual(judged(standbyReady, [STACK, ...providers, standby("aws:sns/topic:Topic", "t")]), [
      {
        verdict: "notApplicable",
        urn: STACK.urn,
        path: "",
        message: "nothing of the standby is of a type that can be stopped or left empty",
      },
    ]);
  });

  for (const preview of [true, false]) {
    it(`passes the profile API ${preview ? "before it exists" : "that exists"}`, () => {
      const stack = profileApiStack({ preview }).map((one) =>
        one.type === HTTP_DOMAIN ? certified(one) : one.type === ROUTE ? routed(one) : one,
      );
      const found = judged(standbyReady, stack, {}, preview ? "preview" : "settled");
      assert.deepEqual(
        found.map(({ verdict: said }) => said),
        ["pass", "pass", "pass", "pass"],
      );
    });
  }

  it("takes values of any kind without falling over", () => {
    for (const value of [null, "", "0", 7, Number.NaN, [], [null], {}, { a: [] }, true] as PropertyValue[]) {
      for (const type of [
        FUNCTION,
        GROUP,
        SERVICE,
        INSTANCE,
        CLUSTER,
        HTTP_DOMAIN,
        TARGETS,
        WEBSITE,
        BUCKET,
      ]) {
        const names = [
          "reservedConcurrentExecutions",
          "maxSize",
          "desiredCount",
          "loadBalancers",
          "domainNameConfiguration",
          "website",
          "indexDocument",
          "targetGroupArns",
          "name",
        ];
        const properties: Properties = Object.fromEntries(names.map((name) => [name, value]));
        assert.equal(of(type, properties, [standby(SERVICE, "s", properties)]).length, 1);
      }
    }
  });

  it("has fixtures that it tells apart", () => {
    const verdicts = (name: "good" | "bad") =>
      judged(standbyReady, fixtureResources("standby-ready", name)).map(({ verdict: said }) => said);
    assert.deepEqual(
      [verdicts("good"), verdicts("bad")],
      [
        ["pass", "pass"],
        ["pass", "fail"],
      ],
    );
  });
});
