import assert from "node:assert/strict";
import { functionPolicy, LAMBDA_TRUST_POLICY } from "../../components/function-policy";

const access = {
  tableArn: "arn:aws:dynamodb:us-west-2:123456789012:table/profiles",
  tableActions: ["dynamodb:GetItem", "dynamodb:UpdateItem"],
  logGroupArn: "arn:aws:logs:us-west-2:123456789012:log-group:/aws/lambda/dev-standby-api",
};

describe("components/function-policy", () => {
  it("lets Lambda and nobody else take the role", () => {
    assert.deepEqual(LAMBDA_TRUST_POLICY, {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "LambdaAssumesRole",
          Effect: "Allow",
          Action: ["sts:AssumeRole"],
          Principal: { Service: "lambda.amazonaws.com" },
        },
      ],
    });
  });

  it("allows single items of one table and the function's own log, and nothing more", () => {
    assert.deepEqual(functionPolicy(access), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "SingleItemsOfTheLocalTable",
          Effect: "Allow",
          Action: ["dynamodb:GetItem", "dynamodb:UpdateItem"],
          Resource: ["arn:aws:dynamodb:us-west-2:123456789012:table/profiles"],
        },
        {
          Sid: "OwnLogStreams",
          Effect: "Allow",
          Action: ["logs:CreateLogStream"],
          Resource: ["arn:aws:logs:us-west-2:123456789012:log-group:/aws/lambda/dev-standby-api"],
        },
        {
          Sid: "OwnLogEvents",
          Effect: "Allow",
          Action: ["logs:PutLogEvents"],
          Resource: [
            "arn:aws:logs:us-west-2:123456789012:log-group:/aws/lambda/dev-standby-api:log-stream:*",
          ],
        },
      ],
    });
  });

  it("has no wildcard but the name of a log stream, which Lambda chooses", () => {
    const texts = functionPolicy(access).Statement.flatMap(({ Action, Resource = [] }) => [
      ...Action,
      ...Resource,
    ]);
    assert.deepEqual(
      texts.filter((text) => text.includes("*")),
      [`${access.logGroupArn}:log-stream:*`],
    );
  });
});
