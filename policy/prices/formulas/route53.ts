import { isEndpointCheck } from "../../../model/health-check";
import { HOURS_PER_MONTH } from "../../../model/money";
import { isUnknown } from "../../../model/unknown";
import { endpointClass } from "../endpoint-class";
import type { Meter } from "../meter";
import { type Formula, hourly, monthly, unknownInput, unpriced } from "./formula";
import { Inputs } from "./inputs";

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
    place: stack.regionOf(resource),
    quantity: HOURS_PER_MONTH,
  },
];

/** Route 53 takes no endpoint with fewer than two addresses. */
const ENDPOINT_ADDRESSES_MIN = 2;

/** Every address of a Resolver endpoint is a network interface that bills by the hour. */
export const resolverEndpointMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const addresses = Math.max(inputs.list("ipAddresses").length, ENDPOINT_ADDRESSES_MIN);
  return inputs.or(
    hourly("Resolver endpoint address", "route53/resolver-endpoint-address", place, addresses, {
      lever: "use two addresses, the fewest that Route 53 takes",
      leaves: {
        price: "route53/resolver-endpoint-address",
        times: ENDPOINT_ADDRESSES_MIN / addresses,
      },
    }),
  );
};

/** Five endpoints in five regions, billed as one. */
export const controlClusterMeters: Formula = () =>
  hourly("routing control cluster", "arc/routing-control-cluster", "global", 1, {
    lever: "steer by health checks, or use an ARC Region switch plan",
  });

export const readinessCheckMeters: Formula = () =>
  hourly("readiness check", "arc/readiness-check", "global", 1, {
    note: "closed to new customers since 2026-04-30",
  });

export const regionSwitchPlanMeters: Formula = () =>
  monthly("Region switch plan", "arc/region-switch-plan", "global", 1, { lever: "steer by health checks" });

/**
 * One price for the check, one for each option: HTTPS, string matching, the fast interval, latency
 * measurement (Route 53 pricing). A disabled check is billed as well.
 */
export const healthCheckMeters: Formula = (resource, stack) => {
  const check = stack.healthCheck(resource.urn);
  if (!check) return [unpriced("the health check cannot be read")];
  // The plan reads these for the rules, which judge a value of a wrong kind themselves.
  const inputs = new Inputs(resource.properties, "global");
  inputs.check("requestInterval", "number");
  inputs.check("measureLatency", "flag");
  inputs.check("disabled", "flag");
  inputs.check("regions", "list");
  inputs.check("fqdn", "text");
  inputs.check("ipAddress", "text");
  inputs.check("resourcePath", "text");
  if (!inputs.sound) return inputs.or([]);
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
