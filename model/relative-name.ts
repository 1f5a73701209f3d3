import { namesAbove, normalizeDnsName } from "./dns-name";
import type { RecordSet } from "./failover-plan";
import { at } from "./property";
import type { StackJoins } from "./stack-joins";
import { isUnknown, type MaybeUnknown } from "./unknown";

type Named = Pick<RecordSet, "name" | "relativeName">;

/**
 * What tells names of records apart, also where a zone's name is not told: `www` of such a zone is one name, and none
 * that has a zone. UNKNOWN where nothing tells.
 */
export function nameKey({ name, relativeName }: Named): MaybeUnknown<string> {
  return isUnknown(name) && relativeName !== undefined ? `${relativeName}.?` : name;
}

/** The name as far as it is told: the full one, `www` below a zone whose name is not, `@` for that zone itself. */
export function toldName({ name, relativeName }: Named): MaybeUnknown<string> {
  return isUnknown(name) && relativeName !== undefined ? relativeName || "@" : name;
}

/** Whether a host name may be that of a record below a zone whose name is not told. False where the name is told. */
export function mayBeCalled({ name, relativeName }: Named, hostName: string): boolean {
  if (!isUnknown(name) || relativeName === undefined) return false;
  return relativeName === "" || startsOf(normalizeDnsName(hostName)).includes(relativeName);
}

/** Whether a look-up of the host name may be answered by that record, wildcards included. */
export function mayAnswer(record: Named, hostName: string): boolean {
  // A wildcard answers for names of any depth.
  return [hostName, ...namesAbove(hostName).map(underWildcard)].some((each) => mayBeCalled(record, each));
}

/** `www.eu.example.com` -> `www`, `www.eu`, `www.eu.example`. */
function startsOf(hostName: string): string[] {
  return [...hostName].flatMap((letter, index) => (letter === "." ? [hostName.slice(0, index)] : []));
}

/** `www.example.com` -> `*.example.com`. */
function underWildcard(name: string): string {
  return name.replace(/^[^.]*/, "*");
}

const HEALTH_CHECK = "aws:route53/healthCheck:HealthCheck";

/** Where the resources of a stack say full host names: type -> properties, of text or of lists of it. */
const HOST_NAME_PROPERTIES: ReadonlyMap<string, readonly string[]> = new Map([
  [HEALTH_CHECK, ["fqdn"]],
  ["aws:route53/record:Record", ["name", "fqdn"]],
  ["aws:cloudfront/distribution:Distribution", ["aliases"]],
  ["aws:apigateway/domainName:DomainName", ["domainName"]],
  ["aws:apigatewayv2/domainName:DomainName", ["domainName"]],
  ["aws:acm/certificate:Certificate", ["domainName", "subjectAlternativeNames"]],
  ["aws:s3/bucket:Bucket", ["bucket"]],
  ["aws:s3/bucketV2:BucketV2", ["bucket"]],
  ["aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration", ["bucket"]],
  ["aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2", ["bucket"]],
]);

/** Names that may be no full ones, because a host name elsewhere in the stack goes on where they end. */
export class ContinuedNames {
  private starts: ReadonlySet<string> | undefined;

  constructor(private readonly joins: StackJoins) {}

  /**
   * Whether a name that a record of an untold zone has may be relative to it: one label, or the start of another name
   * of the stack. Any other of several labels is taken as complete, as most programs write it.
   */
  mayBeRelative(name: string): boolean {
    if (!name.includes(".")) return true;
    this.starts ??= new Set(this.hostNames().flatMap((each) => startsOf(normalizeDnsName(each))));
    return this.starts.has(name) || this.starts.has(underWildcard(name));
  }

  private hostNames(): string[] {
    return [...HOST_NAME_PROPERTIES].flatMap(([type, properties]) =>
      this.joins.ofType(type).flatMap((resource) =>
        properties.flatMap((property) => {
          const value = at(resource.properties, property);
          return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === "string");
        }),
      ),
    );
  }
}
