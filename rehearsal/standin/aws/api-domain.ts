import { isHostName } from "../../../model/dns-name";
import { at } from "../../../model/property";
import { isUnknown } from "../../../model/unknown";
import { unusableCertificate } from "./acm";
import { apiExists, STAGE } from "./apigatewayv2";
import { arn, parseArn } from "./arn";
import { characters, LOWER_ALPHANUMERIC } from "./identifier";
import { text } from "./known";
import { isObject } from "./property-path";
import { onPresent, show } from "./property-rules";
import { regionByName } from "./region";
import { type Making, type ResourceType, type Rule, words } from "./resource-type";

export const DOMAIN_NAME = "aws:apigatewayv2/domainName:DomainName";
export const API_MAPPING = "aws:apigatewayv2/apiMapping:ApiMapping";

/** A member of `domainNameConfiguration` that is known and not among the allowed. */
const configured = (key: string, allowed: readonly string[]): Rule =>
  onPresent("domainNameConfiguration", (value) => {
    const given = at(value, key);
    return given === undefined || isUnknown(given) || allowed.includes(String(given))
      ? undefined
      : `${key}: AWS takes ${allowed.join(" or ")}, got ${show(given)}`;
  });

const domainName: ResourceType = {
  token: DOMAIN_NAME,
  inputs: words("domainName domainNameConfiguration mutualTlsAuthentication region routingMode tags"),
  required: words(`domainName domainNameConfiguration domainNameConfiguration.certificateArn
    domainNameConfiguration.endpointType domainNameConfiguration.securityPolicy`),
  replaceOn: words("domainName region"),
  computed: words(`apiMappingSelectionExpression arn domainNameConfiguration.hostedZoneId
    domainNameConfiguration.ipAddressType domainNameConfiguration.ownershipVerificationCertificateArn
    domainNameConfiguration.targetDomainName routingMode`),
  rules: [
    onPresent("domainName", (value) =>
      typeof value === "string" && isHostName(value.replace(/^\*\./, "")) && value === value.toLowerCase()
        ? undefined
        : `AWS takes a host name in lower case, got ${show(value)}`,
    ),
    configured("endpointType", ["REGIONAL"]),
    configured("securityPolicy", ["TLS_1_2"]),
    configured("ipAddressType", ["ipv4", "dualstack"]),
    (inputs) => {
      const certificateArn = at(inputs, "domainNameConfiguration", "certificateArn");
      const own = typeof certificateArn === "string" ? parseArn(certificateArn) : undefined;
      return own === undefined || typeof inputs.region !== "string" || own.region === inputs.region
        ? []
        : [
            {
              property: "domainNameConfiguration.certificateArn",
              reason: `domainNameConfiguration.certificateArn: the certificate is in ${own.region}, and a regional domain in ${inputs.region} takes one from there only`,
            },
          ];
    },
  ],
  make: ({ inputs, region, seed }) => {
    const name = text(inputs, "domainName");
    const given = inputs.domainNameConfiguration;
    return {
      id: name,
      outputs: {
        apiMappingSelectionExpression: "$request.basepath",
        arn: arn("apigateway", region, "", `/domainnames/${name}`),
        domainNameConfiguration: {
          ipAddressType: "ipv4",
          ownershipVerificationCertificateArn: "",
          ...(isObject(given) ? given : {}),
          hostedZoneId: regionByName(region)?.apiGatewayZoneId ?? "",
          targetDomainName: `d-${characters(seed, 10, LOWER_ALPHANUMERIC)}.execute-api.${region}.amazonaws.com`,
        },
        routingMode: inputs.routingMode ?? "API_MAPPING_ONLY",
      },
    };
  },
  admit: (making) =>
    takenName(making) ??
    unusableCertificate(
      making.account,
      text(making.inputs, "domainNameConfiguration", "certificateArn"),
      [text(making.inputs, "domainName")],
      "BadRequest",
      "certificateArn",
    ),
};

/** A custom domain name exists once per region of all of AWS. */
function takenName({ inputs, account, region, urn }: Making): string | undefined {
  const name = text(inputs, "domainName");
  return account
    .list(DOMAIN_NAME)
    .some((other) => other.urn !== urn && other.region === region && other.id === name)
    ? `custom domain ${name} already exists in ${region} (Conflict); each region takes a name once`
    : undefined;
}

const apiMapping: ResourceType = {
  token: API_MAPPING,
  inputs: words("apiId apiMappingKey domainName region stage"),
  required: words("apiId domainName stage"),
  replaceOn: words("apiId domainName region"),
  computed: [],
  make: ({ seed }) => ({ id: characters(seed, 6, LOWER_ALPHANUMERIC), outputs: {} }),
  admit: ({ inputs, account, region, urn }) => {
    const [apiId, domain, stage] = [text(inputs, "apiId"), text(inputs, "domainName"), text(inputs, "stage")];
    const here = (type: string) => account.list(type).filter((found) => found.region === region);
    const taken = here(API_MAPPING).some(
      ({ urn: other, properties }) =>
        other !== urn &&
        text(properties, "domainName") === domain &&
        text(properties, "apiMappingKey") === text(inputs, "apiMappingKey"),
    );
    if (taken)
      return `custom domain ${domain} has a mapping with that key already (Conflict); change apiMappingKey`;
    if (!account.complete) return undefined;
    if (!apiExists(account, apiId, region)) return `API ${apiId} does not exist in ${region} (NotFound)`;
    if (!here(STAGE).some((found) => found.id === stage && found.properties.apiId === apiId))
      return `stage ${stage} does not exist in API ${apiId} (NotFound); take it from the stage's id, so that it exists first`;
    if (!here(DOMAIN_NAME).some((found) => found.id === domain))
      return `custom domain ${domain} does not exist in ${region} (NotFound); take it from the domain's id`;
    return undefined;
  },
};

export const API_DOMAINS: readonly ResourceType[] = [domainName, apiMapping];
