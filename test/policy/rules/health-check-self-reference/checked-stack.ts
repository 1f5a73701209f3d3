import type { StackResource } from "../../../../model/stack-resource";
import { type Properties, type PropertyValue, UNKNOWN } from "../../../../model/unknown";
import { healthCheckSelfReference } from "../../../../policy/rules/health-check-self-reference/rule";
import { judged } from "../judged";
import { check, primary, record, secondary } from "../records";

export const OF = 'HTTPS health check "check" of PRIMARY A record of app.example.com';
export const LEVER = "allowed: a name of its own; set fqdn to the PRIMARY's own host name";
export const BY_ADDRESS = "(in place), or probe its address: ipAddress 192.0.2.1 (replaces the check)";

/** A pair whose check has `properties`, beside `others`. */
export const stackOf = (
  properties: Properties,
  others: readonly StackResource[] = [],
  from: readonly string[] = [],
) => [
  { ...check(properties), propertyDependencies: from.length > 0 ? { fqdn: from } : {} },
  primary(),
  secondary(),
  ...others,
];

export const brief = (resources: readonly StackResource[], phase: "preview" | "settled" = "settled") =>
  judged(healthCheckSelfReference, resources, {}, phase).map(
    ({ verdict, urn: of, path }) => `${verdict} ${of.split("::").at(-1)} ${path}`,
  );

export const cname = (name: string, to: PropertyValue, more: Properties = {}): StackResource =>
  record(name, {
    name: `${name}.example.com`,
    type: "CNAME",
    records: to === UNKNOWN ? UNKNOWN : [to],
    ...more,
  });
