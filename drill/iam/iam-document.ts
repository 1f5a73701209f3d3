export interface IamStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** An IAM policy as it is attached to whoever works with a stack. */
export interface IamDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly IamStatement[];
}

/** Characters of the inline policies of a role, white space not counted (IAM user guide, "IAM and AWS STS quotas"). */
export const ROLE_POLICY_CHARACTERS_MAX = 10_240;

/** Sorted and without doubles, so that the same stack gives the same text. */
export const sorted = (values: Iterable<string>): string[] => [...new Set(values)].sort();
