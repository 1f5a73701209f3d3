import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { isUnknown, type Properties, UNKNOWN } from "../../../../model/unknown";
import { standbyReady } from "../../../../policy/rules/standby-ready/rule";
import { type FixtureOptions, resource, urn } from "../../../model/stack-fixture";
import { providers, standby } from "../../prices/meters";
import { judged } from "../judged";

export const FUNCTION = "aws:lambda/function:Function";
export const GROUP = "aws:autoscaling/group:Group";
export const SERVICE = "aws:ecs/service:Service";
export const SCALING = "aws:appautoscaling/target:Target";
export const INSTANCE = "aws:ec2/instance:Instance";
export const STATE = "aws:ec2transitgateway/instanceState:InstanceState";
export const DATABASE = "aws:rds/instance:Instance";
export const CLUSTER = "aws:rds/cluster:Cluster";
export const CLUSTER_INSTANCE = "aws:rds/clusterInstance:ClusterInstance";
export const HTTP_DOMAIN = "aws:apigatewayv2/domainName:DomainName";
export const REST_DOMAIN = "aws:apigateway/domainName:DomainName";
export const HTTP_API = "aws:apigatewayv2/api:Api";
export const ROUTE = "aws:apigatewayv2/route:Route";
export const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
export const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
export const LISTENER = "aws:lb/listener:Listener";
export const TARGETS = "aws:lb/targetGroup:TargetGroup";
export const WEBSITE = "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration";
export const BUCKET = "aws:s3/bucket:Bucket";
export const STACK = resource("pulumi:pulumi:Stack", "stack", {}, { custom: false });
export const BILLED = "it then bills by the hour, which standby-idle-cost counts";

/** Verdicts on one resource of the standby, beside others. */
export function of(
  type: string,
  properties: Properties = {},
  others: readonly StackResource[] = [],
  options: FixtureOptions = {},
) {
  const one = standby(type, "one", { tags: { role: "standby" }, ...properties }, options);
  return judged(standbyReady, [STACK, ...providers, one, ...others])
    .filter(({ urn: at }) => at === one.urn)
    .map(({ verdict, path, message }) => ({ verdict, path, message }));
}

export function verdict(...args: Parameters<typeof of>) {
  const [first, ...others] = of(...args);
  assert.deepEqual(others, []);
  return [first?.verdict, first?.path];
}

/** What the rule says of one that is away. */
export function away(type: string, path: string, text: string) {
  return [{ verdict: "fail", path, message: `one (${type}) of the standby ${text}` }];
}

/** The program gives every custom domain a validated certificate of its region. */
export function certified(domain: StackResource): StackResource {
  const side = domain.name.split("-")[0];
  const certificate = urn("aws:acm/certificateValidation:CertificateValidation", `${side}-validation`);
  const { domainNameConfiguration: configuration } = domain.properties;
  return {
    ...domain,
    properties: {
      ...domain.properties,
      domainNameConfiguration:
        configuration === UNKNOWN
          ? UNKNOWN
          : { ...(configuration as Properties), certificateArn: "arn:aws:acm:certificate/1" },
    },
    propertyDependencies: { ...domain.propertyDependencies, domainNameConfiguration: [certificate] },
  };
}

/** The program gives every route to the API of its region. */
export function routed(route: StackResource): StackResource {
  const api = `${route.name.split("-")[0]}-http`;
  return {
    ...route,
    properties: { ...route.properties, apiId: isUnknown(route.id) ? UNKNOWN : `${api}-id` },
    propertyDependencies: { ...route.propertyDependencies, apiId: [urn(HTTP_API, api)] },
  };
}
