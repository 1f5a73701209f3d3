import assert from "node:assert/strict";
import { messagesOf, refusal, systemSettingsOf } from "./parsed-settings";

const messages = (values: Readonly<Record<string, string>>) =>
  messagesOf({ system: "data-relay", ...values });
const HOSTS = "a=relay-a.example.net@1, b=relay-b.example.net@1";

describe("stacks/settings/data-relay", () => {
  it("is two gateways over HTTP unless set", () => {
    assert.deepEqual(systemSettingsOf("data-relay"), {
      system: "data-relay",
      environment: "dev",
      failoverName: "relay.example.com",
      zone: { kind: "existing", name: "example.com" },
      healthCheck: { type: "HTTP", requestIntervalSeconds: 30, failureThreshold: 3 },
      alerts: { kind: "topic" },
      objectives: { rtoSeconds: 300, standbyMonthlyUsd: 50, stackMonthlyUsd: 5 },
      gateways: {
        recordType: "A",
        members: [
          { name: "gateway-a", target: "203.0.113.10", weight: 50 },
          { name: "gateway-b", target: "198.51.100.10", weight: 50 },
        ],
      },
      scheme: "http",
      check: { path: "/health", port: undefined },
      recordTtlSeconds: 60,
      bound: {
        kind: "bound",
        detectionSeconds: 114,
        propagationSeconds: 30,
        ttlSeconds: 60,
        rtoSeconds: 204,
      },
    });
  });

  it("takes port, scheme and TTL from the settings", () => {
    const read = (values: Readonly<Record<string, string>>) => systemSettingsOf("data-relay", values);
    assert.equal(read({ gatewayScheme: "https" }).healthCheck.type, "HTTPS");
    assert.deepEqual(
      ["1", "65535", "standard"].map((port) => read({ healthCheckPort: port }).check.port),
      [1, 65_535, undefined],
    );
    assert.equal(read({ recordTtlSeconds: "20" }).bound.rtoSeconds, 164);
  });

  for (const port of ["0", "65536", "http"]) {
    it(`refuses the port ${port}`, () => {
      assert.deepEqual(messages({ healthCheckPort: port }), [
        refusal("healthCheckPort", port, "standard, or a whole number from 1 to 65535", "standard"),
      ]);
    });
  }

  it("refuses what else is wrong, all at once", () => {
    assert.deepEqual(
      messages({
        gateways: "a=52.0.0.1@1",
        gatewayScheme: "tcp",
        healthCheckPath: "health",
        recordTtlSeconds: "61",
      }),
      [
        refusal(
          "gateways",
          "a=52.0.0.1@1, but one is no set",
          "2 to 100 gateways as name=target@weight, with public targets of one kind (IPv4, IPv6 or host names) and weights from 0 to 255",
          'something like "gateway-a=203.0.113.10@50, gateway-b=198.51.100.10@50"',
        ),
        refusal("gatewayScheme", "tcp", "http or https", "http"),
        refusal("healthCheckPath", "health", "a path that begins with /", "/health"),
        refusal("recordTtlSeconds", "61", "a whole number from 1 to 60", "60"),
      ],
    );
  });

  it("refuses host names at the apex of the zone, and addresses there not", () => {
    assert.deepEqual(messages({ domainName: "example.com", gateways: HOSTS }), [
      refusal(
        "domainName",
        "example.com, the apex of its zone, where DNS has no CNAME, and the gateways are host names",
        "a name below the apex, or gateways with addresses",
        "relay.example.com",
      ),
    ]);
    assert.deepEqual(messages({ domainName: "example.com" }), []);
    assert.deepEqual(messages({ domainName: "relay.example.com", gateways: HOSTS }), []);
  });

  it("refuses a gateway that is the relay itself", () => {
    assert.deepEqual(messages({ gateways: "a=relay.example.com@1, b=relay-b.example.net@1" }), [
      refusal(
        "gateways",
        '"a=relay.example.com@1, b=relay-b.example.net@1", but a leads to domainName, which the gateways answer for',
        "each gateway's own host name or address",
        "a=a.example.net@1 and the others as they are",
      ),
    ]);
  });

  it("refuses an objective that the TTL makes miss, and not one second more", () => {
    assert.deepEqual(messages({ rtoObjectiveSeconds: "205" }), []);
    assert.deepEqual(messages({ rtoObjectiveSeconds: "204" }), [
      refusal(
        "rtoObjectiveSeconds",
        "204, but the bound is 204 s (detection 114 + propagation 30 + TTL 60)",
        "more than 204",
        "205, or healthCheckFailureThreshold to 2 (bound 168 s), or healthCheckIntervalSeconds to 10 (bound 144 s)",
      ),
    ]);
  });

  it("refuses settings that only systems in AWS have", () => {
    assert.equal(messages({ primaryRegion: "eu-west-1" }).length, 1);
  });
});
