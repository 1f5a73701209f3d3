import assert from "node:assert/strict";
import { resource } from "../../../model/stack-fixture";
import { NAME, record } from "../records";
import {
  CDN,
  CDN_ZONE,
  distribution,
  from,
  S3_WEST,
  S3_WEST_ZONE,
  standby,
  to,
  verdicts,
  website,
} from "./aliases";

describe("policy/rules/alias-target of names that only their zones' would complete", () => {
  const PATH = "aliases[0].name";
  const told = { fqdn: NAME };

  it("does not know the bucket's name, neither right nor wrong", () => {
    const www = record("www", { name: "app", ...to(S3_WEST, S3_WEST_ZONE) });
    for (const bucket of [NAME, "other.example.com"]) {
      const site = website("site", bucket);
      assert.deepEqual(verdicts(standby, site, from(www, site)), ["unknown name"]);
      assert.deepEqual(verdicts(standby, site, www), ["unknown name"]);
    }
  });

  it("judges it once the provider tells the full name", () => {
    const www = record("www", { name: "app", ...told, ...to(S3_WEST, S3_WEST_ZONE) });
    assert.deepEqual(verdicts(standby, website("site", NAME), www), [`pass ${PATH}`]);
    assert.deepEqual(verdicts(standby, website("site", "other.example.com"), www), [`fail ${PATH}`]);
  });

  it("does not know several labels where the bucket's name goes on, and judges them where nothing does", () => {
    const named = (name: string) => record("www", { name, ...to(S3_WEST, S3_WEST_ZONE) });
    assert.deepEqual(verdicts(standby, website("site", "api.eu.example.com"), named("api.eu")), [
      "unknown name",
    ]);
    assert.deepEqual(verdicts(standby, website("site", "web.eu.example.com"), named("api.eu")), [
      `fail ${PATH}`,
    ]);
  });

  it("takes no bucket for another record's that may be a relative one's", () => {
    const other = record("other", to(S3_WEST, S3_WEST_ZONE));
    const www = record("www", { name: "www" });
    const site = website("site", "www.example.com");
    assert.deepEqual(verdicts(standby, site, other, www), [`pass ${PATH}`]);
    assert.deepEqual(verdicts(standby, site, other), [`fail ${PATH}`]);
  });

  it("does not know whether a distribution answers for it, nor whether a CNAME's bucket does", () => {
    const www = record("www", { name: "app", ...to(CDN, CDN_ZONE) });
    assert.deepEqual(verdicts(distribution(), www), ["unknown name"]);
    const host = record("www", { name: "app", type: "CNAME", records: [`other.example.com.${S3_WEST}`] });
    assert.deepEqual(verdicts(host), ["unknown name"]);
  });

  it("does not know an alias to what may be a relative record of its own zone", () => {
    const entry = record("entry", to("pool.example.com", "Z1"));
    const pool = (properties = {}) => record("pool", { name: "pool", type: "CNAME", ...properties });
    assert.deepEqual(verdicts(entry, pool()), ["unknown name"]);
    assert.deepEqual(verdicts(entry, pool({ zoneId: "Z9" })), [`pass ${PATH}`]);
    assert.deepEqual(verdicts(entry, pool({ fqdn: "pool.example.com" })), ["fail type"]);
    assert.deepEqual(verdicts(entry, resource("aws:sqs/queue:Queue", "pool")), [`pass ${PATH}`]);
  });
});
