import assert from "node:assert/strict";
import {
  CHECKER_CIDRS,
  CHECKER_RANGES,
  checkerPrefixListName,
  defaultCheckPort,
  isCheckerPrefixListName,
} from "../../model/checker-addresses";
import { ipv4Range, uncovered } from "../../model/cidr";

describe("model/checker-addresses", () => {
  it("holds 32 blocks, each read as one, none within another", () => {
    assert.equal(CHECKER_CIDRS.length, 32);
    assert.equal(CHECKER_RANGES.length, 32);
    for (const range of CHECKER_RANGES) {
      assert.deepEqual(
        uncovered(
          [range],
          CHECKER_RANGES.filter((other) => other !== range),
        ),
        [range],
      );
    }
  });

  it("agrees with ip-ranges.json, which has the first sixteen as one block", () => {
    const whole = ipv4Range("15.177.0.0/18");
    assert.ok(whole);
    assert.deepEqual(uncovered(CHECKER_RANGES, [whole]), CHECKER_RANGES.slice(16));
    assert.equal(CHECKER_CIDRS[0], "15.177.2.0/23");
    assert.equal(CHECKER_CIDRS[15], "15.177.62.0/23");
  });

  it("names AWS's prefix lists, and knows no others by them", () => {
    assert.equal(checkerPrefixListName("ipv4", "us-east-1"), "com.amazonaws.us-east-1.route53-healthchecks");
    assert.equal(
      checkerPrefixListName("ipv6", "us-west-2"),
      "com.amazonaws.us-west-2.ipv6.route53-healthchecks",
    );
    for (const family of ["ipv4", "ipv6"] as const) {
      const other = family === "ipv4" ? "ipv6" : "ipv4";
      const name = checkerPrefixListName(family, "eu-west-1");
      assert.equal(isCheckerPrefixListName(name, family), true);
      assert.equal(isCheckerPrefixListName(name, other), false);
      assert.equal(isCheckerPrefixListName(`${name}x`, family), false);
      assert.equal(isCheckerPrefixListName(`x${name}`, family), false);
    }
    assert.equal(isCheckerPrefixListName("", "ipv4"), false);
  });

  it("knows the ports that checks fall back to", () => {
    assert.deepEqual(
      (["HTTP", "HTTP_STR_MATCH", "HTTPS", "HTTPS_STR_MATCH", "TCP", "CALCULATED"] as const).map(
        defaultCheckPort,
      ),
      [80, 80, 443, 443, undefined, undefined],
    );
  });
});
