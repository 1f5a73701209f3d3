import type { PolicyDocument } from "./function-policy";

/** Only S3 may take the role, and only for the bucket that it copies from (S3 user guide, confused deputy). */
export function replicationTrustPolicy(sourceArn: string): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ReplicationAssumesRole",
        Effect: "Allow",
        Action: ["sts:AssumeRole"],
        Principal: { Service: "s3.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceArn": sourceArn } },
      },
    ],
  };
}

/**
 * What replication from one bucket to one other needs, delete markers included (S3 user guide, "Setting up
 * permissions for live replication"). Owner overrides and KMS keys are not used.
 */
export function replicationPolicy(pair: {
  readonly sourceArn: string;
  readonly destinationArn: string;
}): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ReadsReplicationRules",
        Effect: "Allow",
        Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
        Resource: [pair.sourceArn],
      },
      {
        Sid: "ReadsVersions",
        Effect: "Allow",
        Action: ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
        Resource: [`${pair.sourceArn}/*`],
      },
      {
        Sid: "WritesCopies",
        Effect: "Allow",
        Action: ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"],
        Resource: [`${pair.destinationArn}/*`],
      },
    ],
  };
}
