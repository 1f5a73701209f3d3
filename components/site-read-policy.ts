import type { PolicyDocument } from "./function-policy";

/**
 * Who reads a site's bucket: one distribution of CloudFront by origin access control, everyone, or both. With
 * ListBucket S3 answers 404 for a missing key and keeps 403 for a missing permission (S3 API reference, GetObject).
 *
 * @param access.distributionArn undefined where no distribution reads it.
 */
export function siteReadPolicy(access: {
  readonly bucketArn: string;
  readonly distributionArn: string | undefined;
  readonly everyone: boolean;
}): PolicyDocument {
  const { bucketArn, distributionArn, everyone } = access;
  const distribution = {
    Principal: { Service: "cloudfront.amazonaws.com" },
    // Any distribution of any account is that service; the ARN makes it this one.
    Condition: { StringEquals: { "AWS:SourceArn": distributionArn ?? "" } },
  };
  return {
    Version: "2012-10-17",
    Statement: [
      ...(everyone
        ? [
            {
              Sid: "EveryoneReadsPages",
              Effect: "Allow" as const,
              Principal: "*" as const,
              Action: ["s3:GetObject"],
              Resource: [`${bucketArn}/*`],
            },
          ]
        : []),
      ...(distributionArn === undefined
        ? []
        : [
            {
              Sid: "DistributionReadsPages",
              Effect: "Allow" as const,
              ...distribution,
              Action: ["s3:GetObject"],
              Resource: [`${bucketArn}/*`],
            },
            {
              Sid: "DistributionSeesWhatIsMissing",
              Effect: "Allow" as const,
              ...distribution,
              Action: ["s3:ListBucket"],
              Resource: [bucketArn],
            },
          ]),
    ],
  };
}
