/** Operator -> key -> values. */
export type IamCondition = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export interface IamStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: IamCondition;
}

/** An IAM policy as it is attached to whoever works with a stack. */
export interface IamDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly IamStatement[];
}

/** Characters of the inline policies of a role, white space not counted (IAM user guide, "IAM and AWS STS quotas"). */
export const ROLE_POLICY_CHARACTERS_MAX = 10_240;

/** Characters of one managed policy, of which a role takes ten; white space not counted (same place). */
export const MANAGED_POLICY_CHARACTERS_MAX = 6144;

/** Sorted and without doubles, so that the same stack gives the same text. */
export const sorted = (values: Iterable<string>): string[] => [...new Set(values)].sort();
