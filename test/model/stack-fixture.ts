import type { StackResource } from "../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../model/unknown";

/** URN of a resource of the fixture stack. */
export function urn(type: string, name: string): string {
  return `urn:pulumi:test::fixture::${type}::${name}`;
}

export interface FixtureOptions {
  readonly id?: StackResource["id"];
  readonly provider?: string;
  readonly custom?: boolean;
  /** Property -> URNs it was computed from. */
  readonly from?: Record<string, string[]>;
}

/** One resource of the fixture stack. */
export function resource(
  type: string,
  name: string,
  properties: Properties = {},
  { id = `${name}-id`, provider, custom = true, from = {} }: FixtureOptions = {},
): StackResource {
  return {
    urn: urn(type, name),
    type,
    name,
    custom,
    id,
    provider,
    properties,
    dependencies: [...new Set(Object.values(from).flat())],
    propertyDependencies: typeof id === "string" ? from : { ...given(properties), ...from },
  };
}

/** What a program gives in plain has an empty list of dependencies; what the provider adds has none. */
function given(properties: Properties): Record<string, string[]> {
  const names = Object.keys(properties).filter((name) => properties[name] !== UNKNOWN);
  return Object.fromEntries(names.map((name) => [name, []]));
}

export const PROVIDER = "pulumi:providers:aws";

export function provider(name: string, region: string, role: string): StackResource {
  return resource(PROVIDER, name, { region, defaultTags: JSON.stringify({ tags: { role } }) });
}

/** A fast HTTP check whose id is its name. */
export function httpCheck(name: string, properties: Properties): StackResource {
  const timing = { type: "HTTP", requestInterval: 10, failureThreshold: 3 };
  return resource(CHECK, name, { ...timing, ...properties }, { id: name });
}

const API = "aws:apigatewayv2/api:Api";
const DOMAIN = "aws:apigatewayv2/domainName:DomainName";
const MAPPING = "aws:apigatewayv2/apiMapping:ApiMapping";
const RECORD = "aws:route53/record:Record";
const CHECK = "aws:route53/healthCheck:HealthCheck";

/**
 * The smallest stack with a failover pair over two HTTP APIs. At `preview` nothing exists: ids, target names
 * and the zone's id are unknown and only dependencies tell what belongs together.
 */
export function failoverStack({ preview = false } = {}): StackResource[] {
  const name = "profiles.example.com";
  const known = <T extends string>(value: T) => (preview ? UNKNOWN : value);
  const zone = resource("aws:route53/zone:Zone", "zone", { name: "example.com" }, { id: known("Z1") });
  const check = resource(
    CHECK,
    "check",
    { type: "HTTPS", fqdn: `us-east-1.${name}`, requestInterval: 10, failureThreshold: 3 },
    { id: known("hc-1") },
  );
  const region = (providerName: string, code: string): StackResource[] => {
    const providerUrn = urn(PROVIDER, providerName);
    const api = resource(API, `${providerName}-api`, {}, { id: known(`api-${code}`), provider: providerUrn });
    const domain = resource(
      DOMAIN,
      `${providerName}-domain`,
      {
        domainName: name,
        domainNameConfiguration: preview
          ? UNKNOWN
          : {
              certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1",
              targetDomainName: target(code),
            },
      },
      { id: known(name), provider: providerUrn },
    );
    const mapping = resource(
      MAPPING,
      `${providerName}-mapping`,
      { apiId: known(`api-${code}`), domainName: known(name) },
      { provider: providerUrn, from: { apiId: [api.urn], domainName: [domain.urn] } },
    );
    return [api, domain, mapping];
  };
  const record = (role: string, code: string, domainName: string): StackResource =>
    resource(
      RECORD,
      role.toLowerCase(),
      {
        name,
        type: "A",
        zoneId: known("Z1"),
        setIdentifier: role.toLowerCase(),
        failoverRoutingPolicies: [{ type: role }],
        aliases: [
          { name: known(target(code)), zoneId: known("Z2OJLYMUO9EFXC"), evaluateTargetHealth: false },
        ],
        ...(role === "PRIMARY" ? { healthCheckId: known("hc-1") } : {}),
      },
      {
        from: {
          zoneId: [zone.urn],
          aliases: [urn(DOMAIN, domainName)],
          ...(role === "PRIMARY" ? { healthCheckId: [check.urn] } : {}),
        },
      },
    );
  return [
    provider("primary", "us-east-1", "primary"),
    provider("standby", "us-west-2", "standby"),
    zone,
    check,
    ...region("primary", "use1"),
    ...region("standby", "usw2"),
    record("PRIMARY", "use1", "primary-domain"),
    record("SECONDARY", "usw2", "standby-domain"),
  ];
}

function target(code: string): string {
  return `d-${code}.execute-api.example.com`;
}
