/** An IAM policy document, as far as this project writes them. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: "Allow";
    readonly Action: readonly string[];
    readonly Resource?: readonly string[];
    /** `*` is everyone on the internet. */
    readonly Principal?: { readonly Service: string } | "*";
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  }[];
}

/** Only Lambda may take the function's role. */
export const LAMBDA_TRUST_POLICY: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "LambdaAssumesRole",
      Effect: "Allow",
      Action: ["sts:AssumeRole"],
      Principal: { Service: "lambda.amazonaws.com" },
    },
  ],
};

/** One permission, or one trust. */
export type PolicyStatement = PolicyDocument["Statement"][number];

/**
 * What the function may do: read and write single items of its own region's table, and write its own log.
 * Nothing lists, scans or deletes.
 *
 * @param logGroupArn without the final `:*`.
 * @param also what this function needs besides.
 */
export function functionPolicy(access: {
  readonly tableArn: string;
  readonly tableActions: readonly string[];
  readonly logGroupArn: string;
  readonly also?: readonly PolicyStatement[];
}): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "SingleItemsOfTheLocalTable",
        Effect: "Allow",
        Action: access.tableActions,
        Resource: [access.tableArn],
      },
      {
        Sid: "OwnLogStreams",
        Effect: "Allow",
        Action: ["logs:CreateLogStream"],
        Resource: [access.logGroupArn],
      },
      {
        Sid: "OwnLogEvents",
        Effect: "Allow",
        Action: ["logs:PutLogEvents"],
        // Lambda names the streams of a log group itself, one per execution environment.
        Resource: [`${access.logGroupArn}:log-stream:*`],
      },
      ...(access.also ?? []),
    ],
  };
}
