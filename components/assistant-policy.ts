import type { PolicyDocument, PolicyStatement } from "./function-policy";

/** What the assistant's service calls on its memory; a test holds it against the code. */
export const MEMORY_ACTIONS = [
  "dynamodb:GetItem",
  "dynamodb:PutItem",
  "dynamodb:Query",
  "dynamodb:UpdateItem",
] as const;

/** What its SMS path calls there. */
export const CLAIM_ACTIONS = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"] as const;

/** Reading the secrets that a program needs, and no other parameter of the account. */
export function parameterStatement(parameterArns: readonly string[]): PolicyStatement {
  return { Sid: "OwnSecrets", Effect: "Allow", Action: ["ssm:GetParameter"], Resource: parameterArns };
}

/** The ARN of a parameter whose name is a path, which begins with a slash. */
export function parameterArn(region: string, accountId: string, name: string): string {
  return `arn:aws:ssm:${region}:${accountId}:parameter${name}`;
}

/**
 * What the standby instance may do: use its memory, read its secrets and its two artifacts, and prove its names to
 * the certificate authority. It cannot change a record that leads anywhere: only TXT, and only at the challenge's
 * names (Route 53 developer guide, "Using IAM policy conditions for fine-grained access control").
 *
 * The key `aws/ssm` of the account decrypts for whoever may read the parameter, so no permission on keys is needed.
 */
export function assistantPolicy(access: {
  readonly tableArn: string;
  readonly parameterArns: readonly string[];
  /** ARNs of the objects. */
  readonly artifactArns: readonly string[];
  readonly zoneId: string;
  /** Names on the certificate, in lower case and without the final dot. */
  readonly hostNames: readonly string[];
}): PolicyDocument {
  const zoneArn = `arn:aws:route53:::hostedzone/${access.zoneId}`;
  return {
    Version: "2012-10-17",
    Statement: [
      { Sid: "Memory", Effect: "Allow", Action: MEMORY_ACTIONS, Resource: [access.tableArn] },
      parameterStatement(access.parameterArns),
      { Sid: "OwnArtifacts", Effect: "Allow", Action: ["s3:GetObject"], Resource: access.artifactArns },
      {
        Sid: "ProofOfItsNames",
        Effect: "Allow",
        Action: ["route53:ChangeResourceRecordSets"],
        Resource: [zoneArn],
        Condition: {
          "ForAllValues:StringEquals": {
            "route53:ChangeResourceRecordSetsNormalizedRecordNames": access.hostNames.map(
              (name) => `_acme-challenge.${name}`,
            ),
            "route53:ChangeResourceRecordSetsRecordTypes": ["TXT"],
            "route53:ChangeResourceRecordSetsActions": ["UPSERT", "DELETE"],
          },
        },
      },
      {
        Sid: "RecordsOfTheZone",
        Effect: "Allow",
        Action: ["route53:ListResourceRecordSets"],
        Resource: [zoneArn],
      },
      {
        Sid: "ProgressOfTheProof",
        Effect: "Allow",
        Action: ["route53:GetChange"],
        Resource: ["arn:aws:route53:::change/*"],
      },
    ],
  };
}
