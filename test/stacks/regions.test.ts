import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { profileApi } from "../../stacks/profile-api";
import { type Invokes, lines, record } from "../components/registrations";
import { settingsOf } from "./parsed-settings";
import { CODE, INVOKES } from "./profile-api-stack";

/** Runs the whole stack with these answers about regions; it must end in a RunError with only providers made. */
async function refused(getRegion: Invokes[string]): Promise<string> {
  const { registrations, result: error } = await record(
    () => profileApi(settingsOf(), CODE).catch((it: unknown) => it),
    { ...INVOKES, "aws:index/getRegion:getRegion": getRegion },
  );
  assert.ok(pulumi.RunError.isInstance(error));
  assert.deepEqual(lines(registrations), [
    "pulumi:providers:aws primary <- - @-",
    "pulumi:providers:aws standby <- - @-",
  ]);
  return error.message;
}

describe("stacks/regions", () => {
  const elsewhere = (side: string, got: string, allowed: string) =>
    `the ${side} provider is in ${got}; allowed: ${allowed}, as warm-standby:${side}Region says; correct the setting or what redirects the provider`;

  it("stops before anything but the providers when one of them is elsewhere", async () => {
    assert.equal(
      await refused(() => ({ region: "us-west-2" })),
      elsewhere("primary", "us-west-2", "us-east-1"),
    );
  });

  it("names both sides when both are elsewhere", async () => {
    const swapped: Invokes[string] = (_, provider) => ({
      region: provider === "primary" ? "us-west-2" : "us-east-1",
    });
    assert.equal(
      await refused(swapped),
      `${elsewhere("primary", "us-west-2", "us-east-1")}\n${elsewhere("standby", "us-east-1", "us-west-2")}`,
    );
  });

  it("says in one line that a provider does not answer", async () => {
    const expired: Invokes[string] = (_, provider) => {
      if (provider === "primary") return { region: "us-east-1" };
      throw Object.assign(new Error(), { details: "the security token is expired\n  at a line" });
    };
    assert.equal(
      await refused(expired),
      "the region of the standby provider cannot be looked up: the security token is expired; check the credentials and the network",
    );
  });
});
