import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { parseOutputs } from "../../contract/read-outputs";
import { parseSmsSettings } from "../../functions/assistant/sms/sms-settings";
import { failoverPairs } from "../../model/failover-plan";
import { planFromResources } from "../../model/plan-from-resources";
import { recoveryBound } from "../../model/recovery-bound";
import { resourceRole } from "../../model/resource-placement";
import { lines, named, type Registration } from "../components/registrations";
import {
  assistantSettings,
  BY_ADDRESS,
  buildAssistant,
  INVOKES,
  TEXTS,
  WHOLE_STACK,
  ZONE_ID,
} from "./homelab-assistant-stack";
import { asStackResources, isCustom } from "./profile-api-stack";

const records = (registrations: readonly Registration[]) =>
  registrations
    .filter(({ type }) => type === "aws:route53/record:Record")
    .map(({ inputs: { name, type, ttl, records, failoverRoutingPolicies } }) => {
      const [policy] = (failoverRoutingPolicies ?? []) as readonly { readonly type: string }[];
      return [policy?.type, name, type, ttl, records];
    });

describe("stacks/homelab-assistant", () => {
  let registrations: readonly Registration[];
  let outputs: unknown;
  before(async () => {
    const recording = await buildAssistant();
    registrations = recording.registrations;
    outputs = await new Promise((resolve) => pulumi.output(recording.result).apply(resolve));
  });
  const inputsOf = (name: string) => named(registrations, name).inputs;

  it("is exactly these resources, each with its parent and provider", () => {
    assert.deepEqual(lines(registrations), WHOLE_STACK);
  });

  it("has one provider, in the standby's region: the closet is not in AWS", () => {
    const { region, defaultTags } = inputsOf("standby");
    assert.equal(region, "us-east-1");
    assert.deepEqual(JSON.parse(String(defaultTags)), {
      tags: { system: "homelab-assistant", environment: "dev", role: "standby", region: "us-east-1" },
    });
  });

  it("pairs CNAMEs for an origin with a name, and gives the standby a name of its own", () => {
    assert.deepEqual(records(registrations), [
      [undefined, "standby.assistant.example.com", "A", 60, ["203.0.113.48"]],
      ["PRIMARY", "assistant.example.com", "CNAME", 60, ["closet.example.com"]],
      ["SECONDARY", "assistant.example.com", "CNAME", 60, ["standby.assistant.example.com"]],
    ]);
  });

  it("probes the closet's own name by HTTPS, never the name that fails over", () => {
    const { tags, ...check } = inputsOf("primary-health-check");
    assert.deepEqual(check, {
      type: "HTTPS",
      fqdn: "closet.example.com",
      port: 443,
      resourcePath: "/healthz",
      enableSni: true,
      requestInterval: 30,
      failureThreshold: 3,
    });
    assert.deepEqual(tags, { role: "dns", region: "global", Name: "closet.example.com" });
  });

  it("probes the standby by its own name, which has its address by then, and says when it cannot serve", () => {
    const { tags, ...check } = inputsOf("standby-health-check");
    assert.deepEqual(check, {
      type: "HTTPS",
      fqdn: "standby.assistant.example.com",
      port: 443,
      resourcePath: "/healthz",
      enableSni: true,
      requestInterval: 30,
      failureThreshold: 3,
    });
    assert.deepEqual(tags, { role: "dns", region: "global", Name: "standby.assistant.example.com" });
    assert.ok(named(registrations, "standby-health-check").waitsFor.includes("standby-name"));
    const { alarmDescription, dimensions, alarmActions, treatMissingData } = inputsOf("standby-away-alarm");
    assert.deepEqual(
      [alarmDescription, dimensions, alarmActions, treatMissingData],
      [
        "The standby standby.assistant.example.com is unhealthy; Route 53 answers with it all the same while the closet is away.",
        { HealthCheckId: "standby-health-check-id" },
        ["arn:topic:health-alerts-topic"],
        "breaching",
      ],
    );
  });

  it("leaves the standby unwatched as a setting, and probes it no faster than every 30 s", async () => {
    const unwatched = (await buildAssistant({ standbyHealthCheck: "false" })).registrations;
    assert.deepEqual(
      WHOLE_STACK.filter((line) => !lines(unwatched).includes(line)),
      [
        "aws:cloudwatch/metricAlarm:MetricAlarm standby-away-alarm <- standby-away @standby",
        "aws:route53/healthCheck:HealthCheck standby-health-check <- standby-health @standby",
        "warm-standby:components:EndpointHealthCheck standby-health <- - @-",
        "warm-standby:components:HealthAlarm standby-away <- - @-",
      ],
    );
    const fast = (await buildAssistant({ healthCheckIntervalSeconds: "10" })).registrations;
    assert.deepEqual(
      ["primary-health-check", "standby-health-check"].map(
        (name) => named(fast, name).inputs.requestInterval,
      ),
      [10, 30],
    );
  });

  it("puts the check on the PRIMARY record and on no other", () => {
    assert.deepEqual(
      registrations.filter(({ inputs }) => "healthCheckId" in inputs).map(({ name }) => name),
      ["failover-primary-cname"],
    );
  });

  it("pairs A records for an origin with an address, and asks it for the name that it serves", async () => {
    const byAddress = (await buildAssistant(BY_ADDRESS)).registrations;
    assert.deepEqual(records(byAddress), [
      [undefined, "standby.assistant.example.com", "A", 60, ["203.0.113.48"]],
      ["PRIMARY", "assistant.example.com", "A", 60, ["203.0.113.7"]],
      ["SECONDARY", "assistant.example.com", "A", 60, ["203.0.113.48"]],
    ]);
    const { ipAddress, fqdn, enableSni } = named(byAddress, "primary-health-check").inputs;
    assert.deepEqual([ipAddress, fqdn, enableSni], ["203.0.113.7", "assistant.example.com", true]);
  });

  it("answers for the name only when the standby has its address", () => {
    for (const name of ["failover-primary-cname", "failover-standby-cname"]) {
      const { waitsFor } = named(registrations, name);
      const missing = ["standby-host-address", "standby-host-instance", "standby-name"].filter(
        (it) => !waitsFor.includes(it),
      );
      assert.deepEqual(missing, [], name);
    }
  });

  it("keeps one memory, restorable and protected, which expires by itself", () => {
    assert.deepEqual(inputsOf("memory-table"), {
      billingMode: "PAY_PER_REQUEST",
      hashKey: "log",
      rangeKey: "sequence",
      attributes: [
        { name: "log", type: "S" },
        { name: "sequence", type: "N" },
      ],
      ttl: { attributeName: "expiresAt", enabled: true },
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: true,
    });
  });

  it("adds a copy of the memory as a setting, and no resource for it", async () => {
    const copied = (await buildAssistant({ memoryReplicaRegion: "us-west-2", deletionProtection: "false" }))
      .registrations;
    assert.deepEqual(lines(copied), WHOLE_STACK);
    const { replicas, streamEnabled, deletionProtectionEnabled } = named(copied, "memory-table").inputs;
    assert.deepEqual(
      [replicas, streamEnabled, deletionProtectionEnabled],
      [
        [
          {
            regionName: "us-west-2",
            pointInTimeRecovery: true,
            deletionProtectionEnabled: false,
            propagateTags: true,
          },
        ],
        true,
        false,
      ],
    );
  });

  it("answers text messages as a setting, through a function that takes its environment", async () => {
    const texting = (await buildAssistant(TEXTS)).registrations;
    assert.deepEqual(
      lines(texting).filter((line) => !WHOLE_STACK.includes(line)),
      [
        "aws:cloudwatch/logGroup:LogGroup texts-function-logs <- texts-function @standby",
        "aws:cloudwatch/metricAlarm:MetricAlarm texts-alarm <- texts @standby",
        "aws:iam/role:Role texts-function-role <- texts-function @standby",
        "aws:iam/rolePolicy:RolePolicy texts-function-policy <- texts-function @standby",
        "aws:lambda/function:Function texts-function-handler <- texts-function @standby",
        "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig texts-retries <- texts @standby",
        "aws:lambda/permission:Permission texts-permission <- texts @standby",
        "aws:sns/topic:Topic texts-inbound <- texts @standby",
        "aws:sns/topicPolicy:TopicPolicy texts-inbound-policy <- texts @standby",
        "aws:sns/topicSubscription:TopicSubscription texts-subscription <- texts @standby",
        "aws:sqs/queue:Queue texts-unanswered <- texts @standby",
        "aws:sqs/queuePolicy:QueuePolicy texts-unanswered-policy <- texts @standby",
        "warm-standby:components:ApiFunction texts-function <- texts @-",
        "warm-standby:components:TextMessagePath texts <- - @-",
      ],
    );
    const { environment } = named(texting, "texts-function-handler").inputs;
    const { variables } = environment as { variables: Record<string, string> };
    assert.deepEqual(parseSmsSettings({ ...variables, AWS_REGION: "us-east-1" }), {
      region: "us-east-1",
      build: "0123456789ab",
      tableName: "memory-table-1",
      tokenParameter: "/assistant/token",
      assistantUrl: "https://assistant.example.com/chat",
      allowedNumbers: ["+15550100", "+15550101"],
    });
  });

  it("names no secret anywhere: the token's parameter is the user's own", () => {
    assert.deepEqual(
      registrations.filter(({ type }) => type.startsWith("aws:ssm/")).map(({ name }) => name),
      [],
    );
  });

  it("tells of a broken standby in its own region, and of the failover in us-east-1", async () => {
    const west = (
      await buildAssistant(
        { standbyRegion: "us-west-2" },
        { ...INVOKES, "aws:index/getRegion:getRegion": () => ({ region: "us-west-2" }) },
      )
    ).registrations;
    assert.deepEqual(
      west.filter(({ inputs }) => inputs.region === "us-east-1").map(({ name }) => name),
      ["health-alerts-topic", "health-alarm", "standby-away-alarm"],
    );
    const { dimensions, alarmActions } = named(west, "standby-status-alarm").inputs;
    assert.deepEqual(
      [dimensions, alarmActions],
      [{ InstanceId: "standby-host-instance-id" }, ["arn:topic:standby-alerts-topic"]],
    );
  });

  it("subscribes the address to both topics", async () => {
    const mailed = (await buildAssistant({ alertEmail: "on-call@example.com" })).registrations;
    assert.deepEqual(
      lines(mailed).filter((line) => !WHOLE_STACK.includes(line)),
      [
        "aws:sns/topicSubscription:TopicSubscription health-alerts-email <- health-alerts @standby",
        "aws:sns/topicSubscription:TopicSubscription standby-alerts-email <- standby-alerts @standby",
      ],
    );
  });

  it("differs only in the zone when it creates it", async () => {
    const created = (await buildAssistant({ createHostedZone: "true" })).registrations;
    assert.deepEqual(
      lines(created).filter((line) => !WHOLE_STACK.includes(line)),
      ["aws:route53/zone:Zone zone <- - @standby"],
    );
  });

  it("registers nothing but providers when the region is another", async () => {
    const elsewhere = { ...INVOKES, "aws:index/getRegion:getRegion": () => ({ region: "eu-west-1" }) };
    await assert.rejects(buildAssistant({}, elsewhere), {
      message:
        "the standby provider is in eu-west-1; allowed: us-east-1, as warm-standby:standbyRegion says; correct the setting or what redirects the provider",
    });
  });

  it("counts everything to the standby or to DNS", () => {
    const resources = asStackResources(registrations);
    const custom = resources.filter((it) => it.custom && !/^(pulumi|awsx):/.test(it.type));
    assert.deepEqual(
      custom.filter((it) => resourceRole(it, resources) === undefined).map(({ name }) => name),
      [],
    );
    assert.deepEqual(
      custom.filter((it) => resourceRole(it, resources) === "dns").map(({ name }) => name),
      [
        "health-alerts-topic",
        "primary-health-check",
        "standby-health-check",
        "health-alarm",
        "standby-away-alarm",
      ],
    );
    assert.ok(registrations.some(isCustom));
  });

  it("is the plan that its settings promise: one pair, one check, the same bound", async () => {
    for (const [given, type] of [
      [{}, "CNAME"],
      [BY_ADDRESS, "A"],
    ] as const) {
      const stack = await buildAssistant({ ...given, recordTtlSeconds: "30" });
      const plan = planFromResources(asStackResources(stack.registrations));
      const pairs = failoverPairs(plan);
      assert.deepEqual(
        pairs.map((pair) => `${pair.name} ${pair.type}`),
        [`assistant.example.com ${type}`],
      );
      for (const pair of pairs) {
        assert.deepEqual(
          recoveryBound(plan, pair),
          assistantSettings({ ...given, recordTtlSeconds: "30" }).bound,
        );
      }
    }
  });

  it("tells what the contract promises", () => {
    const arn = "arn:aws:dynamodb:us-east-1:123456789012:table/memory-table-1";
    assert.deepEqual(parseOutputs(outputs, "dev"), {
      kind: "ok",
      outputs: {
        schema: "warm-standby/outputs/v1",
        system: "homelab-assistant",
        environment: "dev",
        endpoints: {
          failoverUrl: "https://assistant.example.com",
          regionalUrls: {
            primary: "https://closet.example.com",
            standby: "https://standby.assistant.example.com",
          },
        },
        regions: { standby: "us-east-1" },
        healthCheckId: "primary-health-check-id",
        table: { name: "memory-table-1", arns: { primary: arn, standby: arn } },
        zoneId: ZONE_ID,
        records: [
          { name: "assistant.example.com", type: "CNAME", role: "PRIMARY", setIdentifier: "primary" },
          { name: "assistant.example.com", type: "CNAME", role: "SECONDARY", setIdentifier: "standby" },
        ],
        alarmTopicArns: {
          health: "arn:topic:health-alerts-topic",
          standbyErrors: "arn:topic:standby-alerts-topic",
        },
        rto: { objectiveSeconds: 300, boundSeconds: 204, basis: "bound" },
      },
    });
  });
});
