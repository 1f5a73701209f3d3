import assert from "node:assert/strict";
import {
  OfferFileError,
  type PaidTier,
  type ProductQuery,
  readOfferFile,
  withoutRegion,
} from "../../../../policy/prices/refresh/offer-file";
import { type FixtureProduct, offer, PUBLISHED } from "./price-list-fixture";

async function* inPieces(text: string, bytes: number) {
  const all = Buffer.from(text);
  for (let at = 0; at < all.length; at += bytes) yield all.subarray(at, at + bytes);
}

const readText = (text: string, queries: readonly ProductQuery[] = [], bytes = 50) =>
  readOfferFile(inPieces(text, bytes), "AmazonEC2", queries);

async function found(products: readonly FixtureProduct[], query: ProductQuery) {
  const answers = await readText(JSON.stringify(offer("AmazonEC2", products)), [query]);
  return answers.found[0] ?? [];
}

async function refusal(text: string): Promise<string> {
  try {
    await readText(text);
    return "nothing";
  } catch (error) {
    if (error instanceof OfferFileError) return error.message;
    throw error;
  }
}

const NAT = { usagetype: "USW2-NatGateway-Hours", operation: "NatGateway", regionCode: "us-west-2" };

describe("policy/prices/refresh/offer-file", () => {
  it("finds the on-demand price of a product, and the day of the file", async () => {
    const text = JSON.stringify(offer("AmazonEC2", [{ family: "NAT Gateway", attributes: NAT }]));
    const query = { product: { productFamily: "NAT Gateway", usagetype: "NatGateway-Hours" } };
    const tier = {
      usagetype: "USW2-NatGateway-Hours",
      operation: "NatGateway",
      unit: "Hrs",
      usd: 45_000_000_000n,
      freeUnits: "0",
      tiers: 1,
    };
    for (const bytes of [1, 7, 100_000]) {
      assert.deepEqual(await readText(text, [query, { product: { usagetype: "other" } }], bytes), {
        publicationDate: PUBLISHED,
        found: [[tier], []],
      });
    }
  });

  it("asks every attribute, and takes a missing one for an empty text", async () => {
    const products: FixtureProduct[] = [{ attributes: { a: "1", b: "2" } }, { attributes: { a: "1" } }];
    assert.equal((await found(products, { product: { a: "1" } })).length, 2);
    assert.equal((await found(products, { product: { a: "1", b: "2" } })).length, 1);
    assert.equal((await found(products, { product: { a: "1", b: "" } })).length, 1);
    assert.equal((await found(products, { product: { a: "1", b: "3" } })).length, 0);
  });

  it("keeps to its region, and out of the local zones in it", async () => {
    const at = (regionCode: string, locationType: string) => ({
      attributes: { a: "1", regionCode, locationType },
    });
    const products = [
      at("us-west-2", "AWS Region"),
      at("us-west-2", "AWS Local Zone"),
      at("us-east-1", "AWS Region"),
      { attributes: { a: "1" } },
    ];
    const product = { a: "1" };
    assert.equal((await found(products, { product, region: "us-west-2" })).length, 2);
    assert.equal((await found(products, { product })).length, 4);
  });

  it("takes the first tier that is not free, whatever the order of the tiers", async () => {
    const attributes = { a: "1" };
    const tiers = [
      ["1000", "0.3000000000"],
      ["50", "0.5000000000"],
      ["0", "0.0000000000"],
    ] as const;
    const [first] = await found([{ attributes, tiers }], { product: attributes });
    const tier = first as PaidTier;
    assert.deepEqual(
      { usd: tier?.usd, freeUnits: tier?.freeUnits, tiers: tier?.tiers },
      { usd: 500_000_000_000n, freeUnits: "50", tiers: 3 },
    );
  });

  it("finds no price where all is free, and says where the price is no decimal", async () => {
    const attributes = { a: "1", usagetype: "Y" };
    const priced = (usd: string) => found([{ attributes, tiers: [["0", usd]] }], { product: { a: "1" } });
    assert.deepEqual(await priced("0.0000000000"), []);
    for (const unread of ["1e-7", "-1.00", "free", ""]) {
      assert.deepEqual(await priced(unread), [{ usagetype: "Y", unread }]);
    }
  });

  it("reads a usage type without its region", () => {
    assert.equal(withoutRegion("USW2-EBS:VolumeUsage.gp3"), "EBS:VolumeUsage.gp3");
    assert.equal(withoutRegion("EU-BoxUsage"), "BoxUsage");
    assert.equal(withoutRegion("us-west-2-KMS-Keys"), "KMS-Keys");
    for (const same of [
      "NatGateway-Hours",
      "IA-TimedStorage-ByteHrs",
      "TS-LoadBalancerUsage",
      "DNS-Queries",
    ]) {
      assert.equal(withoutRegion(same), same);
    }
    assert.equal(withoutRegion("USW2-LAX1-BoxUsage"), "LAX1-BoxUsage");
  });

  it("refuses half a file at every place where it can end", async () => {
    const text = JSON.stringify(offer("AmazonEC2", [{ attributes: NAT }]));
    for (let end = 1; end < text.length; end += 13) {
      assert.equal(await refusal(text.slice(0, end)), "it ends in the middle", String(end));
    }
  });

  it("refuses what is no offer file of the service", async () => {
    const whole = offer("AmazonEC2", []);
    const without = (name: keyof typeof whole) => JSON.stringify({ ...whole, [name]: undefined });
    assert.equal(await refusal(JSON.stringify(whole)), "nothing");
    assert.equal(await refusal(""), "it is empty");
    assert.equal(await refusal("<html>no such file</html>"), "it is not a JSON object");
    assert.equal(await refusal("{}"), "it has no products");
    assert.equal(await refusal(without("products")), "its terms stand before its products");
    assert.equal(await refusal(without("terms")), "it has no on-demand terms");
    assert.equal(await refusal(without("publicationDate")), "it has no publicationDate");
    const dated = (day: string) => refusal(JSON.stringify(offer("AmazonEC2", [], `${day}T18:01:02Z`)));
    assert.equal(await dated("2028-02-29"), "nothing");
    assert.equal(await dated("2026-02-29"), "its publicationDate is 2026-02-29T18:01:02Z");
    assert.equal(await dated("2026-13-45"), "its publicationDate is 2026-13-45T18:01:02Z");
    assert.equal(await refusal(without("offerCode")), "it is the offer of no service");
    assert.equal(await refusal(JSON.stringify(offer("AmazonVPC", []))), "it is the offer of AmazonVPC");
    assert.equal(await refusal('{"products": {"A": {"b" 1}}}'), "it is not JSON");
  });
});
