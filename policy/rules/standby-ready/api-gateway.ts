import { normalizeDnsName } from "../../../model/dns-name";
import { at, isPresent, stringAt } from "../../../model/property";
import type { StackJoins } from "../../../model/stack-joins";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type PropertyValue, UNKNOWN } from "../../../model/unknown";
import { type NamingLink, namingOf } from "./naming";
import { firstTrouble, type Readiness, type ReadinessCheck } from "./readiness";

const HTTP_API = "aws:apigatewayv2/api:Api";
const HTTP_DOMAIN = "aws:apigatewayv2/domainName:DomainName";
const REST_DOMAIN = "aws:apigateway/domainName:DomainName";
const CERTIFICATE_TYPES: readonly string[] = [
  "aws:acm/certificate:Certificate",
  "aws:acm/certificateValidation:CertificateValidation",
];

/** A custom domain cannot answer a TLS handshake without a certificate of its own region. */
const httpCertificateReadiness: ReadinessCheck = (domain, joins) => {
  const path = "domainNameConfiguration.certificateArn";
  const configuration = domain.properties.domainNameConfiguration;
  // The service demands a configuration, so before the domain exists a missing one is only not known yet.
  const unborn = isUnknown(domain.id) && configuration === undefined;
  return certificateReadiness(path, domain, joins, [unborn ? UNKNOWN : at(configuration, "certificateArn")]);
};

const REST_CERTIFICATES = [
  "regionalCertificateArn",
  "certificateArn",
  "regionalCertificateName",
  "certificateName",
] as const;

const restCertificateReadiness: ReadinessCheck = (domain, joins) =>
  certificateReadiness(
    REST_CERTIFICATES[0],
    domain,
    joins,
    REST_CERTIFICATES.map((name) => domain.properties[name]),
  );

function certificateReadiness(
  path: string,
  domain: StackResource,
  joins: StackJoins,
  values: readonly PropertyValue[],
): Readiness {
  if (values.some((value) => typeof value === "string" && value !== "")) {
    return { kind: "ready", path, how: "it has a certificate" };
  }
  if (values.some(isUnknown)) {
    // Before anything exists, the certificate shows in what the property was computed from.
    const sources = domain.propertyDependencies[path.split(".")[0] ?? ""] ?? [];
    const ofStack = sources.some((urn) => CERTIFICATE_TYPES.includes(joins.byUrn.get(urn)?.type ?? ""));
    return ofStack
      ? { kind: "ready", path, how: "it gets a certificate of this stack" }
      : { kind: "unknown", path };
  }
  return {
    kind: "away",
    path,
    what: `has no ${path}, so no TLS handshake succeeds`,
    allowed: "a certificate of its own region",
    lever: `set ${path} to a validated ACM certificate (free)`,
  };
}

/** Either generation maps the domains of both (API Gateway developer guide, API mappings for custom domains). */
const MAPPINGS: NamingLink = {
  by: ["aws:apigatewayv2/apiMapping:ApiMapping", "aws:apigateway/basePathMapping:BasePathMapping"],
  property: "domainName",
  of: [HTTP_DOMAIN, REST_DOMAIN],
  name: "domainName",
  key: normalizeDnsName,
};
const ROUTING_RULES: NamingLink = { ...MAPPINGS, by: ["aws:apigatewayv2/routingRule:RoutingRule"] };

/** Only mappings and routing rules send a domain's traffic to an API; it answers 403 where none does. */
const mappingReadiness: ReadinessCheck = (domain, joins) => {
  const path = "domainName";
  const mode = stringAt(domain.properties, "routingMode");
  const mapped = namingOf(domain, MAPPINGS, joins);
  // A domain asks mappings alone unless its mode says otherwise (API Gateway developer guide, routing modes).
  const ruled =
    mode === undefined || mode === "" || isMappingOnly(mode)
      ? mapped
      : namingOf(domain, ROUTING_RULES, joins);
  if (isUnknown(mode) && mapped !== ruled) return { kind: "unknown", path: "routingMode" };
  const counted = mode === "ROUTING_RULE_ONLY" ? [ruled] : [mapped, ruled];
  if (counted.includes("named")) return { kind: "ready", path, how: "an API is mapped to it" };
  if (counted.includes("untold")) return { kind: "unknown", path };
  return {
    kind: "away",
    path,
    ...(mode === "ROUTING_RULE_ONLY" ? UNRULED : UNMAPPED),
  };
};

const UNMAPPED = {
  what: "has no API mapping in this stack, so it answers every request with 403",
  allowed: "an API mapping of this domain",
  lever: "add an aws.apigatewayv2.ApiMapping or aws.apigateway.BasePathMapping (free)",
} as const;
const UNRULED = {
  what: "has routingMode ROUTING_RULE_ONLY and no routing rule in this stack, so it answers every request with 403",
  allowed: "a routing rule of this domain",
  lever: "add an aws.apigatewayv2.RoutingRule (free)",
} as const;

function isMappingOnly(mode: unknown): boolean {
  return mode === "API_MAPPING_ONLY" || mode === "BASE_PATH_MAPPING_ONLY";
}

const ROUTES: NamingLink = { by: ["aws:apigatewayv2/route:Route"], property: "apiId", of: [HTTP_API] };
/** What makes routes without a resource of their own: an OpenAPI text, and quick create (CreateApi, API reference). */
const ROUTE_MAKERS = ["body", "target"] as const;

/** An HTTP API answers 404 where no route matches. */
const apiReadiness: ReadinessCheck = (api, joins) => {
  const { properties } = api;
  const protocol = stringAt(properties, "protocolType");
  if (protocol !== "HTTP" && !isUnknown(protocol)) {
    return { kind: "ready", path: "protocolType", how: "it is no HTTP API" };
  }
  const path = "apiId";
  const naming = namingOf(api, ROUTES, joins);
  if (naming === "named") return { kind: "ready", path, how: "it has a route" };
  const maker = ROUTE_MAKERS.find((name) => isPresent(properties[name]) && !isUnknown(properties[name]));
  if (maker !== undefined) return { kind: "ready", path: maker, how: `its ${maker} makes its routes` };
  const open = ROUTE_MAKERS.find((name) => isUnknown(properties[name]));
  if (open !== undefined) {
    // A text made from resources of the stack is one, whatever their names turn out to be.
    return (api.propertyDependencies[open] ?? []).length > 0
      ? { kind: "ready", path: open, how: `its ${open} makes its routes` }
      : { kind: "unknown", path: open };
  }
  if (naming === "untold") return { kind: "unknown", path };
  if (isUnknown(protocol)) return { kind: "unknown", path: "protocolType" };
  return {
    kind: "away",
    path,
    what: "has no route in this stack, so it answers every request with 404",
    allowed: "a route, a body or a target",
    lever: "add an aws.apigatewayv2.Route of this API (free)",
  };
};

const domainReadiness =
  (certificate: ReadinessCheck): ReadinessCheck =>
  (domain, joins, plan) =>
    firstTrouble(certificate(domain, joins, plan), mappingReadiness(domain, joins, plan));

export const API_GATEWAY_CHECKS: Readonly<Record<string, ReadinessCheck>> = {
  [HTTP_DOMAIN]: domainReadiness(httpCertificateReadiness),
  [REST_DOMAIN]: domainReadiness(restCertificateReadiness),
  [HTTP_API]: apiReadiness,
};
