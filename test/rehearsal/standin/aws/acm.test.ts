import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../model/unknown";
import { hostedZones, MemoryAccount } from "../../../../rehearsal/standin/aws/account";
import {
  CERTIFICATE,
  CERTIFICATE_VALIDATION,
  certificateCovers,
  validationOptions,
} from "../../../../rehearsal/standin/aws/acm";
import { DOMAIN_NAME } from "../../../../rehearsal/standin/aws/api-domain";
import { RECORD } from "../../../../rehearsal/standin/aws/route53-zone";
import { made, reasonsOf, refusal, removed } from "./account-fixture";

const NAME = "profiles.example.com";
const WITH_WILDCARD = { domainName: NAME, subjectAlternativeNames: [`*.${NAME}`], validationMethod: "DNS" };

describe("standin/aws/acm", () => {
  it("asks for one record for a name and its wildcard, the same in both regions", () => {
    const east = made(CERTIFICATE, WITH_WILDCARD).outputs;
    const west = made(CERTIFICATE, WITH_WILDCARD, { region: "us-west-2" }).outputs;
    const options = east.domainValidationOptions as Record<string, string>[];
    assert.deepEqual(
      options.map(({ domainName }) => domainName),
      [NAME, `*.${NAME}`],
    );
    const [first, second] = options.map(({ domainName: _, ...record }) => record);
    assert.deepEqual(first, second);
    assert.match(String(first?.resourceRecordName), /^_[0-9a-f]{32}\.profiles\.example\.com\.$/);
    assert.match(String(first?.resourceRecordValue), /^_[0-9a-f]{32}\.[a-z]{10}\.acm-validations\.aws\.$/);
    assert.equal(first?.resourceRecordType, "CNAME");
    assert.deepEqual(west.domainValidationOptions, options);
    assert.notEqual(west.arn, east.arn);
  });

  it("asks for another record for another name or account", () => {
    const [option] = validationOptions([NAME], "123456789012");
    assert.notEqual(
      validationOptions(["www.example.com"], "123456789012")[0]?.resourceRecordValue,
      option?.resourceRecordValue,
    );
    assert.notEqual(
      validationOptions([NAME], "210987654321")[0]?.resourceRecordName,
      option?.resourceRecordName,
    );
  });

  it("makes a certificate that still waits for its validation", () => {
    const { id, outputs } = made(CERTIFICATE, WITH_WILDCARD, { region: "us-west-2" });
    assert.match(
      id,
      /^arn:aws:acm:us-west-2:123456789012:certificate\/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    assert.equal(outputs.arn, id);
    assert.equal(outputs.status, "PENDING_VALIDATION");
    assert.equal(outputs.type, "AMAZON_ISSUED");
    assert.equal(outputs.keyAlgorithm, "RSA_2048");
    assert.deepEqual(outputs.subjectAlternativeNames, [NAME, `*.${NAME}`]);
  });

  it("takes an imported certificate as issued", () => {
    const imported = { privateKey: "key", certificateBody: "body" };
    assert.deepEqual(reasonsOf(CERTIFICATE, imported), []);
    const { outputs } = made(CERTIFICATE, imported);
    assert.deepEqual(
      [outputs.status, outputs.type, outputs.validationMethod, outputs.domainValidationOptions],
      ["ISSUED", "IMPORTED", "NONE", []],
    );
  });

  it("refuses what ACM refuses", () => {
    assert.deepEqual(reasonsOf(CERTIFICATE, { domainName: NAME }), [
      "validationMethod is missing, and a public certificate is validated by DNS or EMAIL",
    ]);
    const named = (domainName: string) => reasonsOf(CERTIFICATE, { domainName, validationMethod: "DNS" });
    assert.deepEqual(named("https://profiles.example.com"), [
      'domainName: ACM takes a host name of at most 64 characters, or one under a wildcard, got "https://profiles.example.com"',
    ]);
    assert.deepEqual(named(`${"a".repeat(52)}.example.com`), []);
    assert.deepEqual(named(`${"a".repeat(53)}.example.com`).length, 1);
    assert.deepEqual(
      reasonsOf(CERTIFICATE, { ...WITH_WILDCARD, subjectAlternativeNames: ["a*.example.com"] }).length,
      1,
    );
    assert.deepEqual(reasonsOf(CERTIFICATE, {}), [
      "none of domainName, privateKey or privateKeyWo is set; set one",
    ]);
  });

  it("knows which hosts a certificate covers: one label under a wildcard, no more", () => {
    const names = [NAME, `*.${NAME}`];
    assert.equal(certificateCovers(names, NAME), true);
    assert.equal(certificateCovers(names, `us-east-1.${NAME}`), true);
    assert.equal(certificateCovers(names, `a.us-east-1.${NAME}`), false);
    assert.equal(certificateCovers([`*.${NAME}`], NAME), false);
    assert.equal(certificateCovers(names, `x${NAME}`), false);
  });

  it("validates only once the record is there with its value", () => {
    const account = new MemoryAccount(true, hostedZones(["example.com"]));
    const zoneId = account.list("aws:route53/zone:Zone")[0]?.id;
    const { id, outputs } = made(CERTIFICATE, WITH_WILDCARD, { account });
    const [option] = outputs.domainValidationOptions as Record<string, string>[];
    const validate = () => made(CERTIFICATE_VALIDATION, { certificateArn: id }, { account });
    const record = (value: string) =>
      made(
        RECORD,
        {
          zoneId,
          name: option?.resourceRecordName,
          type: "CNAME",
          ttl: 60,
          records: [value],
          allowOverwrite: true,
        },
        { account },
      );
    const waiting = [
      `aws:acm/certificateValidation:CertificateValidation "x": the certificate would wait for ever: no CNAME record ${option?.resourceRecordName} with the value from its domainValidationOptions; create the record and depend on it`,
    ];
    assert.deepEqual(refusal(validate), waiting);
    record("_wrong.acm-validations.aws.");
    assert.deepEqual(refusal(validate), waiting);
    record(option?.resourceRecordValue ?? "");
    assert.match(validate().id, /^2026-01-01 00:00:00/);
  });

  it("refuses to validate a certificate of another region, or none", () => {
    const { id } = made(CERTIFICATE, WITH_WILDCARD, { region: "us-west-2" });
    assert.deepEqual(reasonsOf(CERTIFICATE_VALIDATION, { certificateArn: id }), [
      "certificateArn: the certificate is in us-west-2, not in us-east-1; use the provider of its region",
    ]);
    assert.deepEqual(reasonsOf(CERTIFICATE_VALIDATION, { certificateArn: id }, "us-west-2"), []);
    assert.deepEqual(reasonsOf(CERTIFICATE_VALIDATION, { certificateArn: UNKNOWN }), []);
    const account = new MemoryAccount(true);
    assert.equal(
      refusal(() => made(CERTIFICATE_VALIDATION, { certificateArn: id }, { account, region: "us-west-2" }))
        .length,
      1,
    );
  });

  it("keeps a certificate that a custom domain uses", () => {
    const account = new MemoryAccount(false);
    const { id } = made(CERTIFICATE, WITH_WILDCARD, { account });
    const configuration = { certificateArn: id, endpointType: "REGIONAL", securityPolicy: "TLS_1_2" };
    made(DOMAIN_NAME, { domainName: NAME, domainNameConfiguration: configuration }, { account });
    assert.deepEqual(
      refusal(() => removed(CERTIFICATE, account)),
      [
        `aws:acm/certificate:Certificate "x": custom domain ${NAME} uses it (ResourceInUse); delete that first`,
      ],
    );
    removed(DOMAIN_NAME, account);
    removed(CERTIFICATE, account);
  });
});
