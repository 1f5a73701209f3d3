import { endpointKindByName, parseS3WebsiteName } from "../../../model/aws-host-name";
import { normalizeDnsName } from "../../../model/dns-name";
import type { Endpoint, RecordSet } from "../../../model/failover-plan";
import { isUnknown } from "../../../model/unknown";
import { fail, pass, recordTitle, unknown } from "../../judgement";
import type { Judgement, Phase } from "../../rule";
import type { AliasStack } from "./alias-record";
import { judgeAppService, judgeFunctionUrl } from "./own-name";

const PATH = "records";

/** Services that answer by the name that was asked for. */
type HostKind = Extract<Endpoint["kind"], "cloudfront" | "s3-website" | "function-url" | "app-service">;

/**
 * What a CNAME leads to, where that answers by the name that was asked for. A simple CNAME to a function URL or an App
 * Runner service may be there for checks and redirects.
 */
export function hostKind(record: RecordSet, stack: AliasStack): HostKind | undefined {
  if (record.type !== "CNAME" || record.target.kind !== "values") return undefined;
  const name = hostName(record);
  const kind: Endpoint["kind"] | undefined =
    name === undefined ? stack.endpointKind(record) : endpointKindByName(name);
  if (kind === "cloudfront" || kind === "s3-website") return kind;
  const service = record.routing.kind === "simple" ? undefined : stack.serviceOf(record)?.kind;
  return service === "function-url" || service === "app-service" ? service : undefined;
}

/**
 * A CNAME to an S3 website needs the bucket that is named as the record, as an alias does; one to App Runner a service
 * that knows the name.
 */
export function judgeHost(record: RecordSet, stack: AliasStack, phase: Phase): Judgement[] {
  const title = recordTitle(record);
  const { urn, name } = record;
  const host = hostName(record);
  const passed = pass(
    urn,
    PATH,
    `${title} points at ${host ?? "a target that is computed from its service"}`,
  );
  const kind = hostKind(record, stack);
  const service = stack.serviceOf(record);
  if (service && kind === "function-url") return judgeFunctionUrl(record, service);
  if (service && kind === "app-service") {
    const found = judgeAppService(record, service, stack.joins, phase);
    return found.length > 0 ? found : [passed];
  }
  if (kind !== "s3-website") return [passed];
  if (isUnknown(name)) return [unknown(urn, "name", title, phase)];
  const inName = host === undefined ? undefined : parseS3WebsiteName(host)?.bucket;
  const buckets = inName === undefined ? stack.websitesBehind(record).map(({ bucket }) => bucket) : [inName];
  if (buckets.length === 0 || buckets.includes(name)) return [passed];
  const wrong = buckets.find((bucket) => !isUnknown(bucket));
  if (wrong === undefined) return [unknown(urn, PATH, title, phase)];
  return [
    fail(
      urn,
      PATH,
      `${title} points at the website of bucket ${String(wrong)}; S3 looks for a bucket with the name that the visitor asked for and answers 404; ` +
        `allowed: bucket ${name}; set the bucket's name to ${name} (replaces the bucket; an empty one costs nothing), or put CloudFront before it`,
    ),
  ];
}

function hostName({ target }: RecordSet): string | undefined {
  if (target.kind !== "values" || isUnknown(target.values)) return undefined;
  const [first] = target.values;
  return first === undefined ? undefined : normalizeDnsName(first);
}
