import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parseOutputs } from "../../contract/read-outputs";
import { failoverPairs } from "../../model/failover-plan";
import { planFromResources } from "../../model/plan-from-resources";
import { recoveryBound } from "../../model/recovery-bound";
import { resourceRole } from "../../model/resource-placement";
import { type Invokes, lines, named, type Registration } from "../components/registrations";
import { systemSettingsOf } from "./parsed-settings";
import { asStackResources, isCustom } from "./profile-api-stack";
import { buildSite, INVOKES, ONE_NAME, WHOLE_STACK } from "./static-site-stack";

const PROJECT = path.join(__dirname, "../..");

const statementsOf = (registration: Registration, key = "policy") =>
  JSON.parse(registration.inputs[key] as string).Statement as Record<string, unknown>[];

describe("stacks/static-site", () => {
  let registrations: readonly Registration[];
  let outputs: unknown;
  before(async () => {
    const recording = await buildSite();
    registrations = recording.registrations;
    outputs = await new Promise((resolve) => pulumi.output(recording.result).apply(resolve));
  });

  it("is exactly these resources, each with its parent and provider", () => {
    assert.deepEqual(lines(registrations), WHOLE_STACK);
  });

  it("leaves nothing to a default provider", () => {
    const strays = registrations.filter(
      (it) => isCustom(it) && !it.type.startsWith("pulumi:") && it.provider === undefined,
    );
    assert.deepEqual(lines(strays), []);
  });

  it("keeps what belongs to the copy on the standby's provider, and the rest on the primary's", () => {
    for (const { name, provider } of registrations) {
      if (provider !== undefined)
        assert.equal(provider, name.startsWith("standby-") ? "standby" : "primary", name);
    }
  });

  it("names the copy's bucket as the host, and the redirect's as the other name", () => {
    assert.deepEqual(
      ["primary-site-bucket", "standby-site-bucket", "standby-redirect-bucket"].map(
        (name) => named(registrations, name).inputs.bucket,
      ),
      [undefined, "example.com", "www.example.com"],
    );
    assert.deepEqual(named(registrations, "standby-redirect-website").inputs.redirectAllRequestsTo, {
      hostName: "example.com",
      protocol: "http",
    });
  });

  it("lets this distribution read both buckets, and everyone the copy", () => {
    const readers = (name: string) =>
      statementsOf(named(registrations, name)).map(({ Sid, Condition, Resource }) => [
        Sid,
        Condition,
        Resource,
      ]);
    const only = {
      StringEquals: { "AWS:SourceArn": "arn:aws:cloudfront::123456789012:distribution/site-distribution" },
    };
    const distribution = (bucket: string) => [
      ["DistributionReadsPages", only, [`arn:aws:s3:::${bucket}/*`]],
      ["DistributionSeesWhatIsMissing", only, [`arn:aws:s3:::${bucket}`]],
    ];
    assert.deepEqual(readers("primary-site-policy"), distribution("primary-site-bucket-1"));
    assert.deepEqual(readers("standby-site-policy"), [
      ["EveryoneReadsPages", undefined, ["arn:aws:s3:::example.com/*"]],
      ...distribution("example.com"),
    ]);
  });

  it("limits the replication's role to the pair of buckets", () => {
    const resources = statementsOf(named(registrations, "primary-site-role-policy")).flatMap(
      ({ Resource }) => Resource as string[],
    );
    assert.deepEqual([...new Set(resources)].sort(), [
      "arn:aws:s3:::example.com/*",
      "arn:aws:s3:::primary-site-bucket-1",
      "arn:aws:s3:::primary-site-bucket-1/*",
    ]);
  });

  it("replicates only once both buckets keep versions", () => {
    const { waitsFor } = named(registrations, "primary-site-replication");
    for (const name of ["primary-site-versions-versioning", "standby-site-versions-versioning"]) {
      assert.ok(waitsFor.includes(name), name);
    }
  });

  it("uploads every page to the primary alone, after the replication's rule", () => {
    const pages = registrations.filter(({ parent }) => parent === "pages");
    for (const { inputs, waitsFor } of pages) {
      assert.equal(inputs.bucket, "primary-site-bucket-1");
      assert.ok(waitsFor.includes("primary-site-replication"));
    }
    assert.deepEqual(
      pages.map(({ inputs }) => [inputs.key, inputs.contentType, inputs.cacheControl]),
      [
        ["error.html", "text/html; charset=utf-8", "public, max-age=60"],
        ["healthz", "text/plain; charset=utf-8", "no-store"],
        ["index.html", "text/html; charset=utf-8", "public, max-age=60"],
        ["mark.svg", "image/svg+xml; charset=utf-8", "public, max-age=86400"],
        ["robots.txt", "text/plain; charset=utf-8", "public, max-age=60"],
        ["style.css", "text/css; charset=utf-8", "public, max-age=86400"],
      ],
    );
  });

  it("names no folder of a machine", () => {
    assert.ok(!JSON.stringify(registrations).includes(PROJECT));
  });

  it("has the primary bucket and then the copy behind the distribution, for both names", () => {
    const { aliases, origins } = named(registrations, "site-distribution").inputs as {
      aliases: string[];
      origins: { domainName: string }[];
    };
    assert.deepEqual(aliases, ["example.com", "www.example.com"]);
    assert.deepEqual(
      origins.map(({ domainName }) => domainName),
      ["primary-site-bucket-1.s3.example.com", "example.com.s3.example.com"],
    );
  });

  it("checks the distribution by its own name, on the path that is never cached", () => {
    const { fqdn, resourcePath, type, enableSni } = named(registrations, "site-health-check").inputs;
    assert.deepEqual(
      [fqdn, resourcePath, type, enableSni],
      ["site-distribution.cloudfront.example.com", "/healthz", "HTTPS", true],
    );
    const { orderedCacheBehaviors } = named(registrations, "site-distribution").inputs as {
      orderedCacheBehaviors: { pathPattern: string }[];
    };
    assert.deepEqual(
      orderedCacheBehaviors.map(({ pathPattern }) => pathPattern),
      [resourcePath],
    );
  });

  it("checks only once the page can be read", () => {
    const { waitsFor } = named(registrations, "site-health-check");
    for (const name of ["site-distribution", "primary-site-policy", "pages-healthz"]) {
      assert.ok(waitsFor.includes(name), name);
    }
  });

  it("leads each name to CloudFront with the check, else to its own website, by IPv4", () => {
    const records = registrations.filter(({ inputs }) => "failoverRoutingPolicies" in inputs);
    const alias = (name: string, zoneId: string) => [{ name, zoneId, evaluateTargetHealth: false }];
    const cloudFront = alias("site-distribution.cloudfront.example.com", "Z-site-distribution");
    assert.deepEqual(
      records.map(({ inputs: { name, type, aliases, healthCheckId } }) => [
        name,
        type,
        aliases,
        healthCheckId,
      ]),
      [
        ["example.com", "A", cloudFront, "site-health-check-id"],
        ["example.com", "A", alias("s3-website.example.com", "Z-standby-site-bucket"), undefined],
        ["www.example.com", "A", cloudFront, "site-health-check-id"],
        ["www.example.com", "A", alias("s3-website.example.com", "Z-standby-redirect-bucket"), undefined],
      ],
    );
  });

  it("answers for a name only when both sides can serve it", () => {
    for (const [name, website] of [
      ["failover-standby-a", "standby-site"],
      ["other-failover-primary-a", "standby-redirect"],
    ] as const) {
      const { waitsFor } = named(registrations, name);
      for (const needed of [
        "site-distribution",
        "pages-index.html",
        "primary-site-policy",
        `${website}-website`,
      ]) {
        assert.ok(waitsFor.includes(needed), `${name} ${needed}`);
      }
    }
    assert.ok(named(registrations, "failover-primary-a").waitsFor.includes("standby-site-policy"));
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
      ["health-alerts-topic", "site-health-check", "health-alarm"],
    );
  });

  it("is the plan that its settings promise: a pair per name, the same bound", () => {
    const plan = planFromResources(asStackResources(registrations));
    const pairs = failoverPairs(plan);
    assert.deepEqual(
      pairs.map(({ name, type }) => `${name} ${type}`),
      ["example.com A", "www.example.com A"],
    );
    for (const pair of pairs)
      assert.deepEqual(recoveryBound(plan, pair), systemSettingsOf("static-site").bound);
  });

  it("keeps the contract of the outputs", () => {
    const record = (name: string, role: string) => ({
      name,
      type: "A",
      role,
      setIdentifier: role === "PRIMARY" ? "primary" : "standby",
    });
    const expected = {
      schema: "warm-standby/outputs/v1",
      system: "static-site",
      environment: "dev",
      endpoints: {
        failoverUrl: "https://example.com",
        regionalUrls: {
          primary: "https://site-distribution.cloudfront.example.com",
          standby: "http://example.com.s3-website.example.com",
        },
      },
      regions: { primary: "us-east-1", standby: "us-west-2" },
      healthCheckId: "site-health-check-id",
      zoneId: "Z1",
      records: [
        record("example.com", "PRIMARY"),
        record("example.com", "SECONDARY"),
        record("www.example.com", "PRIMARY"),
        record("www.example.com", "SECONDARY"),
      ],
      alarmTopicArns: { health: "arn:topic:health-alerts-topic" },
      rto: { objectiveSeconds: 300, boundSeconds: 204, basis: "bound" },
    };
    assert.deepEqual(parseOutputs(outputs, "dev"), { kind: "ok", outputs: expected });
  });
});

describe("stacks/static-site with other settings", () => {
  it("has one pair and no redirect for one name", async () => {
    const { registrations } = await buildSite({ bothNames: "false" });
    assert.deepEqual(lines(registrations), ONE_NAME);
    assert.deepEqual(named(registrations, "site-distribution").inputs.aliases, ["example.com"]);
  });

  it("differs only in the zone when it creates it", async () => {
    const { registrations } = await buildSite({ createHostedZone: "true" });
    assert.deepEqual(
      lines(registrations).filter((line) => !WHOLE_STACK.includes(line)),
      ["aws:route53/zone:Zone zone <- - @primary"],
    );
  });

  it("keeps certificate and alarm in us-east-1 when no side is there", async () => {
    const invokes: Invokes = {
      ...INVOKES,
      "aws:index/getRegion:getRegion": (_, provider) => ({
        region: provider === "primary" ? "eu-west-1" : "eu-central-1",
      }),
    };
    const { registrations } = await buildSite(
      { primaryRegion: "eu-west-1", standbyRegion: "eu-central-1" },
      invokes,
    );
    assert.deepEqual(
      registrations.filter(({ inputs }) => inputs.region === "us-east-1").map(({ name }) => name),
      ["health-alerts-topic", "certificate-certificate", "certificate-validation", "health-alarm"],
    );
  });

  it("lets the buckets go with their contents only without deletion protection", async () => {
    for (const [deletionProtection, forceDestroy] of [
      ["true", false],
      ["false", true],
    ] as const) {
      const { registrations } = await buildSite({ deletionProtection });
      for (const side of ["primary", "standby"]) {
        assert.equal(named(registrations, `${side}-site-bucket`).inputs.forceDestroy, forceDestroy);
      }
    }
  });

  it("hands headers and days to what they are for, to both buckets alike", async () => {
    const { registrations } = await buildSite({
      strictTransportSeconds: "0",
      contentSecurityPolicy: "default-src 'none'",
      oldVersionDays: "7",
    });
    const { securityHeadersConfig } = named(registrations, "site-headers").inputs as {
      securityHeadersConfig: Record<string, Record<string, unknown>>;
    };
    assert.equal("strictTransportSecurity" in securityHeadersConfig, false);
    assert.equal(securityHeadersConfig.contentSecurityPolicy?.contentSecurityPolicy, "default-src 'none'");
    for (const side of ["primary", "standby"]) {
      const { rules } = named(registrations, `${side}-site-versions-lifecycle`).inputs as {
        rules: { noncurrentVersionExpiration: { noncurrentDays: number } }[];
      };
      assert.deepEqual(
        rules.map(({ noncurrentVersionExpiration }) => noncurrentVersionExpiration.noncurrentDays),
        [7],
      );
    }
  });

  it("refuses a folder that is no site before anything is registered", async () => {
    const recording = await buildSite({ siteFolder: "no-such-site" }).then(
      () => "built",
      (error: Error) => error.message,
    );
    assert.equal(
      recording,
      "the site's folder is no-such-site, but there is none; allowed: a folder of the project with the site's files; create it, or correct the name",
    );
  });

  it("keeps the name of the health page for itself", async () => {
    mkdirSync(path.join(PROJECT, "reports"), { recursive: true });
    const folder = mkdtempSync(path.join(PROJECT, "reports", "site-"));
    try {
      for (const key of ["index.html", "error.html", "healthz"]) writeFileSync(path.join(folder, key), "");
      const siteFolder = path.relative(PROJECT, folder);
      await assert.rejects(buildSite({ siteFolder }), {
        message: `the site's folder is ${siteFolder}, but it has a file healthz; allowed: every other name, since the health check asks for that one; rename the file`,
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
