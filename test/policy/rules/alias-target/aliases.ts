import type { StackResource } from "../../../../model/stack-resource";
import type { Properties, PropertyValue } from "../../../../model/unknown";
import { aliasTarget } from "../../../../policy/rules/alias-target/rule";
import { provider, resource, urn } from "../../../model/stack-fixture";
import { judged } from "../judged";
import { NAME } from "../records";

export const WEBSITE = "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration";
export const BUCKET = "aws:s3/bucket:Bucket";
export const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
export const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
export const DOMAIN = "aws:apigatewayv2/domainName:DomainName";
export const S3_WEST = "s3-website-us-west-2.amazonaws.com";
export const S3_WEST_ZONE = "Z3BJ6K6RIION7M";
export const CDN = "d111.cloudfront.net";
export const CDN_ZONE = "Z2FDTNDATAQYW2";
export const TITLE = `A record of ${NAME}`;

export const west = urn("pulumi:providers:aws", "standby");
export const standby = provider("standby", "us-west-2", "standby");

export function to(
  name: PropertyValue,
  zoneId: PropertyValue,
  evaluateTargetHealth: PropertyValue = false,
): Properties {
  return { records: undefined, ttl: undefined, aliases: [{ name, zoneId, evaluateTargetHealth }] };
}

export const website = (name: string, bucket: PropertyValue, from: Record<string, string[]> = {}) =>
  resource(WEBSITE, name, { bucket }, { provider: west, from });

export const distribution = (properties: Properties = {}) =>
  resource(DISTRIBUTION, "cdn", { domainName: CDN, aliases: [NAME], isIpv6Enabled: true, ...properties });

/** The record with its alias computed from these resources. */
export function from(alias: StackResource, ...sources: readonly StackResource[]): StackResource {
  return { ...alias, propertyDependencies: { aliases: sources.map((each) => each.urn) } };
}

export function judgements(resources: readonly StackResource[], phase: "preview" | "settled" = "settled") {
  return judged(aliasTarget, resources, {}, phase).map(({ verdict, path, message }) => ({
    verdict,
    path,
    message,
  }));
}

export function verdicts(...resources: StackResource[]): string[] {
  return judged(aliasTarget, resources, {}, "preview").map(
    ({ verdict, path, advisory }) => `${advisory ? "advice" : verdict} ${path}`,
  );
}
