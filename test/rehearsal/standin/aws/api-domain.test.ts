import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../model/unknown";
import { hostedZones, MemoryAccount } from "../../../../rehearsal/standin/aws/account";
import { CERTIFICATE } from "../../../../rehearsal/standin/aws/acm";
import { API_MAPPING, DOMAIN_NAME } from "../../../../rehearsal/standin/aws/api-domain";
import { API, STAGE } from "../../../../rehearsal/standin/aws/apigatewayv2";
import { resourceType } from "../../../../rehearsal/standin/aws/catalogue";
import { foresee } from "../../../../rehearsal/standin/aws/lifecycle";
import { RECORD, ZONE } from "../../../../rehearsal/standin/aws/route53-zone";
import { made, reasonsOf, refusal } from "./account-fixture";
import { MINIMAL } from "./minimal-inputs";

const NAME = "profiles.example.com";
const BASE = MINIMAL[DOMAIN_NAME] ?? {};
const CONFIGURATION = BASE.domainNameConfiguration as Record<string, string>;

/** The refusal without type and name. */
function reason(act: () => unknown): string {
  return refusal(act)[0]?.replace(/^.*?": /, "") ?? "";
}

describe("standin/aws/api-domain", () => {
  it("makes a custom domain with a target name in the region's zone", () => {
    for (const [region, zone] of [
      ["us-east-1", "Z1UJRXOUMOOFQ8"],
      ["us-west-2", "Z2OJLYMUO9EFXC"],
    ] as const) {
      const certificateArn = CONFIGURATION.certificateArn?.replace("us-east-1", region);
      const inputs = { ...BASE, domainNameConfiguration: { ...CONFIGURATION, certificateArn } };
      const { id, outputs } = made(DOMAIN_NAME, inputs, { region });
      assert.equal(id, NAME);
      assert.equal(outputs.arn, `arn:aws:apigateway:${region}::/domainnames/${NAME}`);
      const configuration = outputs.domainNameConfiguration as Record<string, string>;
      assert.equal(configuration.hostedZoneId, zone);
      assert.match(
        configuration.targetDomainName ?? "",
        new RegExp(`^d-[a-z0-9]{10}\\.execute-api\\.${region}\\.amazonaws\\.com$`),
      );
      assert.equal(configuration.ipAddressType, "ipv4");
      assert.equal(configuration.certificateArn, certificateArn);
    }
  });

  it("foresees the target as unknown inside the configuration and keeps what is given", () => {
    const configuration = { ...CONFIGURATION, ipAddressType: "dualstack" };
    const foreseen = foresee(resourceType(DOMAIN_NAME), { ...BASE, domainNameConfiguration: configuration });
    assert.deepEqual(foreseen.domainNameConfiguration, {
      ...configuration,
      hostedZoneId: UNKNOWN,
      ownershipVerificationCertificateArn: UNKNOWN,
      targetDomainName: UNKNOWN,
    });
  });

  it("refuses a configuration that API Gateway refuses", () => {
    const reasons = (change: object) =>
      reasonsOf(DOMAIN_NAME, { ...BASE, domainNameConfiguration: { ...CONFIGURATION, ...change } });
    assert.deepEqual(reasons({}), []);
    assert.deepEqual(reasons({ endpointType: "EDGE" }), [
      'domainNameConfiguration: endpointType: AWS takes REGIONAL, got "EDGE"',
    ]);
    assert.deepEqual(reasons({ securityPolicy: undefined }), [
      "domainNameConfiguration.securityPolicy is missing, and AWS cannot do without it",
    ]);
    assert.deepEqual(
      reasons({ certificateArn: CONFIGURATION.certificateArn?.replace("us-east-1", "us-west-2") }),
      [
        "domainNameConfiguration.certificateArn: the certificate is in us-west-2, and a regional domain in us-east-1 takes one from there only",
      ],
    );
    assert.deepEqual(reasonsOf(DOMAIN_NAME, { ...BASE, domainName: "https://x" }).length, 1);
    assert.deepEqual(reasonsOf(DOMAIN_NAME, { ...BASE, domainName: "Profiles.example.com" }).length, 1);
  });

  it("takes a name once in each region", () => {
    const account = new MemoryAccount(false);
    made(DOMAIN_NAME, BASE, { account, name: "a" });
    const west = {
      ...CONFIGURATION,
      certificateArn: CONFIGURATION.certificateArn?.replace("us-east-1", "us-west-2"),
    };
    made(
      DOMAIN_NAME,
      { ...BASE, domainNameConfiguration: west },
      { account, name: "b", region: "us-west-2" },
    );
    assert.equal(
      reason(() => made(DOMAIN_NAME, BASE, { account, name: "c" })),
      `custom domain ${NAME} already exists in us-east-1 (Conflict); each region takes a name once`,
    );
  });

  it("waits for a certificate that covers the name and is issued", () => {
    const account = new MemoryAccount(true, hostedZones(["example.com"]));
    const certificate = (domainName: string, name: string) =>
      made(CERTIFICATE, { domainName, validationMethod: "DNS" }, { account, name });
    const domain = (certificateArn: string) =>
      made(
        DOMAIN_NAME,
        { domainName: NAME, domainNameConfiguration: { ...CONFIGURATION, certificateArn } },
        { account },
      );
    const gone = CONFIGURATION.certificateArn ?? "";
    assert.equal(
      reason(() => domain(gone)),
      `certificate ${gone} does not exist (BadRequest)`,
    );
    assert.equal(
      reason(() => domain(certificate("www.example.com", "www").id)),
      `the certificate is for www.example.com and does not cover ${NAME}; add it to subjectAlternativeNames`,
    );
    const { id, outputs } = certificate(NAME, "profiles");
    const [option] = outputs.domainValidationOptions as Record<string, string>[];
    assert.equal(
      reason(() => domain(id)),
      `the certificate is not issued yet (its record ${option?.resourceRecordName} does not exist); take certificateArn from the CertificateValidation`,
    );
    made(
      RECORD,
      {
        zoneId: account.list(ZONE)[0]?.id,
        name: option?.resourceRecordName,
        type: "CNAME",
        ttl: 60,
        records: [option?.resourceRecordValue ?? ""],
      },
      { account },
    );
    assert.equal(domain(id).id, NAME);
  });

  it("maps a domain to a stage that exists", () => {
    const account = new MemoryAccount(true);
    const open = new MemoryAccount(false);
    const { id: apiId } = made(API, { protocolType: "HTTP" }, { account });
    const mapping = { apiId, domainName: NAME, stage: "$default" };
    const map = (change: object = {}, name = "x") =>
      made(API_MAPPING, { ...mapping, ...change }, { account, name });
    assert.match(made(API_MAPPING, mapping, { account: open }).id, /^[a-z0-9]{6}$/);
    assert.equal(
      reason(() => map({ apiId: "gone" })),
      "API gone does not exist in us-east-1 (NotFound)",
    );
    assert.equal(
      reason(() => map()),
      `stage $default does not exist in API ${apiId} (NotFound); take it from the stage's id, so that it exists first`,
    );
    made(STAGE, { apiId, name: "$default" }, { account });
    assert.equal(
      reason(() => map()),
      `custom domain ${NAME} does not exist in us-east-1 (NotFound); take it from the domain's id`,
    );
    account.put({ type: DOMAIN_NAME, urn: "d", id: NAME, region: "us-east-1", properties: {} });
    map();
    assert.equal(
      reason(() => map({}, "second")),
      `custom domain ${NAME} has a mapping with that key already (Conflict); change apiMappingKey`,
    );
    map({ apiMappingKey: "v2" }, "second");
  });
});
