import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { lookUp } from "../../components/look-up";

describe("components/look-up", () => {
  it("passes an answer on", async () => {
    assert.equal(await lookUp("it", Promise.resolve("answer"), "lever"), "answer");
  });

  it("keeps the provider's first line and drops what Pulumi and Terraform put around it", async () => {
    for (const message of [
      "no such zone",
      "no such zone\n    at somewhere",
      "invocation of aws:route53/getZone:getZone returned an error: no such zone",
      "Invoke of 'aws:route53/getZone:getZone' failed: no such zone",
      "invocation of aws:route53/getZone:getZone returned an error: invoking aws:route53/getZone:getZone: 1 error occurred:\n\t* no such zone\n\n",
    ]) {
      const error = await lookUp("zone z", Promise.reject(new Error(message)), "create it").catch((it) => it);
      assert.ok(pulumi.RunError.isInstance(error));
      assert.equal(error.message, "zone z cannot be looked up: no such zone; create it");
    }
  });
});
