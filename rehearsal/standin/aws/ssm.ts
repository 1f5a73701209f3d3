import { isPresent } from "../../../model/property";
import { isUnknown } from "../../../model/unknown";
import { arn } from "./arn";
import { text } from "./known";
import { exactlyOneOf, matches, oneOf, onPresent, show } from "./property-rules";
import { type ResourceType, words } from "./resource-type";

export const PARAMETER = "aws:ssm/parameter:Parameter";

/** Bytes of a value by tier (Systems Manager user guide, "Managing parameter tiers"). */
const VALUE_BYTES_MAX: Readonly<Record<string, number>> = { Standard: 4096, Advanced: 8192 };

/** Values are not shown: they may be secret. */
const fits = (property: string) =>
  onPresent(property, (value, { tier, allowedPattern }) => {
    if (typeof value !== "string" || isUnknown(tier)) return undefined;
    const most = VALUE_BYTES_MAX[String(tier ?? "Standard")] ?? 8192;
    const bytes = Buffer.byteLength(value);
    if (bytes > most) return `AWS takes ${most} bytes in tier ${String(tier ?? "Standard")}, got ${bytes}`;
    return typeof allowedPattern === "string" &&
      allowedPattern !== "" &&
      !new RegExp(allowedPattern).test(value)
      ? `the value does not match allowedPattern ${allowedPattern} (ParameterPatternMismatch)`
      : undefined;
  });

/** `/assistant/token` and `token` alike become `parameter/...` with one slash. */
export function parameterArn(region: string, accountId: string, name: string): string {
  return arn("ssm", region, accountId, `parameter/${name.replace(/^\//, "")}`);
}

const parameter: ResourceType = {
  token: PARAMETER,
  inputs:
    words(`allowedPattern arn dataType description insecureValue keyId name overwrite region tags tier type
    value valueWo valueWoVersion`),
  required: ["type"],
  replaceOn: words("dataType name region"),
  autoName: "name",
  computed: words("arn dataType hasValueWo insecureValue keyId tier value version"),
  rules: [
    oneOf("type", words("String StringList SecureString")),
    oneOf("tier", words("Standard Advanced Intelligent-Tiering")),
    oneOf("dataType", words("text aws:ec2:image aws:ssm:integration")),
    exactlyOneOf("value", "insecureValue", "valueWo"),
    matches(
      "name",
      /^\/?[\w.-]+(\/[\w.-]+){0,14}$/,
      "letters, digits, . - _ in at most 15 levels, and a slash in front of the first",
    ),
    onPresent("name", (value) => {
      if (isUnknown(value)) return undefined;
      const start = /^\/?(aws|ssm)/i.exec(String(value))?.[0];
      if (start !== undefined)
        return `AWS keeps names that begin with ${start} to itself, got ${show(value)}`;
      return String(value).includes("/") && !String(value).startsWith("/")
        ? `a name with levels begins with a slash, got ${show(value)}`
        : undefined;
    }),
    onPresent("insecureValue", (_, { type }) =>
      type === "SecureString" ? "a SecureString is not shown in plain text; use value" : undefined,
    ),
    fits("value"),
    fits("insecureValue"),
  ],
  make: ({ inputs, accountId, region }) => {
    const name = text(inputs, "name");
    const isSecure = text(inputs, "type") === "SecureString";
    return {
      id: name,
      outputs: {
        arn: parameterArn(region, accountId, name),
        dataType: inputs.dataType ?? "text",
        hasValueWo: isPresent(inputs.valueWo),
        insecureValue: inputs.insecureValue ?? (isSecure ? "" : (inputs.value ?? "")),
        keyId: inputs.keyId ?? (isSecure ? "alias/aws/ssm" : ""),
        tier: inputs.tier ?? "Standard",
        value: inputs.value ?? inputs.insecureValue ?? "",
        version: 1,
      },
    };
  },
  admit: ({ inputs, account, urn, region }) =>
    account
      .list(PARAMETER)
      .some((other) => other.urn !== urn && other.region === region && other.id === text(inputs, "name"))
      ? `parameter ${text(inputs, "name")} already exists in ${region} (ParameterAlreadyExists); give it another name`
      : undefined,
};

export const SSM: readonly ResourceType[] = [parameter];
