import assert from "node:assert/strict";
import { policyDocument } from "../../../../rehearsal/standin/aws/policy-document";

const READ = { sid: "Read", actions: ["dynamodb:GetItem"], resources: ["arn:aws:dynamodb:*:*:table/x"] };

function rendered(args: Parameters<typeof policyDocument>[0]) {
  return JSON.parse(String(policyDocument(args).json));
}

describe("standin/aws/policy-document", () => {
  it("renders a list of one as text and a longer one downwards, as the provider does", () => {
    assert.deepEqual(
      rendered({ statements: [READ, { actions: ["s3:Get", "s3:Put"], resources: ["b", "a"] }] }),
      {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Read",
            Effect: "Allow",
            Action: "dynamodb:GetItem",
            Resource: "arn:aws:dynamodb:*:*:table/x",
          },
          { Effect: "Allow", Action: ["s3:Put", "s3:Get"], Resource: ["b", "a"] },
        ],
      },
    );
  });

  it("renders principals and conditions", () => {
    const [statement] = rendered({
      statements: [
        {
          effect: "Deny",
          actions: ["sts:AssumeRole"],
          principals: [{ type: "Service", identifiers: ["lambda.amazonaws.com"] }],
          conditions: [
            { test: "StringEquals", variable: "aws:SourceAccount", values: ["1"] },
            { test: "StringEquals", variable: "aws:SourceArn", values: ["a", "b"] },
          ],
        },
      ],
    }).Statement;
    assert.deepEqual(statement, {
      Effect: "Deny",
      Action: "sts:AssumeRole",
      Principal: { Service: "lambda.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": "1", "aws:SourceArn": ["b", "a"] } },
    });
    const all = rendered({ statements: [{ principals: [{ type: "*", identifiers: ["*"] }] }] });
    assert.equal(all.Statement[0].Principal, "*");
  });

  it("renders what is not meant", () => {
    const [statement] = rendered({
      statements: [
        {
          notActions: ["iam:*"],
          notResources: ["a"],
          notPrincipals: [{ type: "AWS", identifiers: ["b"] }],
        },
      ],
    }).Statement;
    assert.deepEqual(statement, {
      Effect: "Allow",
      NotAction: "iam:*",
      NotResource: "a",
      NotPrincipal: { AWS: "b" },
    });
  });

  it("merges documents: sources first, overrides last, one statement per Sid", () => {
    const source = JSON.stringify({
      Statement: [
        { Sid: "Read", Effect: "Deny" },
        { Sid: "Old", Effect: "Deny" },
      ],
    });
    const override = JSON.stringify({ Statement: { Sid: "Old", Effect: "Allow" } });
    const merged = rendered({
      sourcePolicyDocuments: [source],
      statements: [READ],
      overridePolicyDocuments: [override],
      policyId: "p",
    });
    assert.equal(merged.Id, "p");
    assert.deepEqual(
      merged.Statement.map(({ Sid, Effect }: { Sid: string; Effect: string }) => [Sid, Effect]),
      [
        ["Read", "Allow"],
        ["Old", "Allow"],
      ],
    );
  });

  it("gives the same document in short", () => {
    const { json, minifiedJson, id } = policyDocument({ statements: [READ] });
    assert.deepEqual(JSON.parse(String(minifiedJson)), JSON.parse(String(json)));
    assert.doesNotMatch(String(minifiedJson), /\s{2}|\n/);
    assert.match(String(id), /^\d+$/);
  });
});
