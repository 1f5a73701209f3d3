import assert from "node:assert/strict";
import { MemoryAccount } from "../../../../rehearsal/standin/aws/account";
import {
  ALIAS,
  FUNCTION,
  PERMISSION,
  PROVISIONED_CONCURRENCY,
} from "../../../../rehearsal/standin/aws/lambda";
import { made, reasonsOf, refusal } from "./account-fixture";
import { MINIMAL } from "./minimal-inputs";

const BASE = { ...MINIMAL[FUNCTION], name: "api" };

describe("standin/aws/lambda", () => {
  it("makes a function with the ARNs that API Gateway calls", () => {
    const { id, outputs } = made(FUNCTION, BASE, { region: "us-west-2" });
    const arn = "arn:aws:lambda:us-west-2:123456789012:function:api";
    assert.equal(id, "api");
    assert.equal(outputs.arn, arn);
    assert.equal(
      outputs.invokeArn,
      `arn:aws:apigateway:us-west-2:lambda:path/2015-03-31/functions/${arn}/invocations`,
    );
    assert.equal(
      outputs.responseStreamingInvokeArn,
      `arn:aws:apigateway:us-west-2:lambda:path/2021-11-15/functions/${arn}/response-streaming-invocations`,
    );
    assert.equal(outputs.qualifiedArn, `${arn}:$LATEST`);
    assert.match(String(outputs.codeSha256), /^[A-Za-z0-9+/]{43}=$/);
    assert.deepEqual(outputs.architectures, ["x86_64"]);
    assert.deepEqual(outputs.loggingConfig, { logFormat: "Text", logGroup: "/aws/lambda/api" });
    assert.equal(outputs.memorySize, 128);
    assert.equal(outputs.timeout, 3);
    assert.equal(outputs.reservedConcurrentExecutions, -1);
  });

  it("numbers a published version", () => {
    const { outputs } = made(FUNCTION, { ...BASE, publish: true });
    assert.equal(outputs.version, "1");
    assert.equal(outputs.qualifiedArn, "arn:aws:lambda:us-east-1:123456789012:function:api:1");
  });

  it("hashes the code by its content where the engine gives one", () => {
    const code = (path: string, hash: string) => ({ ...BASE, s3Bucket: undefined, code: { path, hash } });
    const sha = (path: string, hash: string) => made(FUNCTION, code(path, hash)).outputs.codeSha256;
    assert.equal(sha("a", "1"), sha("b", "1"));
    assert.notEqual(sha("a", "1"), sha("a", "2"));
  });

  it("refuses what Lambda refuses", () => {
    const reasons = (change: object) => reasonsOf(FUNCTION, { ...BASE, ...change });
    assert.deepEqual(reasons({ memorySize: 128 }), []);
    assert.deepEqual(reasons({ memorySize: 127 }), [
      "memorySize: AWS takes a whole number from 128 to 10240, got 127",
    ]);
    assert.deepEqual(reasons({ timeout: 901 }), ["timeout: AWS takes a whole number from 1 to 900, got 901"]);
    assert.deepEqual(reasons({ architectures: ["arm"] }), [
      'architectures: AWS takes one of x86_64 and arm64, got ["arm"]',
    ]);
    assert.deepEqual(reasons({ role: "api" }), ['role: AWS takes the ARN of a role, got "api"']);
    assert.deepEqual(reasons({ handler: undefined }), [
      "handler is missing, and a function packaged as Zip has one",
    ]);
    assert.deepEqual(reasons({ s3Bucket: undefined }), [
      "none of code, s3Bucket or imageUri is set; set one",
    ]);
    assert.deepEqual(reasons({ environment: { variables: { TABLE_NAME: "t" } } }), []);
    assert.deepEqual(reasons({ environment: { variables: { AWS_REGION: "us-east-1" } } }), [
      "environment.variables: Lambda sets AWS_REGION itself and refuses it; leave it out",
    ]);
  });

  it("refuses every variable that Lambda sets itself", () => {
    const reserved = [
      ...["_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV"],
      ...["AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION"],
      ...["AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME"],
      ...["AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"],
      ...["AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR"],
    ];
    for (const name of reserved) {
      const environment = { variables: { [name]: "x", OWN: "y" } };
      assert.equal(reasonsOf(FUNCTION, { ...BASE, environment }).length, 1, name);
    }
  });

  it("keeps a given logging configuration and completes it", () => {
    const { outputs } = made(FUNCTION, { ...BASE, loggingConfig: { logFormat: "JSON" } });
    assert.deepEqual(outputs.loggingConfig, { logFormat: "JSON", logGroup: "/aws/lambda/api" });
    const own = { logFormat: "JSON", logGroup: "/own" };
    assert.deepEqual(made(FUNCTION, { ...BASE, loggingConfig: own }).outputs.loggingConfig, own);
  });

  it("refuses a name twice in one region only", () => {
    const account = new MemoryAccount(false);
    made(FUNCTION, BASE, { account, name: "first" });
    made(FUNCTION, BASE, { account, name: "there", region: "us-west-2" });
    assert.deepEqual(
      refusal(() => made(FUNCTION, BASE, { account, name: "second" })),
      [
        'aws:lambda/function:Function "second": function api already exists in us-east-1 (ResourceConflict); give it another name',
      ],
    );
  });

  it("finds the function of a permission, an alias and provisioned concurrency, by name or ARN", () => {
    const account = new MemoryAccount(true);
    const permission = { ...MINIMAL[PERMISSION], function: "api", statementId: "invoke" };
    assert.deepEqual(
      refusal(() => made(PERMISSION, permission, { account })),
      [
        'aws:lambda/permission:Permission "x": function api does not exist in us-east-1 (ResourceNotFound); point it at one there',
      ],
    );
    const { outputs } = made(FUNCTION, BASE, { account });
    assert.equal(made(PERMISSION, permission, { account }).id, "invoke");
    assert.equal(made(PERMISSION, { ...permission, function: outputs.arn }, { account }).id, "invoke");
    assert.equal(
      made(ALIAS, { functionName: "api", functionVersion: "1", name: "live" }, { account }).id,
      "arn:aws:lambda:us-east-1:123456789012:function:api:live",
    );
    const provisioned = { functionName: "api", provisionedConcurrentExecutions: 5, qualifier: "live" };
    assert.equal(made(PROVISIONED_CONCURRENCY, provisioned, { account }).id, "api,live");
    assert.deepEqual(reasonsOf(PROVISIONED_CONCURRENCY, { ...provisioned, qualifier: "$LATEST" }), [
      "qualifier: $LATEST has no provisioned concurrency; name a version or an alias",
    ]);
  });
});
