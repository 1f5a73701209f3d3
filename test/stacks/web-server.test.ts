import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parseOutputs } from "../../contract/read-outputs";
import { failoverPairs } from "../../model/failover-plan";
import { failoverSides } from "../../model/failover-sides";
import { planFromResources } from "../../model/plan-from-resources";
import { recoveryBound } from "../../model/recovery-bound";
import { indexByUrn, resourceRole } from "../../model/resource-placement";
import type { WebServerSettings } from "../../stacks/settings/web-server";
import { webServer } from "../../stacks/web-server";
import { type Invokes, lines, named, type Registration, record } from "../components/registrations";
import { systemSettingsOf } from "./parsed-settings";
import { asStackResources, isCustom } from "./profile-api-stack";
import { buildServer, CHECKER_LIST_ID, CLOUDFRONT, IMAGE_ID, INVOKES, WHOLE_STACK } from "./web-server-stack";

const PROJECT = path.join(__dirname, "../..");
const isProvider = ({ type }: Registration) => type === "pulumi:providers:aws";

describe("stacks/web-server", () => {
  let registrations: readonly Registration[];
  let outputs: unknown;
  before(async () => {
    const recording = await buildServer();
    registrations = recording.registrations;
    outputs = await new Promise((resolve) => pulumi.output(recording.result).apply(resolve));
  });
  const inputsOf = (name: string) => named(registrations, name).inputs;

  it("is exactly these resources, each with its parent and provider", () => {
    assert.deepEqual(lines(registrations), WHOLE_STACK);
  });

  it("leaves nothing to a default provider", () => {
    const strays = registrations.filter((it) => isCustom(it) && !isProvider(it) && it.provider === undefined);
    assert.deepEqual(lines(strays), ["awsx:ec2:Vpc server-network <- server @-"]);
  });

  it("admits the checkers by their list, visitors on two ports, and nobody else", () => {
    const rules = registrations
      .filter(({ type }) => type.startsWith("aws:vpc/"))
      .map(({ type, inputs: { prefixListId, cidrIpv4, cidrIpv6, ipProtocol, fromPort, toPort } }) => [
        type.endsWith("IngressRule") ? "in" : "out",
        prefixListId ?? cidrIpv4 ?? cidrIpv6,
        `${ipProtocol} ${fromPort}-${toPort}`,
      ]);
    assert.deepEqual(rules, [
      ["out", "0.0.0.0/0", "tcp 443-443"],
      ["in", CHECKER_LIST_ID, "tcp 80-80"],
      ["in", "0.0.0.0/0", "tcp 80-80"],
      ["in", "0.0.0.0/0", "tcp 443-443"],
    ]);
    assert.deepEqual(
      [inputsOf("server-group").ingress, inputsOf("server-group").egress],
      [undefined, undefined],
    );
  });

  it("starts from the image for the instance's processor", async () => {
    const { instanceType, ami } = inputsOf("server-instance");
    assert.deepEqual([instanceType, ami], ["t4g.nano", IMAGE_ID]);
    const other = named((await buildServer({ instanceType: "t3.micro" })).registrations, "server-instance");
    assert.deepEqual([other.inputs.instanceType, other.inputs.ami], ["t3.micro", `${IMAGE_ID}-x86`]);
  });

  it("checks the address over HTTP, 30 s three times, and never the name", () => {
    const { Name, ...tags } = inputsOf("server-health-check").tags as Record<string, string>;
    assert.deepEqual(inputsOf("server-health-check"), {
      type: "HTTP",
      ipAddress: "203.0.113.48",
      port: 80,
      resourcePath: "/health",
      requestInterval: 30,
      failureThreshold: 3,
      tags: { Name, ...tags },
    });
    assert.deepEqual([Name, tags], ["the server of web.example.com", { role: "dns", region: "global" }]);
  });

  it("leads to the address with a TTL and the check, and else to the website without either", () => {
    const common = { zoneId: "Z1", name: "web.example.com", type: "A", allowOverwrite: false };
    assert.deepEqual(inputsOf("failover-primary-a"), {
      ...common,
      setIdentifier: "primary",
      failoverRoutingPolicies: [{ type: "PRIMARY" }],
      records: ["203.0.113.48"],
      ttl: 60,
      healthCheckId: "server-health-check-id",
    });
    assert.deepEqual(inputsOf("failover-standby-a"), {
      ...common,
      setIdentifier: "standby",
      failoverRoutingPolicies: [{ type: "SECONDARY" }],
      aliases: [
        { name: "s3-website.example.com", zoneId: "Z-maintenance-bucket", evaluateTargetHealth: false },
      ],
    });
  });

  it("answers for the name only when both sides can serve it", () => {
    const { waitsFor } = named(registrations, "failover-primary-a");
    const needed = [
      "maintenance-pages-index.html",
      "maintenance-policy",
      "maintenance-website",
      "server-address",
      "server-instance",
    ];
    assert.deepEqual(
      needed.filter((name) => !waitsFor.includes(name)),
      [],
    );
  });

  it("names the bucket as the record, and answers everything with the page, which nobody keeps", () => {
    assert.equal(inputsOf("maintenance-bucket").bucket, "web.example.com");
    const { bucket, indexDocument, errorDocument } = inputsOf("maintenance-website");
    assert.deepEqual(
      [bucket, indexDocument, errorDocument],
      ["web.example.com", { suffix: "index.html" }, { key: "index.html" }],
    );
    const { contentType, cacheControl } = inputsOf("maintenance-pages-index.html");
    assert.deepEqual([contentType, cacheControl], ["text/html; charset=utf-8", "no-store"]);
  });

  it("alarms in us-east-1 as soon as a minute shows the check unhealthy", () => {
    const { region, namespace, metricName, statistic, period, threshold, comparisonOperator } =
      inputsOf("health-alarm");
    assert.deepEqual(
      [region, namespace, metricName, statistic, period, threshold, comparisonOperator],
      ["us-east-1", "AWS/Route53", "HealthCheckStatus", "Minimum", 60, 1, "LessThanThreshold"],
    );
    assert.equal(
      inputsOf("health-alarm").alarmDescription,
      "The server of web.example.com is unhealthy; Route 53 answers with the maintenance page.",
    );
  });

  it("counts everything to the primary, the standby or DNS", () => {
    const resources = asStackResources(registrations);
    const custom = resources.filter(
      (it) => it.custom && !it.type.startsWith("pulumi:") && !it.type.startsWith("awsx:"),
    );
    assert.deepEqual(
      custom.filter((it) => resourceRole(it, resources) === undefined).map(({ name }) => name),
      [],
    );
    assert.deepEqual(
      custom.filter((it) => resourceRole(it, resources) === "dns").map(({ name }) => name),
      ["health-alerts-topic", "server-health-check", "health-alarm"],
    );
  });

  it("is the plan that its settings promise: one pair, one check, the same bound", () => {
    const resources = asStackResources(registrations);
    const plan = planFromResources(resources);
    const pairs = failoverPairs(plan);
    assert.deepEqual(
      pairs.map(({ name, type }) => `${name} ${type}`),
      ["web.example.com A"],
    );
    for (const pair of pairs)
      assert.deepEqual(recoveryBound(plan, pair), systemSettingsOf("web-server").bound);
    const { primaryRegions, standbyRegions } = failoverSides(plan, resources, indexByUrn(resources));
    assert.deepEqual([[...primaryRegions], [...standbyRegions]], [["us-east-1"], ["us-west-2"]]);
  });

  it("tells what the contract promises", () => {
    const record = { name: "web.example.com", type: "A" };
    assert.deepEqual(parseOutputs(outputs, "dev"), {
      kind: "ok",
      outputs: {
        schema: "warm-standby/outputs/v1",
        system: "web-server",
        environment: "dev",
        endpoints: {
          failoverUrl: "http://web.example.com",
          regionalUrls: {
            primary: "http://203.0.113.48",
            standby: "http://web.example.com.s3-website.example.com",
          },
        },
        regions: { primary: "us-east-1", standby: "us-west-2" },
        healthCheckId: "server-health-check-id",
        zoneId: "Z1",
        records: [
          { ...record, role: "PRIMARY", setIdentifier: "primary" },
          { ...record, role: "SECONDARY", setIdentifier: "standby" },
        ],
        alarmTopicArns: { health: "arn:topic:health-alerts-topic" },
        rto: { objectiveSeconds: 300, boundSeconds: 204, basis: "bound" },
      },
    });
  });

  describe("with other settings", () => {
    const added = async (values: Readonly<Record<string, string>>) =>
      lines((await buildServer(values)).registrations).filter((line) => !WHOLE_STACK.includes(line));

    it("subscribes the address", async () => {
      assert.deepEqual(await added({ alertEmail: "on-call@example.com" }), [
        "aws:sns/topicSubscription:TopicSubscription health-alerts-email <- health-alerts @primary",
      ]);
    });

    it("creates the zone when it is asked to", async () => {
      assert.deepEqual(await added({ createHostedZone: "true" }), [
        "aws:route53/zone:Zone zone <- - @primary",
      ]);
    });

    it("hands path, TTL and timing on", async () => {
      const { registrations } = await buildServer({
        healthCheckPath: "/status/live",
        recordTtlSeconds: "20",
        healthCheckIntervalSeconds: "10",
        healthCheckFailureThreshold: "2",
      });
      const { resourcePath, requestInterval, failureThreshold } = named(
        registrations,
        "server-health-check",
      ).inputs;
      assert.deepEqual([resourcePath, requestInterval, failureThreshold], ["/status/live", 10, 2]);
      assert.equal(named(registrations, "failover-primary-a").inputs.ttl, 20);
      assert.match(
        String(named(registrations, "server-instance").inputs.userData),
        /\/srv\/web\/status\/live/,
      );
    });

    it("asks each region for its own checker list and puts the page where the standby is", async () => {
      const asked: unknown[] = [];
      const invokes: Invokes = {
        ...INVOKES,
        "aws:index/getRegion:getRegion": (_, provider) => ({
          region: provider === "standby" ? "eu-central-1" : "eu-west-1",
        }),
        "aws:ec2/getManagedPrefixList:getManagedPrefixList": ({ name }, provider) => {
          asked.push(name, provider);
          return { id: CHECKER_LIST_ID };
        },
      };
      const { registrations } = await buildServer(
        { primaryRegion: "eu-west-1", standbyRegion: "eu-central-1" },
        invokes,
      );
      assert.deepEqual(asked, ["com.amazonaws.eu-west-1.route53-healthchecks", "primary"]);
      assert.deepEqual(
        registrations.filter(({ inputs }) => inputs.region === "us-east-1").map(({ name }) => name),
        ["health-alerts-topic", "health-alarm"],
      );
    });
  });

  describe("with CloudFront before the page", () => {
    let registrations: readonly Registration[];
    let outputs: unknown;
    before(async () => {
      const recording = await buildServer({ maintenanceCloudFront: "true" });
      registrations = recording.registrations;
      outputs = await new Promise((resolve) => pulumi.output(recording.result).apply(resolve));
    });

    it("has the distribution and its certificate besides", () => {
      assert.deepEqual(
        lines(registrations).filter((line) => !WHOLE_STACK.includes(line)),
        CLOUDFRONT,
      );
    });

    it("leads the SECONDARY there, and visitors of any path get the page with 503", () => {
      const [alias] = named(registrations, "failover-standby-a").inputs.aliases as Record<string, unknown>[];
      assert.deepEqual(alias, {
        name: "maintenance-front-distribution.cloudfront.example.com",
        zoneId: "Z-maintenance-front-distribution",
        evaluateTargetHealth: false,
      });
      const { aliases, customErrorResponses, defaultCacheBehavior, origins } = named(
        registrations,
        "maintenance-front-distribution",
      ).inputs as Record<string, Record<string, unknown>[]>;
      assert.deepEqual(aliases, ["web.example.com"]);
      // A redirect would be kept, and the server may have no certificate when browsers come back.
      assert.equal(Object(defaultCacheBehavior).viewerProtocolPolicy, "allow-all");
      assert.deepEqual(
        customErrorResponses?.map(({ errorCode, responseCode, responsePagePath }) => [
          errorCode,
          responseCode,
          responsePagePath,
        ]),
        [
          [403, 503, "/index.html"],
          [404, 503, "/index.html"],
        ],
      );
      assert.deepEqual(
        origins?.map(({ domainName }) => domainName),
        ["web.example.com.s3.us-west-2.amazonaws.com"],
      );
    });

    it("never tells a browser to stay away from HTTP", () => {
      const { securityHeadersConfig } = named(registrations, "maintenance-front-headers").inputs;
      assert.equal("strictTransportSecurity" in (securityHeadersConfig as object), false);
    });

    it("has its certificate in us-east-1, tagged as belonging to neither side", () => {
      assert.equal(named(registrations, "maintenance-certificate-certificate").inputs.region, "us-east-1");
      const [dns] = registrations.filter(({ name }) => name === "dns");
      assert.deepEqual(JSON.parse(String(dns?.inputs.defaultTags)).tags, {
        system: "web-server",
        environment: "dev",
        role: "dns",
        region: "us-east-1",
      });
    });

    it("tells the distribution's own name", () => {
      const parsed = parseOutputs(outputs, "dev");
      assert.equal(
        parsed.kind === "ok" && parsed.outputs.endpoints.regionalUrls?.standby,
        "https://maintenance-front-distribution.cloudfront.example.com",
      );
    });
  });

  describe("refuses, before anything is registered,", () => {
    let message = "";
    async function refused(
      setting: "siteFolder" | "maintenanceFolder",
      files: Readonly<Record<string, string | Buffer>>,
    ) {
      const folder = mkdtempSync(path.join(tmpdir(), "site-"));
      try {
        for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
        const place = path.relative(PROJECT, folder);
        const usual = systemSettingsOf("web-server");
        const settings: WebServerSettings =
          setting === "siteFolder"
            ? { ...usual, siteFolder: place }
            : { ...usual, maintenance: { ...usual.maintenance, folder: place } };
        const { registrations } = await record(async () => {
          await assert.rejects(webServer(settings), (error: Error) => {
            assert.ok(error instanceof pulumi.RunError);
            message = error.message.replaceAll(place, "FOLDER");
            return true;
          });
        }, INVOKES);
        assert.deepEqual(registrations, []);
        return message;
      } finally {
        rmSync(folder, { recursive: true });
      }
    }

    it("folders without an index", async () => {
      const expected =
        "the site's folder is FOLDER, but it has no index.html; allowed: a folder of the project with the site's files; add the file, or name the folder that holds it";
      assert.equal(await refused("siteFolder", { "other.html": "x" }), expected);
      assert.equal(await refused("maintenanceFolder", { "other.html": "x" }), expected);
    });

    it("pages that user data cannot carry: no text, too much of it, or a name that nginx would misread", async () => {
      assert.equal(
        await refused("siteFolder", { "index.html": "x", "logo.png": Buffer.from([0xff, 0xd8]) }),
        "the server's folder is FOLDER, but logo.png is no UTF-8 text; allowed: text files, which user data carries; put images and fonts where the page can load them from",
      );
      assert.match(
        await refused("siteFolder", { "index.html": "x".repeat(16_384) }),
        /^the server's folder is FOLDER, but user data has \d+ bytes; allowed: 16384; shorten the pages$/,
      );
      assert.equal(
        await refused("siteFolder", { "index.html": "x", "a b.html": "x" }),
        `the server's folder is FOLDER, but a file's path is "a b.html"; allowed: letters, digits, . - _ and / below the root`,
      );
      assert.equal(
        await refused("siteFolder", { "index.html": "x", health: "x" }),
        `the server's folder is FOLDER, but healthPath is "/health"; allowed: a path that no file of the site has`,
      );
    });
  });
});
