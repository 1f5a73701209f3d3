import { isEndpointCheck } from "../../../model/health-check";
import { HOURS_PER_MONTH } from "../../../model/money";
import { isUnknown } from "../../../model/unknown";
import { endpointClass } from "../endpoint-class";
import type { Meter } from "../meter";
import { type Formula, unknownInput, unpriced } from "./formula";

/** The first 25 zones of an account; later ones are cheaper, which one stack cannot see. */
export const zoneMeters: Formula = () => [
  { kind: "metered", item: "hosted zone", price: "route53/zone", place: "global", quantity: 1 },
];

export const trafficPolicyInstanceMeters: Formula = () => [
  {
    kind: "metered",
    item: "traffic policy record",
    price: "route53/traffic-policy-record",
    place: "global",
    quantity: 1,
    lever: "use plain failover records",
  },
];

export const profileMeters: Formula = (resource, stack) => [
  {
    kind: "metered",
    item: "Route 53 Profile",
    price: "route53/profile",
    place: resource.properties.region === undefined ? "us-east-1" : stack.regionOf(resource),
    quantity: HOURS_PER_MONTH,
  },
];

/**
 * One price for the check, one for each option: HTTPS, string matching, the fast interval, latency
 * measurement (Route 53 pricing). A disabled check is billed as well.
 */
export const healthCheckMeters: Formula = (resource, stack) => {
  const check = stack.healthCheck(resource.urn);
  if (!check) return [unpriced("the health check cannot be read")];
  if (isUnknown(check.type)) return [unknownInput("type", "global")];
  if (!isEndpointCheck(check.type)) {
    return [base("aws", `${check.type} checks are priced as AWS endpoints; ${FREE_CHECKS}`)];
  }
  const endpoint = endpointClass(check, resource, stack.plan);
  const note = endpoint.kind === "aws" ? `${endpoint.why}; ${FREE_CHECKS}` : endpoint.why;
  const option = (item: string, lever: string): Meter => ({
    kind: "metered",
    item: `health check option: ${item}`,
    price: `route53/health-check-option/${endpoint.kind}`,
    place: "global",
    quantity: 1,
    note: endpoint.why,
    lever,
  });
  const meters: Meter[] = [base(endpoint.kind, note)];
  if (check.type.startsWith("HTTPS")) meters.push(option("HTTPS", "probe a plain HTTP endpoint"));
  if (check.type.endsWith("_STR_MATCH")) meters.push(option("string match", "judge by the status alone"));
  if (isUnknown(check.requestIntervalSeconds)) meters.push(unknownInput("requestInterval", "global"));
  else if (check.requestIntervalSeconds < 30) {
    meters.push(option("10 s interval", "set requestInterval to 30, which detects later"));
  }
  if (isUnknown(check.measureLatency)) meters.push(unknownInput("measureLatency", "global"));
  else if (check.measureLatency) meters.push(option("latency measurement", "set measureLatency to false"));
  return meters;
};

const FREE_CHECKS = "the first 50 of an account are free, which is not counted on";

function base(kind: "aws" | "other", note: string): Meter {
  return {
    kind: "metered",
    item: kind === "aws" ? "health check, AWS endpoint" : "health check, endpoint not surely in AWS",
    price: `route53/health-check/${kind}`,
    place: "global",
    quantity: 1,
    note,
  };
}
