import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import { SharedCertificate } from "../../components/shared-certificate";
import { lines, named, record } from "./registrations";

describe("components/shared-certificate", () => {
  const build = () =>
    record(() => {
      const providers = {
        primary: new Provider("primary", { region: "us-east-1" }),
        standby: new Provider("standby", { region: "us-west-2" }),
      };
      return new SharedCertificate("certificate", {
        domainName: "profiles.example.com",
        zoneId: "Z1",
        providers,
      });
    });

  it("is a certificate and a validation per region, and one record", async () => {
    const { registrations } = await build();
    assert.deepEqual(lines(registrations), [
      "aws:acm/certificate:Certificate certificate-primary <- certificate @primary",
      "aws:acm/certificate:Certificate certificate-standby <- certificate @standby",
      "aws:acm/certificateValidation:CertificateValidation certificate-primary-validation <- certificate @primary",
      "aws:acm/certificateValidation:CertificateValidation certificate-standby-validation <- certificate @standby",
      "aws:route53/record:Record certificate-validation-record <- certificate @primary",
      "pulumi:providers:aws primary <- - @-",
      "pulumi:providers:aws standby <- - @-",
      "warm-standby:components:SharedCertificate certificate <- - @-",
    ]);
  });

  it("certifies the name and every name below it, in both regions alike", async () => {
    const { registrations } = await build();
    for (const side of ["primary", "standby"]) {
      assert.deepEqual(named(registrations, `certificate-${side}`).inputs, {
        domainName: "profiles.example.com",
        subjectAlternativeNames: ["*.profiles.example.com"],
        validationMethod: "DNS",
      });
    }
  });

  it("proves the name with the record that ACM asks for, and never takes over one", async () => {
    const { registrations } = await build();
    assert.deepEqual(named(registrations, "certificate-validation-record").inputs, {
      zoneId: "Z1",
      name: "_proof.profiles.example.com.",
      type: "CNAME",
      records: ["_value.acm-validations.example.com."],
      ttl: 60,
      allowOverwrite: false,
    });
  });

  it("makes both validations wait for that record", async () => {
    const { registrations } = await build();
    for (const side of ["primary", "standby"]) {
      const validation = named(registrations, `certificate-${side}-validation`);
      assert.deepEqual(validation.inputs, {
        certificateArn: `arn:certificate:certificate-${side}`,
        validationRecordFqdns: ["_proof.profiles.example.com."],
      });
      assert.deepEqual(validation.waitsFor, [
        ...(side === "standby" ? ["certificate-standby"] : ["certificate-primary"]),
        "certificate-validation-record",
      ]);
    }
  });
});
