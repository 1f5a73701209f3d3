import assert from "node:assert/strict";
import fc from "fast-check";
import { planFromResources } from "../../../model/plan-from-resources";
import type { StackResource } from "../../../model/stack-resource";
import { type Properties, type PropertyValue, UNKNOWN } from "../../../model/unknown";
import { idleCost } from "../../../policy/prices/idle-cost";
import { PRICES, PriceList } from "../../../policy/prices/price-list";
import type { Phase } from "../../../policy/rule";
import { PROVIDER, provider, resource } from "../../model/stack-fixture";
import { anyResource } from "../any-resource";
import { profileApiStack } from "../profile-api-stack";
import { costOf, standby } from "./meters";

const ENDPOINT = "aws:odb/cloudVmCluster:CloudVmCluster";

describe("policy/prices/idle-cost", () => {
  for (const type of ["__proto__", "constructor", "hasOwnProperty"]) {
    it(`does not price a type named ${type} with what every object has`, () => {
      const report = costOf([standby(type, "odd")]);
      assert.deepEqual(
        [report.lines, report.unpriced.map((one) => [one.type, one.kind])],
        [[], [[type, "type"]]],
      );
    });
  }

  it("refuses a value of a wrong kind, which no update makes known", () => {
    const problems = (properties: Record<string, PropertyValue>) =>
      costOf([
        standby("aws:dynamodb/table:Table", "t", { readCapacity: 1, writeCapacity: 1, ...properties }),
      ]).unpriced.map(({ kind, path, why }) => [kind, path, why]);
    const index = (readCapacity: PropertyValue): Record<string, PropertyValue> => ({
      globalSecondaryIndexes: [{ name: "i", readCapacity, writeCapacity: 1 }],
    });
    assert.deepEqual(problems({}), []);
    assert.deepEqual(problems({ writeCapacity: "abc" }), [
      ["price", "writeCapacity", 'writeCapacity is "abc", not a number'],
    ]);
    assert.deepEqual(problems({ writeCapacity: UNKNOWN }), [
      ["input", "writeCapacity", "writeCapacity is not known yet"],
    ]);
    assert.deepEqual(problems(index(true)), [
      ["price", "globalSecondaryIndexes[0].readCapacity", "readCapacity is true, not a number"],
    ]);
    assert.deepEqual(problems({ readCapacity: UNKNOWN, writeCapacity: "abc" }), [
      ["input", "readCapacity", "readCapacity is not known yet"],
      ["price", "writeCapacity", 'writeCapacity is "abc", not a number'],
    ]);
  });

  it("leaves what a formula fails on without a price, and prices the rest", () => {
    const broken = standby("aws:ebs/volume:Volume", "broken", {
      get size(): never {
        throw new TypeError("unreadable");
      },
    });
    const { lines, unpriced, counts } = costOf([
      broken,
      standby("aws:ebs/volume:Volume", "sound", { size: 1 }),
    ]);
    assert.deepEqual(
      unpriced.map(({ urn, kind, why }) => [urn, kind, why]),
      [[broken.urn, "price", "the rule for its price itself failed: unreadable"]],
    );
    assert.deepEqual([lines.length, counts.priced, counts.unpriced], [1, 1, 1]);
  });

  for (const preview of [false, true]) {
    it(`prices the profile API ${preview ? "before it exists" : "that exists"}, line by line`, () => {
      const stack = profileApiStack({ preview });
      const report = idleCost(stack, planFromResources(stack));
      assert.deepEqual(
        report.lines
          .filter((line) => line.standby)
          .map(({ item, region, monthlyMicroUsd }) => [item, region, monthlyMicroUsd]),
        [
          ["health check, AWS endpoint", "global", 500_000],
          ["health check option: HTTPS", "global", 1_000_000],
          ["health check option: 10 s interval", "global", 1_000_000],
          ["table replica storage, 1 GB assumed", "us-west-2", 250_000],
          ["table replica point-in-time recovery, 1 GB assumed", "us-west-2", 200_000],
          ["log storage, 1 GB assumed", "us-west-2", 30_000],
          ["log storage, 1 GB assumed", "us-west-2", 30_000],
          ["alarm", "us-east-1", 100_000],
          ["alarm", "us-east-1", 100_000],
          ["alarm", "us-west-2", 100_000],
        ],
      );
      assert.deepEqual(
        report.lines.filter((line) => !line.standby).map(({ item }) => item),
        [
          "hosted zone",
          "table storage, 1 GB assumed",
          "table point-in-time recovery, 1 GB assumed",
          "log storage, 1 GB assumed",
          "log storage, 1 GB assumed",
          "HTTP API requests of 4204800 probes",
          "log lines of 4204800 probes, 500 bytes each assumed",
          "data out of 4204800 probes, 4000 bytes each assumed",
          "function requests of 4204800 probes",
          "function time of 4204800 probes, 10 ms at 256 MB assumed",
        ],
      );
      assert.equal(report.standbyMicroUsd, 3_310_000);
      assert.equal(report.totalMicroUsd, 12_070_849);
      assert.deepEqual(report.unpriced, []);
      assert.deepEqual(report.counts, { container: 4, free: 26, usage: 9, priced: 10, unpriced: 0 });
    });
  }

  it("gives every line its source, date and confidence", () => {
    const stack = profileApiStack();
    const bare = idleCost(stack, planFromResources(stack)).lines.filter(
      ({ source, asOf, confidence, basis }) =>
        source === "" || !/^20\d\d-\d\d/.test(asOf) || confidence === "declared" || basis !== "list-price",
    );
    assert.deepEqual(bare, []);
  });

  it("never counts an unknown type as nothing", () => {
    const one = standby(ENDPOINT, "endpoint");
    assert.deepEqual(costOf([one]).unpriced, [
      {
        urn: one.urn,
        type: ENDPOINT,
        kind: "type",
        path: "",
        why: "it is charged by the hour while it exists, and its price is not in the list",
        standby: true,
      },
    ]);
  });

  it("counts what the settings declare for a type, once for each resource", () => {
    const report = costOf([standby(ENDPOINT, "one"), standby(ENDPOINT, "two")], {
      allowMonthlyUsd: { [ENDPOINT]: 3 },
    });
    assert.deepEqual(report.unpriced, []);
    assert.deepEqual(
      report.lines.map(({ item, basis, asOf, standby: counts, monthlyMicroUsd }) => ({
        item,
        basis,
        asOf,
        counts,
        monthlyMicroUsd,
      })),
      Array.from({ length: 2 }, () => ({
        item: "amount declared in the settings",
        basis: "declared",
        asOf: "undated",
        counts: true,
        monthlyMicroUsd: 3_000_000,
      })),
    );
    assert.equal(report.counts.priced, 2);
  });

  it("adds what is declared to what is known of a resource, and never lowers a known price", () => {
    const instance = (instanceType: PropertyValue) =>
      standby("aws:ec2/instance:Instance", "server", {
        instanceType,
        associatePublicIpAddress: true,
        rootBlockDevice: { volumeType: "gp3", volumeSize: 10 },
      });
    const allowMonthlyUsd = { "aws:ec2/instance:Instance": 1 };
    const total = (type: PropertyValue) => costOf([instance(type)], { allowMonthlyUsd }).totalMicroUsd;
    assert.equal(total("t4g.giant"), 1_000_000 + 800_000 + 3_650_000);
    assert.equal(total("t4g.nano"), 3_066_000 + 800_000 + 3_650_000);
    assert.equal(total(UNKNOWN), 1_000_000 + 800_000 + 3_650_000);
  });

  it("declares once for all that is unknown of a resource, and says what that is", () => {
    const type = "aws:rds/instance:Instance";
    const database = standby(type, "db", {
      engine: "mysql",
      instanceClass: "db.t3.micro",
      allocatedStorage: 20,
      monitoringInterval: 60,
      dedicatedLogVolume: true,
    });
    const { lines, unpriced } = costOf([database], { allowMonthlyUsd: { [type]: 3 } });
    assert.deepEqual(unpriced, []);
    assert.deepEqual(
      lines.map(({ basis, monthlyMicroUsd, note }) => [basis, monthlyMicroUsd, note]),
      [
        ["list-price", 12_410_000, undefined],
        [
          "declared",
          3_000_000,
          "enhanced monitoring writes log lines whose size is not known; set monitoringInterval to 0; " +
            "a log volume of its own has no price in the list",
        ],
        ["list-price", 2_300_000, undefined],
      ],
    );
  });

  it("lets no declared amount stand in for what the update will tell", () => {
    const type = "aws:ec2/instance:Instance";
    const server = (name: string, instanceType: PropertyValue) =>
      standby(type, name, { instanceType, rootBlockDevice: { volumeType: "gp3", volumeSize: 10 } });
    const stack = [server("later", UNKNOWN), server("odd", "t4g.giant")];
    const of = (phase: Phase, allowMonthlyUsd: Record<string, number>) => {
      const { lines, unpriced, counts } = costOf(stack, { allowMonthlyUsd }, phase);
      const declared = lines.filter(({ basis }) => basis === "declared").map(({ urn }) => urn);
      return [declared, unpriced.map(({ urn, kind, path }) => [urn, kind, path]), counts.unpriced];
    };
    const [later, odd] = stack.map(({ urn }) => urn);
    const input = [later, "input", "instanceType"];
    const price = [odd, "price", ""];
    assert.deepEqual(of("preview", {}), [[], [input, price], 2]);
    assert.deepEqual(of("preview", { [type]: 1 }), [[odd], [input], 1]);
    assert.deepEqual(of("settled", {}), [[], [input, price], 2]);
    assert.deepEqual(of("settled", { [type]: 1 }), [[later, odd], [], 0]);
  });

  it("takes the region of a provider that tells none for a value that the update tells", () => {
    const none = provider("none", "", "standby");
    const problems = (phase: Phase, from: StackResource, properties: Properties = {}) =>
      costOf(
        [
          from,
          resource(
            "aws:ec2/instance:Instance",
            "server",
            { instanceType: "t4g.nano", associatePublicIpAddress: true, ...properties },
            { provider: from.urn },
          ),
        ],
        {},
        phase,
      ).unpriced.map(({ kind, path, why }) => [kind, path, why]);
    const untold = ["t4g.nano instance, 730 h", "root volume, 8 GB gp2 assumed", "public IPv4 address"].map(
      (item) => ["price", "", `the region of ${item} is not told by the resource or its provider`],
    );
    const awaited = [["input", "region", "region is not known yet"]];
    assert.deepEqual(problems("preview", none), awaited);
    assert.deepEqual(problems("preview", resource(PROVIDER, "bare")), awaited);
    assert.deepEqual(problems("settled", none), untold);
    assert.deepEqual(problems("preview", resource("pulumi:providers:other", "none")), untold);
    assert.deepEqual(problems("preview", resource(PROVIDER, "odd", { region: 7 })), untold);
    assert.deepEqual(problems("preview", none, { region: "us-west-2" }), []);
    assert.deepEqual(
      problems("preview", provider("far", "eu-north-1", "standby")).map(([kind]) => kind),
      ["price", "price", "price"],
    );
    const replica = resource(
      "aws:dynamodb/table:Table",
      "t",
      { region: "us-east-1", billingMode: "PAY_PER_REQUEST", replicas: [{}] },
      { provider: none.urn },
    );
    const kinds = costOf([none, replica], {}, "preview").unpriced.map(({ kind }) => kind);
    assert.deepEqual(kinds, ["price"]);
  });

  it("tells a part without a price from a whole without one", () => {
    const server = (properties: Properties) => standby("aws:ec2/instance:Instance", "server", properties);
    const parts = (properties: Properties) =>
      costOf([server(properties)]).unpriced.map(({ path, part }) => [path, part]);
    assert.deepEqual(parts({ launchTemplate: { id: "lt" }, instanceType: "t4g.nano" }), [
      ["launchTemplate", true],
    ]);
    assert.deepEqual(parts({ launchTemplate: { id: "lt" } }), [["launchTemplate", undefined]]);
  });

  it("declares for both sides where both are unknown", () => {
    const table = resource("aws:dynamodb/table:Table", "t", {
      region: "us-east-1",
      replicas: [{ regionName: "us-west-2" }],
    });
    const report = costOf([table], { allowMonthlyUsd: { "aws:dynamodb/table:Table": 7 } });
    assert.deepEqual(
      report.lines.filter(({ basis }) => basis === "declared").map(({ standby: counts }) => counts),
      [false, true],
    );
    assert.deepEqual(report.unpriced, []);
  });

  it("takes a price from memory for the amount and still does not let it pass", () => {
    const prices = new PriceList([...PRICES.rows.filter(({ key }) => key !== "s3/storage"), fromMemory]);
    const stack = [
      resource("aws:s3/bucket:Bucket", "pages", { region: "us-west-2", tags: { role: "standby" } }),
    ];
    const report = idleCost(stack, planFromResources(stack), {}, prices);
    assert.equal(report.standbyMicroUsd, 9_000_000);
    assert.deepEqual(
      report.unpriced.map(({ kind }) => kind),
      ["memory"],
    );
  });

  it("does not know what is in an unknown region", () => {
    const lost = resource("aws:s3/bucket:Bucket", "pages", { region: UNKNOWN });
    assert.deepEqual(
      costOf([lost]).unpriced.map(({ kind, path }) => ({ kind, path })),
      [{ kind: "input", path: "region" }],
    );
  });

  it("never lowers the total by adding a resource, whatever it is", () => {
    const stack = profileApiStack();
    const before = idleCost(stack, planFromResources(stack)).totalMicroUsd;
    fc.assert(
      fc.property(anyResource, (added) => {
        const more = [...stack, added];
        const after = idleCost(more, planFromResources(more));
        assert.ok(Number.isSafeInteger(after.totalMicroUsd));
        assert.ok(after.totalMicroUsd >= before, `${after.totalMicroUsd} < ${before}`);
        assert.ok(after.standbyMicroUsd <= after.totalMicroUsd);
      }),
      { numRuns: 400, seed: 1 },
    );
  });

  it("counts every resource in exactly one way", () => {
    fc.assert(
      fc.property(fc.array(anyResource, { maxLength: 8 }), (stack) => {
        const unique = stack.map((one, index) => ({ ...one, urn: `${one.urn}-${index}` }));
        const { counts } = idleCost(unique, planFromResources(unique));
        assert.equal(
          Object.values(counts).reduce((sum, count) => sum + count, 0),
          unique.length,
        );
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});

const fromMemory = {
  key: "s3/storage",
  region: "us-west-2",
  item: "standard storage",
  unit: "GB-month",
  usd: 9,
  source: "memory of somebody",
  date: "2026-11-21",
  confidence: "from-memory" as const,
};
