import { behaviorsFor, CACHING_DISABLED } from "../../model/cache-behavior";
import { normalizeDnsName } from "../../model/dns-name";
import type { Endpoint } from "../../model/failover-plan";
import type { StackResource } from "../../model/stack-resource";
import { isUnknown, type MaybeUnknown, type PropertyValue } from "../../model/unknown";
import { unknownInput } from "./formulas/formula";
import { listAt, numberAt, stringAt } from "./formulas/read";
import type { UnknownInput } from "./meter";
import type { PricedStack } from "./priced-stack";

const BUCKET = "aws:s3/bucket:Bucket";
const CACHE_POLICY = "aws:cloudfront/cachePolicy:CachePolicy";

/** The bucket that a distribution asks again for every request of a path. */
export interface AskedBucket {
  readonly kind: "bucket";
  /** The bucket where the stack has it and tells which, else the distribution. */
  readonly resource: StackResource;
  /** Undefined where the origin's name tells no region. */
  readonly region: MaybeUnknown<string> | undefined;
}

/** A bucket or an endpoint of the stack that it asks again. */
export type AskedOrigin =
  | AskedBucket
  | UnknownInput
  | { readonly kind: "endpoint"; readonly endpoint: Endpoint };

/**
 * What is asked again for a path that a distribution does not cache: a bucket bills each GET, an API each request,
 * and functions run, while what they send to CloudFront is free (S3 and CloudFront pricing). Empty where the path is
 * cached, or its origin is none of the stack's. What is not known yet is taken as the dearer: not cached, and every
 * origin that it can be.
 */
export function askedOrigins(
  distribution: StackResource,
  path: MaybeUnknown<string>,
  stack: PricedStack,
): readonly AskedOrigin[] {
  const written = stack.asWritten(distribution);
  for (const behavior of behaviorsFor(written.properties, path)) {
    if (!isUncached(behavior, distribution, stack)) continue;
    const found = originsBehind(stringAt(behavior, "targetOriginId"), written, stack);
    if (found.length > 0) return found;
  }
  return [];
}

/** By its policy; a behaviour without one says by `maxTtl` how long an answer may be kept. */
function isUncached(behavior: PropertyValue, distribution: StackResource, stack: PricedStack): boolean {
  const policyId = stringAt(behavior, "cachePolicyId");
  if (isUnknown(policyId) || policyId === CACHING_DISABLED) return true;
  if (policyId === undefined || policyId === "") return numberAt(behavior, "maxTtl") === 0;
  const [own] = stack.references(distribution, "", CACHE_POLICY, policyId);
  if (own === undefined) return false;
  const longest = numberAt(stack.asWritten(own).properties, "maxTtl");
  return longest === 0 || isUnknown(longest);
}

/** Of a group the first member answers while it can. */
function originsBehind(
  originId: MaybeUnknown<string> | undefined,
  distribution: StackResource,
  stack: PricedStack,
): readonly AskedOrigin[] {
  const { properties } = distribution;
  const group = withOriginId(properties.originGroups, originId);
  const first = group === undefined ? originId : stringAt(group, "members", 0, "originId");
  const domainName = stringAt(withOriginId(properties.origins, first), "domainName");
  if (domainName !== undefined && !isUnknown(domainName)) {
    const bucket = bucketNamed(domainName, distribution, stack);
    return bucket ? [bucket] : originNamed(normalizeDnsName(domainName), stack);
  }
  if (domainName === undefined && !isUnknown(properties.origins) && !isUnknown(first)) return [];
  return originsByDependency(distribution, stack);
}

function originNamed(hostName: string, stack: PricedStack): readonly AskedOrigin[] {
  const endpoint = stack.endpointNamed(hostName);
  return endpoint ? [{ kind: "endpoint", endpoint }] : [];
}

/** Before an origin exists its host name is unknown, and only what the origins were computed from tells. */
function originsByDependency(distribution: StackResource, stack: PricedStack): readonly AskedOrigin[] {
  const sources = distribution.propertyDependencies.origins ?? [];
  if (sources.length === 0) return [unknownInput("origins")];
  const [bucket, ...others] = stack.sourcesOf(distribution, "origins", BUCKET);
  const buckets: AskedOrigin[] = bucket
    ? [
        {
          kind: "bucket",
          resource: others.length === 0 ? bucket : distribution,
          region: stack.regionOf(bucket),
        },
      ]
    : [];
  const endpoints = new Set(sources.flatMap((urn) => stack.endpointOf(urn) ?? []));
  return [...buckets, ...[...endpoints].map((endpoint) => ({ kind: "endpoint", endpoint }) as const)];
}

/** `name.s3.<region>.amazonaws.com`, the same without a region, or a website's name. */
const S3_HOST = /\.s3(?:-website)?(?:\.dualstack)?(?:[.-]([a-z0-9-]+))?\.amazonaws\.com(?:\.cn)?$/;

function bucketNamed(
  domainName: string,
  distribution: StackResource,
  stack: PricedStack,
): AskedBucket | undefined {
  const [own] = ["bucketRegionalDomainName", "bucketDomainName", "websiteEndpoint"].flatMap((property) =>
    stack.withText(BUCKET, property, domainName),
  );
  if (own) return { kind: "bucket", resource: own, region: stack.regionOf(own) };
  const host = S3_HOST.exec(domainName);
  return host ? { kind: "bucket", resource: distribution, region: host[1] } : undefined;
}

function withOriginId(
  list: PropertyValue,
  originId: MaybeUnknown<string> | undefined,
): PropertyValue | undefined {
  const items = listAt(list);
  if (items === undefined || isUnknown(items) || originId === undefined || isUnknown(originId))
    return undefined;
  return items.find((item) => stringAt(item, "originId") === originId);
}
