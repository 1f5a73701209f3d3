import assert from "node:assert/strict";
import { isHostName, isInZone, normalizeDnsName, qualifyRecordName } from "../../model/dns-name";

describe("model/dns-name", () => {
  it("compares labels, not letters", () => {
    assert.equal(isInZone("www.example.com", "example.com."), true);
    assert.equal(isInZone("Example.com", "example.com"), true);
    assert.equal(isInZone("badexample.com", "example.com"), false);
  });

  it("has one spelling for a name", () => {
    assert.equal(normalizeDnsName("WWW.Example.com."), "www.example.com");
    assert.equal(normalizeDnsName("\\052.example.com"), "*.example.com");
    assert.equal(normalizeDnsName("a\\052.example.com"), "a\\052.example.com");
  });

  it("qualifies a short name and keeps a complete one", () => {
    assert.equal(qualifyRecordName("www", "example.com"), "www.example.com");
    assert.equal(qualifyRecordName("", "example.com"), "example.com");
    assert.equal(qualifyRecordName("a.b.example.com.", "example.com"), "a.b.example.com");
    assert.equal(qualifyRecordName("a.b", undefined), "a.b");
  });

  it("tells a host name from a URL, a wildcard and a bare word", () => {
    const label63 = "a".repeat(63);
    for (const good of ["example.com", "a-b.example.com", `${label63}.example.com`]) {
      assert.equal(isHostName(good), true, good);
    }
    const bad = [
      "https://example.com",
      "example.com:443",
      "example.com/x",
      "*.example.com",
      "example",
      "-a.example.com",
    ];
    for (const name of [
      ...bad,
      "a-.example.com",
      "a..example.com",
      `${label63}a.example.com`,
      "",
      "a b.example.com",
    ]) {
      assert.equal(isHostName(name), false, name);
    }
  });
});
