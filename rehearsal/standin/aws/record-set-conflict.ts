import { CLOUDFRONT_ZONE_ID, s3WebsiteZoneIds, s3WebsiteZoneRegion } from "../../../model/alias-zone";
import { parseS3WebsiteName } from "../../../model/aws-host-name";
import { normalizeDnsName } from "../../../model/dns-name";
import { at } from "../../../model/property";
import type { Properties } from "../../../model/unknown";
import type { Account, AccountResource } from "./account";
import { isOn, text } from "./known";
import { recordName, routingPolicies } from "./record-set";
import { apiGatewayRegionOfZone } from "./region";
import type { Making } from "./resource-type";
import { HEALTH_CHECK } from "./route53-health-check";
import { findZone, RECORD } from "./route53-zone";

const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const DOMAIN_NAME = "aws:apigatewayv2/domainName:DomainName";

/** What else exists that makes Route 53 refuse a record set (API reference, ChangeResourceRecordSets). */
export function refusedRecordSet(making: Making): string | undefined {
  return missingReference(making) ?? refusedAlias(making) ?? refusedBeside(making);
}

function missingReference({ inputs, account }: Making): string | undefined {
  if (!account.complete) return undefined;
  const zoneId = text(inputs, "zoneId");
  if (findZone(account, zoneId) === undefined)
    return `hosted zone ${zoneId} does not exist (NoSuchHostedZone); take zoneId from a zone or from getZone`;
  const check = text(inputs, "healthCheckId");
  return check !== "" && !account.list(HEALTH_CHECK).some(({ id }) => id === check)
    ? `health check ${check} does not exist (NoSuchHealthCheck); take healthCheckId from the check's id`
    : undefined;
}

/** Where the target is known: API Gateway's names live in the zone of their region, and AAAA needs dual stack. */
function refusedAlias(making: Making): string | undefined {
  const { inputs, account } = making;
  const target = normalizeDnsName(text(inputs, "aliases", 0, "name"));
  const zoneId = text(inputs, "aliases", 0, "zoneId");
  if (target === "") return undefined;
  const region = apiGatewayRegionOfZone(zoneId);
  const targetRegion = /\.execute-api\.([a-z0-9-]+)\.amazonaws\.com$/.exec(target)?.[1];
  if (region !== targetRegion && (region !== undefined || targetRegion !== undefined))
    return `alias target ${target} does not lie in zone ${zoneId} (InvalidChangeBatch); take both from one domainNameConfiguration`;
  const refused = refusedWebsite(target, zoneId) ?? refusedDistribution(making, target, zoneId);
  if (refused !== undefined || targetRegion === undefined) return refused;
  const domain = account
    .list(DOMAIN_NAME)
    .find(({ properties }) => text(properties, "domainNameConfiguration", "targetDomainName") === target);
  if (domain === undefined)
    return account.complete ? `alias target ${target} does not exist (InvalidChangeBatch)` : undefined;
  return text(inputs, "type") === "AAAA" &&
    text(domain.properties, "domainNameConfiguration", "ipAddressType") !== "dualstack"
    ? `alias target ${target} has no IPv6 addresses; set ipAddressType of custom domain ${domain.id} to dualstack`
    : undefined;
}

/** Websites of S3 are aliased by the name of their region's endpoint, in the zone of that endpoint. */
function refusedWebsite(target: string, zoneId: string): string | undefined {
  const website = parseS3WebsiteName(target);
  const zoneRegion = s3WebsiteZoneRegion(zoneId);
  if (website === undefined && zoneRegion === undefined) return undefined;
  if (website?.bucket !== undefined)
    return `alias target ${target} does not exist (InvalidChangeBatch); an alias to a website names its region, s3-website, and the bucket is found by the record's own name: take websiteDomain`;
  return website !== undefined && s3WebsiteZoneIds(website.region)?.includes(zoneId) === true
    ? undefined
    : `alias target ${target} does not lie in zone ${zoneId} (InvalidChangeBatch); take websiteDomain and the bucket's hostedZoneId, both of one region`;
}

/** All distributions have one zone. One of another account may be aliased, so a missing one is no fault. */
function refusedDistribution(
  { inputs, account }: Making,
  target: string,
  zoneId: string,
): string | undefined {
  const isDistribution = target.endsWith(".cloudfront.net");
  if (isDistribution !== (zoneId === CLOUDFRONT_ZONE_ID)) {
    return `alias target ${target} does not lie in zone ${zoneId} (InvalidChangeBatch); take domainName and hostedZoneId of one distribution`;
  }
  if (!isDistribution) return undefined;
  const found = account
    .list(DISTRIBUTION)
    .find(({ properties }) => text(properties, "domainName") === target);
  return found && text(inputs, "type") === "AAAA" && !isOn(found.properties, "isIpv6Enabled")
    ? `alias target ${target} has no IPv6 addresses; set isIpv6Enabled of distribution ${found.id}`
    : undefined;
}

/** The rules among the record sets of one name. */
function refusedBeside({ inputs, account, urn }: Making): string | undefined {
  const fqdn = recordName(inputs, account);
  const type = text(inputs, "type");
  const zone = findZone(account, text(inputs, "zoneId"));
  if (type === "CNAME" && zone && normalizeDnsName(text(zone.properties, "name")) === fqdn)
    return `a CNAME at the top of zone ${fqdn} is not permitted (InvalidChangeBatch); use an alias or a name below it`;
  const beside = sameName(account, inputs, fqdn).filter((other) => other.urn !== urn);
  const clash = beside.find(
    ({ properties }) => (text(properties, "type") === "CNAME") !== (type === "CNAME"),
  );
  if (clash)
    return `a CNAME cannot share the name ${fqdn} with another type (InvalidChangeBatch); ${clash.id} is there`;
  const set = text(inputs, "setIdentifier");
  for (const other of beside.filter(({ properties }) => text(properties, "type") === type)) {
    const mine = policy(inputs);
    const theirs = policy(other.properties);
    if (mine !== theirs)
      return `${fqdn} ${type} mixes routing: ${other.id} is ${theirs} and this record is ${mine} (InvalidChangeBatch); give all of them one policy`;
    if (text(other.properties, "setIdentifier") === set && !isOn(inputs, "allowOverwrite"))
      return `${fqdn} ${type}${set === "" ? "" : ` ${set}`} already exists (InvalidChangeBatch); give each record its own name, type or setIdentifier`;
    const role = text(inputs, "failoverRoutingPolicies", 0, "type");
    if (role !== "" && text(other.properties, "failoverRoutingPolicies", 0, "type") === role)
      return `${fqdn} ${type} has a ${role} record already, ${other.id} (InvalidChangeBatch); a failover pair has one of each`;
  }
  return undefined;
}

function sameName(account: Account, inputs: Properties, fqdn: string): AccountResource[] {
  return account
    .list(RECORD)
    .filter(
      ({ properties }) =>
        text(properties, "fqdn") === fqdn && at(properties, "zoneId") === at(inputs, "zoneId"),
    );
}

function policy(properties: Properties): string {
  return (routingPolicies(properties)[0] ?? "simple").replace(/Routing(Policy|Policies)$/, "");
}
