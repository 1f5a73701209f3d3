import assert from "node:assert/strict";
import { AddressBook } from "../../../rehearsal/loopback/address-book";
import { doorsOf } from "../../../rehearsal/loopback/doors";
import { type PlayedCheck, readPlay } from "../../../rehearsal/loopback/play";
import { probeTarget } from "../../../rehearsal/loopback/probe-target";
import { answerQuery } from "../../../rehearsal/simulation/answer";
import { stream } from "../../../rehearsal/simulation/random";
import { onlySet } from "../simulation/plan-fixture";
import { NAME, PRIMARY, PRIMARY_NAME, profilePlan, STANDBY } from "./plan-fixture";

const plan = profilePlan();
const play = readPlay(plan, onlySet(plan));
const book = new AddressBook(plan.endpoints);

function target(
  changes: Partial<PlayedCheck>,
  kind: "api-gateway" | "instance" = "api-gateway",
  healthy = true,
) {
  const doors = doorsOf({ kind });
  book.listensAt(PRIMARY, { doors, ports: { http: 4_001, https: 4_001 } });
  book.listensAt(STANDBY, { doors, ports: { http: 4_002, https: 4_002 } });
  const zone = { plan, addressesOf: (urn: string, type: "A" | "AAAA") => book.addressesOf(urn, type) };
  const answer = (question: { name: string; type: string }) =>
    answerQuery(zone, question, () => healthy, stream(1, "answers"));
  return probeTarget({ ...(play.checks[0] as PlayedCheck), ...changes }, { book, answer });
}

describe("rehearsal/loopback/probe-target", () => {
  it("leads from the check's name through DNS to the port of its endpoint", () => {
    assert.deepEqual(target({}), { kind: "found", port: 4_001, hostHeader: PRIMARY_NAME });
    const standby = "us-west-2.profiles.example.com";
    assert.deepEqual(target({ fqdn: standby }), { kind: "found", port: 4_002, hostHeader: standby });
  });

  it("follows the failover name to whoever it leads to at the moment", () => {
    assert.deepEqual(target({ fqdn: NAME }), { kind: "found", port: 4_001, hostHeader: NAME });
    assert.deepEqual(target({ fqdn: NAME }, "api-gateway", false), {
      kind: "found",
      port: 4_002,
      hostHeader: NAME,
    });
  });

  it("goes to an address without asking DNS, and names it where the check has no name", () => {
    const [ipAddress] = book.addressesOf(STANDBY, "A");
    assert.deepEqual(target({ ipAddress, fqdn: "any.example.com" }), {
      kind: "found",
      port: 4_002,
      hostHeader: "any.example.com",
    });
    assert.deepEqual(target({ ipAddress, fqdn: undefined }), {
      kind: "found",
      port: 4_002,
      hostHeader: ipAddress,
    });
  });

  it("adds a port to the Host header unless it is the usual one", () => {
    const host = (type: PlayedCheck["type"], port: number) => {
      const found = target({ type, port }, "instance");
      return found.kind === "found" ? found.hostHeader : found.kind === "failed" ? found.why : "silent";
    };
    assert.equal(host("HTTPS", 443), PRIMARY_NAME);
    assert.equal(host("HTTPS", 8443), `${PRIMARY_NAME}:8443`);
    assert.equal(host("HTTP", 80), PRIMARY_NAME);
    assert.equal(host("HTTP", 443), `${PRIMARY_NAME}:443`);
  });

  it("fails as Route 53 does where the name leads nowhere", () => {
    assert.deepEqual(target({ fqdn: "nowhere.example.com" }), {
      kind: "failed",
      why: "DNS resolution failed",
    });
    assert.deepEqual(target({ fqdn: undefined }), { kind: "failed", why: "DNS resolution failed" });
    assert.deepEqual(target({ ipAddress: "203.0.113.99" }), {
      kind: "failed",
      why: "nothing answers at 203.0.113.99",
    });
  });

  it("fails on API Gateway without SNI and on another port than 443, and not on an instance", () => {
    assert.deepEqual(target({ sendsServerName: false }), {
      kind: "failed",
      why: "TLS handshake failed: no server name (SNI)",
    });
    assert.deepEqual(target({ type: "HTTP", port: 80 }), {
      kind: "failed",
      why: "nothing listens on port 80",
    });
    assert.equal(target({ sendsServerName: false }, "instance").kind, "found");
    assert.equal(target({ type: "HTTP", port: 80 }, "instance").kind, "found");
  });
});
