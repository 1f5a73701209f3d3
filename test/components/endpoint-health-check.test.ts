import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import * as sns from "@pulumi/aws/sns";
import { EndpointHealthCheck } from "../../components/endpoint-health-check";
import { lines, named, record } from "./registrations";

describe("components/endpoint-health-check", () => {
  const build = () =>
    record(() => {
      const provider = new Provider("primary", { region: "us-east-1" });
      const before = new sns.Topic("before", {}, { provider });
      return new EndpointHealthCheck(
        "primary-health",
        {
          hostName: "us-east-1.profiles.example.com",
          path: "/healthz",
          timing: { type: "HTTPS", requestIntervalSeconds: 10, failureThreshold: 3 },
        },
        { provider, dependsOn: [before] },
      );
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
});
