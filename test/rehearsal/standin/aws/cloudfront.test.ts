import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { MemoryAccount } from "../../../../rehearsal/standin/aws/account";
import {
  CACHE_POLICY,
  CLOUDFRONT_FUNCTION,
  DISTRIBUTION,
  ORIGIN_ACCESS_CONTROL,
  RESPONSE_HEADERS_POLICY,
} from "../../../../rehearsal/standin/aws/cloudfront-policy";
import { made, reasonsOf, refusal, removed } from "./account-fixture";
import { MINIMAL } from "./minimal-inputs";

const CERTIFICATE = "aws:acm/certificate:Certificate";
const BASE: Properties = MINIMAL[DISTRIBUTION] ?? {};
const BEHAVIOR = BASE.defaultCacheBehavior as Properties;
const ORIGIN = { domainName: "pages.s3.us-east-1.amazonaws.com", originId: "bucket" };
const COPY = { domainName: "copy.s3.us-west-2.amazonaws.com", originId: "copy" };
const GROUP = {
  originId: "group",
  failoverCriteria: { statusCodes: [500, 503] },
  members: [{ originId: "bucket" }, { originId: "copy" }],
};
const CERTIFICATE_ARN = "arn:aws:acm:us-east-1:123456789012:certificate/1";

const reasons = (change: Properties) => reasonsOf(DISTRIBUTION, { ...BASE, ...change });
const behavior = (change: Properties) => reasons({ defaultCacheBehavior: { ...BEHAVIOR, ...change } });
const group = (change: Properties) =>
  reasons({
    origins: [ORIGIN, COPY],
    originGroups: [{ ...GROUP, ...change }],
    defaultCacheBehavior: { ...BEHAVIOR, targetOriginId: "group" },
  });

describe("standin/aws/cloudfront", () => {
  it("makes a distribution with a name and the zone of all of them", () => {
    const { id, outputs } = made(DISTRIBUTION, { ...BASE, isIpv6Enabled: true });
    assert.match(id, /^E[A-Z0-9]{13}$/);
    assert.match(String(outputs.domainName), /^d[a-z0-9]{13}\.cloudfront\.net$/);
    assert.match(String(outputs.etag), /^E[A-Z0-9]{13}$/);
    assert.match(String(outputs.callerReference), /^terraform-\d{26}$/);
    const { domainName, etag, callerReference, ...rest } = outputs;
    assert.deepEqual(rest, {
      ...BASE,
      arn: `arn:aws:cloudfront::123456789012:distribution/${id}`,
      continuousDeploymentPolicyId: "",
      hostedZoneId: "Z2FDTNDATAQYW2",
      httpVersion: "http2",
      inProgressValidationBatches: 0,
      isIpv6Enabled: true,
      lastModifiedTime: "2026-01-01 00:00:00 +0000 UTC",
      loggingV1Enabled: false,
      origins: [
        {
          ...ORIGIN,
          connectionAttempts: 3,
          connectionTimeout: 10,
          originAccessControlId: "",
          originPath: "",
        },
      ],
      priceClass: "PriceClass_All",
      retainOnDelete: false,
      staging: false,
      status: "Deployed",
      tagsAll: {},
      trustedKeyGroups: [{ enabled: false, items: [] }],
      trustedSigners: [{ enabled: false, items: [] }],
      viewerCertificate: { cloudfrontDefaultCertificate: true, minimumProtocolVersion: "TLSv1" },
      waitForDeployment: true,
    });
    assert.equal(made(DISTRIBUTION, { ...BASE, comment: "changed" }).id, id);
    assert.notEqual(made(DISTRIBUTION, { ...BASE, comment: "changed" }).outputs.etag, etag);
  });

  it("takes a certificate of us-east-1 for names of one's own, and no other", () => {
    const certified = (viewerCertificate: Properties) =>
      reasons({ aliases: ["www.example.com"], viewerCertificate });
    assert.deepEqual(certified({ cloudfrontDefaultCertificate: true }), [
      "viewerCertificate: CloudFront's own certificate does not cover aliases (InvalidViewerCertificate); set acmCertificateArn to one of us-east-1",
    ]);
    assert.deepEqual(certified({}), [
      "viewerCertificate: no certificate (InvalidViewerCertificate); set acmCertificateArn, or cloudfrontDefaultCertificate to true",
    ]);
    const own = { acmCertificateArn: CERTIFICATE_ARN, sslSupportMethod: "sni-only" };
    assert.deepEqual(certified(own), []);
    assert.deepEqual(certified({ ...own, acmCertificateArn: UNKNOWN }), []);
    assert.deepEqual(
      certified({ ...own, acmCertificateArn: CERTIFICATE_ARN.replace("us-east-1", "us-west-2") }),
      [
        "viewerCertificate.acmCertificateArn: the certificate is in us-west-2, and CloudFront takes one of us-east-1 only (InvalidViewerCertificate); request it there",
      ],
    );
    assert.deepEqual(certified({ acmCertificateArn: CERTIFICATE_ARN }), [
      "viewerCertificate.sslSupportMethod: missing, and a certificate of one's own needs it; set sni-only",
    ]);
    assert.deepEqual(certified({ ...own, minimumProtocolVersion: "TLS12" }).length, 1);
  });

  it("wants the certificate to exist, to cover the names and to be issued", () => {
    const account = new MemoryAccount(true);
    const named = (aliases: string[], acmCertificateArn: unknown) => () =>
      made(
        DISTRIBUTION,
        {
          ...BASE,
          aliases,
          viewerCertificate: { acmCertificateArn, sslSupportMethod: "sni-only" } as Properties,
        },
        { account },
      );
    const because = (reason: string) => [`${DISTRIBUTION} "x": ${reason}`];
    assert.deepEqual(
      refusal(named(["www.example.com"], CERTIFICATE_ARN)),
      because(`certificate ${CERTIFICATE_ARN} does not exist (InvalidViewerCertificate)`),
    );
    const certificate = { domainName: "www.example.com", validationMethod: "DNS" };
    const { id, outputs } = made(CERTIFICATE, certificate, { account });
    assert.deepEqual(
      refusal(named(["www.example.com", "example.com"], id)),
      because(
        "the certificate is for www.example.com and does not cover example.com; add it to subjectAlternativeNames",
      ),
    );
    const [option] = outputs.domainValidationOptions as {
      resourceRecordName: string;
      resourceRecordValue: string;
    }[];
    assert.deepEqual(
      refusal(named(["www.example.com"], id)),
      because(
        `the certificate is not issued yet (its record ${option?.resourceRecordName} does not exist); take viewerCertificate.acmCertificateArn from the CertificateValidation`,
      ),
    );
    const zone = made("aws:route53/zone:Zone", { name: "example.com" }, { account });
    made(
      "aws:route53/record:Record",
      {
        name: option?.resourceRecordName,
        records: [option?.resourceRecordValue ?? ""],
        ttl: 60,
        type: "CNAME",
        zoneId: zone.id,
      },
      { account },
    );
    const distribution = named(["www.example.com"], id)();
    assert.deepEqual(
      refusal(() => removed(CERTIFICATE, account)),
      [`${CERTIFICATE} "x": distribution ${distribution.id} uses it (ResourceInUse); delete that first`],
    );
  });

  it("gives a name to one distribution only", () => {
    const account = new MemoryAccount(false);
    const viewerCertificate = { acmCertificateArn: CERTIFICATE_ARN, sslSupportMethod: "sni-only" };
    const inputs = { ...BASE, aliases: ["www.example.com"], viewerCertificate };
    const { id } = made(DISTRIBUTION, inputs, { account, name: "first" });
    assert.deepEqual(
      refusal(() =>
        made(DISTRIBUTION, { ...inputs, aliases: ["WWW.example.com"] }, { account, name: "second" }),
      ),
      [
        `${DISTRIBUTION} "second": aliases: www.example.com is on distribution ${id} already (CNAMEAlreadyExists); a name is on one distribution only`,
      ],
    );
    assert.equal(made(DISTRIBUTION, inputs, { account, name: "first" }).id, id);
  });

  it("judges origins and groups of them", () => {
    assert.deepEqual(group({}), []);
    assert.deepEqual(group({ members: [{ originId: "bucket" }] }), [
      "originGroups[0].members: CloudFront takes two origins, got 1",
    ]);
    assert.deepEqual(group({ members: [{ originId: "bucket" }, { originId: "gone" }] }), [
      'originGroups[0].members[1].originId: no origin "gone" (NoSuchOrigin); there are bucket or copy',
    ]);
    assert.deepEqual(group({ failoverCriteria: { statusCodes: [500, 501] } }), [
      "originGroups[0].failoverCriteria.statusCodes: CloudFront takes 400, 403, 404, 416, 429, 500, 502, 503 or 504, got 501",
    ]);
    assert.deepEqual(behavior({ targetOriginId: "gone" }), [
      'defaultCacheBehavior.targetOriginId: no origin "gone" (NoSuchOrigin); there are bucket',
    ]);
    assert.deepEqual(reasons({ origins: [ORIGIN, ORIGIN] }), [
      'origins: "bucket" is the originId of two; give each its own',
    ]);
    assert.deepEqual(reasons({ origins: [{ ...ORIGIN, originId: UNKNOWN }] }), []);
    const domain = (change: Properties) => reasons({ origins: [{ ...ORIGIN, ...change }] });
    assert.deepEqual(domain({ domainName: "https://example.com" }), [
      'origins[0].domainName: CloudFront takes a host name without scheme, port or path, got "https://example.com"',
    ]);
    const website = { domainName: "pages.s3-website-us-east-1.amazonaws.com" };
    assert.deepEqual(domain({ ...website, originAccessControlId: "E1" }), [
      "origins[0].originAccessControlId: pages.s3-website-us-east-1.amazonaws.com is a website, which takes no signed requests (InvalidArgument); use the bucket's bucketRegionalDomainName",
    ]);
    assert.equal(domain(website).length, 1);
    assert.deepEqual(domain({ ...website, customOriginConfig: { originProtocolPolicy: "http-only" } }), []);
  });

  it("judges behaviors", () => {
    const all = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
    assert.deepEqual(behavior({ allowedMethods: all }), []);
    assert.deepEqual(behavior({ allowedMethods: ["GET", "POST"] }), [
      'defaultCacheBehavior.allowedMethods: CloudFront takes GET and HEAD, these with OPTIONS, or all seven, got ["GET","POST"]',
    ]);
    assert.deepEqual(
      reasons({
        origins: [ORIGIN, COPY],
        originGroups: [GROUP],
        defaultCacheBehavior: { ...BEHAVIOR, targetOriginId: "group", allowedMethods: all },
      }),
      [
        "defaultCacheBehavior.allowedMethods: an origin group serves no POST, PUT, PATCH or DELETE (InvalidArgument); leave them out",
      ],
    );
    assert.deepEqual(behavior({ cachePolicyId: undefined }), [
      "defaultCacheBehavior: cachePolicyId is missing, and so is the older forwardedValues (InvalidArgument); set cachePolicyId",
    ]);
    assert.deepEqual(behavior({ defaultTtl: 60 }), [
      "defaultCacheBehavior.defaultTtl: a behavior with cachePolicyId has none (InvalidArgument); leave it out",
    ]);
    assert.deepEqual(behavior({ viewerProtocolPolicy: "https" }), [
      'defaultCacheBehavior.viewerProtocolPolicy: AWS takes allow-all, https-only or redirect-to-https, got "https"',
    ]);
    const ordered = { ...BEHAVIOR, targetOriginId: "gone", pathPattern: "/healthz" };
    assert.deepEqual(reasons({ orderedCacheBehaviors: [ordered] }), [
      'orderedCacheBehaviors[0].targetOriginId: no origin "gone" (NoSuchOrigin); there are bucket',
    ]);
  });

  it("knows CloudFront's own policies and those of the account", () => {
    const account = new MemoryAccount(true);
    const cached = (cachePolicyId: string) =>
      made(DISTRIBUTION, { ...BASE, defaultCacheBehavior: { ...BEHAVIOR, cachePolicyId } }, { account });
    assert.deepEqual(
      refusal(() => cached("gone")),
      [
        `${DISTRIBUTION} "x": defaultCacheBehavior.cachePolicyId: gone does not exist (NoSuchCachePolicy); take it from the resource's id or its lookup`,
      ],
    );
    const { id } = made(CACHE_POLICY, { ...MINIMAL[CACHE_POLICY], name: "short" }, { account });
    assert.match(id, /^[0-9a-f-]{36}$/);
    const distribution = cached(id);
    assert.deepEqual(
      refusal(() => removed(CACHE_POLICY, account)),
      [
        `${CACHE_POLICY} "x": distribution ${distribution.id} still uses it (CachePolicyInUse); take it out of the distribution first`,
      ],
    );
    cached("4135ea2d-6df8-44a3-9df3-4b5a84be39ad");
    removed(CACHE_POLICY, account);
  });

  it("orders the times of a cache policy", () => {
    const ttls = (change: Properties) => reasonsOf(CACHE_POLICY, { ...MINIMAL[CACHE_POLICY], ...change });
    assert.deepEqual(ttls({ minTtl: 0, defaultTtl: 0, maxTtl: 0 }), []);
    assert.deepEqual(ttls({ minTtl: 61, defaultTtl: 60, maxTtl: 60 }), [
      "defaultTtl: CloudFront takes minTtl <= defaultTtl <= maxTtl, got 61, 60, 60",
    ]);
    assert.deepEqual(ttls({ defaultTtl: UNKNOWN }), []);
  });

  it("judges the headers of responses", () => {
    const headers = (securityHeadersConfig: Properties) =>
      reasonsOf(RESPONSE_HEADERS_POLICY, { securityHeadersConfig });
    const referrer = (referrerPolicy: string) =>
      headers({ referrerPolicy: { override: true, referrerPolicy } });
    assert.deepEqual(referrer("strict-origin-when-cross-origin"), []);
    assert.deepEqual(referrer("strict-origin-when-cross"), [
      'securityHeadersConfig.referrerPolicy.referrerPolicy: AWS takes no-referrer, no-referrer-when-downgrade, origin, origin-when-cross-origin, same-origin, strict-origin, strict-origin-when-cross-origin or unsafe-url, got "strict-origin-when-cross"',
    ]);
    assert.deepEqual(headers({ frameOptions: { frameOption: "deny", override: true } }), [
      'securityHeadersConfig.frameOptions.frameOption: AWS takes DENY or SAMEORIGIN, got "deny"',
    ]);
    assert.deepEqual(headers({ strictTransportSecurity: { override: true } }), [
      "securityHeadersConfig.strictTransportSecurity.accessControlMaxAgeSec is missing, and AWS cannot do without it",
    ]);
    assert.equal(reasonsOf(RESPONSE_HEADERS_POLICY, {}).length, 1);
    const items = [{ header: "X-Frame-Options", override: true, value: "DENY" }];
    assert.deepEqual(reasonsOf(RESPONSE_HEADERS_POLICY, { customHeadersConfig: { items } }), [
      'customHeadersConfig.items[0].header: "X-Frame-Options" is a security header and no custom one (InvalidArgument); set it in securityHeadersConfig',
    ]);
  });

  it("makes access controls and functions by name", () => {
    const account = new MemoryAccount(true);
    const control = { ...MINIMAL[ORIGIN_ACCESS_CONTROL], name: "pages" };
    const { id, outputs } = made(ORIGIN_ACCESS_CONTROL, control, { account });
    assert.equal(outputs.arn, `arn:aws:cloudfront::123456789012:origin-access-control/${id}`);
    assert.deepEqual(
      refusal(() => made(ORIGIN_ACCESS_CONTROL, control, { account, name: "again" })),
      [
        `${ORIGIN_ACCESS_CONTROL} "again": origin access control pages already exists (OriginAccessControlAlreadyExists); give it another name`,
      ],
    );
    made(DISTRIBUTION, { ...BASE, origins: [{ ...ORIGIN, originAccessControlId: id }] }, { account });
    assert.equal(refusal(() => removed(ORIGIN_ACCESS_CONTROL, account)).length, 1);
    const code = { name: "rewrite", runtime: "cloudfront-js-2.0" };
    const edge = made(CLOUDFRONT_FUNCTION, { ...code, code: "x" });
    assert.equal(edge.id, "rewrite");
    assert.equal(edge.outputs.arn, "arn:aws:cloudfront::123456789012:function/rewrite");
    assert.equal(edge.outputs.liveStageEtag, edge.outputs.etag);
    assert.deepEqual(reasonsOf(CLOUDFRONT_FUNCTION, { ...code, code: "x".repeat(10_240) }), []);
    assert.deepEqual(reasonsOf(CLOUDFRONT_FUNCTION, { ...code, code: "x".repeat(10_241) }), [
      "code: CloudFront takes 10240 bytes, got 10241",
    ]);
  });
});
