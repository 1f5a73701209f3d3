import assert from "node:assert/strict";
import { doorAt, doorsOf, type Knock, schemesOf } from "../../../rehearsal/loopback/doors";
import type { PlayedEndpoint } from "../../../rehearsal/loopback/play";

type Kind = PlayedEndpoint["kind"];

const knock = (kind: Kind, speaks: Knock["speaks"], port: number, sendsServerName = true) => {
  const door = doorAt(doorsOf({ kind }), { speaks, port, sendsServerName });
  return door.kind === "open" ? door.scheme : door.why;
};

describe("rehearsal/loopback/doors", () => {
  it("opens each kind of endpoint at the ports that its service listens on", () => {
    const kinds: Kind[] = ["api-gateway", "s3-website", "cloudfront", "load-balancer", "instance", "outside"];
    assert.deepEqual(
      kinds.map((kind) => [
        kind,
        knock(kind, "https", 443),
        knock(kind, "http", 80),
        knock(kind, "http", 8080),
      ]),
      [
        ["api-gateway", "https", "nothing listens on port 80", "nothing listens on port 8080"],
        ["s3-website", "nothing listens on port 443", "http", "nothing listens on port 8080"],
        ["cloudfront", "https", "http", "nothing listens on port 8080"],
        ["load-balancer", "https", "http", "http"],
        ["instance", "https", "http", "http"],
        ["outside", "https", "http", "http"],
      ],
    );
  });

  it("needs a server name where names share an address, for HTTPS only", () => {
    const failed = "TLS handshake failed: no server name (SNI)";
    assert.equal(knock("api-gateway", "https", 443, false), failed);
    assert.equal(knock("cloudfront", "https", 443, false), failed);
    assert.equal(knock("cloudfront", "http", 80, false), "http");
    assert.equal(knock("cloudfront", "tcp", 443, false), "https");
    assert.equal(knock("instance", "https", 443, false), "https");
  });

  it("tells a port that speaks something else from one that is shut", () => {
    assert.equal(knock("cloudfront", "http", 443), "port 443 speaks HTTPS only");
    assert.equal(knock("s3-website", "https", 80), "port 80 speaks HTTP only");
    assert.equal(knock("s3-website", "tcp", 443), "nothing listens on port 443");
  });

  it("names the schemes that have a port", () => {
    assert.deepEqual(schemesOf(doorsOf({ kind: "s3-website" })), ["http"]);
    assert.deepEqual(schemesOf(doorsOf({ kind: "api-gateway" })), ["https"]);
    assert.deepEqual(schemesOf(doorsOf({ kind: "outside" })), ["https", "http"]);
  });
});
