import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import type { PriceRow } from "../../../../policy/prices/price-list";
import { refreshCommand } from "../../../../policy/prices/refresh/command";
import { type OfferMap, offerMapOf } from "../../../../policy/prices/refresh/offer-map";
import { AWS_PRICE_LIST } from "../../../../policy/prices/refresh/price-source";
import { type FixtureProduct, fileOf, offer, priceListFiles, TemporaryFolder } from "./price-list-fixture";

const MAP = offerMapOf({
  offers: {
    AmazonEC2: { "vpc/nat": { product: { usagetype: "NatGateway-Hours" }, unit: "Hrs" } },
    AmazonVPC: {
      "vpc/address": { product: { usagetype: "Address" } },
      "vpc/moved": { product: { usagetype: "Moved" } },
    },
    AmazonRoute53: { "dns/check": { product: { usagetype: "Health-Check-AWS" } } },
  },
  absent: { "page/only": "on its page of prices only" },
});

const rowText = (key: string, region: string, usd: number) =>
  `  {"key": "${key}", "region": "${region}", "item": "y", "unit": "hour", "usd": ${usd}, "source": "an old list", "date": "2024-07-01", "confidence": "golden-file"}`;
const ROWS = [
  rowText("vpc/nat", "us-east-1", 0.045),
  rowText("vpc/nat", "us-west-2", 0.04),
  rowText("vpc/address", "us-west-2", 0.005),
  rowText("vpc/moved", "us-west-2", 0.005),
  rowText("dns/check", "global", 0.5),
  rowText("page/only", "global", 3),
  rowText("new/thing", "global", 1),
].join(",\n");

const nat = (prefix: string) => ({ attributes: { usagetype: `${prefix}NatGateway-Hours` } });
const vpc: FixtureProduct[] = [
  { attributes: { usagetype: "USW2-Address" }, tiers: [["0", "0.0050000000"]] },
  { attributes: { usagetype: "USW2-Address", operation: "Other" }, tiers: [["0", "0.0060000000"]] },
  { attributes: { usagetype: "USW2-Moved" }, tiers: [["0", "0.0500000000"]] },
];
const check: FixtureProduct = {
  attributes: { usagetype: "Health-Check-AWS" },
  tiers: [
    ["0", "0"],
    ["50", "0.5000000000"],
  ],
};
const FILES = priceListFiles({
  AmazonEC2: {
    "us-east-1": offer("AmazonEC2", [nat("")]),
    "us-west-2": offer("AmazonEC2", [nat("USW2-")]),
  },
  AmazonVPC: { "us-west-2": offer("AmazonVPC", vpc) },
  AmazonRoute53: { "": offer("AmazonRoute53", [check]) },
});

const REPORT = `changed
  vpc/nat us-west-2: 0.04 -> 0.045 USD per hour (+12.5 %), 2024-07-01 -> 2026-09-24

held: more than twice or less than half of what it was; the product may be another one; lever: --large
  vpc/moved us-west-2: 0.005 -> 0.05 USD per hour (+900.0 %), 2024-07-01 -> 2026-09-24

ambiguous: left as they are; lever: policy/prices/offers.json
  2 products fit: USW2-Address 0.005; USW2-Address Other 0.006: vpc/address us-west-2

not found: left as they are; lever: policy/prices/offers.json
  policy/prices/offers.json has no entry for its key: new/thing global

not in an offer file, as far as is known
  on its page of prices only: page/only global

not the first tier, as that is free
  dns/check global: the price of each unit above 50

7 rows: 2 unchanged, 1 changed, 1 held, 1 not found, 1 ambiguous, 1 not in an offer file
`;

describe("policy/prices/refresh/command", () => {
  let folder: TemporaryFolder;
  let rowsFile: string;
  beforeEach(() => {
    folder = new TemporaryFolder();
    folder.writeAll(FILES);
    folder.write("rows/all.json", `[\n${ROWS}\n]\n`);
    rowsFile = path.join(folder.path, "rows/all.json");
  });
  afterEach(() => folder.remove());

  const run = (...args: string[]) => runWith(MAP, ...args);
  async function runWith(map: OfferMap, ...args: string[]) {
    const said = { out: "", err: "" };
    const code = await refreshCommand(
      args,
      {
        cwd: folder.path,
        today: "2026-11-21",
        out: (text) => {
          said.out += text;
        },
        err: (text) => {
          said.err += text;
        },
      },
      { rowsDirectory: path.join(folder.path, "rows"), map },
    );
    return { code, ...said };
  }
  const rows = () => JSON.parse(readFileSync(rowsFile, "utf8")) as PriceRow[];

  /** The one line of a refusal, of which nothing is written. */
  async function refusal(...args: string[]): Promise<string> {
    const before = readFileSync(rowsFile, "utf8");
    const { code, out, err } = await run("--from", ".", "--write", ...args);
    assert.deepEqual({ code, out }, { code: 2, out: "" });
    assert.equal(readFileSync(rowsFile, "utf8"), before);
    const lines = err.trimEnd().split("\n");
    return lines.at(-1)?.replaceAll(folder.path, "FOLDER") ?? "";
  }

  it("prints the whole difference and writes nothing", async () => {
    const before = readFileSync(rowsFile, "utf8");
    const { code, out, err } = await run("--from", ".");
    assert.deepEqual({ code, out }, { code: 0, out: REPORT });
    assert.equal(
      err,
      [
        `AmazonEC2 us-east-1: ${fileOf("AmazonEC2", "us-east-1").slice(1)}`,
        `AmazonEC2 us-west-2: ${fileOf("AmazonEC2", "us-west-2").slice(1)}`,
        `AmazonVPC us-west-2: ${fileOf("AmazonVPC", "us-west-2").slice(1)}`,
        `AmazonRoute53 all regions: ${fileOf("AmazonRoute53").slice(1)}`,
        "nothing written; --write writes 3 rows\n",
      ].join("\n"),
    );
    assert.equal(readFileSync(rowsFile, "utf8"), before);
  });

  it("writes the rows that it found in their places, and prices that jump only when told to", async () => {
    const before = readFileSync(rowsFile, "utf8").split("\n");
    const { code, err } = await run("--from", ".", "--write");
    assert.equal(code, 0);
    assert.match(
      err,
      /\n3 rows written, in 1 files\nnpm test names the figures of the project that quote a price which changed\n$/,
    );
    const after = readFileSync(rowsFile, "utf8").split("\n");
    assert.deepEqual(
      after.flatMap((line, index) => (line === before[index] ? [] : [index])),
      [1, 2, 5],
    );
    assert.deepEqual(rows()[1], {
      key: "vpc/nat",
      region: "us-west-2",
      item: "y",
      unit: "hour",
      usd: 0.045,
      source: `${AWS_PRICE_LIST}${fileOf("AmazonEC2", "us-west-2")} (from a local copy)`,
      date: "2026-09-24",
      confidence: "price-list-quoted",
    });
    assert.match((await run("--from", ".", "--write", "--large")).err, /\n4 rows written/);
    assert.equal(rows()[3]?.usd, 0.05);
    assert.match((await run("--from", ".")).out, /\n7 rows: 4 unchanged, 0 changed, 0 held/);
  });

  it("keeps to the services that are asked for", async () => {
    const { out } = await run("--from", ".", "--service", "AmazonRoute53");
    assert.match(out, /\n1 rows: 1 unchanged,/);
  });

  it("says which services and regions have no file, and goes on", async () => {
    folder.writeAll(
      priceListFiles({
        AmazonVPC: { "eu-west-1": offer("AmazonVPC", []) },
        AmazonRoute53: { "": offer("AmazonRoute53", [check]) },
      }),
    );
    const { code, out } = await run("--from", ".");
    assert.equal(code, 0);
    assert.match(
      out,
      /\n {2}the index of offers has no service AmazonEC2: vpc\/nat us-east-1, vpc\/nat us-west-2\n/,
    );
    assert.match(
      out,
      /\n {2}AmazonVPC has no prices in us-west-2: vpc\/address us-west-2, vpc\/moved us-west-2\n/,
    );
    assert.match(out, /\n7 rows: 1 unchanged, 0 changed, 0 held, 5 not found,/);
  });

  it("reads a service without files by region from that of all regions", async () => {
    const index = { offers: { AmazonVPC: { currentVersionUrl: fileOf("AmazonVPC") } } };
    folder.write("/offers/v1.0/aws/index.json", JSON.stringify(index));
    folder.write(fileOf("AmazonVPC"), JSON.stringify(offer("AmazonVPC", vpc.slice(0, 1))));
    const { out } = await run("--from", ".", "--service", "AmazonVPC");
    assert.match(out, /\n2 rows: 1 unchanged, 0 changed, 0 held, 1 not found,/);
  });

  it("reads a product that no region's file has from that of all regions", async () => {
    const product = { usagetype: "Address" };
    const map = offerMapOf({
      offers: { AmazonVPC: { "vpc/address": { product, allRegions: true } } },
      absent: {},
    });
    const eu: FixtureProduct = {
      attributes: { usagetype: "Address", regionCode: "eu-west-1" },
      tiers: [["0", "0.005"]],
    };
    folder.write(fileOf("AmazonVPC"), JSON.stringify(offer("AmazonVPC", [eu])));
    const { out } = await runWith(map, "--from", ".", "--service", "AmazonVPC");
    assert.match(out, /^1 rows: 1 unchanged,/);
  });

  it("says in one line what is wrong with the address, and writes nothing", async () => {
    const file = fileOf("AmazonVPC", "us-west-2");
    const whole = FILES.get(file) ?? "";
    folder.write(file, whole.slice(0, whole.length / 2));
    assert.equal(
      await refusal(),
      `prices:refresh: ${file.slice(1)} is not a whole offer file of AmazonVPC: it ends in the middle; nothing written`,
    );
    folder.write(file, whole.replaceAll("2026-09-24", "2026-11-22"));
    assert.equal(
      await refusal(),
      `prices:refresh: ${file.slice(1)} is of 2026-11-22, after 2026-11-21; nothing written`,
    );
    folder.write(file, "<html></html>");
    assert.match(await refusal(), /is not a whole offer file of AmazonVPC: it is not a JSON object; nothing/);
    folder.write("offers/v1.0/aws/index.json", "{}");
    assert.match(
      await refusal(),
      /: offers\/v1.0\/aws\/index.json is not an index of offers; nothing written$/,
    );
    folder.write("offers/v1.0/aws/index.json", '{"offers"');
    assert.match(
      await refusal(),
      /index.json is not an index of offers: it is not whole JSON; nothing written$/,
    );
    folder.write(
      "offers/v1.0/aws/index.json",
      JSON.stringify({ offers: { AmazonEC2: { currentRegionIndexUrl: "/../x" } } }),
    );
    assert.match(await refusal(), /an index names the file "\/..\/x", which is no path of a price list/);
    assert.match(
      await refusal("--from", "rows"),
      /rows\/offers\/v1.0\/aws\/index.json cannot be read: ENOENT/,
    );
    assert.match(
      await refusal("--from", "none"),
      /--from is none, which is no folder; allowed: an http or https address, or a folder that holds offers\/v1.0/,
    );
    assert.match(
      await refusal("--services"),
      /Unknown option '--services'; allowed: --from ADDRESS\|FOLDER, --s/,
    );
    assert.match(
      await refusal("--service", "S3"),
      /--service is S3, of which no row is; allowed: AmazonEC2, AmazonRoute53, AmazonVPC; nothing written$/,
    );
  });

  describe("over HTTP", () => {
    let server: Server;
    let base: string;
    let cutOff: string | undefined;
    beforeEach(async () => {
      cutOff = undefined;
      server = createServer((request, response) => {
        const text = FILES.get(request.url?.replace(/^\/mirror/, "") ?? "");
        if (text === undefined) response.writeHead(404).end();
        else if (request.url?.endsWith(cutOff ?? "none")) {
          response.writeHead(200, { "content-length": Buffer.byteLength(text) });
          response.write(text.slice(0, 100), () => response.destroy());
        } else response.end(text);
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mirror/`;
    });
    afterEach(() => new Promise((resolve) => server.close(resolve)));

    it("reads the same from a mirror, and names the file there", async () => {
      const { code, out } = await run("--from", base, "--write");
      assert.deepEqual({ code, out }, { code: 0, out: REPORT });
      assert.equal(rows()[1]?.source, `${base.slice(0, -1)}${fileOf("AmazonEC2", "us-west-2")}`);
    });

    it("refuses an address without a price list, or that breaks off", async () => {
      assert.match(
        await refusal("--from", `${base}none`),
        /index.json answers 404; lever: --from ADDRESS\|FOLDER/,
      );
      cutOff = fileOf("AmazonRoute53");
      assert.match(await refusal("--from", base), /AmazonRoute53\/20260924\/index.json broke off: /);
    });

    it("refuses an address that nobody answers at", async () => {
      await new Promise((resolve) => server.close(resolve));
      assert.match(
        await refusal("--from", base),
        /index.json cannot be reached: ECONNREFUSED; lever: --from/,
      );
      await new Promise<void>((resolve) => server.listen(0, resolve));
    });
  });
});
