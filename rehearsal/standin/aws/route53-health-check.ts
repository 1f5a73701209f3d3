import { isIP } from "node:net";
import { isHostName } from "../../../model/dns-name";
import { type HealthCheckType, sniByDefault } from "../../../model/health-check";
import { at, isPresent, listAt, stringAt } from "../../../model/property";
import { isUnknown, type Properties } from "../../../model/unknown";
import { arn } from "./arn";
import { uuid } from "./identifier";
import { text } from "./known";
import { matches, oneOf, onPresent, requiredWhen, show, wholeNumber } from "./property-rules";
import { type ResourceType, type Rule, words } from "./resource-type";

export const HEALTH_CHECK = "aws:route53/healthCheck:HealthCheck";

const ENDPOINT_TYPES = ["HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH", "TCP"];
const TYPES = [...ENDPOINT_TYPES, "CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"];

/** Regions that have checkers (API reference, HealthCheckRegion). */
const CHECKER_REGIONS = words(
  "us-east-1 us-west-1 us-west-2 eu-west-1 ap-southeast-1 ap-southeast-2 ap-northeast-1 sa-east-1",
);

const typeOf = (inputs: Properties) => stringAt(inputs, "type");
const isEndpoint = (inputs: Properties) => ENDPOINT_TYPES.includes(String(typeOf(inputs)));
const hasType = (type: string) => (inputs: Properties) => typeOf(inputs) === type;
const isStringMatch = (inputs: Properties) => String(typeOf(inputs)).endsWith("_STR_MATCH");

/** A property that only some types of check have. */
const onlyFor = (property: string, fits: (inputs: Properties) => boolean, types: string): Rule =>
  onPresent(property, (_, inputs) =>
    isUnknown(inputs.type) || fits(inputs) ? undefined : `only ${types} checks have it; leave it out`,
  );

/**
 * Route 53 refuses what its checkers cannot reach (RFC 5735, 6598, 5156). The addresses for documentation are
 * among those, but stand for real ones in examples, so they are let through.
 */
const PRIVATE_IPV4 =
  /^(0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^198\.1[89]\.|^(22[4-9]|2[3-5]\d)\./;
const PRIVATE_IPV6 = /^(::1?$|f[cd]|fe[89ab]|ff)/i;

function isPublicAddress(address: string): boolean {
  return isIP(address) === 4 ? !PRIVATE_IPV4.test(address) : !PRIVATE_IPV6.test(address);
}

export const healthCheck: ResourceType = {
  token: HEALTH_CHECK,
  inputs:
    words(`childHealthThreshold childHealthchecks cloudwatchAlarmName cloudwatchAlarmRegion disabled enableSni
    failureThreshold fqdn insufficientDataHealthStatus invertHealthcheck ipAddress measureLatency port referenceName
    regions requestInterval resourcePath routingControlArn searchString tags triggers type`),
  required: ["type"],
  replaceOn: words("measureLatency referenceName requestInterval routingControlArn type"),
  defaults: { disabled: false, measureLatency: false },
  computed: words("arn enableSni failureThreshold regions triggers"),
  rules: [
    oneOf("type", TYPES),
    oneOf("requestInterval", [10, 30], "the interval cannot be changed after creation"),
    wholeNumber("failureThreshold", 1, 10),
    wholeNumber("port", 1, 65_535),
    matches("resourcePath", /^\/?[\x21-\x7e]{0,254}$/, "a path of at most 255 characters"),
    requiredWhen("port", hasType("TCP"), "a TCP check connects to one"),
    requiredWhen("searchString", isStringMatch, "a string match looks for it"),
    requiredWhen("cloudwatchAlarmName", hasType("CLOUDWATCH_METRIC"), "the check follows that alarm"),
    requiredWhen("cloudwatchAlarmRegion", hasType("CLOUDWATCH_METRIC"), "the check follows an alarm there"),
    requiredWhen("childHealthchecks", hasType("CALCULATED"), "a calculated check counts them"),
    requiredWhen("routingControlArn", hasType("RECOVERY_CONTROL"), "the check follows that control"),
    (inputs) =>
      isEndpoint(inputs) && !isPresent(inputs.fqdn) && !isPresent(inputs.ipAddress)
        ? [
            {
              property: "fqdn",
              reason: "fqdn and ipAddress are missing, and the check needs one of them to probe",
            },
          ]
        : [],
    onlyFor("searchString", isStringMatch, "HTTP_STR_MATCH and HTTPS_STR_MATCH"),
    onlyFor("childHealthchecks", hasType("CALCULATED"), "CALCULATED"),
    onPresent("searchString", (value) =>
      String(value).length <= 255 ? undefined : `AWS takes 255 characters, got ${String(value).length}`,
    ),
    onPresent("fqdn", (value) =>
      typeof value === "string" && isHostName(value)
        ? undefined
        : `AWS takes a host name without scheme, port or path, got ${show(value)}`,
    ),
    onPresent("ipAddress", (value) =>
      typeof value === "string" && isIP(value) !== 0 && isPublicAddress(value)
        ? undefined
        : `AWS takes a public IPv4 or IPv6 address that its checkers can reach, got ${show(value)}`,
    ),
    onPresent("enableSni", (value, inputs) =>
      value === true &&
      String(typeOf(inputs)).startsWith("HTTP") &&
      !String(typeOf(inputs)).startsWith("HTTPS")
        ? "only HTTPS checks have a server name to send; leave it out"
        : undefined,
    ),
    onPresent("regions", (_, inputs) => {
      const regions = listAt(inputs, "regions");
      if (regions === undefined || isUnknown(regions) || regions.some(isUnknown)) return undefined;
      const unknown = regions.find((region) => !CHECKER_REGIONS.includes(String(region)));
      if (unknown !== undefined)
        return `no checkers in ${show(unknown)}; AWS has them in ${CHECKER_REGIONS.join(", ")}`;
      return regions.length < 3 ? `AWS takes 3 regions or more, got ${regions.length}` : undefined;
    }),
    onPresent("childHealthchecks", (_, inputs) => {
      const children = listAt(inputs, "childHealthchecks");
      return Array.isArray(children) && children.length > 255
        ? `AWS takes 255 children, got ${children.length}`
        : undefined;
    }),
    oneOf("insufficientDataHealthStatus", ["Healthy", "Unhealthy", "LastKnownStatus"]),
  ],
  make: ({ inputs, seed }) => {
    const id = uuid(seed);
    return {
      id,
      outputs: {
        arn: arn("route53", "", "", `healthcheck/${id}`),
        enableSni: inputs.enableSni ?? sniByDefault(text(inputs, "type") as HealthCheckType),
        failureThreshold: inputs.failureThreshold ?? (isEndpoint(inputs) ? 3 : 0),
        regions: inputs.regions ?? [],
        triggers: inputs.triggers ?? {},
      },
    };
  },
  admit: ({ inputs, account }) => {
    const children = at(inputs, "childHealthchecks");
    const known = account.list(HEALTH_CHECK);
    if (!account.complete || !Array.isArray(children)) return undefined;
    const missing = children.find((child) => !known.some(({ id }) => id === child));
    return missing === undefined ? undefined : `child health check ${String(missing)} does not exist`;
  },
};
