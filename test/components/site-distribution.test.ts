import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { folderIndexCode } from "../../components/folder-index-code";
import { securityHeadersConfig } from "../../components/security-headers";
import { SiteDistribution, type SiteDistributionArgs } from "../../components/site-distribution";
import { lines, named, record } from "./registrations";

const HEADERS = { strictTransportSeconds: 300, contentSecurityPolicy: "default-src 'self'" };
const ONE: SiteDistributionArgs = {
  hostNames: ["example.com", "www.example.com"],
  certificateArn: "arn:certificate",
  origin: { regionalDomainName: "first.s3.us-east-1.example.com" },
  indexDocument: "index.html",
  errorPages: [{ errorCode: 404, document: "error.html", responseCode: 404 }],
  securityHeaders: HEADERS,
  comment: "example.com (dev)",
};
const TWO: SiteDistributionArgs = {
  ...ONE,
  secondOrigin: { regionalDomainName: "second.s3.us-west-2.example.com" },
  uncachedPath: "/healthz",
};

describe("components/site-distribution", () => {
  const build = (args: SiteDistributionArgs) =>
    record(() => {
      const provider = new Provider("primary", { region: "us-east-1" });
      return new SiteDistribution("site", args, { provider });
    });
  const inputsOf = async (args: SiteDistributionArgs) =>
    named((await build(args)).registrations, "site-distribution").inputs as Record<
      string,
      Record<string, unknown> | undefined
    >;

  it("is a distribution, an access control and a headers policy", async () => {
    assert.deepEqual(lines((await build(TWO)).registrations), [
      "aws:cloudfront/distribution:Distribution site-distribution <- site @primary",
      "aws:cloudfront/originAccessControl:OriginAccessControl site-access <- site @primary",
      "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy site-headers <- site @primary",
      "pulumi:providers:aws primary <- - @-",
      "warm-standby:components:SiteDistribution site <- - @-",
    ]);
  });

  const behavior = {
    targetOriginId: "both-buckets",
    viewerProtocolPolicy: "redirect-to-https",
    allowedMethods: ["GET", "HEAD"],
    cachedMethods: ["GET", "HEAD"],
    responseHeadersPolicyId: "site-headers-id",
  };

  it("asks the second bucket within the request, and never caches the one path", async () => {
    const origin = (originId: string, domainName: string) => ({
      originId,
      domainName,
      originAccessControlId: "site-access-id",
      connectionAttempts: 1,
      connectionTimeout: 1,
    });
    assert.deepEqual(await inputsOf(TWO), {
      enabled: true,
      comment: "example.com (dev)",
      aliases: ["example.com", "www.example.com"],
      isIpv6Enabled: true,
      httpVersion: "http2and3",
      priceClass: "PriceClass_100",
      defaultRootObject: "index.html",
      origins: [
        origin("first-bucket", "first.s3.us-east-1.example.com"),
        origin("second-bucket", "second.s3.us-west-2.example.com"),
      ],
      originGroups: [
        {
          originId: "both-buckets",
          failoverCriteria: { statusCodes: [403, 500, 502, 503, 504] },
          members: [{ originId: "first-bucket" }, { originId: "second-bucket" }],
        },
      ],
      defaultCacheBehavior: {
        ...behavior,
        compress: true,
        cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
      },
      orderedCacheBehaviors: [
        {
          ...behavior,
          compress: false,
          pathPattern: "/healthz",
          cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
        },
      ],
      customErrorResponses: [
        { errorCode: 404, responseCode: 404, responsePagePath: "/error.html", errorCachingMinTtl: 10 },
      ],
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate: {
        acmCertificateArn: "arn:certificate",
        sslSupportMethod: "sni-only",
        minimumProtocolVersion: "TLSv1.2_2021",
      },
    });
  });

  it("asks its one bucket, with neither group nor uncached path, where there is no second", async () => {
    const inputs = await inputsOf(ONE);
    assert.deepEqual(
      (inputs.origins as unknown as { originId: string }[]).map(({ originId }) => originId),
      ["first-bucket"],
    );
    assert.deepEqual(
      [inputs.originGroups, inputs.orderedCacheBehaviors, inputs.defaultCacheBehavior?.targetOriginId],
      [undefined, undefined, "first-bucket"],
    );
  });

  it("serves visitors by HTTP without a redirect where it is told to, the uncached path too", async () => {
    const { defaultCacheBehavior, orderedCacheBehaviors } = await inputsOf({
      ...TWO,
      httpVisitors: "served",
    });
    const ordered = orderedCacheBehaviors as unknown as { viewerProtocolPolicy: string }[];
    assert.deepEqual(
      [defaultCacheBehavior?.viewerProtocolPolicy, ...ordered.map((each) => each.viewerProtocolPolicy)],
      ["allow-all", "allow-all"],
    );
  });

  it("waits for the first bucket for less than a checker waits for the whole answer", async () => {
    const { origins } = await inputsOf(TWO);
    for (const origin of origins as unknown as { connectionAttempts: number; connectionTimeout: number }[]) {
      // Route 53 developer guide: the status within 2 s of connecting.
      assert.ok(origin.connectionAttempts * origin.connectionTimeout < 2);
    }
  });

  it("finds the index of a folder for visitors, not for checkers", async () => {
    const args = { ...TWO, foldersHaveIndex: true };
    const { registrations } = await build(args);
    assert.deepEqual(named(registrations, "site-folder-index").inputs, {
      runtime: "cloudfront-js-2.0",
      publish: true,
      code: folderIndexCode("index.html"),
    });
    const { defaultCacheBehavior, orderedCacheBehaviors } = await inputsOf(args);
    assert.deepEqual(defaultCacheBehavior?.functionAssociations, [
      { eventType: "viewer-request", functionArn: "arn:function:site-folder-index" },
    ]);
    assert.ok(!JSON.stringify(orderedCacheBehaviors).includes("functionAssociations"));
  });

  it("signs what it asks of the buckets, always", async () => {
    const { registrations } = await build(ONE);
    assert.deepEqual(named(registrations, "site-access").inputs, {
      originAccessControlOriginType: "s3",
      signingBehavior: "always",
      signingProtocol: "sigv4",
    });
  });

  it("is led to by an alias with its own zone", async () => {
    const { result } = await build(ONE);
    const lead = await new Promise((resolve) => pulumi.output(result.lead).apply(resolve));
    assert.deepEqual(lead, {
      kind: "alias",
      dnsName: "site-distribution.cloudfront.example.com",
      zoneId: "Z-site-distribution",
    });
  });
});

describe("components/security-headers", () => {
  const common = {
    contentSecurityPolicy: { contentSecurityPolicy: "default-src 'self'", override: true },
    contentTypeOptions: { override: true },
    frameOptions: { frameOption: "DENY", override: true },
    referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: true },
  };

  it("tells browsers to stay with HTTPS for a while", () => {
    assert.deepEqual(securityHeadersConfig({ ...HEADERS, strictTransportSeconds: 1 }), {
      strictTransportSecurity: { accessControlMaxAgeSec: 1, includeSubdomains: false, override: true },
      ...common,
    });
  });

  it("says nothing of HTTPS for 0 s", () => {
    assert.deepEqual(securityHeadersConfig({ ...HEADERS, strictTransportSeconds: 0 }), common);
  });
});
