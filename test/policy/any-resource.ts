import fc from "fast-check";
import type { StackResource } from "../../model/stack-resource";
import { type Properties, type PropertyValue, UNKNOWN } from "../../model/unknown";
import { classifiedTypes } from "../../policy/prices/classes";
import { resource } from "../model/stack-fixture";

/** Values that formulas read, and values that they should not fall over. */
const anyValue: fc.Arbitrary<PropertyValue> = fc.oneof(
  fc.constantFrom<PropertyValue>(
    UNKNOWN,
    null,
    undefined,
    true,
    false,
    "",
    "true",
    -1,
    0,
    1e300,
    Number.NaN,
    [],
    {},
  ),
  fc.integer({ min: -10, max: 10_000 }),
  fc.constantFrom(
    "PROVISIONED",
    "PAY_PER_REQUEST",
    "t4g.nano",
    "gp3",
    "Interface",
    "HTTPS",
    "vip",
    "Advanced",
  ),
  fc.array(
    fc.dictionary(
      fc.constantFrom("regionName", "readCapacity", "volumeSize", "metric", "type", "name"),
      fc.oneof(fc.integer(), fc.constantFrom<PropertyValue>("PRIMARY", "SECONDARY", UNKNOWN, null)),
    ),
    {
      maxLength: 3,
    },
  ),
);

/** Properties that a formula or the plan reads. */
const READ_PROPERTIES = [
  "name",
  "zoneId",
  "ttl",
  "records",
  "aliases",
  "healthCheckId",
  "failoverRoutingPolicies",
  "weightedRoutingPolicies",
  "setIdentifier",
  "fqdn",
  "ipAddress",
  "failureThreshold",
  "regions",
  "disabled",
  "childHealthchecks",
  "cloudwatchAlarmName",
  "namespace",
  "dimensions",
  "apiId",
  "domainName",
  "domainNameConfiguration",
  "tags",
  "tagsAll",
  "billingMode",
  "readCapacity",
  "writeCapacity",
  "replicas",
  "globalSecondaryIndexes",
  "instanceType",
  "rootBlockDevice",
  "ebsBlockDevices",
  "monitoring",
  "type",
  "size",
  "throughput",
  "iops",
  "requestInterval",
  "measureLatency",
  "loadBalancerType",
  "subnets",
  "subnetMappings",
  "vpcEndpointType",
  "subnetIds",
  "metricQueries",
  "period",
  "provisionedConcurrentExecutions",
  "functionName",
  "retentionInDays",
  "cacheClusterEnabled",
  "cacheClusterSize",
  "tier",
  "enableKeyRotation",
];

/** Any type with a class, or none, with any properties, in any region. Endpoints of the check's own name aside. */
export const anyResource: fc.Arbitrary<StackResource> = fc
  .record({
    type: fc.constantFrom(
      ...classifiedTypes(),
      "aws:medialive/channel:Channel",
      "aws:x/y:Z",
      "kubernetes:core/v1:Service",
    ),
    region: fc.constantFrom<PropertyValue>("us-east-1", "us-west-2", "eu-west-1", UNKNOWN, undefined, 7),
    properties: fc.dictionary(fc.constantFrom(...READ_PROPERTIES), anyValue, { maxKeys: 8 }),
    id: fc.constantFrom<StackResource["id"]>("added", UNKNOWN, undefined),
  })
  .map(({ type, region, properties, id }) =>
    resource(type, "added", { ...(properties as Properties), region }, { id }),
  );
