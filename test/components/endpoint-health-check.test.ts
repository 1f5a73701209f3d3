import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import * as sns from "@pulumi/aws/sns";
import { EndpointHealthCheck, type EndpointHealthCheckArgs } from "../../components/endpoint-health-check";
import { lines, named, record } from "./registrations";

describe("components/endpoint-health-check", () => {
  const HTTPS: EndpointHealthCheckArgs = {
    endpoint: { kind: "host", hostName: "us-east-1.profiles.example.com" },
    displayName: "us-east-1.profiles.example.com",
    path: "/healthz",
    timing: { type: "HTTPS", requestIntervalSeconds: 10, failureThreshold: 3 },
  };
  const build = (args = HTTPS) =>
    record(() => {
      const provider = new Provider("primary", { region: "us-east-1" });
      const before = new sns.Topic("before", {}, { provider });
      return new EndpointHealthCheck("primary-health", args, { provider, dependsOn: [before] });
    });

  it("is one check, made after what it is told to wait for", async () => {
    const { registrations } = await build();
    assert.deepEqual(lines(registrations), [
      "aws:route53/healthCheck:HealthCheck primary-health-check <- primary-health @primary",
      "aws:sns/topic:Topic before <- - @primary",
      "pulumi:providers:aws primary <- - @-",
      "warm-standby:components:EndpointHealthCheck primary-health <- - @-",
    ]);
    assert.deepEqual(named(registrations, "primary-health-check").waitsFor, ["before"]);
  });

  it("probes the host name over HTTPS with SNI, and belongs to DNS", async () => {
    const { registrations } = await build();
    assert.deepEqual(named(registrations, "primary-health-check").inputs, {
      type: "HTTPS",
      fqdn: "us-east-1.profiles.example.com",
      port: 443,
      resourcePath: "/healthz",
      enableSni: true,
      requestInterval: 10,
      failureThreshold: 3,
      tags: { role: "dns", region: "global", Name: "us-east-1.profiles.example.com" },
    });
  });

  it("probes an address over HTTP on port 80, without a server name", async () => {
    const { registrations } = await build({
      endpoint: { kind: "address", ipAddress: "192.0.2.1" },
      displayName: "web",
      path: "/health",
      timing: { type: "HTTP", requestIntervalSeconds: 30, failureThreshold: 2 },
    });
    assert.deepEqual(named(registrations, "primary-health-check").inputs, {
      type: "HTTP",
      ipAddress: "192.0.2.1",
      port: 80,
      resourcePath: "/health",
      requestInterval: 30,
      failureThreshold: 2,
      tags: { role: "dns", region: "global", Name: "web" },
    });
  });

  it("probes another port where one is given, and sends no server name to an address", async () => {
    const { registrations } = await build({
      ...HTTPS,
      endpoint: { kind: "address", ipAddress: "192.0.2.1" },
      port: 8443,
    });
    const { port, enableSni } = named(registrations, "primary-health-check").inputs;
    assert.deepEqual([port, enableSni], [8443, false]);
  });

  it("calls an address by a name where one is given: Host header, and server name over TLS", async () => {
    const endpoint = { kind: "address", ipAddress: "192.0.2.1", hostName: "relay.example.com" } as const;
    const inputsWith = async (type: "HTTP" | "HTTPS") => {
      const { registrations } = await build({ ...HTTPS, endpoint, timing: { ...HTTPS.timing, type } });
      const { ipAddress, fqdn, enableSni } = named(registrations, "primary-health-check").inputs;
      return { ipAddress, fqdn, enableSni };
    };
    const called = { ipAddress: "192.0.2.1", fqdn: "relay.example.com" };
    assert.deepEqual(await inputsWith("HTTPS"), { ...called, enableSni: true });
    assert.deepEqual(await inputsWith("HTTP"), { ...called, enableSni: undefined });
  });
});
