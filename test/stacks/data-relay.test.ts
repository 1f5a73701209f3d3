import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { parseOutputs } from "../../contract/read-outputs";
import { answerSets, memberName, setMembers } from "../../model/answer-sets";
import { planFromResources } from "../../model/plan-from-resources";
import { recoveryBound } from "../../model/recovery-bound";
import { resourceRole } from "../../model/resource-placement";
import { dataRelay } from "../../stacks/data-relay";
import { lines, named, type Registration, record } from "../components/registrations";
import { buildRelay, INVOKES, WHOLE_STACK } from "./data-relay-stack";
import { systemSettingsOf } from "./parsed-settings";
import { asStackResources, isCustom } from "./profile-api-stack";

const isRecord = ({ type }: Registration) => type === "aws:route53/record:Record";

describe("stacks/data-relay", () => {
  let registrations: readonly Registration[];
  let outputs: unknown;
  before(async () => {
    const recording = await buildRelay();
    registrations = recording.registrations;
    outputs = await new Promise((resolve) => pulumi.output(recording.result).apply(resolve));
  });

  it("is exactly these resources, each with its parent and provider", () => {
    assert.deepEqual(lines(registrations), WHOLE_STACK);
  });

  it("has one provider, in us-east-1, which tags what it makes as DNS", () => {
    const { region, defaultTags } = named(registrations, "dns").inputs;
    assert.equal(region, "us-east-1");
    assert.equal(
      defaultTags,
      JSON.stringify({
        tags: { system: "data-relay", environment: "dev", role: "dns", region: "us-east-1" },
      }),
    );
    const resources = asStackResources(registrations);
    for (const resource of resources.filter((it) => it.custom && !it.type.startsWith("pulumi:"))) {
      assert.equal(resourceRole(resource, resources), "dns", resource.name);
    }
  });

  it("leaves nothing to a default provider", () => {
    const strays = registrations.filter((it) => isCustom(it) && it.name !== "dns" && !it.provider);
    assert.deepEqual(lines(strays), []);
  });

  it("answers each gateway by its weight while the gateway's own check is healthy", () => {
    assert.deepEqual(
      registrations
        .filter(isRecord)
        .map(({ inputs, computedFrom }) => ({ ...inputs, healthCheckId: computedFrom.healthCheckId })),
      [
        ["gateway-a", "203.0.113.10"],
        ["gateway-b", "198.51.100.10"],
      ].map(([name, address]) => ({
        zoneId: "Z1",
        name: "relay.example.com",
        type: "A",
        setIdentifier: name,
        weightedRoutingPolicies: [{ weight: 50 }],
        allowOverwrite: false,
        records: [address],
        ttl: 60,
        healthCheckId: [`${name}-health-check`],
      })),
    );
  });

  it("checks each gateway by its address, called by the relay's name as its clients call it", () => {
    assert.deepEqual(named(registrations, "gateway-b-health-check").inputs, {
      type: "HTTP",
      ipAddress: "198.51.100.10",
      fqdn: "relay.example.com",
      port: 80,
      resourcePath: "/health",
      requestInterval: 30,
      failureThreshold: 3,
      tags: { role: "dns", region: "global", Name: "gateway-b of relay.example.com" },
    });
  });

  it("counts the checks for the alarm on the loss of all", () => {
    const { inputs, computedFrom } = named(registrations, "any-gateway-check");
    assert.deepEqual(
      [inputs.type, inputs.childHealthThreshold, computedFrom.childHealthchecks],
      ["CALCULATED", 1, ["gateway-a-health-check", "gateway-b-health-check"]],
    );
  });

  it("tells one topic of every gateway and of the loss of all", () => {
    const alarms = registrations.filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm");
    assert.deepEqual(
      alarms.map(({ inputs, computedFrom }) => [
        inputs.alarmDescription,
        computedFrom.dimensions,
        inputs.alarmActions,
        inputs.region,
      ]),
      [
        [
          "Every gateway of relay.example.com is unhealthy; Route 53 answers with all of them, as if they were healthy.",
          ["any-gateway-check"],
        ],
        [
          "gateway-a of relay.example.com is unhealthy; Route 53 answers with the healthy gateways.",
          ["gateway-a-health-check"],
        ],
        [
          "gateway-b of relay.example.com is unhealthy; Route 53 answers with the healthy gateways.",
          ["gateway-b-health-check"],
        ],
      ].map((told) => [...told, ["arn:topic:alerts-topic"], "us-east-1"]),
    );
  });

  it("is the plan that its settings promise: one weighted set, with the bound of the settings", () => {
    const plan = planFromResources(asStackResources(registrations));
    const sets = answerSets(plan);
    assert.deepEqual(
      sets.map((set) => [set.name, set.type, set.routing, setMembers(set).map(memberName)]),
      [["relay.example.com", "A", "weighted", ["gateway-a", "gateway-b"]]],
    );
    for (const set of sets) assert.deepEqual(recoveryBound(plan, set), systemSettingsOf("data-relay").bound);
  });

  it("tells what the contract promises", () => {
    assert.deepEqual(parseOutputs(outputs, "dev"), {
      kind: "ok",
      outputs: {
        schema: "warm-standby/outputs/v1",
        system: "data-relay",
        environment: "dev",
        endpoints: {
          failoverUrl: "http://relay.example.com",
          memberUrls: { "gateway-a": "http://203.0.113.10", "gateway-b": "http://198.51.100.10" },
        },
        regions: {},
        healthCheckIds: {
          "gateway-a": "gateway-a-health-check-id",
          "gateway-b": "gateway-b-health-check-id",
        },
        zoneId: "Z1",
        records: ["gateway-a", "gateway-b"].map((setIdentifier) => ({
          name: "relay.example.com",
          type: "A",
          role: "MEMBER",
          setIdentifier,
        })),
        alarmTopicArns: { health: "arn:topic:alerts-topic" },
        rto: { objectiveSeconds: 300, boundSeconds: 204, basis: "bound" },
      },
    });
  });

  it("stops before anything but the provider when that is elsewhere", async () => {
    const invokes = { ...INVOKES, "aws:index/getRegion:getRegion": () => ({ region: "eu-west-1" }) };
    const recording = await record(
      () => dataRelay(systemSettingsOf("data-relay")).catch((it: unknown) => it),
      invokes,
    );
    assert.deepEqual(lines(recording.registrations), ["pulumi:providers:aws dns <- - @-"]);
    assert.ok(pulumi.RunError.isInstance(recording.result));
    assert.equal(
      recording.result.message,
      "the dns provider is in eu-west-1; allowed: us-east-1, where CloudWatch has the metrics of Route 53; correct what redirects the provider",
    );
  });
});

describe("stacks/data-relay with other settings", () => {
  it("leads to host names by CNAMEs and checks each by its own name", async () => {
    const { registrations } = await buildRelay({
      gateways: "north=relay-n.example.net@3, south=relay-s.example.net@1",
      gatewayScheme: "https",
      healthCheckPath: "/up",
      recordTtlSeconds: "20",
    });
    assert.deepEqual(
      registrations.filter(isRecord).map(({ inputs: { type, records, ttl, weightedRoutingPolicies } }) => ({
        type,
        records,
        ttl,
        weightedRoutingPolicies,
      })),
      [
        {
          type: "CNAME",
          records: ["relay-n.example.net"],
          ttl: 20,
          weightedRoutingPolicies: [{ weight: 3 }],
        },
        {
          type: "CNAME",
          records: ["relay-s.example.net"],
          ttl: 20,
          weightedRoutingPolicies: [{ weight: 1 }],
        },
      ],
    );
    const { tags: _, ...check } = named(registrations, "north-health-check").inputs;
    assert.deepEqual(check, {
      type: "HTTPS",
      fqdn: "relay-n.example.net",
      port: 443,
      resourcePath: "/up",
      enableSni: true,
      requestInterval: 30,
      failureThreshold: 3,
    });
  });

  it("leads to IPv6 addresses by AAAA records, and writes them in URLs with brackets", async () => {
    const { registrations, result } = await buildRelay({
      gateways: "a=2001:db8::a@1, b=2001:db8::b@1",
      gatewayScheme: "https",
      healthCheckPort: "8443",
    });
    assert.deepEqual(
      registrations.filter(isRecord).map(({ inputs }) => [inputs.type, inputs.records]),
      [
        ["AAAA", ["2001:db8::a"]],
        ["AAAA", ["2001:db8::b"]],
      ],
    );
    assert.deepEqual(result.endpoints.memberUrls, { a: "https://[2001:db8::a]", b: "https://[2001:db8::b]" });
    // By address, but asked for the relay's name, which its certificate and virtual host are for.
    const { ipAddress, fqdn, enableSni, port } = named(registrations, "a-health-check").inputs;
    assert.deepEqual([ipAddress, fqdn, enableSni, port], ["2001:db8::a", "relay.example.com", true, 8443]);
  });

  it("has a check, an alarm and a record for each of many gateways", async () => {
    const gateways = Array.from({ length: 12 }, (_, index) => `g${index}=52.0.${index}.1@1`).join("\n");
    const { registrations } = await buildRelay({ gateways });
    const count = (type: string) => registrations.filter((it) => it.type === type).length;
    assert.deepEqual(
      [
        "aws:route53/record:Record",
        "aws:route53/healthCheck:HealthCheck",
        "aws:cloudwatch/metricAlarm:MetricAlarm",
      ].map(count),
      [12, 13, 13],
    );
  });

  it("differs only in the zone when it creates it", async () => {
    const { registrations } = await buildRelay({ createHostedZone: "true" });
    assert.deepEqual(
      lines(registrations).filter((line) => !WHOLE_STACK.includes(line)),
      ["aws:route53/zone:Zone zone <- - @dns"],
    );
    assert.equal(named(registrations, "relay-gateway-a").inputs.zoneId, "zone-of-zone");
  });

  it("subscribes the address to the one topic", async () => {
    const { registrations } = await buildRelay({ alertEmail: "on-call@example.com" });
    assert.deepEqual(
      lines(registrations).filter((line) => !WHOLE_STACK.includes(line)),
      ["aws:sns/topicSubscription:TopicSubscription alerts-email <- alerts @dns"],
    );
  });
});
