import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parseOutputs } from "../../contract/read-outputs";
import { failoverPairs } from "../../model/failover-plan";
import { planFromResources } from "../../model/plan-from-resources";
import { recoveryBound } from "../../model/recovery-bound";
import { resourceRole } from "../../model/resource-placement";
import type { StackResource } from "../../model/stack-resource";
import type { Properties } from "../../model/unknown";
import { profileApi, regionalName, TABLE_ACTIONS } from "../../stacks/profile-api";
import { parseSettings, type Settings } from "../../stacks/settings";
import { type Invokes, lines, named, type Registration, record } from "../components/registrations";

const CODE = { directory: "functions/dist/profile-api", buildId: "0123456789ab" };
const INVOKES: Invokes = {
  "aws:index/getRegion:getRegion": (_, provider) => ({
    region: provider === "primary" ? "us-east-1" : "us-west-2",
  }),
  "aws:route53/getZone:getZone": () => ({ zoneId: "Z1" }),
};

function settingsOf(values: Record<string, string> = {}): Settings {
  const raw = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`warm-standby:${name}`, value]),
  );
  const parsed = parseSettings(raw, "dev");
  if (parsed.kind === "invalid") throw new Error(parsed.messages.join("\n"));
  return parsed.settings;
}

const build = (values?: Record<string, string>, invokes = INVOKES) =>
  record(() => profileApi(settingsOf(values), CODE), invokes);

/** What the pack and the rehearsal would read of it before anything exists: inputs and where they came from. */
function asStackResources(registrations: readonly Registration[]): StackResource[] {
  const urnOf = (name: string, customOnly = false) =>
    registrations.find((it) => it.name === name && (!customOnly || isCustom(it)))?.urn ?? "";
  return registrations.map((it) => ({
    urn: it.urn,
    type: it.type,
    name: it.name,
    custom: isCustom(it),
    parent: it.parent && urnOf(it.parent),
    provider: it.provider && urnOf(it.provider),
    properties: it.inputs as Properties,
    dependencies: it.waitsFor.map((name) => urnOf(name, true)),
    propertyDependencies: Object.fromEntries(
      Object.entries(it.computedFrom).map(([key, names]) => [key, names.map((name) => urnOf(name, true))]),
    ),
  }));
}

const isCustom = ({ type }: Registration) => !type.startsWith("warm-standby:");
const isProvider = ({ type }: Registration) => type === "pulumi:providers:aws";
const isIam = ({ type }: Registration) => type === "aws:iam/rolePolicy:RolePolicy";

/** The resources of one region's API, with the types before and the parents behind the arrow. */
const apiLines = (side: string) => [
  `aws:apigatewayv2/api:Api ${side}-api-http <- ${side}-api @${side}`,
  `aws:apigatewayv2/apiMapping:ApiMapping ${side}-api-failover-domain-mapping <- ${side}-api-failover-domain @${side}`,
  `aws:apigatewayv2/apiMapping:ApiMapping ${side}-api-regional-domain-mapping <- ${side}-api-regional-domain @${side}`,
  `aws:apigatewayv2/domainName:DomainName ${side}-api-failover-domain-name <- ${side}-api-failover-domain @${side}`,
  `aws:apigatewayv2/domainName:DomainName ${side}-api-regional-domain-name <- ${side}-api-regional-domain @${side}`,
  `aws:apigatewayv2/integration:Integration ${side}-api-integration <- ${side}-api @${side}`,
  `aws:apigatewayv2/route:Route ${side}-api-route-get-profile <- ${side}-api @${side}`,
  `aws:apigatewayv2/route:Route ${side}-api-route-health <- ${side}-api @${side}`,
  `aws:apigatewayv2/route:Route ${side}-api-route-put-profile <- ${side}-api @${side}`,
  `aws:apigatewayv2/stage:Stage ${side}-api-stage <- ${side}-api @${side}`,
  `aws:cloudwatch/logGroup:LogGroup ${side}-api-access-logs <- ${side}-api @${side}`,
  `aws:cloudwatch/logGroup:LogGroup ${side}-api-function-logs <- ${side}-api-function @${side}`,
  `aws:iam/role:Role ${side}-api-function-role <- ${side}-api-function @${side}`,
  `aws:iam/rolePolicy:RolePolicy ${side}-api-function-policy <- ${side}-api-function @${side}`,
  `aws:lambda/function:Function ${side}-api-function-handler <- ${side}-api-function @${side}`,
  `aws:lambda/permission:Permission ${side}-api-permission <- ${side}-api @${side}`,
  `aws:route53/record:Record ${side}-api-record-a <- ${side}-api @${side}`,
  `aws:route53/record:Record ${side}-api-record-aaaa <- ${side}-api @${side}`,
  `warm-standby:components:ApiDomain ${side}-api-failover-domain <- ${side}-api @-`,
  `warm-standby:components:ApiDomain ${side}-api-regional-domain <- ${side}-api @-`,
  `warm-standby:components:ApiFunction ${side}-api-function <- ${side}-api @-`,
  `warm-standby:components:RegionalApi ${side}-api <- - @-`,
];

const WHOLE_STACK = [
  ...apiLines("primary"),
  ...apiLines("standby"),
  "aws:acm/certificate:Certificate certificate-primary <- certificate @primary",
  "aws:acm/certificate:Certificate certificate-standby <- certificate @standby",
  "aws:acm/certificateValidation:CertificateValidation certificate-primary-validation <- certificate @primary",
  "aws:acm/certificateValidation:CertificateValidation certificate-standby-validation <- certificate @standby",
  "aws:cloudwatch/metricAlarm:MetricAlarm health-alarm <- health @primary",
  "aws:cloudwatch/metricAlarm:MetricAlarm replication-alarm <- replication @primary",
  "aws:cloudwatch/metricAlarm:MetricAlarm standby-errors-alarm <- standby-errors @standby",
  "aws:dynamodb/table:Table profiles-table <- profiles @primary",
  "aws:route53/healthCheck:HealthCheck primary-health-check <- primary-health @primary",
  "aws:route53/record:Record certificate-validation-record <- certificate @primary",
  "aws:route53/record:Record failover-primary-a <- failover @primary",
  "aws:route53/record:Record failover-primary-aaaa <- failover @primary",
  "aws:route53/record:Record failover-standby-a <- failover @primary",
  "aws:route53/record:Record failover-standby-aaaa <- failover @primary",
  "aws:sns/topic:Topic health-alerts-topic <- health-alerts @primary",
  "aws:sns/topic:Topic replication-alerts-topic <- replication-alerts @primary",
  "aws:sns/topic:Topic standby-errors-alerts-topic <- standby-errors-alerts @standby",
  "pulumi:providers:aws primary <- - @-",
  "pulumi:providers:aws standby <- - @-",
  "warm-standby:components:AlertTopic health-alerts <- health @-",
  "warm-standby:components:AlertTopic replication-alerts <- replication @-",
  "warm-standby:components:AlertTopic standby-errors-alerts <- standby-errors @-",
  "warm-standby:components:EndpointHealthCheck primary-health <- - @-",
  "warm-standby:components:FailoverRecords failover <- - @-",
  "warm-standby:components:GlobalTable profiles <- - @-",
  "warm-standby:components:HealthAlarm health <- - @-",
  "warm-standby:components:ReplicationAlarm replication <- - @-",
  "warm-standby:components:SharedCertificate certificate <- - @-",
  "warm-standby:components:StandbyErrorsAlarm standby-errors <- - @-",
].sort();

describe("stacks/profile-api", () => {
  let registrations: readonly Registration[];
  let outputs: unknown;
  before(async () => {
    const recording = await build();
    registrations = recording.registrations;
    outputs = await new Promise((resolve) => pulumi.output(recording.result).apply(resolve));
  });
  const failover = () => registrations.filter(({ parent }) => parent === "failover");

  it("is exactly these resources, each with its parent and provider", () => {
    assert.deepEqual(lines(registrations), WHOLE_STACK);
  });

  it("has two providers, which tag what they make", () => {
    const tags = (role: string, region: string) =>
      JSON.stringify({ tags: { system: "profile-api", environment: "dev", role, region } });
    assert.deepEqual(
      registrations.filter(isProvider).map(({ name, inputs }) => [name, inputs.region, inputs.defaultTags]),
      [
        ["primary", "us-east-1", tags("primary", "us-east-1")],
        ["standby", "us-west-2", tags("standby", "us-west-2")],
      ],
    );
  });

  it("leaves nothing to a default provider", () => {
    const strays = registrations.filter((it) => isCustom(it) && !isProvider(it) && it.provider === undefined);
    assert.deepEqual(lines(strays), []);
  });

  it("keeps each side's resources on its own provider", () => {
    for (const { name, provider } of registrations) {
      if (provider === undefined) continue;
      if (/^(standby|certificate-standby)/.test(name)) assert.equal(provider, "standby", name);
      if (/^(primary|certificate-primary)/.test(name)) assert.equal(provider, "primary", name);
    }
  });

  it("never computes a value of one side's API from the other side's", () => {
    for (const side of ["primary", "standby"]) {
      const other = side === "primary" ? "standby" : "primary";
      for (const { name, computedFrom } of registrations.filter(({ name }) =>
        name.startsWith(`${side}-api`),
      )) {
        for (const source of Object.values(computedFrom).flat()) {
          assert.ok(
            !source.startsWith(other) && source !== `certificate-${other}-validation`,
            `${name} <- ${source}`,
          );
        }
      }
    }
  });

  it("gives each function the permission on its own region's table only", () => {
    const policies = registrations
      .filter(isIam)
      .map(({ name, inputs }) => [name, JSON.parse(inputs.policy as string).Statement[0]]);
    const statement = (region: string) => ({
      Sid: "SingleItemsOfTheLocalTable",
      Effect: "Allow",
      Action: ["dynamodb:GetItem", "dynamodb:UpdateItem"],
      Resource: [`arn:aws:dynamodb:${region}:123456789012:table/profiles-table-1`],
    });
    assert.deepEqual(policies, [
      ["primary-api-function-policy", statement("us-east-1")],
      ["standby-api-function-policy", statement("us-west-2")],
    ]);
  });

  it("has no wildcard in an action, and in a resource only where Lambda chooses the name", () => {
    for (const { inputs } of registrations.filter(isIam)) {
      const statements: { Action: string[]; Resource: string[] }[] = JSON.parse(
        inputs.policy as string,
      ).Statement;
      assert.deepEqual(
        statements
          .flatMap(({ Action, Resource }) => [...Action, ...Resource])
          .filter((it) => it.includes("*")),
        statements
          .flatMap(({ Resource }) => Resource)
          .filter((it) => /:log-group:\/aws\/lambda\/dev-[a-z]+-api:log-stream:\*$/.test(it)),
      );
    }
  });

  it("allows on the table what the function's code calls, and nothing else", () => {
    const source = readFileSync(path.join(__dirname, "../../functions/profile-api/profile-store.ts"), "utf8");
    const commands = new Set(
      [...source.matchAll(/\bnew (\w+)Command\(/g)].map(([, command]) => `dynamodb:${command}Item`),
    );
    assert.deepEqual([...commands].sort(), [...TABLE_ACTIONS]);
  });

  it("routes what the function's code answers, and nothing else", () => {
    const source = readFileSync(path.join(__dirname, "../../functions/profile-api/handler.ts"), "utf8");
    const answered = [...source.matchAll(/case "((?:GET|PUT|POST|DELETE) [^"]+)":/g)].map(
      ([, route]) => route,
    );
    const routed = registrations
      .filter(({ type, parent }) => type === "aws:apigatewayv2/route:Route" && parent === "standby-api")
      .map(({ inputs }) => inputs.routeKey);
    assert.deepEqual(routed.sort(), answered.sort());
  });

  it("checks the primary by its own name, never by the name that fails over", () => {
    const { fqdn, resourcePath } = named(registrations, "primary-health-check").inputs;
    assert.deepEqual([fqdn, resourcePath], ["us-east-1.profiles.example.com", "/healthz"]);
    for (const { inputs } of registrations) assert.notEqual(inputs.fqdn, "profiles.example.com");
  });

  it("puts the check on both PRIMARY records and on no other", () => {
    const checked = registrations.filter(({ inputs }) => "healthCheckId" in inputs);
    assert.deepEqual(
      checked.map(({ name, computedFrom }) => [name, computedFrom.healthCheckId]),
      [
        ["failover-primary-a", ["primary-health-check"]],
        ["failover-primary-aaaa", ["primary-health-check"]],
      ],
    );
  });

  it("has no TTL on any alias, and overwrites no record that was there before", () => {
    for (const { inputs, name } of registrations.filter(({ type }) => type === "aws:route53/record:Record")) {
      assert.equal("ttl" in inputs, !("aliases" in inputs), name);
      assert.equal(inputs.allowOverwrite, false, name);
    }
  });

  it("answers for the name only when both regions serve it, and checks only what is there", () => {
    const domains = (side: string) =>
      ["failover", "regional"].flatMap((it) => [
        `${side}-api-${it}-domain-name`,
        `${side}-api-${it}-domain-mapping`,
      ]);
    for (const { name, waitsFor } of failover()) {
      const missing = [...domains("primary"), ...domains("standby")].filter((it) => !waitsFor.includes(it));
      assert.deepEqual(missing, [], name);
    }
    const { waitsFor } = named(registrations, "primary-health-check");
    const needed = [...domains("primary"), "primary-api-record-a", "primary-api-record-aaaa"];
    assert.deepEqual(
      needed.filter((it) => !waitsFor.includes(it)),
      [],
    );
  });

  it("makes each domain wait for its own region's validated certificate", () => {
    for (const side of ["primary", "standby"]) {
      for (const name of ["failover", "regional"]) {
        const domain = named(registrations, `${side}-api-${name}-domain-name`);
        assert.deepEqual(domain.computedFrom, {
          domainNameConfiguration: [`certificate-${side}-validation`],
        });
      }
    }
  });

  it("counts everything to the primary, the standby or DNS", () => {
    const resources = asStackResources(registrations);
    const custom = resources.filter((it) => it.custom && !it.type.startsWith("pulumi:"));
    assert.deepEqual(
      custom.filter((it) => resourceRole(it, resources) === undefined).map(({ name }) => name),
      [],
    );
    assert.deepEqual(
      custom.filter((it) => resourceRole(it, resources) === "dns").map(({ name }) => name),
      ["health-alerts-topic", "primary-health-check", "health-alarm"],
    );
  });

  it("is the plan that its settings promise: two pairs, one check, the same bound", () => {
    const plan = planFromResources(asStackResources(registrations));
    const pairs = failoverPairs(plan);
    assert.deepEqual(
      pairs.map(({ name, type }) => `${name} ${type}`),
      ["profiles.example.com A", "profiles.example.com AAAA"],
    );
    for (const pair of pairs) assert.deepEqual(recoveryBound(plan, pair), settingsOf().bound);
    assert.deepEqual([plan.primaryRegion, plan.standbyRegion], ["us-east-1", "us-west-2"]);
  });

  it("tells what the contract promises", () => {
    const parsed = parseOutputs(outputs, "dev");
    assert.deepEqual(parsed, {
      kind: "ok",
      outputs: {
        schema: "warm-standby/outputs/v1",
        system: "profile-api",
        environment: "dev",
        endpoints: {
          failoverUrl: "https://profiles.example.com",
          regionalUrls: {
            primary: "https://us-east-1.profiles.example.com",
            standby: "https://us-west-2.profiles.example.com",
          },
        },
        regions: { primary: "us-east-1", standby: "us-west-2" },
        healthCheckId: "primary-health-check-id",
        table: {
          name: "profiles-table-1",
          arns: {
            primary: "arn:aws:dynamodb:us-east-1:123456789012:table/profiles-table-1",
            standby: "arn:aws:dynamodb:us-west-2:123456789012:table/profiles-table-1",
          },
        },
        zoneId: "Z1",
        records: ["A", "AAAA"].flatMap((type) => [
          { name: "profiles.example.com", type, role: "PRIMARY", setIdentifier: "primary" },
          { name: "profiles.example.com", type, role: "SECONDARY", setIdentifier: "standby" },
        ]),
        alarmTopicArns: {
          health: "arn:topic:health-alerts-topic",
          replication: "arn:topic:replication-alerts-topic",
          standbyErrors: "arn:topic:standby-errors-alerts-topic",
        },
        rto: { objectiveSeconds: 300, boundSeconds: 144, basis: "bound" },
      },
    });
  });

  it("names a region below the failover name", () => {
    assert.equal(regionalName("eu-west-1", "profiles.example.com"), "eu-west-1.profiles.example.com");
  });
});

describe("stacks/profile-api with other settings", () => {
  it("keeps the health alarm in us-east-1 when no side is there", async () => {
    const invokes: Invokes = {
      ...INVOKES,
      "aws:index/getRegion:getRegion": (_, provider) => ({
        region: provider === "primary" ? "eu-west-1" : "eu-central-1",
      }),
    };
    const { registrations } = await build(
      { primaryRegion: "eu-west-1", standbyRegion: "eu-central-1" },
      invokes,
    );
    assert.deepEqual(
      registrations.filter(({ inputs }) => inputs.region === "us-east-1").map(({ name }) => name),
      ["health-alerts-topic", "health-alarm"],
    );
    assert.equal(named(registrations, "primary-health-check").inputs.fqdn, "eu-west-1.profiles.example.com");
  });

  it("has exactly two failover records in the mode cname, both with the TTL", async () => {
    const { registrations } = await build({ recordMode: "cname", cnameTtlSeconds: "7" });
    assert.deepEqual(
      registrations
        .filter(({ inputs }) => "failoverRoutingPolicies" in inputs)
        .map(({ inputs: { type, ttl, records } }) => ({ type, ttl, records })),
      [
        { type: "CNAME", ttl: 7, records: ["us-east-1.profiles.example.com"] },
        { type: "CNAME", ttl: 7, records: ["us-west-2.profiles.example.com"] },
      ],
    );
    const plan = planFromResources(asStackResources(registrations));
    const [pair] = failoverPairs(plan);
    assert.deepEqual(
      pair && recoveryBound(plan, pair),
      settingsOf({ recordMode: "cname", cnameTtlSeconds: "7" }).bound,
    );
  });

  it("differs only in the zone when it creates it", async () => {
    const { registrations } = await build({ createHostedZone: "true" });
    assert.deepEqual(
      lines(registrations).filter((line) => !WHOLE_STACK.includes(line)),
      ["aws:route53/zone:Zone zone <- - @primary"],
    );
    assert.equal(named(registrations, "failover-primary-a").inputs.zoneId, "zone-of-zone");
  });

  it("subscribes the address to all three topics", async () => {
    const { registrations } = await build({ alertEmail: "on-call@example.com" });
    assert.deepEqual(
      lines(registrations).filter((line) => !WHOLE_STACK.includes(line)),
      [
        "aws:sns/topicSubscription:TopicSubscription health-alerts-email <- health-alerts @primary",
        "aws:sns/topicSubscription:TopicSubscription replication-alerts-email <- replication-alerts @primary",
        "aws:sns/topicSubscription:TopicSubscription standby-errors-alerts-email <- standby-errors-alerts @standby",
      ],
    );
  });

  it("hands sizes, limits and protection to both regions alike", async () => {
    const { registrations } = await build({
      lambdaMemoryMb: "512",
      reservedConcurrency: "5",
      throttlingRatePerSecond: "20",
      throttlingBurst: "40",
      logRetentionDays: "30",
      deletionProtection: "false",
    });
    for (const side of ["primary", "standby"]) {
      const { memorySize, reservedConcurrentExecutions } = named(
        registrations,
        `${side}-api-function-handler`,
      ).inputs;
      assert.deepEqual([memorySize, reservedConcurrentExecutions], [512, 5]);
      assert.deepEqual(named(registrations, `${side}-api-stage`).inputs.defaultRouteSettings, {
        throttlingRateLimit: 20,
        throttlingBurstLimit: 40,
      });
      for (const logs of ["access-logs", "function-logs"]) {
        assert.equal(named(registrations, `${side}-api-${logs}`).inputs.retentionInDays, 30);
      }
    }
    const { deletionProtectionEnabled, replicas } = named(registrations, "profiles-table").inputs;
    assert.equal(deletionProtectionEnabled, false);
    assert.equal((replicas as { deletionProtectionEnabled: boolean }[])[0]?.deletionProtectionEnabled, false);
  });

  it("stops before anything but the providers when a provider is elsewhere", async () => {
    const elsewhere: Invokes = {
      ...INVOKES,
      "aws:index/getRegion:getRegion": () => ({ region: "us-west-2" }),
    };
    const { registrations, result: error } = await record(
      () => profileApi(settingsOf(), CODE).catch((it: unknown) => it),
      elsewhere,
    );
    assert.ok(pulumi.RunError.isInstance(error));
    assert.equal(
      error.message,
      "the primary provider is in us-west-2; allowed: us-east-1, as warm-standby:primaryRegion says; correct the setting or what redirects the provider",
    );
    assert.deepEqual(lines(registrations), [
      "pulumi:providers:aws primary <- - @-",
      "pulumi:providers:aws standby <- - @-",
    ]);
  });
});
