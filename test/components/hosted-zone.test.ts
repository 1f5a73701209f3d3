import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { type HostedZoneChoice, hostedZone } from "../../components/hosted-zone";
import { lines, named, record } from "./registrations";

describe("components/hosted-zone", () => {
  const build = async (kind: HostedZoneChoice["kind"]) => {
    const asked: unknown[] = [];
    const recording = await record(
      async () => {
        const provider = new Provider("primary", { region: "us-east-1" });
        const { id } = await hostedZone("zone", { kind, name: "example.com" }, { provider });
        return new Promise((resolve) => pulumi.output(id).apply(resolve));
      },
      {
        "aws:route53/getZone:getZone": (inputs, provider) => {
          asked.push({ inputs, provider });
          return { zoneId: "Z-found" };
        },
      },
    );
    return { ...recording, asked };
  };

  it("finds a public zone by its name through the given provider, and creates nothing", async () => {
    const { registrations, result, asked } = await build("existing");
    assert.deepEqual(lines(registrations), ["pulumi:providers:aws primary <- - @-"]);
    assert.deepEqual(asked, [{ inputs: { name: "example.com", privateZone: false }, provider: "primary" }]);
    assert.equal(result, "Z-found");
  });

  it("creates a zone that belongs to DNS, and looks nothing up", async () => {
    const { registrations, result, asked } = await build("created");
    assert.deepEqual(lines(registrations), [
      "aws:route53/zone:Zone zone <- - @primary",
      "pulumi:providers:aws primary <- - @-",
    ]);
    assert.deepEqual(named(registrations, "zone").inputs, {
      name: "example.com",
      comment: "Managed by Pulumi",
      forceDestroy: false,
      tags: { role: "dns", region: "global" },
    });
    assert.deepEqual(asked, []);
    assert.equal(result, "zone-of-zone");
  });

  it("says in one line, without a stack trace, that there is no such zone", async () => {
    const { result } = await record(
      () => {
        const provider = new Provider("primary", { region: "us-east-1" });
        return hostedZone("zone", { kind: "existing", name: "example.com" }, { provider }).catch(
          (error: unknown) => error,
        );
      },
      {
        "aws:route53/getZone:getZone": () => {
          // Pulumi reads a failed call as gRPC reports it.
          throw Object.assign(new Error(), {
            details: "no matching Route 53 Hosted Zone found\n  at a line",
          });
        },
      },
    );
    assert.ok(pulumi.RunError.isInstance(result));
    assert.equal(
      result.message,
      "hosted zone example.com cannot be looked up: no matching Route 53 Hosted Zone found; correct hostedZoneName, or set createHostedZone to true",
    );
  });
});
