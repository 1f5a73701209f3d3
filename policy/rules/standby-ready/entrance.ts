import { at, booleanAt, isPresent, listAt } from "../../../model/property";
import type { StackJoins } from "../../../model/stack-joins";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type PropertyValue, UNKNOWN } from "../../../model/unknown";
import type { Readiness, ReadinessCheck } from "./readiness";

/** The two modules hold the same things under two names. */
const BALANCER_MODULES = ["lb", "alb"] as const;
const LISTENER_TYPES = BALANCER_MODULES.map((module) => `aws:${module}/listener:Listener`);

/** What puts targets into a group, and the property that names it. */
const ATTACHING: readonly (readonly [type: string, property: string])[] = [
  ...BALANCER_MODULES.map(
    (module) => [`aws:${module}/targetGroupAttachment:TargetGroupAttachment`, "targetGroupArn"] as const,
  ),
  ["aws:autoscaling/attachment:Attachment", "lbTargetGroupArn"],
  ["aws:autoscaling/group:Group", "targetGroupArns"],
];
const DEPLOYMENT_GROUP = "aws:codedeploy/deploymentGroup:DeploymentGroup";
const SERVICE = "aws:ecs/service:Service";
const CERTIFICATE_TYPES: readonly string[] = [
  "aws:acm/certificate:Certificate",
  "aws:acm/certificateValidation:CertificateValidation",
];

/** A custom domain cannot answer a TLS handshake without a certificate of its own region. */
const httpDomainReadiness: ReadinessCheck = (domain, joins) => {
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

const restDomainReadiness: ReadinessCheck = (domain, joins) =>
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

const distributionReadiness: ReadinessCheck = ({ properties }) => {
  const enabled = booleanAt(properties, "enabled");
  if (isUnknown(enabled)) return { kind: "unknown", path: "enabled" };
  if (enabled === true) return { kind: "ready", path: "enabled", how: "it is enabled" };
  return {
    kind: "away",
    path: "enabled",
    what: `has enabled ${enabled === false ? "false" : "unset"}, so it refuses every request`,
    allowed: "true",
    lever: "set enabled to true (free until it is asked)",
  };
};

const balancerReadiness: ReadinessCheck = (balancer, joins) => {
  const listeners = LISTENER_TYPES.flatMap((type) => joins.referring(balancer, "loadBalancerArn", type));
  const path = "loadBalancerArn";
  if (listeners.length > 0) return { kind: "ready", path, how: "it has a listener" };
  return {
    kind: "away",
    path,
    what: "has no listener in this stack, so it refuses every connection",
    allowed: "a listener on the port that visitors use",
    lever: "add one (free beside the load balancer)",
  };
};

/** AWS's pages disagree on whether a group without targets is healthy; without one nothing is served either way. */
const targetGroupReadiness: ReadinessCheck = (group, joins) => {
  const path = "targetGroupArn";
  const attached =
    ATTACHING.some(([type, property]) => joins.referring(group, property, type).length > 0) ||
    joins.referring(group, "loadBalancers", SERVICE, targetGroupsOfService).length > 0 ||
    isDeployedTo(group, joins);
  if (attached) return { kind: "ready", path, how: "something of this stack puts targets into it" };
  return {
    kind: "away",
    path,
    what: "gets no target from this stack, so nothing answers behind it",
    allowed: "an attachment, a scaling group or a service that names it",
    lever: "attach what serves the standby (free)",
  };
};

/** A service registers its tasks with these groups; a blue/green one with the alternate at the next deployment. */
function targetGroupsOfService({ properties }: StackResource): PropertyValue {
  const balancers = listAt(properties, "loadBalancers");
  if (balancers === undefined || isUnknown(balancers)) return balancers;
  return balancers.flatMap((balancer): Exclude<PropertyValue, undefined>[] => {
    const ofNext = at(balancer, "advancedConfiguration", "alternateTargetGroupArn");
    return [at(balancer, "targetGroupArn") ?? null, ofNext ?? null];
  });
}

/** CodeDeploy moves targets between two groups that it knows by name, so one of them is empty and sound. */
function isDeployedTo(group: StackResource, joins: StackJoins): boolean {
  if (joins.dependents(group, DEPLOYMENT_GROUP).length > 0) return true;
  const { name } = group.properties;
  if (typeof name !== "string") return false;
  const named = joins.grouped("names of target groups", DEPLOYMENT_GROUP, targetGroupNames).get(name) ?? [];
  return named.some((deployment) => joins.regionOf(deployment) === joins.regionOf(group));
}

function targetGroupNames({ properties }: StackResource): string[] {
  const groups = listAt(properties, "loadBalancerInfo", "targetGroupPairInfo", "targetGroups");
  if (groups === undefined || isUnknown(groups)) return [];
  return groups.flatMap((each) => {
    const name = at(each, "name");
    return typeof name === "string" ? [name] : [];
  });
}

/** Without an index document the root of a website is an error page. */
const websiteReadiness: ReadinessCheck = ({ properties }) => {
  const path = "indexDocument.suffix";
  if (isPresent(properties.redirectAllRequestsTo)) {
    return { kind: "ready", path: "redirectAllRequestsTo", how: "it redirects every request" };
  }
  return indexReadiness(path, at(properties, "indexDocument", "suffix"));
};

/** A bucket that is a website by a property of its own; other buckets have no index to miss. */
const bucketReadiness: ReadinessCheck = ({ properties }) => {
  const { website } = properties;
  if (isUnknown(website)) return { kind: "unknown", path: "website" };
  if (!isPresent(website)) return { kind: "ready", path: "website", how: "it is no website" };
  if (isPresent(at(website, "redirectAllRequestsTo"))) {
    return { kind: "ready", path: "website.redirectAllRequestsTo", how: "it redirects every request" };
  }
  return indexReadiness("website.indexDocument", at(website, "indexDocument"));
};

function indexReadiness(path: string, value: PropertyValue): Readiness {
  if (isUnknown(value)) return { kind: "unknown", path };
  if (typeof value === "string" && value !== "") return { kind: "ready", path, how: `its index is ${value}` };
  return {
    kind: "away",
    path,
    what: `has no ${path}, so its root is an error page`,
    allowed: "the name of a page",
    lever: `set ${path} to index.html (free)`,
  };
}

export const ENTRANCE_CHECKS: Readonly<Record<string, ReadinessCheck>> = {
  "aws:apigatewayv2/domainName:DomainName": httpDomainReadiness,
  "aws:apigateway/domainName:DomainName": restDomainReadiness,
  "aws:cloudfront/distribution:Distribution": distributionReadiness,
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": websiteReadiness,
  "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2": websiteReadiness,
  "aws:s3/bucket:Bucket": bucketReadiness,
  ...Object.fromEntries(
    BALANCER_MODULES.flatMap((module) => [
      [`aws:${module}/loadBalancer:LoadBalancer`, balancerReadiness],
      [`aws:${module}/targetGroup:TargetGroup`, targetGroupReadiness],
    ]),
  ),
};
