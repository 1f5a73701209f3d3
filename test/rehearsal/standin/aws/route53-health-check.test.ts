import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../model/unknown";
import { MemoryAccount } from "../../../../rehearsal/standin/aws/account";
import { HEALTH_CHECK } from "../../../../rehearsal/standin/aws/route53-health-check";
import { made, reasonsOf, refusal } from "./account-fixture";

const BASE = { type: "HTTPS", fqdn: "us-east-1.profiles.example.com" };

function reasons(change: object): string[] {
  return reasonsOf(HEALTH_CHECK, { ...BASE, ...change });
}

describe("standin/aws/route53-health-check", () => {
  it("makes a check with a UUID, and leaves what is given as it is", () => {
    const { id, outputs } = made(HEALTH_CHECK, { ...BASE, requestInterval: 10, failureThreshold: 3 });
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(outputs.arn, `arn:aws:route53:::healthcheck/${id}`);
    assert.equal(outputs.requestInterval, 10);
    assert.equal(outputs.failureThreshold, 3);
    assert.equal(outputs.measureLatency, false);
    assert.equal("requestInterval" in made(HEALTH_CHECK, BASE).outputs, false);
    assert.equal(made(HEALTH_CHECK, BASE).outputs.failureThreshold, 3);
  });

  it("sends the server name for HTTPS alone unless told otherwise", () => {
    const sni = (inputs: object) => made(HEALTH_CHECK, { ...BASE, ...inputs }).outputs.enableSni;
    assert.equal(sni({}), true);
    assert.equal(sni({ type: "HTTPS_STR_MATCH", searchString: "ok" }), false);
    assert.equal(sni({ type: "HTTPS_STR_MATCH", searchString: "ok", enableSni: true }), true);
    assert.equal(sni({ type: "HTTP" }), false);
    assert.equal(reasons({ type: "HTTP", enableSni: true }).length, 1);
  });

  it("takes the intervals and thresholds of Route 53, both ends included", () => {
    for (const requestInterval of [10, 30, UNKNOWN]) assert.deepEqual(reasons({ requestInterval }), []);
    assert.deepEqual(reasons({ requestInterval: 20 }), [
      "requestInterval: AWS takes 10 or 30, got 20; the interval cannot be changed after creation",
    ]);
    for (const failureThreshold of [1, 10, UNKNOWN]) assert.deepEqual(reasons({ failureThreshold }), []);
    for (const failureThreshold of [0, 11, 2.5]) {
      assert.deepEqual(reasons({ failureThreshold }), [
        `failureThreshold: AWS takes a whole number from 1 to 10, got ${failureThreshold}`,
      ]);
    }
  });

  it("needs an endpoint, and one that its checkers can reach", () => {
    assert.deepEqual(reasons({ fqdn: undefined }), [
      "fqdn and ipAddress are missing, and the check needs one of them to probe",
    ]);
    assert.deepEqual(reasons({ fqdn: undefined, ipAddress: "52.0.0.1" }), []);
    assert.deepEqual(reasons({ fqdn: "https://example.com" }), [
      'fqdn: AWS takes a host name without scheme, port or path, got "https://example.com"',
    ]);
    const inside = ["127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.0.1"];
    const alsoInside = [
      "100.64.0.1",
      "100.127.255.255",
      "198.18.0.1",
      "224.0.0.1",
      "255.255.255.255",
      "0.0.0.0",
    ];
    for (const ipAddress of [...inside, ...alsoInside, "::1", "fe80::1", "fd00::1", "ff02::1", "nine"]) {
      assert.deepEqual(reasons({ ipAddress }), [
        `ipAddress: AWS takes a public IPv4 or IPv6 address that its checkers can reach, got "${ipAddress}"`,
      ]);
    }
    const outside = ["172.15.0.1", "172.32.0.1", "100.63.255.255", "100.128.0.1", "192.0.2.1", "2001:db8::1"];
    for (const ipAddress of [...outside, "223.255.255.1"])
      assert.deepEqual(reasons({ ipAddress }), [], ipAddress);
  });

  it("needs what its type needs", () => {
    assert.deepEqual(reasons({ type: "HTTPS_STR_MATCH" }), [
      "searchString is missing, and a string match looks for it",
    ]);
    assert.deepEqual(reasons({ searchString: "ok" }), [
      "searchString: only HTTP_STR_MATCH and HTTPS_STR_MATCH checks have it; leave it out",
    ]);
    const match = (length: number) => reasons({ type: "HTTP_STR_MATCH", searchString: "x".repeat(length) });
    assert.deepEqual(match(255), []);
    assert.deepEqual(match(256), ["searchString: AWS takes 255 characters, got 256"]);
    assert.deepEqual(reasons({ type: "TCP" }), ["port is missing, and a TCP check connects to one"]);
    assert.deepEqual(reasonsOf(HEALTH_CHECK, { type: "CLOUDWATCH_METRIC" }).length, 2);
    assert.deepEqual(reasonsOf(HEALTH_CHECK, { type: "CALCULATED" }).length, 1);
    assert.deepEqual(reasonsOf(HEALTH_CHECK, { type: "RECOVERY_CONTROL" }), [
      "routingControlArn is missing, and the check follows that control",
    ]);
    assert.deepEqual(reasons({ type: "PING" }).length, 1);
    assert.deepEqual(reasonsOf(HEALTH_CHECK, { type: UNKNOWN }), []);
  });

  it("takes three or more of the checkers' regions", () => {
    const three = ["us-east-1", "us-west-1", "us-west-2"];
    assert.deepEqual(reasons({ regions: three }), []);
    assert.deepEqual(reasons({ regions: three.slice(1) }), ["regions: AWS takes 3 regions or more, got 2"]);
    assert.match(
      reasons({ regions: [...three, "us-east-2"] })[0] ?? "",
      /^regions: no checkers in "us-east-2"/,
    );
    assert.deepEqual(reasons({ regions: [UNKNOWN] }), []);
    assert.deepEqual(reasons({ regions: ["us-east-1", UNKNOWN] }), []);
  });

  it("counts children that exist", () => {
    const account = new MemoryAccount(true);
    const { id } = made(HEALTH_CHECK, BASE, { account, name: "child" });
    const parent = (children: string[]) =>
      made(
        HEALTH_CHECK,
        { type: "CALCULATED", childHealthchecks: children, childHealthThreshold: 1 },
        { account, name: "parent" },
      );
    assert.equal(parent([id]).outputs.failureThreshold, 0);
    assert.deepEqual(
      refusal(() => parent([id, "gone"])),
      ['aws:route53/healthCheck:HealthCheck "parent": child health check gone does not exist'],
    );
  });
});
