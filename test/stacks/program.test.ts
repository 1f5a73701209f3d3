import assert from "node:assert/strict";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parseOutputs } from "../../contract/read-outputs";
import { lines, record } from "../components/registrations";

const PROGRAM = path.join(__dirname, "../../index.ts");

/** Loads the program anew, as Pulumi does, with this configuration. */
function run(config: Record<string, string>) {
  return record(
    () => {
      pulumi.runtime.setAllConfig(config);
      delete require.cache[PROGRAM];
      try {
        return (require(PROGRAM) as () => Promise<Record<string, unknown>>)();
      } catch (error) {
        return { error };
      }
    },
    {
      "aws:index/getRegion:getRegion": (_, provider) => ({
        region: provider === "primary" ? "us-east-1" : "us-west-2",
      }),
      "aws:route53/getZone:getZone": () => ({ zoneId: "Z1" }),
    },
  );
}

describe("index", () => {
  after(() => pulumi.runtime.setAllConfig({}));

  // The first run may have to bundle the function.
  it("stands up the system and exports the contract's outputs, each under its name", async () => {
    const result = await (await run({ "warm-standby:system": "profile-api" })).result;
    const outputs = await new Promise((resolve) => pulumi.output(result).apply(resolve));
    const parsed = parseOutputs(outputs, "test");
    assert.deepEqual(parsed.kind === "invalid" ? parsed.messages : [], []);
    assert.deepEqual(Object.keys(result).sort(), [
      "alarmTopicArns",
      "endpoints",
      "environment",
      "healthCheckId",
      "records",
      "regions",
      "rto",
      "schema",
      "system",
      "table",
      "zoneId",
    ]);
  }).timeout(30_000);

  it("takes the code from the project's own folder, by a path that names no machine", async () => {
    const { registrations } = await run({});
    const paths = await Promise.all(
      registrations.flatMap(({ inputs }) =>
        pulumi.asset.FileArchive.isInstance(inputs.code)
          ? [(inputs.code as pulumi.asset.FileArchive).path]
          : [],
      ),
    );
    const expected = path.relative(process.cwd(), path.join(PROGRAM, "../functions/dist/profile-api"));
    assert.deepEqual(paths, [expected, expected]);
  });

  it("refuses wrong settings all at once, without a stack trace, before it registers anything", async () => {
    const { registrations, result } = await run({
      "warm-standby:system": "relay",
      "warm-standby:healthCheckIntervalSeconds": "20",
      "warm-standby:standbyRegoin": "us-west-1",
    });
    assert.ok(pulumi.RunError.isInstance(result.error));
    assert.equal(
      result.error.message,
      [
        "warm-standby:standbyRegoin is not a setting; allowed: those that Pulumi.yaml lists; rename it to warm-standby:standbyRegion in Pulumi.test.yaml",
        "warm-standby:system is relay; allowed: profile-api, homelab-assistant, data-relay, static-site or web-server; set it to profile-api in Pulumi.test.yaml",
        "warm-standby:healthCheckIntervalSeconds is 20; allowed: 10 or 30; set it to 10 in Pulumi.test.yaml",
      ].join("\n"),
    );
    assert.deepEqual(lines(registrations), []);
  });
});
