import { at, isPresent } from "../../../model/property";
import { isUnknown, type Properties } from "../../../model/unknown";
import { arn } from "./arn";
import { MADE_AT, number, sha256Base64 } from "./identifier";
import { text } from "./known";
import { isObject } from "./property-path";
import { exactlyOneOf, listed, matches, oneOf, onPresent, requiredWhen, wholeNumber } from "./property-rules";
import { type Making, type ResourceType, type Rule, words } from "./resource-type";

export const FUNCTION = "aws:lambda/function:Function";
export const PERMISSION = "aws:lambda/permission:Permission";
export const ALIAS = "aws:lambda/alias:Alias";
export const PROVISIONED_CONCURRENCY = "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig";

/** Names that Lambda sets itself and takes from nobody (developer guide, "Defined runtime environment variables"). */
const RESERVED_VARIABLES = new Set([
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_DEFAULT_REGION",
  "AWS_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_LAMBDA_RUNTIME_API",
  "LAMBDA_TASK_ROOT",
  "LAMBDA_RUNTIME_DIR",
]);

const noReservedVariables: Rule = (inputs) => {
  const variables = at(inputs, "environment", "variables");
  if (isUnknown(variables) || variables === null || typeof variables !== "object") return [];
  const taken = Object.keys(variables).filter((name) => RESERVED_VARIABLES.has(name));
  return taken.length === 0
    ? []
    : [
        {
          property: "environment",
          reason: `environment.variables: Lambda sets ${listed(taken)} itself and refuses it; leave it out`,
        },
      ];
};

const isZip = ({ packageType }: Properties) => packageType === "Zip";

const lambdaFunction: ResourceType = {
  token: FUNCTION,
  inputs: words(`architectures capacityProviderConfig code codeSha256 codeSigningConfigArn deadLetterConfig
    description durableConfig environment ephemeralStorage fileSystemConfig handler imageConfig imageUri kmsKeyArn
    layers loggingConfig memorySize name packageType publish publishTo region replaceSecurityGroupsOnDestroy
    replacementSecurityGroupIds reservedConcurrentExecutions role runtime s3Bucket s3Key s3ObjectVersion
    skipDestroy snapStart sourceCodeHash sourceKmsKeyArn tags tenancyConfig timeout tracingConfig
    useResourceTimeoutForPropagation vpcConfig`),
  required: ["role"],
  replaceOn: words("name packageType region tenancyConfig"),
  defaults: {
    memorySize: 128,
    packageType: "Zip",
    publish: false,
    reservedConcurrentExecutions: -1,
    skipDestroy: false,
    timeout: 3,
  },
  autoName: "name",
  computed:
    words(`architectures arn codeSha256 ephemeralStorage invokeArn lastModified loggingConfig qualifiedArn
    qualifiedInvokeArn responseStreamingInvokeArn signingJobArn signingProfileVersionArn sourceCodeHash
    sourceCodeSize tracingConfig version`),
  rules: [
    exactlyOneOf("code", "s3Bucket", "imageUri"),
    requiredWhen("handler", isZip, "a function packaged as Zip has one"),
    requiredWhen("runtime", isZip, "a function packaged as Zip has one"),
    oneOf("packageType", ["Zip", "Image"]),
    matches("runtime", /^[a-z]+[a-z0-9.]*$/, "a runtime such as nodejs22.x"),
    matches("name", /^[\w-]{1,64}$/, "1 to 64 letters, digits, - and _"),
    matches("role", /^arn:aws[\w-]*:iam::\d{12}:role\/.+$/, "the ARN of a role"),
    onPresent("architectures", (value) =>
      Array.isArray(value) && value.length === 1 && ["x86_64", "arm64"].includes(String(value[0]))
        ? undefined
        : `AWS takes one of x86_64 and arm64, got ${JSON.stringify(value)}`,
    ),
    wholeNumber("memorySize", 128, 10_240),
    wholeNumber("timeout", 1, 900),
    wholeNumber("reservedConcurrentExecutions", -1, 1_000_000),
    noReservedVariables,
  ],
  make: (making) => ({ id: text(making.inputs, "name"), outputs: functionOutputs(making) }),
  admit: ({ inputs, account, urn, region }) =>
    account
      .list(FUNCTION)
      .some((other) => other.urn !== urn && other.region === region && other.id === text(inputs, "name"))
      ? `function ${text(inputs, "name")} already exists in ${region} (ResourceConflict); give it another name`
      : undefined,
};

function functionOutputs({ inputs, accountId, region }: Making): Properties {
  const functionArn = arn("lambda", region, accountId, `function:${text(inputs, "name")}`);
  const version = inputs.publish === true ? "1" : "$LATEST";
  // The engine hashes the content of an archive; where it did not, its place has to do.
  const code = at(inputs, "code", "hash") ??
    inputs.code ??
    inputs.imageUri ?? [inputs.s3Bucket, inputs.s3Key];
  const hash = sha256Base64(JSON.stringify(code));
  return {
    architectures: inputs.architectures ?? ["x86_64"],
    arn: functionArn,
    codeSha256: inputs.codeSha256 ?? hash,
    ephemeralStorage: inputs.ephemeralStorage ?? { size: 512 },
    invokeArn: invokeArn(region, functionArn),
    lastModified: MADE_AT.replace("Z", ".000+0000"),
    loggingConfig: loggingConfig(inputs),
    qualifiedArn: `${functionArn}:${version}`,
    qualifiedInvokeArn: invokeArn(region, `${functionArn}:${version}`),
    responseStreamingInvokeArn: invokeArn(region, functionArn)
      .replace("2015-03-31", "2021-11-15")
      .replace(/invocations$/, "response-streaming-invocations"),
    signingJobArn: "",
    signingProfileVersionArn: "",
    sourceCodeHash: inputs.sourceCodeHash ?? hash,
    sourceCodeSize: 1024 + number(hash, 1_000_000),
    tracingConfig: inputs.tracingConfig ?? { mode: "PassThrough" },
    version,
  };
}

function loggingConfig(inputs: Properties): Properties {
  const given = inputs.loggingConfig;
  return {
    logFormat: "Text",
    logGroup: `/aws/lambda/${text(inputs, "name")}`,
    ...(isObject(given) ? given : {}),
  };
}

/** The form in which API Gateway takes a function. */
function invokeArn(region: string, functionArn: string): string {
  return arn("apigateway", region, "lambda", `path/2015-03-31/functions/${functionArn}/invocations`);
}

const permission: ResourceType = {
  token: PERMISSION,
  inputs:
    words(`action eventSourceToken function functionUrlAuthType invokedViaFunctionUrl principal principalOrgId
    qualifier region sourceAccount sourceArn statementId statementIdPrefix`),
  required: ["action", "function", "principal"],
  replaceOn: words(`action eventSourceToken function functionUrlAuthType invokedViaFunctionUrl principal
    principalOrgId qualifier region sourceAccount sourceArn statementId statementIdPrefix`),
  autoName: "statementId",
  computed: [],
  rules: [
    matches("action", /^(lambda:(\*|[A-Za-z]+)|\*)$/, "an action such as lambda:InvokeFunction"),
    matches("statementId", /^[\w-]{1,100}$/, "1 to 100 letters, digits, - and _"),
  ],
  make: ({ inputs }) => ({ id: text(inputs, "statementId"), outputs: {} }),
  admit: (making) => missingFunction(making, "function"),
};

const alias: ResourceType = {
  token: ALIAS,
  inputs: words("description functionName functionVersion name region routingConfig"),
  required: ["functionName", "functionVersion"],
  replaceOn: words("functionName name region"),
  autoName: "name",
  computed: words("arn invokeArn"),
  make: ({ inputs, accountId, region }) => {
    const name = functionNameOf(text(inputs, "functionName"));
    const aliasArn = arn("lambda", region, accountId, `function:${name}:${text(inputs, "name")}`);
    return { id: aliasArn, outputs: { arn: aliasArn, invokeArn: invokeArn(region, aliasArn) } };
  },
  admit: (making) => missingFunction(making, "functionName"),
};

const provisionedConcurrency: ResourceType = {
  token: PROVISIONED_CONCURRENCY,
  inputs: words("functionName provisionedConcurrentExecutions qualifier region skipDestroy"),
  required: ["functionName", "provisionedConcurrentExecutions", "qualifier"],
  replaceOn: words("functionName qualifier region"),
  defaults: { skipDestroy: false },
  computed: [],
  rules: [
    wholeNumber("provisionedConcurrentExecutions", 1, 1_000_000),
    onPresent("qualifier", (value) =>
      value === "$LATEST" ? "$LATEST has no provisioned concurrency; name a version or an alias" : undefined,
    ),
  ],
  make: ({ inputs }) => ({
    id: `${text(inputs, "functionName")},${text(inputs, "qualifier")}`,
    outputs: {},
  }),
  admit: (making) => missingFunction(making, "functionName"),
};

/** Functions are named by name, by ARN, or by either with a qualifier. */
export function functionNameOf(reference: string): string {
  return reference.startsWith("arn:") ? (reference.split(":")[6] ?? "") : (reference.split(":")[0] ?? "");
}

/** Why a reference to a function leads nowhere, once the account is known whole. */
export function missingFunction({ inputs, account, region }: Making, property: string): string | undefined {
  const name = functionNameOf(text(inputs, property));
  const exists = account.list(FUNCTION).some((found) => found.region === region && found.id === name);
  if (!account.complete || exists || !isPresent(inputs[property])) return undefined;
  return `function ${name} does not exist in ${region} (ResourceNotFound); point it at one there`;
}

export const LAMBDA: readonly ResourceType[] = [lambdaFunction, permission, alias, provisionedConcurrency];
