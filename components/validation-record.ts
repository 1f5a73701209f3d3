import type * as acm from "@pulumi/aws/acm";
import * as route53 from "@pulumi/aws/route53";
import type * as pulumi from "@pulumi/pulumi";

export interface ValidationRecordArgs {
  readonly certificate: acm.Certificate;
  /** One of the certificate's names. */
  readonly hostName: string;
  /** Holds the name. */
  readonly zoneId: pulumi.Input<string>;
}

/** The record by which ACM sees that a name is ours; ACM says what is in it. */
export function validationRecord(
  name: string,
  { certificate, hostName, zoneId }: ValidationRecordArgs,
  opts: pulumi.CustomResourceOptions,
): route53.Record {
  // ACM lists the options in an order of its own.
  const proof = certificate.domainValidationOptions.apply((options) => {
    const option = options.find(({ domainName }) => domainName === hostName);
    if (!option) throw new Error(`ACM gave no validation record for ${hostName}`);
    return option;
  });
  return new route53.Record(
    name,
    {
      zoneId,
      name: proof.resourceRecordName,
      type: proof.resourceRecordType,
      records: [proof.resourceRecordValue],
      ttl: 60,
      allowOverwrite: false,
    },
    opts,
  );
}
