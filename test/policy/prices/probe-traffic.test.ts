import assert from "node:assert/strict";
import type { HealthCheck } from "../../../model/failover-plan";
import { planFromResources } from "../../../model/plan-from-resources";
import type { StackResource } from "../../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../../model/unknown";
import { DEFAULT_ASSUMPTIONS } from "../../../policy/prices/assumptions";
import { idleCost } from "../../../policy/prices/idle-cost";
import { PRICES } from "../../../policy/prices/price-list";
import { PricedStack } from "../../../policy/prices/priced-stack";
import { probeCosts, probesPerMonth } from "../../../policy/prices/probe-traffic";
import { resource } from "../../model/stack-fixture";
import { profileApiStack } from "../profile-api-stack";

const CHECK = "aws:route53/healthCheck:HealthCheck";

function probes(properties: Properties): number | undefined {
  const plan = planFromResources([
    resource(CHECK, "check", { type: "HTTPS", fqdn: "a.example.com", ...properties }),
  ]);
  return probesPerMonth(plan.healthChecks[0] as HealthCheck);
}

const FUNCTION = "aws:lambda/function:Function";
const TABLE = "aws:dynamodb/table:Table";

/** The profile API's functions are told of their table by its name, or by reference before it has one. */
function withTable(one: StackResource): StackResource {
  if (one.type !== FUNCTION) return one;
  const environment = { variables: { TABLE_NAME: "profiles", BUILD: "1" } };
  return { ...one, properties: { ...one.properties, environment } };
}

/** The profile API with its check changed, or another resource's properties. */
function probeLines(properties: Properties, type = CHECK, assumptions = {}) {
  const stack = profileApiStack()
    .map(withTable)
    .map((one) => (one.type === type ? { ...one, properties: { ...one.properties, ...properties } } : one));
  return idleCost(stack, planFromResources(stack), assumptions)
    .lines.filter(({ item }) => item.includes("probes"))
    .map(({ item, region, standby, monthlyMicroUsd }) => ({ item, region, standby, monthlyMicroUsd }));
}

describe("policy/prices/probe-traffic", () => {
  it("counts every checker once per interval", () => {
    assert.equal(probes({ requestInterval: 10 }), 4_204_800);
    assert.equal(probes({ requestInterval: 30 }), 1_401_600);
    assert.equal(probes({}), 1_401_600);
    assert.equal(
      probes({ requestInterval: 10, regions: ["us-east-1", "us-west-2", "eu-west-1"] }),
      1_576_800,
    );
  });

  it("leaves the probes without a price where what they ask cannot be read", () => {
    const stack = profileApiStack().map(withTable);
    const broken = stack.find(({ type }) => type === FUNCTION) as StackResource;
    const plan = planFromResources(stack);
    const unreadable: StackResource = {
      ...broken,
      get properties(): never {
        throw new TypeError("unreadable");
      },
    };
    const priced = new PricedStack(
      stack.map((one) => (one === broken ? unreadable : one)),
      plan,
      DEFAULT_ASSUMPTIONS,
      PRICES,
    );
    const failed = probeCosts(priced).flatMap(({ meters }) =>
      meters.filter(({ kind }) => kind === "unpriced"),
    );
    assert.deepEqual(
      [...new Set(failed.map((meter) => "why" in meter && meter.why))],
      ["the rule for its price itself failed: unreadable"],
    );
  });

  it("counts none that are not requests, and does not know what is unknown", () => {
    assert.equal(probes({ type: "TCP" }), 0);
    assert.equal(probes({ type: "CALCULATED" }), 0);
    assert.equal(probes({ disabled: true }), 0);
    assert.equal(probes({ type: UNKNOWN }), undefined);
    assert.equal(probes({ requestInterval: UNKNOWN }), undefined);
    assert.equal(probes({ requestInterval: 0 }), undefined);
  });

  it("charges API, function, logs, answers and table of the probed side, in the total only", () => {
    const side = { region: "us-east-1", standby: false };
    assert.deepEqual(probeLines({}), [
      { item: "HTTP API requests of 4204800 probes", ...side, monthlyMicroUsd: 4_204_800 },
      { item: "log lines of 4204800 probes, 500 bytes each assumed", ...side, monthlyMicroUsd: 1_051_200 },
      { item: "data out of 4204800 probes, 4000 bytes each assumed", ...side, monthlyMicroUsd: 1_513_728 },
      { item: "function requests of 4204800 probes", ...side, monthlyMicroUsd: 840_960 },
      {
        item: "function time of 4204800 probes, 10 ms at 256 MB assumed",
        ...side,
        monthlyMicroUsd: 140_161,
      },
      { item: "table reads of 4204800 probes, 1 each assumed", ...side, monthlyMicroUsd: 525_600 },
    ]);
  });

  it("charges the standby where a check probes it", () => {
    assert.deepEqual(
      probeLines({ fqdn: "us-west-2.profiles.example.com" }).map(({ region, standby }) => ({
        region,
        standby,
      })),
      Array.from({ length: 6 }, () => ({ region: "us-west-2", standby: true })),
    );
  });

  it("takes the assumptions from the settings", () => {
    assert.deepEqual(
      probeLines({}, CHECK, {
        probeDurationMs: 100,
        probeLogBytes: 0,
        probeAnswerBytes: 2,
        probeHandshakeBytes: 5,
        probeTableReads: 3,
      })
        .map(({ item }) => item)
        .slice(1),
      [
        "log lines of 4204800 probes, 0 bytes each assumed",
        "data out of 4204800 probes, 7 bytes each assumed",
        "function requests of 4204800 probes",
        "function time of 4204800 probes, 100 ms at 256 MB assumed",
        "table reads of 4204800 probes, 3 each assumed",
      ],
    );
  });

  it("adds the handshake to what leaves AWS by HTTPS, and by that alone", () => {
    const bytes = (type: string) =>
      probeLines({ type }).flatMap(
        ({ item }) => /^data out of \d+ probes, (\d+) bytes/.exec(item)?.[1] ?? [],
      );
    assert.deepEqual(
      ["HTTP", "HTTP_STR_MATCH", "HTTPS", "HTTPS_STR_MATCH"].map((type) => bytes(type)),
      [["1000"], ["1000"], ["4000"], ["4000"]],
    );
  });

  it("charges nothing for a check of something else", () => {
    assert.deepEqual(probeLines({ fqdn: "elsewhere.example.net" }), []);
  });

  it("has no line for probes that are no requests, nor for an interval that is not known yet", () => {
    assert.deepEqual(probeLines({ type: "TCP" }), []);
    assert.deepEqual(probeLines({ requestInterval: UNKNOWN }), []);
  });

  it("does not charge reads that provisioned capacity covers, nor know those of an unknown billing", () => {
    const reads = (billingMode: Properties[string]) => {
      const stack = profileApiStack()
        .map(withTable)
        .map(
          (one): StackResource =>
            one.type === TABLE ? { ...one, properties: { ...one.properties, billingMode } } : one,
        );
      const { lines, unpriced } = idleCost(stack, planFromResources(stack));
      return {
        lines: lines.filter(({ item }) => item.startsWith("table reads")).length,
        unknown: unpriced.some(({ path }) => path === "billingMode"),
      };
    };
    assert.deepEqual(reads("PAY_PER_REQUEST"), { lines: 1, unknown: false });
    assert.deepEqual(reads("PROVISIONED"), { lines: 0, unknown: false });
    assert.deepEqual(reads(undefined), { lines: 0, unknown: false });
    assert.deepEqual(reads(UNKNOWN), { lines: 0, unknown: true });
  });

  it("says itself that reads of an unknown billing are not known, whatever the table's own price says", () => {
    const stack = profileApiStack()
      .map(withTable)
      .map(
        (one): StackResource =>
          one.type === TABLE ? { ...one, properties: { ...one.properties, billingMode: UNKNOWN } } : one,
      );
    const costs = probeCosts(new PricedStack(stack, planFromResources(stack), DEFAULT_ASSUMPTIONS));
    assert.deepEqual(
      costs.filter(({ resource: { type } }) => type === TABLE).map(({ meters }) => meters),
      [[{ kind: "unknown", path: "billingMode", place: "us-east-1" }]],
    );
  });

  it("tells once what the probes of several checks run behind one endpoint, with all of them", () => {
    const stack = profileApiStack().map(withTable);
    const twice = stack.flatMap((one) =>
      one.type === CHECK ? [one, { ...one, urn: `${one.urn}-again`, name: `${one.name}-again` }] : [one],
    );
    const of = (resources: readonly StackResource[], start: string) =>
      idleCost(resources, planFromResources(resources)).lines.filter(({ item }) => item.startsWith(start));
    const [once] = of(stack, "function requests");
    assert.equal(once?.item, "function requests of 4204800 probes");
    assert.deepEqual(of(twice, "function requests"), [
      { ...once, item: "function requests of 8409600 probes", monthlyMicroUsd: 2 * once.monthlyMicroUsd },
    ]);
    assert.equal(of(twice, "table reads").length, of(stack, "table reads").length);
    assert.equal(of(twice, "HTTP API requests").length, 2 * of(stack, "HTTP API requests").length);
  });

  it("finds the table by reference before it has a name", () => {
    const stack = profileApiStack({ preview: true }).map((one): StackResource => {
      if (one.type !== FUNCTION) return one;
      const environment: Properties = { variables: { TABLE_NAME: UNKNOWN } };
      const tables = stackTables(profileApiStack({ preview: true }));
      return {
        ...one,
        properties: { ...one.properties, environment },
        propertyDependencies: { ...one.propertyDependencies, environment: tables },
      };
    });
    assert.deepEqual(
      idleCost(stack, planFromResources(stack))
        .lines.filter(({ item }) => item.startsWith("table reads"))
        .map(({ type, monthlyMicroUsd }) => ({ type, monthlyMicroUsd })),
      [{ type: FUNCTION, monthlyMicroUsd: 525_600 }],
    );
  });

  for (const [what, type, properties, expected] of [
    [
      "a site in a bucket",
      "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
      { websiteEndpoint: "site.example.com", bucket: "site" },
      [
        ["GET requests of 1401600 probes", 560_640],
        ["data out of 1401600 probes, 1000 bytes each assumed", 126_144],
      ],
    ],
    [
      "a distribution",
      "aws:cloudfront/distribution:Distribution",
      { domainName: "site.example.com" },
      [
        ["CloudFront requests of 1401600 probes", 1_401_600],
        ["data out of 1401600 probes, 1000 bytes each assumed", 119_136],
      ],
    ],
    [
      "a load balancer",
      "aws:lb/loadBalancer:LoadBalancer",
      { dnsName: "site.example.com", internal: true },
      [
        ["capacity units of 1401600 probes, each a new connection", 124_587],
        ["data out of 1401600 probes, 1000 bytes each assumed", 126_144],
      ],
    ],
  ] as const) {
    it(`charges what ${what} bills for answers`, () => {
      const endpoint = resource(type, "site", { ...properties, region: "us-east-1" });
      const check = resource(CHECK, "check", { type: "HTTP", fqdn: "site.example.com" });
      const stack = [endpoint, check];
      assert.deepEqual(
        idleCost(stack, planFromResources(stack))
          .lines.filter(({ item }) => item.includes("probes"))
          .map(({ item, monthlyMicroUsd }) => [item, monthlyMicroUsd]),
        expected,
      );
    });
  }
});

function stackTables(stack: readonly StackResource[]): string[] {
  return stack.filter(({ type }) => type === TABLE).map(({ urn: of }) => of);
}
