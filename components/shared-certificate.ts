import * as acm from "@pulumi/aws/acm";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "./child-options";
import { validationRecord } from "./validation-record";

export interface SharedCertificateArgs {
  /** Certified together with every name one label below it. At most 64 characters, ACM's limit. */
  readonly domainName: string;
  readonly zoneId: pulumi.Input<string>;
  /** A certificate serves only in the region that issued it. */
  readonly providers: {
    readonly primary: pulumi.ProviderResource;
    readonly standby: pulumi.ProviderResource;
  };
}

type Side = keyof SharedCertificateArgs["providers"];

/** One certificate per region for the same names, validated by one record. */
export class SharedCertificate extends pulumi.ComponentResource {
  /** ARNs that are known only once ACM has issued the certificate, so that what uses them waits. */
  readonly validatedArn: Readonly<Record<Side, pulumi.Output<string>>>;

  constructor(name: string, args: SharedCertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    super("warm-standby:components:SharedCertificate", name, {}, opts);
    const certificateIn = (side: Side) =>
      new acm.Certificate(
        `${name}-${side}`,
        {
          domainName: args.domainName,
          subjectAlternativeNames: [`*.${args.domainName}`],
          validationMethod: "DNS",
        },
        childOptions(this, opts, { provider: args.providers[side] }),
      );
    const certificates = { primary: certificateIn("primary"), standby: certificateIn("standby") };

    // ACM derives the record from account and name only: it is the same for the name and its wildcard, and in
    // every region (ACM user guide, DNS validation). Two resources would fight over it.
    const record = validationRecord(
      `${name}-validation-record`,
      { certificate: certificates.primary, hostName: args.domainName, zoneId: args.zoneId },
      childOptions(this, opts, { provider: args.providers.primary }),
    );
    const validatedArnIn = (side: Side) =>
      new acm.CertificateValidation(
        `${name}-${side}-validation`,
        { certificateArn: certificates[side].arn, validationRecordFqdns: [record.fqdn] },
        childOptions(this, opts, { provider: args.providers[side] }),
      ).certificateArn;

    this.validatedArn = { primary: validatedArnIn("primary"), standby: validatedArnIn("standby") };
    this.registerOutputs({ validatedArn: this.validatedArn });
  }
}
