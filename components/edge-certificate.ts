import * as acm from "@pulumi/aws/acm";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "./child-options";
import { validationRecord } from "./validation-record";

/** CloudFront takes certificates of this region only (developer guide, "Requirements for SSL/TLS certificates"). */
export const EDGE_CERTIFICATE_REGION = "us-east-1";

export interface EdgeCertificateArgs {
  /** Every host name to certify, none twice; the first has at most 64 characters, ACM's limit. */
  readonly hostNames: readonly [string, ...string[]];
  /** Holds all the names. */
  readonly zoneId: pulumi.Input<string>;
}

/** A certificate for a CloudFront distribution, validated by one record per name. */
export class EdgeCertificate extends pulumi.ComponentResource {
  /** Known only once ACM has issued the certificate, so that what uses it waits. */
  readonly validatedArn: pulumi.Output<string>;

  constructor(name: string, args: EdgeCertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    super("warm-standby:components:EdgeCertificate", name, {}, opts);
    const child = (own?: pulumi.CustomResourceOptions) => childOptions(this, opts, own);
    const [domainName, ...alternativeNames] = args.hostNames;

    const certificate = new acm.Certificate(
      `${name}-certificate`,
      {
        region: EDGE_CERTIFICATE_REGION,
        domainName,
        ...(alternativeNames.length > 0 ? { subjectAlternativeNames: alternativeNames } : {}),
        validationMethod: "DNS",
        tags: { region: EDGE_CERTIFICATE_REGION },
      },
      child(),
    );
    const records = args.hostNames.map((hostName) =>
      validationRecord(`${name}-proof-${hostName}`, { certificate, hostName, zoneId: args.zoneId }, child()),
    );
    this.validatedArn = new acm.CertificateValidation(
      `${name}-validation`,
      {
        region: EDGE_CERTIFICATE_REGION,
        certificateArn: certificate.arn,
        validationRecordFqdns: records.map(({ fqdn }) => fqdn),
      },
      child(),
    ).certificateArn;
    this.registerOutputs({ validatedArn: this.validatedArn });
  }
}
