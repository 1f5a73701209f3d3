import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import { EdgeCertificate } from "../../components/edge-certificate";
import { lines, named, record } from "./registrations";

describe("components/edge-certificate", () => {
  const build = async (...hostNames: [string, ...string[]]) => {
    const { registrations } = await record(() => {
      const provider = new Provider("primary", { region: "eu-west-1" });
      return new EdgeCertificate("certificate", { hostNames, zoneId: "Z1" }, { provider });
    });
    return registrations;
  };

  it("is a certificate, a record per name and a validation", async () => {
    assert.deepEqual(lines(await build("example.com", "www.example.com")), [
      "aws:acm/certificate:Certificate certificate-certificate <- certificate @primary",
      "aws:acm/certificateValidation:CertificateValidation certificate-validation <- certificate @primary",
      "aws:route53/record:Record certificate-proof-example.com <- certificate @primary",
      "aws:route53/record:Record certificate-proof-www.example.com <- certificate @primary",
      "pulumi:providers:aws primary <- - @-",
      "warm-standby:components:EdgeCertificate certificate <- - @-",
    ]);
  });

  it("is in us-east-1 wherever the provider is, and says so in its tag", async () => {
    const registrations = await build("example.com", "www.example.com");
    assert.deepEqual(named(registrations, "certificate-certificate").inputs, {
      region: "us-east-1",
      domainName: "example.com",
      subjectAlternativeNames: ["www.example.com"],
      validationMethod: "DNS",
      tags: { region: "us-east-1" },
    });
    assert.deepEqual(named(registrations, "certificate-validation").inputs, {
      region: "us-east-1",
      certificateArn: "arn:certificate:certificate-certificate",
      validationRecordFqdns: ["_proof.example.com.", "_proof.www.example.com."],
    });
  });

  it("proves each name with its own record, and takes over none", async () => {
    const registrations = await build("example.com", "www.example.com");
    for (const name of ["example.com", "www.example.com"]) {
      assert.deepEqual(named(registrations, `certificate-proof-${name}`).inputs, {
        zoneId: "Z1",
        name: `_proof.${name}.`,
        type: "CNAME",
        records: ["_value.acm-validations.example.com."],
        ttl: 60,
        allowOverwrite: false,
      });
    }
  });

  it("asks for no alternative name where there is one name only", async () => {
    const registrations = await build("example.com");
    assert.equal("subjectAlternativeNames" in named(registrations, "certificate-certificate").inputs, false);
    assert.equal(registrations.filter(({ type }) => type === "aws:route53/record:Record").length, 1);
  });
});
