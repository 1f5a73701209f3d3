import assert from "node:assert/strict";
import type { CostLine } from "../../../policy/prices/idle-cost";
import { dearestLevers } from "../../../policy/rules/cost-table";
import { costOf, standby } from "../prices/meters";

const line = (item: string, monthlyMicroUsd: number, rest: Partial<CostLine> = {}): CostLine => ({
  urn: "urn:pulumi:dev::shop::aws:ec2/instance:Instance::one",
  type: "aws:ec2/instance:Instance",
  region: "us-west-2",
  item,
  monthlyMicroUsd,
  standby: true,
  basis: "list-price",
  source: "AWS Price List",
  asOf: "2026-11-02",
  confidence: "price-list-quoted",
  ...rest,
});

/** `item: saving` of what one resource of the standby can do without. */
const savings = (type: string, properties: Parameters<typeof standby>[2], asOf?: string) =>
  Object.fromEntries(
    costOf([standby(type, "one", properties)], {}, "settled", asOf)
      .lines.filter(({ lever }) => lever !== undefined)
      .map(({ item, leverSavesMicroUsd }) => [item, leverSavesMicroUsd]),
  );

describe("policy/rules/cost-table", () => {
  it("names the two levers that save most, not those of the dearest lines", () => {
    const lines = [
      line("dear", 9_000_000, { lever: "halve it", leverSavesMicroUsd: 1_000_000 }),
      line("fixed", 8_000_000),
      line("middle", 5_000_000, { lever: "leave it out", leverSavesMicroUsd: 5_000_000 }),
      line("small", 2_000_000, { lever: "drop it", leverSavesMicroUsd: 1_000_001 }),
    ];
    assert.equal(
      dearestLevers(lines),
      "middle: leave it out (up to -$5.00 a month); small: drop it (up to -$1.00 a month)",
    );
    assert.equal(dearestLevers([line("fixed", 8_000_000)]), "leave out the dearest of these");
  });

  /** `resource: amount` of lines with one item and lever, all of which it saves. */
  const alike = (resources: Readonly<Record<string, number>>, rest: Partial<CostLine> = {}) =>
    Object.entries(resources).map(([name, amount]) =>
      line("address", amount, {
        urn: `urn:pulumi:dev::shop::aws:ec2/instance:Instance::${name}`,
        lever: "set it to false",
        leverSavesMicroUsd: amount,
        ...rest,
      }),
    );

  it("tells a lever of several lines once, with their resources and all that it saves", () => {
    const drop = line("disk", 3_000_000, { lever: "drop it", leverSavesMicroUsd: 3_000_000 });
    const pair = alike({ b: 2_000_000, a: 2_000_000 });
    assert.equal(
      dearestLevers([drop, ...pair]),
      "address (b, a): set it to false (up to -$4.00 a month); disk: drop it (up to -$3.00 a month)",
    );
    assert.equal(
      dearestLevers(alike({ a: 1_000_000, b: 1_000_000, c: 2_000_000 })),
      "address (c, a, b): set it to false (up to -$4.00 a month)",
    );
    assert.equal(
      dearestLevers(alike({ a: 1_000_000, b: 1_000_000, c: 2_000_000, d: 1_000_000 })),
      "address (4 resources): set it to false (up to -$5.00 a month)",
    );
  });

  it("tells no sum where one of the savings is not told, and that a lever serves other items too", () => {
    const [told] = alike({ a: 2_000_000 });
    const untold = alike({ b: 3_000_000 }, { item: "port", leverSavesMicroUsd: undefined });
    assert.equal(dearestLevers([told as CostLine, ...untold]), "port and 1 more (b, a): set it to false");
    assert.equal(
      dearestLevers([...alike({ a: 2_000_000 }), ...alike({ b: 1_000_000 }, { lever: "drop it" })]),
      "address (a): set it to false (up to -$2.00 a month); address (b): drop it (up to -$1.00 a month)",
    );
  });

  it("starts with the dearest line where that has no lever, unless another change saves more", () => {
    const fixed = line("proxy", 4_000_000);
    assert.equal(
      dearestLevers([...alike({ a: 2_000_000, b: 1_999_999 }), fixed, line("rest", 3_000_000)]),
      "proxy (one): leave it out (up to -$4.00 a month); address (a, b): set it to false (up to -$4.00 a month)",
    );
    assert.equal(
      dearestLevers([...alike({ a: 2_000_000, b: 2_000_001 }), fixed]),
      "address (b, a): set it to false (up to -$4.00 a month); proxy (one): leave it out (up to -$4.00 a month)",
    );
  });

  it("promises no figure where the saving is not told, and ranks it by the amount", () => {
    const told = line("told", 4_000_000, { lever: "leave it out", leverSavesMicroUsd: 4_000_000 });
    assert.equal(
      dearestLevers([line("untold", 5_000_000, { lever: "use a smaller one" }), told]),
      "untold: use a smaller one; told: leave it out (up to -$4.00 a month)",
    );
    assert.equal(
      dearestLevers([line("untold", 3_999_999, { lever: "use a smaller one" }), told]),
      "told: leave it out (up to -$4.00 a month); untold: use a smaller one",
    );
  });

  it("counts what a newer Kubernetes leaves of the control plane", () => {
    const item = "EKS control plane, version 1.33 in extended support";
    assert.deepEqual(savings("aws:eks/cluster:Cluster", { version: "1.33" }), { [item]: 365_000_000 });
    assert.deepEqual(savings("aws:eks/cluster:Cluster", { version: "1.34" }), {
      "EKS control plane": 73_000_000,
    });
  });

  it("counts what one zone leaves of a Multi-AZ database, and all of its extended support", () => {
    const database = (properties: Parameters<typeof standby>[2]) =>
      savings("aws:rds/instance:Instance", {
        engine: "mysql",
        instanceClass: "db.t3.micro",
        allocatedStorage: 20,
        ...properties,
      });
    assert.deepEqual(database({ multiAz: true }), {
      "db.t3.micro mysql database, Multi-AZ": 12_410_000,
    });
    assert.deepEqual(database({ engineVersion: "8.0.35" }), {
      "db.t3.micro mysql database": undefined,
      "extended support of version 8.0.35, 2 vCPU at the third year's price at most": 292_000_000,
    });
    // The list has a Multi-AZ price of its own for this one, which is not twice the other.
    assert.deepEqual(database({ multiAz: true, instanceClass: "db.t4g.small" }), {
      "db.t4g.small mysql database, Multi-AZ": 24_090_000,
    });
  });

  it("counts the operations that gp3 leaves of provisioned ones", () => {
    const database = (iops: number) =>
      savings("aws:rds/instance:Instance", {
        engine: "mysql",
        instanceClass: "db.t3.micro",
        allocatedStorage: 100,
        storageType: "io1",
        iops,
      });
    assert.equal(database(3000)["database operations, 3000 IOPS"], 300_000_000);
    assert.equal(database(3001)["database operations, 3001 IOPS"], 300_080_000);
    const volume = (properties: Parameters<typeof standby>[2]) =>
      savings("aws:ebs/volume:Volume", { size: 100, ...properties });
    assert.deepEqual(volume({ type: "gp2" }), { "volume, 100 GB gp2": 2_000_000 });
    assert.deepEqual(volume({ type: "io1", iops: 4000 }), {
      "volume operations, 4000 IOPS provisioned": 255_000_000,
    });
  });

  it("counts the smallest instance that a smaller size leaves", () => {
    const server = (instanceType: string) =>
      savings("aws:ec2/instance:Instance", { instanceType, associatePublicIpAddress: false })[
        `${instanceType} instance, 730 h`
      ];
    assert.equal(server("t3.medium"), 27_302_000);
    assert.equal(server("t4g.nano"), undefined);
  });
});
