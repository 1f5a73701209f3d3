/** An IAM policy document, as far as this project writes them. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: "Allow";
    readonly Action: readonly string[];
    readonly Resource?: readonly string[];
    readonly Principal?: { readonly Service: string };
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

/**
 * What the function may do: read and write single items of its own region's table, and write its own log.
 * Nothing lists, scans or deletes.
 *
 * @param logGroupArn without the final `:*`.
 */
export function functionPolicy(access: {
  readonly tableArn: string;
  readonly tableActions: readonly string[];
  readonly logGroupArn: string;
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
    ],
  };
}
