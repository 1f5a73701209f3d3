import type { Endpoint, HostedZone, RecordSet } from "../../../model/failover-plan";
import { isUnknown } from "../../../model/unknown";
import { fail, recordTitle, resourceTitle } from "../../judgement";
import type { Judgement } from "../../rule";
import type { AliasRecord } from "./alias-record";

/** What no alias leads to (API reference, AliasTarget), in words. */
const NOUNS: ReadonlyMap<Endpoint["kind"], string> = new Map([
  ["database", "a database"],
  ["cache", "a cache"],
  ["broker", "a broker"],
  ["function-url", "a Lambda function URL"],
]);

/** An alias to a service of the stack that Route 53 takes for no alias target. */
export function judgeServiceAlias(
  record: AliasRecord,
  service: Endpoint,
  zones: readonly HostedZone[],
): Judgement[] {
  const noun = NOUNS.get(service.kind);
  if (noun === undefined) return [];
  return [
    fail(
      record.urn,
      "aliases[0].name",
      `${recordTitle(record)} points at ${resourceTitle(service.urn)}, ${noun}, to which no alias can lead; Route 53 ` +
        "refuses it; allowed: an alias to a load balancer, a distribution, an API's custom domain, an S3 website or " +
        `another alias target of Route 53; ${leverFor(record, service, zones)}`,
    ),
  ];
}

function leverFor(record: RecordSet, { kind }: Endpoint, zones: readonly HostedZone[]): string {
  // A CNAME would lead to a service that does not know the name.
  if (kind === "function-url") {
    return "put CloudFront or a custom domain of API Gateway before the function and point the alias there (no idle price)";
  }
  return isApex(record, zones)
    ? "a CNAME is not possible at the zone's own name, so make it a CNAME of a name below it (no price)"
    : "make it a CNAME (no price)";
}

/** Whether the record is named as its zone, where Route 53 takes no CNAME (developer guide, CNAME record type). */
function isApex({ name, relativeName, zone }: RecordSet, zones: readonly HostedZone[]): boolean {
  if (isUnknown(name)) return relativeName === "";
  if (isUnknown(zone)) return false;
  return zones.some((each) => (each.urn === zone || each.id === zone) && each.name === name);
}
