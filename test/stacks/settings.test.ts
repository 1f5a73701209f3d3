import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import {
  parseSettings,
  SETTING_DEFAULTS,
  SETTING_NAMES,
  SETTINGS_NAMESPACE,
  type Settings,
  SYSTEMS,
} from "../../stacks/settings";

const ROOT = path.join(__dirname, "../..");
const yamlFile = (name: string) => parse(readFileSync(path.join(ROOT, name), "utf8"));

const keyed = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`${SETTINGS_NAMESPACE}:${name}`, value]));
const messagesOf = (values: Record<string, string>): string[] => {
  const parsed = parseSettings(keyed(values), "dev");
  return parsed.kind === "invalid" ? parsed.messages : [];
};
const settingsOf = (values: Record<string, string> = {}): Settings => {
  const parsed = parseSettings(keyed(values), "dev");
  if (parsed.kind === "invalid") throw new Error(parsed.messages.join("\n"));
  return parsed.settings;
};

const DEFAULTS: Settings = {
  system: "profile-api",
  environment: "dev",
  failoverName: "profiles.example.com",
  zone: { kind: "existing", name: "example.com" },
  primaryRegion: "us-east-1",
  standbyRegion: "us-west-2",
  healthCheck: { type: "HTTPS", requestIntervalSeconds: 10, failureThreshold: 3 },
  records: { kind: "alias" },
  deletionProtection: true,
  lambda: { memoryMb: 256, concurrency: { kind: "unreserved" } },
  throttling: { ratePerSecond: 100, burst: 200 },
  logRetentionDays: 14,
  alerts: { kind: "topic" },
  objectives: { rtoSeconds: 300, standbyMonthlyUsd: 50 },
  bound: { kind: "bound", detectionSeconds: 54, propagationSeconds: 30, ttlSeconds: 60, rtoSeconds: 144 },
};

describe("stacks/settings", () => {
  it("has a default for everything", () => {
    assert.deepEqual(settingsOf(), DEFAULTS);
  });

  it("reads every setting", () => {
    const settings = settingsOf({
      system: "profile-api",
      domainName: "people.example.com",
      hostedZoneName: "people.example.com",
      createHostedZone: "true",
      primaryRegion: "eu-central-1",
      standbyRegion: "ap-southeast-2",
      healthCheckIntervalSeconds: "30",
      healthCheckFailureThreshold: "5",
      recordMode: "alias",
      cnameTtlSeconds: "60",
      deletionProtection: "false",
      lambdaMemoryMb: "10240",
      reservedConcurrency: "1",
      throttlingRatePerSecond: "1",
      throttlingBurst: "16",
      logRetentionDays: "365",
      alertEmail: "on-call+dns@example.com",
      rtoObjectiveSeconds: "277",
      standbyMonthlyBudgetUsd: "4.5",
    });
    assert.deepEqual(settings, {
      system: "profile-api",
      environment: "dev",
      failoverName: "people.example.com",
      zone: { kind: "created", name: "people.example.com" },
      primaryRegion: "eu-central-1",
      standbyRegion: "ap-southeast-2",
      healthCheck: { type: "HTTPS", requestIntervalSeconds: 30, failureThreshold: 5 },
      records: { kind: "alias" },
      deletionProtection: false,
      lambda: { memoryMb: 10_240, concurrency: { kind: "reserved", executions: 1 } },
      throttling: { ratePerSecond: 1, burst: 16 },
      logRetentionDays: 365,
      alerts: { kind: "email", address: "on-call+dns@example.com" },
      objectives: { rtoSeconds: 277, standbyMonthlyUsd: 4.5 },
      bound: {
        kind: "bound",
        detectionSeconds: 186,
        propagationSeconds: 30,
        ttlSeconds: 60,
        rtoSeconds: 276,
      },
    });
  });

  it("counts the CNAME's own TTL in the bound, and only in that mode", () => {
    const cname = settingsOf({ recordMode: "cname", cnameTtlSeconds: "5" });
    assert.deepEqual(cname.records, { kind: "cname", ttlSeconds: 5 });
    assert.equal(cname.bound.rtoSeconds, 54 + 30 + 5);
    assert.equal(settingsOf({ cnameTtlSeconds: "5" }).bound.rtoSeconds, 144);
  });

  it("passes over settings of other programs", () => {
    assert.equal(
      parseSettings({ "aws:region": "moon", "pulumi:tags": "{}", "warm-standby-2:x": "1" }, "dev").kind,
      "ok",
    );
  });

  const edit = (name: string, got: string, allowed: string, lever: string) =>
    `warm-standby:${name} is ${got}; allowed: ${allowed}; set it to ${lever} in Pulumi.dev.yaml`;
  const later = (name: string) =>
    edit("system", `${name}, which is not in this version yet`, "profile-api", "profile-api");
  const region = (name: string, got: string, lever: string) =>
    edit(name, got, "an AWS region name such as us-east-1", lever);
  const commercial = "a region of the commercial partition, where Route 53's health metrics are";
  const label = "a host name of at least two labels (letters, digits, hyphens)";

  /** `[setting, text, message]`: each alone is exactly one message. */
  const WRONG: readonly [string, string, string][] = [
    ["system", "web", edit("system", "web", "profile-api", "profile-api")],
    ["system", "", edit("system", "empty", "profile-api", "profile-api")],
    ["system", "homelab-assistant", later("homelab-assistant")],
    ["system", "data-relay", later("data-relay")],
    ["system", "static-site", later("static-site")],
    ["system", "web-server", later("web-server")],
    ...hostNameFaults("domainName", "profiles.example.com"),
    [
      "domainName",
      "PROFILES.example.com",
      edit("domainName", "PROFILES.example.com", "a host name in lower case", "profiles.example.com"),
    ],
    ["domainName", "profiles", edit("domainName", "profiles", label, "profiles.example.com")],
    ["domainName", "", edit("domainName", "empty", label, "profiles.example.com")],
    [
      "domainName",
      "pro files.example.com",
      edit("domainName", '"pro files.example.com"', label, "profiles.example.com"),
    ],
    [
      "domainName",
      "profiles..example.com",
      edit("domainName", "profiles..example.com", label, "profiles.example.com"),
    ],
    [
      "domainName",
      "_profiles.example.com",
      edit("domainName", "_profiles.example.com", label, "profiles.example.com"),
    ],
    ["domainName", "192.0.2.1", edit("domainName", "192.0.2.1", label, "profiles.example.com")],
    [
      "domainName",
      `${"a".repeat(53)}.example.com`,
      edit(
        "domainName",
        `${"a".repeat(53)}.example.com`,
        "a host name of up to 64 characters, the longest that ACM certifies",
        "profiles.example.com",
      ),
    ],
    [
      "domainName",
      "profiles.badexample.com",
      edit(
        "domainName",
        "profiles.badexample.com, which is outside the hosted zone example.com",
        "the zone's own name or a name below it",
        "profiles.example.com",
      ),
    ],
    ["hostedZoneName", "example", edit("hostedZoneName", "example", label, "example.com")],
    ["createHostedZone", "yes", edit("createHostedZone", "yes", "true or false", "true")],
    ["createHostedZone", "", edit("createHostedZone", "empty", "true or false", "false")],
    ["primaryRegion", "us-east1", region("primaryRegion", "us-east1", "us-east-1")],
    ["primaryRegion", "us-east-1a", region("primaryRegion", "us-east-1a", "us-east-1")],
    ["primaryRegion", "US-EAST-1", region("primaryRegion", "US-EAST-1", "us-east-1")],
    ["standbyRegion", "us-west-0", region("standbyRegion", "us-west-0", "us-west-2")],
    ["standbyRegion", "", region("standbyRegion", "empty", "us-west-2")],
    ["standbyRegion", "us-gov-west-1", edit("standbyRegion", "us-gov-west-1", commercial, "us-west-2")],
    ["standbyRegion", "cn-north-1", edit("standbyRegion", "cn-north-1", commercial, "us-west-2")],
    [
      "standbyRegion",
      "us-east-1",
      edit(
        "standbyRegion",
        "us-east-1, the primary's own region",
        "another region than primaryRegion",
        "us-west-2",
      ),
    ],
    [
      "primaryRegion",
      "us-west-2",
      edit(
        "standbyRegion",
        "us-west-2, the primary's own region",
        "another region than primaryRegion",
        "us-east-1",
      ),
    ],
    ["healthCheckIntervalSeconds", "20", edit("healthCheckIntervalSeconds", "20", "10 or 30", "10")],
    ["healthCheckIntervalSeconds", "10.0", edit("healthCheckIntervalSeconds", "10.0", "10 or 30", "10")],
    [
      "healthCheckFailureThreshold",
      "0",
      edit("healthCheckFailureThreshold", "0", "a whole number from 1 to 10", "3"),
    ],
    [
      "healthCheckFailureThreshold",
      "11",
      edit("healthCheckFailureThreshold", "11", "a whole number from 1 to 10", "3"),
    ],
    ["recordMode", "CNAME", edit("recordMode", "CNAME", "alias or cname", "alias")],
    ["cnameTtlSeconds", "abc", edit("cnameTtlSeconds", "abc", "a whole number from 1 to 60", "10")],
    ["cnameTtlSeconds", "0", edit("cnameTtlSeconds", "0", "a whole number from 1 to 60", "10")],
    ["cnameTtlSeconds", "61", edit("cnameTtlSeconds", "61", "a whole number from 1 to 60", "10")],
    ["deletionProtection", "1", edit("deletionProtection", "1", "true or false", "true")],
    ["lambdaMemoryMb", "127", edit("lambdaMemoryMb", "127", "a whole number from 128 to 10240", "256")],
    ["lambdaMemoryMb", "10241", edit("lambdaMemoryMb", "10241", "a whole number from 128 to 10240", "256")],
    [
      "reservedConcurrency",
      "0",
      edit("reservedConcurrency", "0", "none, or a whole number from 1 to 1000", "10"),
    ],
    [
      "throttlingRatePerSecond",
      "0",
      edit("throttlingRatePerSecond", "0", "a whole number from 1 to 10000", "100"),
    ],
    [
      "throttlingRatePerSecond",
      "1",
      edit(
        "throttlingRatePerSecond",
        "1, less than the 16 checkers need at one request each in 10 s",
        "2 or more",
        "100",
      ),
    ],
    ["throttlingBurst", "5001", edit("throttlingBurst", "5001", "a whole number from 1 to 5000", "200")],
    [
      "throttlingBurst",
      "15",
      edit("throttlingBurst", "15, but 16 checkers can ask in the same moment", "16 or more", "200"),
    ],
    [
      "logRetentionDays",
      "0",
      edit(
        "logRetentionDays",
        "0",
        "1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653",
        "14",
      ),
    ],
    ["alertEmail", "on-call", edit("alertEmail", "on-call", "none, or one e-mail address", "none")],
    [
      "alertEmail",
      "a@example.com,b@example.com",
      edit("alertEmail", "a@example.com,b@example.com", "none, or one e-mail address", "none"),
    ],
    ["alertEmail", "", edit("alertEmail", "empty", "none, or one e-mail address", "none")],
    ["rtoObjectiveSeconds", "0", edit("rtoObjectiveSeconds", "0", "a whole number from 1 to 86400", "300")],
    [
      "rtoObjectiveSeconds",
      "-300",
      edit("rtoObjectiveSeconds", "-300", "a whole number from 1 to 86400", "300"),
    ],
    [
      "rtoObjectiveSeconds",
      "NaN",
      edit("rtoObjectiveSeconds", "NaN", "a whole number from 1 to 86400", "300"),
    ],
    [
      "rtoObjectiveSeconds",
      "1e3",
      edit("rtoObjectiveSeconds", "1e3", "a whole number from 1 to 86400", "300"),
    ],
    [
      "rtoObjectiveSeconds",
      "0x100",
      edit("rtoObjectiveSeconds", "0x100", "a whole number from 1 to 86400", "300"),
    ],
    [
      "rtoObjectiveSeconds",
      "5 minutes",
      edit("rtoObjectiveSeconds", '"5 minutes"', "a whole number from 1 to 86400", "300"),
    ],
    [
      "standbyMonthlyBudgetUsd",
      "-1",
      edit("standbyMonthlyBudgetUsd", "-1", "an amount above 0 and up to 1000000, in USD", "50"),
    ],
    [
      "standbyMonthlyBudgetUsd",
      "0",
      edit("standbyMonthlyBudgetUsd", "0", "an amount above 0 and up to 1000000, in USD", "50"),
    ],
    [
      "standbyMonthlyBudgetUsd",
      "$50",
      edit("standbyMonthlyBudgetUsd", "$50", "an amount above 0 and up to 1000000, in USD", "50"),
    ],
    [
      "standbyMonthlyBudgetUsd",
      "Infinity",
      edit("standbyMonthlyBudgetUsd", "Infinity", "an amount above 0 and up to 1000000, in USD", "50"),
    ],
    [
      "primaryRegoin",
      "us-east-1",
      "warm-standby:primaryRegoin is not a setting; allowed: those that Pulumi.yaml lists; rename it to warm-standby:primaryRegion in Pulumi.dev.yaml",
    ],
    [
      "colour",
      "blue",
      "warm-standby:colour is not a setting; allowed: those that Pulumi.yaml lists; remove it from Pulumi.dev.yaml",
    ],
  ];

  function hostNameFaults(name: string, lever: string): [string, string, string][] {
    return [
      [name, `https://${lever}`, edit(name, `https://${lever}`, "a host name without a scheme", lever)],
      [name, `${lever}:443`, edit(name, `${lever}:443`, "a host name without a port", lever)],
      [name, `${lever}/healthz`, edit(name, `${lever}/healthz`, "a host name without a path", lever)],
      [name, `*.${lever}`, edit(name, `*.${lever}`, "a host name without a wildcard", lever)],
      [name, `${lever}.`, edit(name, `${lever}.`, "a host name without the final dot", lever)],
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

  it("refuses a CNAME at the zone's apex, where an alias may be", () => {
    assert.deepEqual(messagesOf({ domainName: "example.com", recordMode: "alias" }), []);
    assert.deepEqual(messagesOf({ domainName: "example.com", recordMode: "cname" }), [
      edit(
        "recordMode",
        "cname, but example.com is the apex of its zone, where DNS has no CNAME",
        "alias at the apex, alias or cname below it",
        "alias",
      ),
    ]);
  });

  describe("holds the bound against the objective", () => {
    it("refuses a bound that equals it and proposes what would be below", () => {
      assert.deepEqual(messagesOf({ rtoObjectiveSeconds: "145" }), []);
      assert.deepEqual(messagesOf({ rtoObjectiveSeconds: "144" }), [
        edit(
          "rtoObjectiveSeconds",
          "144, but the bound is 144 s (detection 54 + propagation 30 + TTL 60)",
          "more than 144",
          "145, or healthCheckFailureThreshold to 2 (bound 128 s)",
        ),
      ]);
    });

    it("proposes the shorter interval too", () => {
      assert.deepEqual(messagesOf({ healthCheckIntervalSeconds: "30", healthCheckFailureThreshold: "6" }), [
        edit(
          "rtoObjectiveSeconds",
          "300, but the bound is 312 s (detection 222 + propagation 30 + TTL 60)",
          "more than 312",
          "313, or healthCheckFailureThreshold to 5 (bound 276 s), or healthCheckIntervalSeconds to 10 (bound 192 s)",
        ),
      ]);
    });

    it("proposes a larger objective where nothing else would do", () => {
      assert.deepEqual(messagesOf({ rtoObjectiveSeconds: "60" }), [
        edit(
          "rtoObjectiveSeconds",
          "60, but the bound is 144 s (detection 54 + propagation 30 + TTL 60)",
          "more than 144",
          "145",
        ),
      ]);
    });

    it("gives settings only when the bound is below", () => {
      fc.assert(
        fc.property(
          fc.constantFrom("10", "30"),
          fc.integer({ min: 1, max: 10 }),
          fc.integer({ min: 1, max: 60 }),
          fc.integer({ min: 1, max: 600 }),
          (healthCheckIntervalSeconds, threshold, ttl, objective) => {
            const values = {
              healthCheckIntervalSeconds,
              healthCheckFailureThreshold: `${threshold}`,
              recordMode: "cname",
              cnameTtlSeconds: `${ttl}`,
              rtoObjectiveSeconds: `${objective}`,
            };
            // Computed anew: threshold rounds of interval and 6 s, one more 6 s, 30 s of propagation, the TTL.
            const bound = threshold * (Number(healthCheckIntervalSeconds) + 6) + 6 + 30 + ttl;
            assert.equal(messagesOf(values).length, bound < objective ? 0 : 1);
          },
        ),
      );
    });
  });

  it("reports every wrong setting at once, in the order of the settings", () => {
    const messages = messagesOf({
      colour: "blue",
      system: "web",
      domainName: "https://profiles.example.com",
      primaryRegion: "us-west-2",
      healthCheckIntervalSeconds: "20",
      cnameTtlSeconds: "abc",
      rtoObjectiveSeconds: "0",
      standbyMonthlyBudgetUsd: "-1",
    });
    assert.deepEqual(
      messages.map((message) => message.split(" ")[0]),
      [
        "warm-standby:colour",
        "warm-standby:system",
        "warm-standby:domainName",
        "warm-standby:healthCheckIntervalSeconds",
        "warm-standby:cnameTtlSeconds",
        "warm-standby:rtoObjectiveSeconds",
        "warm-standby:standbyMonthlyBudgetUsd",
        "warm-standby:standbyRegion",
      ],
    );
  });

  it("keeps every message on one line, whatever the text", () => {
    const nasty = fc.string({
      unit: fc.constantFrom("a", " ", "\n", "\r", "\t", "\0", "\u0085", "\u2028", "\u{e0001}"),
    });
    fc.assert(
      fc.property(fc.constantFrom(...SETTING_NAMES), nasty, (name, text) => {
        const messages = [...messagesOf({ [name]: text }), ...messagesOf({ [`${name}${text}`]: "x" })];
        for (const message of messages) {
          assert.match(message, /^[^\p{C}\p{Zl}\p{Zp}]{1,1000}$/u);
          assert.doesNotMatch(message, /please|!$/i);
        }
      }),
    );
  });
});

describe("stacks/settings and the project's files", () => {
  const project = yamlFile("Pulumi.yaml");
  const declared: [string, { type: string; default: unknown; description: string }][] = Object.entries(
    project.config,
  )
    .filter(([key]) => key.startsWith(`${SETTINGS_NAMESPACE}:`))
    .map(([key, value]) => [key.slice(SETTINGS_NAMESPACE.length + 1), value as never]);

  it("is declared in Pulumi.yaml setting for setting, with the same default", () => {
    assert.equal(project.name, SETTINGS_NAMESPACE);
    assert.deepEqual(
      Object.fromEntries(declared.map(([name, setting]) => [name, setting.default])),
      SETTING_DEFAULTS,
    );
    assert.deepEqual(
      declared.map(([name]) => name),
      SETTING_NAMES,
    );
  });

  it("is declared as text, so that our own check sees every value, and described with its real type", () => {
    for (const [name, { type, description }] of declared) {
      assert.equal(type, "string", name);
      assert.match(description, /^[a-z][a-z -]*: .+/, name);
    }
  });

  it("runs from source, without type check", () => {
    assert.deepEqual(project.runtime, {
      name: "nodejs",
      options: { typescript: false, nodeargs: "--import tsx" },
    });
  });

  for (const stack of ["dev", "prod"]) {
    it(`accepts Pulumi.${stack}.yaml`, () => {
      const { config } = yamlFile(`Pulumi.${stack}.yaml`);
      const raw = Object.fromEntries(Object.entries(config).map(([key, value]) => [key, String(value)]));
      const parsed = parseSettings(raw, stack);
      assert.deepEqual(parsed.kind === "invalid" ? parsed.messages : [], []);
      assert.ok(SYSTEMS.includes(config["warm-standby:system"]));
    });
  }

  it("lets dev and prod live in one account: their names differ", () => {
    const names = ["dev", "prod"].map(
      (stack) => yamlFile(`Pulumi.${stack}.yaml`).config["warm-standby:domainName"],
    );
    assert.equal(new Set(names).size, 2);
  });
});
