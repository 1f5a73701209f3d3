import assert from "node:assert/strict";
import { messagesOf, refusal } from "./parsed-settings";

describe("stacks/setting-values", () => {
  const systems = "profile-api, homelab-assistant, data-relay, static-site or web-server";
  const region = (name: string, got: string, lever: string) =>
    refusal(name, got, "an AWS region name such as us-east-1", lever);
  const commercial = "a region of the commercial partition, where Route 53's health metrics are";
  const label = "a host name of at least two labels (letters, digits, hyphens)";

  /** `[setting, text, message]`: each alone is exactly one message. */
  const WRONG: readonly [string, string, string][] = [
    ["system", "web", refusal("system", "web", systems, "profile-api")],
    ["system", "", refusal("system", "empty", systems, "profile-api")],
    ...hostNameFaults("domainName", "profiles.example.com"),
    [
      "domainName",
      "PROFILES.example.com",
      refusal("domainName", "PROFILES.example.com", "a host name in lower case", "profiles.example.com"),
    ],
    ["domainName", "profiles", refusal("domainName", "profiles", label, "profiles.example.com")],
    ["domainName", "", refusal("domainName", "empty", label, "profiles.example.com")],
    [
      "domainName",
      "pro files.example.com",
      refusal("domainName", '"pro files.example.com"', label, "profiles.example.com"),
    ],
    [
      "domainName",
      "profiles..example.com",
      refusal("domainName", "profiles..example.com", label, "profiles.example.com"),
    ],
    [
      "domainName",
      "_profiles.example.com",
      refusal("domainName", "_profiles.example.com", label, "profiles.example.com"),
    ],
    ["domainName", "192.0.2.1", refusal("domainName", "192.0.2.1", label, "profiles.example.com")],
    [
      "domainName",
      `${"a".repeat(53)}.example.com`,
      refusal(
        "domainName",
        `${"a".repeat(53)}.example.com`,
        "a host name of up to 64 characters, the longest that ACM certifies",
        "profiles.example.com",
      ),
    ],
    ["hostedZoneName", "example", refusal("hostedZoneName", "example", label, "example.com")],
    ["createHostedZone", "yes", refusal("createHostedZone", "yes", "true or false", "true")],
    ["createHostedZone", "", refusal("createHostedZone", "empty", "true or false", "false")],
    ["primaryRegion", "us-east1", region("primaryRegion", "us-east1", "us-east-1")],
    ["primaryRegion", "us-east-1a", region("primaryRegion", "us-east-1a", "us-east-1")],
    ["primaryRegion", "US-EAST-1", region("primaryRegion", "US-EAST-1", "us-east-1")],
    ["primaryRegion", "us-east-9", region("primaryRegion", "us-east-9", "us-east-1")],
    ["standbyRegion", "us-west-0", region("standbyRegion", "us-west-0", "us-west-2")],
    ["standbyRegion", "", region("standbyRegion", "empty", "us-west-2")],
    ["standbyRegion", "us-gov-west-1", refusal("standbyRegion", "us-gov-west-1", commercial, "us-west-2")],
    ["standbyRegion", "cn-north-1", refusal("standbyRegion", "cn-north-1", commercial, "us-west-2")],
    ["healthCheckIntervalSeconds", "20", refusal("healthCheckIntervalSeconds", "20", "10 or 30", "10")],
    ["healthCheckIntervalSeconds", "10.0", refusal("healthCheckIntervalSeconds", "10.0", "10 or 30", "10")],
    [
      "healthCheckFailureThreshold",
      "0",
      refusal("healthCheckFailureThreshold", "0", "a whole number from 1 to 10", "3"),
    ],
    [
      "healthCheckFailureThreshold",
      "11",
      refusal("healthCheckFailureThreshold", "11", "a whole number from 1 to 10", "3"),
    ],
    ["recordMode", "CNAME", refusal("recordMode", "CNAME", "alias or cname", "alias")],
    ["cnameTtlSeconds", "abc", refusal("cnameTtlSeconds", "abc", "a whole number from 1 to 60", "10")],
    ["cnameTtlSeconds", "0", refusal("cnameTtlSeconds", "0", "a whole number from 1 to 60", "10")],
    ["cnameTtlSeconds", "61", refusal("cnameTtlSeconds", "61", "a whole number from 1 to 60", "10")],
    ["deletionProtection", "1", refusal("deletionProtection", "1", "true or false", "true")],
    ["lambdaMemoryMb", "127", refusal("lambdaMemoryMb", "127", "a whole number from 128 to 10240", "256")],
    [
      "lambdaMemoryMb",
      "10241",
      refusal("lambdaMemoryMb", "10241", "a whole number from 128 to 10240", "256"),
    ],
    [
      "reservedConcurrency",
      "0",
      refusal("reservedConcurrency", "0", "none, or a whole number from 1 to 1000", "10"),
    ],
    [
      "throttlingRatePerSecond",
      "0",
      refusal("throttlingRatePerSecond", "0", "a whole number from 1 to 10000", "100"),
    ],
    ["throttlingBurst", "5001", refusal("throttlingBurst", "5001", "a whole number from 1 to 5000", "200")],
    [
      "logRetentionDays",
      "0",
      refusal(
        "logRetentionDays",
        "0",
        "1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653",
        "14",
      ),
    ],
    ["alertEmail", "on-call", refusal("alertEmail", "on-call", "none, or one e-mail address", "none")],
    [
      "alertEmail",
      "a@example.com,b@example.com",
      refusal("alertEmail", "a@example.com,b@example.com", "none, or one e-mail address", "none"),
    ],
    ["alertEmail", "", refusal("alertEmail", "empty", "none, or one e-mail address", "none")],
    [
      "rtoObjectiveSeconds",
      "0",
      refusal("rtoObjectiveSeconds", "0", "a whole number from 1 to 86400", "300"),
    ],
    [
      "rtoObjectiveSeconds",
      "-300",
      refusal("rtoObjectiveSeconds", "-300", "a whole number from 1 to 86400", "300"),
    ],
    [
      "rtoObjectiveSeconds",
      "NaN",
      refusal("rtoObjectiveSeconds", "NaN", "a whole number from 1 to 86400", "300"),
    ],
    [
      "rtoObjectiveSeconds",
      "1e3",
      refusal("rtoObjectiveSeconds", "1e3", "a whole number from 1 to 86400", "300"),
    ],
    [
      "rtoObjectiveSeconds",
      "0x100",
      refusal("rtoObjectiveSeconds", "0x100", "a whole number from 1 to 86400", "300"),
    ],
    [
      "rtoObjectiveSeconds",
      "5 minutes",
      refusal("rtoObjectiveSeconds", '"5 minutes"', "a whole number from 1 to 86400", "300"),
    ],
    [
      "standbyMonthlyBudgetUsd",
      "-1",
      refusal("standbyMonthlyBudgetUsd", "-1", "an amount above 0 and up to 1000000, in USD", "50"),
    ],
    [
      "standbyMonthlyBudgetUsd",
      "0",
      refusal("standbyMonthlyBudgetUsd", "0", "an amount above 0 and up to 1000000, in USD", "50"),
    ],
    [
      "standbyMonthlyBudgetUsd",
      "$50",
      refusal("standbyMonthlyBudgetUsd", "$50", "an amount above 0 and up to 1000000, in USD", "50"),
    ],
    [
      "standbyMonthlyBudgetUsd",
      "Infinity",
      refusal("standbyMonthlyBudgetUsd", "Infinity", "an amount above 0 and up to 1000000, in USD", "50"),
    ],
  ];

  function hostNameFaults(name: string, lever: string): [string, string, string][] {
    return [
      [name, `https://${lever}`, refusal(name, `https://${lever}`, "a host name without a scheme", lever)],
      [name, `${lever}:443`, refusal(name, `${lever}:443`, "a host name without a port", lever)],
      [name, `${lever}/healthz`, refusal(name, `${lever}/healthz`, "a host name without a path", lever)],
      [name, `*.${lever}`, refusal(name, `*.${lever}`, "a host name without a wildcard", lever)],
      [name, `${lever}.`, refusal(name, `${lever}.`, "a host name without the final dot", lever)],
    ];
  }

  for (const [name, text, message] of WRONG) {
    it(`refuses ${name} "${text.slice(0, 40)}"`, () => {
      assert.deepEqual(messagesOf({ [name]: text }), [message]);
    });
  }

  it("accepts both ends of every range", () => {
    for (const [name, texts] of Object.entries({
      healthCheckFailureThreshold: ["1", "10"],
      cnameTtlSeconds: ["1", "60"],
      lambdaMemoryMb: ["128", "10240"],
      reservedConcurrency: ["1", "1000", "none"],
      throttlingRatePerSecond: ["2", "10000"],
      throttlingBurst: ["16", "5000"],
      rtoObjectiveSeconds: ["145", "86400"],
      standbyMonthlyBudgetUsd: ["0.01", "1000000"],
      domainName: [`${"a".repeat(52)}.example.com`, "example.com"],
    })) {
      for (const text of texts) assert.deepEqual(messagesOf({ [name]: text }), [], `${name} ${text}`);
    }
  });
});
