import assert from "node:assert/strict";
import {
  amountOf,
  asOf,
  datedText,
  isAmount,
  PRICES,
  PriceList,
  type PriceRow,
} from "../../../policy/prices/price-list";
import { readProjectFile } from "../../repo/source-files";

const row = (over: Partial<PriceRow> = {}): PriceRow => ({
  key: "x/y",
  region: "us-east-1",
  item: "y",
  unit: "hour",
  usd: 0.005,
  source: "a list",
  date: "2026-10-01",
  confidence: "price-list-quoted",
  ...over,
});

const CONFIDENCES = [
  "price-list-quoted",
  "machine-generated",
  "golden-file",
  "page-quoted",
  "fixture",
  "secondary",
  "assumed-equal-to-us-east-1",
  "from-memory",
];

describe("policy/prices/price-list", () => {
  it("gives every row key, region, unit, price, source, date and confidence", () => {
    const wrong = PRICES.rows.filter(
      ({ key, region, item, unit, usd, source, date, confidence }) =>
        !/^[a-z0-9-]+(\/[a-z0-9._-]+)+$/.test(key) ||
        !/^(global|[a-z]{2}-[a-z]+-\d)$/.test(region) ||
        item === "" ||
        unit === "" ||
        !(usd > 0) ||
        source.length < 10 ||
        !/^20\d\d-\d\d(-\d\d)?$/.test(date) ||
        !CONFIDENCES.includes(confidence),
    );
    assert.deepEqual(wrong, []);
  });

  it("has one row per key and region, and both regions wherever it is not global", () => {
    const places = new Map<string, string[]>();
    for (const { key, region } of PRICES.rows) places.set(key, [...(places.get(key) ?? []), region]);
    const odd = [...places].filter(
      ([, regions]) => !["global", "us-east-1,us-west-2"].includes(regions.sort().join()),
    );
    assert.deepEqual(odd, []);
  });

  it("never lets another region's price stand in for a missing one", () => {
    const prices = new PriceList([row(), row({ key: "g", region: "global" })]);
    assert.equal(prices.find("x/y", "us-east-1")?.usd, 0.005);
    assert.equal(prices.find("x/y", "eu-west-1"), undefined);
    assert.equal(prices.find("x/y", undefined), undefined);
    assert.equal(prices.find("g", "eu-west-1")?.usd, 0.005);
    assert.equal(prices.find("z", "us-east-1"), undefined);
    assert.deepEqual([prices.has("x/y"), prices.has("z")], [true, false]);
    assert.deepEqual([prices.isGlobal("g"), prices.isGlobal("x/y")], [true, false]);
  });

  it("prices in whole micro-dollars, by the unit or by the million", () => {
    assert.equal(amountOf(row(), 730), 3_650_000);
    assert.equal(amountOf(row({ usd: 0.0000033333 }), 1), 3);
    assert.equal(amountOf(row({ usd: 0.2, unit: "1M" }), 4_204_800), 840_960);
    assert.equal(amountOf(row({ usd: 0.4, unit: "1M queries" }), 1), 0);
  });

  it("takes no quantity below zero and none that cannot be held exactly", () => {
    for (const quantity of [0, 1, 1e9]) assert.equal(isAmount(row(), quantity), true, String(quantity));
    for (const quantity of [-1, -0.001, Number.NaN, Number.POSITIVE_INFINITY, 1e20]) {
      assert.equal(isAmount(row(), quantity), false, String(quantity));
    }
  });

  it("prices by the thousand and by ten thousand", () => {
    assert.equal(amountOf(row({ usd: 0.0004, unit: "1k" }), 1_401_600), 560_640);
    assert.equal(amountOf(row({ usd: 0.01, unit: "10k" }), 1_401_600), 1_401_600);
  });

  it("says beside its date how sure a price is, unless it was quoted", () => {
    const text = (confidence: string) => datedText({ asOf: "2026-05", confidence });
    for (const sure of ["price-list-quoted", "machine-generated", "golden-file", "page-quoted"]) {
      assert.equal(text(sure), "2026-05", sure);
    }
    for (const doubtful of [
      "fixture",
      "secondary",
      "assumed-equal-to-us-east-1",
      "from-memory",
      "declared",
    ]) {
      assert.equal(text(doubtful), `2026-05, ${doubtful}`);
    }
  });

  it("says where a date is only the day of reading", () => {
    assert.equal(asOf(row()), "2026-10-01");
    assert.equal(asOf(row({ dateOf: "reading" })), "2026-10-01 (read)");
  });

  it("quotes the figures of the lists that it was taken from", () => {
    const usd = (key: string, region = "us-west-2") => PRICES.find(key, region)?.usd;
    assert.deepEqual(
      {
        zone: usd("route53/zone"),
        awsCheck: usd("route53/health-check/aws"),
        otherCheck: usd("route53/health-check/other"),
        awsOption: usd("route53/health-check-option/aws"),
        otherOption: usd("route53/health-check-option/other"),
        table: usd("dynamodb/storage"),
        recovery: usd("dynamodb/point-in-time-recovery"),
        write: usd("dynamodb/provisioned-write"),
        alarm: usd("cloudwatch/alarm"),
        logs: usd("cloudwatch/log-storage"),
        http: usd("api-gateway/http-request"),
        request: usd("lambda/request"),
        nano: usd("ec2/instance/t4g.nano"),
        address: usd("ec2/public-ipv4"),
        nat: usd("vpc/nat-gateway"),
        balancer: usd("elb/application"),
        key: usd("kms/key"),
        secret: usd("secrets-manager/secret"),
      },
      {
        zone: 0.5,
        awsCheck: 0.5,
        otherCheck: 0.75,
        awsOption: 1,
        otherOption: 2,
        table: 0.25,
        recovery: 0.2,
        write: 0.00065,
        alarm: 0.1,
        logs: 0.03,
        http: 1,
        request: 0.2,
        nano: 0.0042,
        address: 0.005,
        nat: 0.045,
        balancer: 0.0225,
        key: 1,
        secret: 0.4,
      },
    );
  });

  it("has as many sizes of each service as the README says, and no other region", () => {
    const sizes = (prefix: string) =>
      new Set(PRICES.rows.filter(({ key }) => key.startsWith(prefix)).map(({ key }) => key)).size;
    const text = readProjectFile("README.md").replaceAll(/\s+/g, " ");
    const said = [
      `${sizes("rds/instance/postgres/")} for PostgreSQL, ${sizes("rds/instance/mysql/")} for MySQL, ${sizes("rds/instance/mariadb/")} for MariaDB`,
      `Aurora ${sizes("aurora/instance/")}, ElastiCache ${sizes("elasticache/node/")}, MSK ${sizes("msk/broker/")}`,
      `OpenSearch ${sizes("opensearch/node/")}, Redshift ${sizes("redshift/node/")}, DAX ${sizes("dax/node/")}`,
      `DocumentDB ${sizes("documentdb/instance/")}, MemoryDB ${sizes("memorydb/node/")}, Neptune ${sizes("neptune/instance/")}`,
      `DMS ${sizes("dms/instance-multi-az/")} (Multi-AZ)`,
    ];
    assert.deepEqual(
      said.filter((one) => !text.includes(one)),
      [],
    );
    assert.equal(sizes("rds/instance/"), 17);
    assert.deepEqual([...new Set(PRICES.rows.map(({ region }) => region))].sort(), [
      "global",
      "us-east-1",
      "us-west-2",
    ]);
  });
});
