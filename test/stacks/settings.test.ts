import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import {
  parseSettings,
  SETTING_DEFAULTS,
  SETTING_NAMES,
  SETTINGS_NAMESPACE,
  SYSTEMS,
} from "../../stacks/settings";
import type { ProfileApiSettings } from "../../stacks/settings/profile-api";
import { messagesOf, refusal, settingsOf } from "./parsed-settings";

const ROOT = path.join(__dirname, "../..");
const stackFiles = () =>
  readdirSync(ROOT).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.slice(1) ?? []);
const yamlFile = (name: string) => parse(readFileSync(path.join(ROOT, name), "utf8"));

const DEFAULTS: ProfileApiSettings = {
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
  objectives: { rtoSeconds: 300, standbyMonthlyUsd: 50, stackMonthlyUsd: undefined },
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
      stackMonthlyBudgetUsd: "12",
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
      objectives: { rtoSeconds: 277, standbyMonthlyUsd: 4.5, stackMonthlyUsd: 12 },
      bound: {
        kind: "bound",
        detectionSeconds: 186,
        propagationSeconds: 30,
        ttlSeconds: 60,
        rtoSeconds: 276,
      },
    });
  });

  it("passes over settings of other programs", () => {
    assert.equal(
      parseSettings({ "aws:region": "moon", "pulumi:tags": "{}", "warm-standby-2:x": "1" }, "dev").kind,
      "ok",
    );
  });

  it("refuses a key that it does not know, and proposes the nearest that it does", () => {
    assert.deepEqual(messagesOf({ primaryRegoin: "us-east-1" }), [
      "warm-standby:primaryRegoin is not a setting; allowed: those that Pulumi.yaml lists; rename it to warm-standby:primaryRegion in Pulumi.dev.yaml",
    ]);
    assert.deepEqual(messagesOf({ colour: "blue" }), [
      "warm-standby:colour is not a setting; allowed: those that Pulumi.yaml lists; remove it from Pulumi.dev.yaml",
    ]);
  });

  it("has the default of the system where the systems differ, for a setting that is absent or auto", () => {
    const auto: Record<string, string> = { healthCheckIntervalSeconds: "auto", domainName: "auto" };
    for (const values of [{}, auto]) {
      assert.equal(settingsOf(values).healthCheck.requestIntervalSeconds, 10);
      assert.equal(settingsOf(values).failoverName, "profiles.example.com");
    }
    assert.deepEqual(messagesOf({ throttlingBurst: "auto" }), [
      refusal("throttlingBurst", "auto", "a whole number from 1 to 5000", "200"),
    ]);
  });

  it("refuses a setting of another system, and passes over its default", () => {
    assert.deepEqual(messagesOf({ system: "static-site", lambdaMemoryMb: "256" }), []);
    assert.deepEqual(messagesOf({ system: "static-site", lambdaMemoryMb: "512" }), [
      "warm-standby:lambdaMemoryMb is 512, but static-site has no such setting; allowed: 256, the default; remove it from Pulumi.dev.yaml",
    ]);
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
      [...SETTING_NAMES],
    );
  });

  it("is declared as text, so that our own check sees every value, and described with its real type", () => {
    for (const [name, { type, description }] of declared) {
      assert.equal(type, "string", name);
      assert.match(description, /^[a-z][a-zA-Z0-9 -]*: .+/, name);
    }
  });

  it("runs from source, without type check", () => {
    assert.deepEqual(project.runtime, {
      name: "nodejs",
      options: { typescript: false, nodeargs: "--require ./build/load-typescript.js" },
    });
  });

  for (const stack of stackFiles()) {
    it(`accepts Pulumi.${stack}.yaml`, () => {
      const { config } = yamlFile(`Pulumi.${stack}.yaml`);
      const raw = Object.fromEntries(Object.entries(config).map(([key, value]) => [key, String(value)]));
      const parsed = parseSettings(raw, stack);
      assert.deepEqual(parsed.kind === "invalid" ? parsed.messages : [], []);
      assert.ok(SYSTEMS.includes(config["warm-standby:system"]));
    });
  }

  it("lets all stacks live in one account: their names differ", () => {
    const stacks = stackFiles();
    const names = stacks.map((stack) => yamlFile(`Pulumi.${stack}.yaml`).config["warm-standby:domainName"]);
    assert.equal(new Set(names).size, stacks.length);
    assert.ok(stacks.length >= 2);
  });
});
