import { normalizeDnsName, qualifyRecordName } from "../../../model/dns-name";
import { isPresent } from "../../../model/property";
import type { Properties } from "../../../model/unknown";
import type { Account } from "./account";
import { text } from "./known";
import { findZone } from "./route53-zone";

const ROUTING_POLICIES = [
  "cidrRoutingPolicy",
  "failoverRoutingPolicies",
  "geolocationRoutingPolicies",
  "geoproximityRoutingPolicy",
  "latencyRoutingPolicies",
  "multivalueAnswerRoutingPolicy",
  "weightedRoutingPolicies",
];

/** The routing policies that a record names; an empty list and `false` name none. */
export function routingPolicies(properties: Properties): string[] {
  return ROUTING_POLICIES.filter((policy) => {
    const value = properties[policy];
    return isPresent(value) && value !== false && !(Array.isArray(value) && value.length === 0);
  });
}

/** The full name of a record; a zone that the account does not list leaves the name as it is given. */
export function recordName(inputs: Properties, account: Account): string {
  const zone = findZone(account, text(inputs, "zoneId"));
  return qualifyRecordName(normalizeDnsName(text(inputs, "name")), zone && text(zone.properties, "name"));
}
