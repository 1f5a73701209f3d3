import assert from "node:assert/strict";
import { PRICES } from "../../../../policy/prices/price-list";
import { OFFER_MAP, OfferMap, offerMapOf } from "../../../../policy/prices/refresh/offer-map";

describe("policy/prices/refresh/offer-map", () => {
  it("knows of every price row where it stands in an offer, or that it stands in none", () => {
    assert.deepEqual(
      [...new Set(PRICES.rows.map(({ key }) => key))].filter((key) => !OFFER_MAP.find(key)),
      [],
    );
  });

  it("finds nine rows of ten in an offer file", () => {
    const found = PRICES.rows.filter(({ key }) => OFFER_MAP.find(key)?.kind === "offer");
    assert.ok(found.length >= PRICES.rows.length * 0.9, `${found.length} of ${PRICES.rows.length}`);
  });

  it("has a product, whole factors and known parts only in every entry", () => {
    const wrong = OFFER_MAP.entries.filter((entry) => {
      if ("absent" in entry) return entry.absent.length < 20;
      const { key, product, times = 1, over = 1 } = entry;
      const parts = Object.values(product).flatMap((value) => value.match(/\{\w+\}/g) ?? []);
      return (
        Object.keys(product).length === 0 ||
        Object.values(product).includes("") ||
        !Number.isInteger(times) ||
        !Number.isInteger(over) ||
        Math.min(times, over) < 1 ||
        parts.some((part) => !key.includes(part))
      );
    });
    assert.deepEqual(wrong, []);
  });

  it("scales by the row's unit", () => {
    const scale = { "1M": 1_000_000, "1M queries": 1_000_000, "10k": 10_000, "1k": 1000 };
    const wrong = PRICES.rows.filter(({ key, unit }) => {
      const found = OFFER_MAP.find(key);
      if (found?.kind !== "offer" || !(unit in scale)) return false;
      return found.offer.times !== scale[unit as keyof typeof scale];
    });
    assert.deepEqual(wrong, []);
  });

  it("puts the steps of a key into its product, exact keys first", () => {
    const map = offerMapOf({
      offers: {
        Svc: {
          "x/{kind}/{size}": { product: { usagetype: "{kind}:{size}", family: "{size}" }, unit: "Hrs" },
          "x/a/t3.nano": { product: { usagetype: "special" } },
        },
      },
      absent: { "x/{kind}": "on its page only" },
    });
    const offer = (key: string) => {
      const found = map.find(key);
      return found?.kind === "offer" ? found.offer.product : found;
    };
    assert.deepEqual(offer("x/a/t3.large"), { usagetype: "a:t3.large", family: "t3.large" });
    assert.deepEqual(offer("x/a/t3.nano"), { usagetype: "special" });
    assert.deepEqual(offer("x/a"), { kind: "absent", why: "on its page only" });
    assert.equal(offer("x/a/b/c"), undefined);
    assert.equal(new OfferMap([]).find("x"), undefined);
  });
});
