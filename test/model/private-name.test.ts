import assert from "node:assert/strict";
import { whyPrivate } from "../../model/private-name";

describe("model/private-name", () => {
  it("knows the top-level names that are never public", () => {
    for (const top of [
      "alt corp example home internal intranet invalid lan local localhost onion private test home.arpa",
    ].flatMap((tops) => tops.split(" "))) {
      assert.equal(whyPrivate(`nas.${top}`), `ends in .${top}, which public DNS does not know`);
    }
    assert.equal(whyPrivate("LOCALHOST."), "ends in .localhost, which public DNS does not know");
  });

  it("takes a name for public that only resembles one of them", () => {
    for (const name of [
      "app.example.com",
      "internal.example.com",
      "local.example.com",
      "mylan.example.com",
      "lan.com",
      "internal-web.example.com",
      "_probe.example.com",
      "arpa.example.com",
      "web-1.us-east-1.elb.amazonaws.com",
    ]) {
      assert.equal(whyPrivate(name), undefined, name);
    }
  });

  it("refuses a single label, an address and what is no host name", () => {
    assert.equal(whyPrivate("nas"), "is a single label, which public DNS does not know");
    for (const address of ["10.0.0.5", "52.0.0.1", "7"]) {
      assert.equal(whyPrivate(address), "is an address or a number; a check takes an address as ipAddress");
    }
    for (const text of [
      "https://app.example.com",
      "app.example.com:443",
      "app.example.com/healthz",
      "a b.c",
      "a..b",
      ".",
    ]) {
      assert.match(whyPrivate(text) ?? "", /^is no host name: /, text);
    }
  });

  it("knows the names that AWS gives to private addresses", () => {
    assert.equal(
      whyPrivate("internal-web-1.us-east-1.elb.amazonaws.com"),
      "is an internal load balancer, whose addresses are private",
    );
    assert.equal(
      whyPrivate("abc123-vpce-0a1b.execute-api.us-east-1.amazonaws.com"),
      "is a private API by its interface endpoint, whose addresses are private",
    );
    assert.equal(whyPrivate("abc123.execute-api.us-east-1.amazonaws.com"), undefined);
    assert.equal(
      whyPrivate("vpce-1.execute-api.us-east-1.vpce.amazonaws.com"),
      "is an interface endpoint, whose addresses are private",
    );
  });
});
