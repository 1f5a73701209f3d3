import { endpointKindByName, parseS3WebsiteName } from "../../../model/aws-host-name";
import { normalizeDnsName } from "../../../model/dns-name";
import type { Endpoint, FailoverPlan, RecordSet, RecordTarget } from "../../../model/failover-plan";
import { stringAt } from "../../../model/property";
import { mayBeCalled } from "../../../model/relative-name";
import { type ResourceIndex, resourceRegion } from "../../../model/resource-placement";
import { serviceEndpoints } from "../../../model/service-endpoints";
import { ServiceNames } from "../../../model/service-names";
import type { StackJoins } from "../../../model/stack-joins";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown, UNKNOWN } from "../../../model/unknown";
import type { JudgedStack } from "../../rule";

export type AliasTarget = Extract<RecordTarget, { kind: "alias" }>;
export type AliasRecord = RecordSet & { readonly target: AliasTarget };

export function isAlias(record: RecordSet): record is AliasRecord {
  return record.target.kind === "alias";
}

const WEBSITES: readonly string[] = [
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
  "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2",
];
const BUCKETS: readonly string[] = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];
const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const LOAD_BALANCERS: readonly string[] = [
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:alb/loadBalancer:LoadBalancer",
];
const HTTP_API_DOMAIN = "aws:apigatewayv2/domainName:DomainName";
const DOMAIN_NAMES: readonly string[] = [HTTP_API_DOMAIN, "aws:apigateway/domainName:DomainName"];

const KIND_OF_TYPE: ReadonlyMap<string, Endpoint["kind"]> = new Map([
  ...[...WEBSITES, ...BUCKETS].map((type) => [type, "s3-website"] as const),
  [DISTRIBUTION, "cloudfront"],
  ...LOAD_BALANCERS.map((type) => [type, "load-balancer"] as const),
  ...DOMAIN_NAMES.map((type) => [type, "api-gateway"] as const),
]);

/** Where each kind of target says the name that an alias takes. */
const NAME_PATHS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  [DISTRIBUTION, ["domainName"]],
  ...LOAD_BALANCERS.map((type): [string, string[]] => [type, ["dnsName"]]),
  [HTTP_API_DOMAIN, ["domainNameConfiguration", "targetDomainName"]],
]);

/** A bucket with a website, as the stack has it. */
export interface Website {
  readonly bucket: MaybeUnknown<string>;
  readonly region: MaybeUnknown<string> | undefined;
}

/** What the aliases of a stack lead to, with every index made once. */
export class AliasStack {
  readonly byUrn: ResourceIndex;
  /** Records of a name, for aliases that point into their own zone. */
  readonly recordsByName = new Map<string, RecordSet[]>();
  /** Records of zones whose names nothing tells. */
  private readonly relativeRecords: RecordSet[] = [];
  private readonly regions = new Map<string, { buckets: Set<string>; unclaimed: Website | undefined }>();
  private readonly targetsByName = new Map<string, StackResource>();
  private readonly endpointKinds: ReadonlyMap<string, Endpoint["kind"]>;
  private services: ServiceNames | undefined;
  readonly joins: StackJoins;
  readonly zones: FailoverPlan["zones"];

  constructor({ resources, plan, joins }: Pick<JudgedStack, "resources" | "plan" | "joins">) {
    this.byUrn = joins.byUrn;
    this.joins = joins;
    this.zones = plan.zones;
    this.endpointKinds = new Map(plan.endpoints.map(({ urn, kind }) => [urn, kind]));
    this.indexRecords(plan);
    for (const resource of resources) {
      this.indexTarget(resource);
      if (WEBSITES.includes(resource.type)) this.indexWebsite(this.websiteOf(resource));
    }
  }

  /** The service behind an alias: its name tells, else what the alias was computed from. */
  kindOf(record: AliasRecord): Endpoint["kind"] | undefined {
    const { dnsName } = record.target;
    return isUnknown(dnsName) ? this.endpointKind(record) : endpointKindByName(dnsName);
  }

  /** The service of what a record's target was computed from, or of the endpoint that it leads to. */
  endpointKind(record: RecordSet): Endpoint["kind"] | undefined {
    const kinds = new Set(
      this.sourcesOf(record).flatMap(({ type }) => {
        const kind = KIND_OF_TYPE.get(type);
        return kind === undefined ? [] : [kind];
      }),
    );
    if (kinds.size === 1) return [...kinds][0];
    return record.endpoint === undefined ? undefined : this.endpointKinds.get(record.endpoint);
  }

  /** The database, cache or the like of the stack whose name the record has for a target, or was computed from. */
  serviceOf({ urn, target, endpoint = "" }: RecordSet): Endpoint | undefined {
    this.services ??= new ServiceNames(serviceEndpoints(this.joins));
    const [property, name] =
      target.kind === "alias"
        ? (["aliases", target.dnsName] as const)
        : (["records", isUnknown(target.values) ? UNKNOWN : target.values[0]] as const);
    if (name === undefined) return undefined;
    return isUnknown(name)
      ? (this.services.soleSource(this.byUrn.get(urn)?.propertyDependencies[property] ?? []) ??
          this.services.withUrn(endpoint))
      : this.services.named(normalizeDnsName(name));
  }

  /** The resource whose name the alias has, or that it was computed from where that is one only. */
  private targetOf(record: AliasRecord, ...types: readonly string[]): StackResource | undefined {
    const { dnsName } = record.target;
    const named = isUnknown(dnsName)
      ? undefined
      : this.targetsByName.get(dnsName.replace(/^dualstack\./, ""));
    if (named !== undefined) return types.includes(named.type) ? named : undefined;
    const sources = this.sourcesOf(record).filter(({ type }) => types.includes(type));
    return sources.length === 1 ? sources[0] : undefined;
  }

  distributionOf(record: AliasRecord): StackResource | undefined {
    return this.targetOf(record, DISTRIBUTION);
  }

  /** The target where it says of itself that it has IPv4 addresses only. */
  ipv4Only(record: AliasRecord): StackResource | undefined {
    const target = this.targetOf(record, ...LOAD_BALANCERS, HTTP_API_DOMAIN);
    if (target === undefined) return undefined;
    const path = target.type === HTTP_API_DOMAIN ? ["domainNameConfiguration"] : [];
    return stringAt(target.properties, ...path, "ipAddressType") === "ipv4" ? target : undefined;
  }

  /** Websites that the alias was computed from; none where the program wrote the endpoint as plain text. */
  websitesBehind(record: RecordSet): readonly Website[] {
    const sources = this.sourcesOf(record);
    const websites = sources.filter(({ type }) => WEBSITES.includes(type));
    const buckets = sources.filter(({ type }) => BUCKETS.includes(type));
    // The name may come from the website and the zone's id from the bucket; both then mean one bucket.
    return (websites.length > 0 ? websites : buckets).map((each) => this.websiteOf(each));
  }

  /** Whether the region holds a website of that bucket. */
  hasWebsite(region: string, bucket: string): boolean {
    return this.regions.get(region)?.buckets.has(bucket) ?? false;
  }

  /** A record that may have the name, which only its zone's would tell; of the same zone, where that is known. */
  maybeNamed(name: string, { zone: own }: RecordSet): RecordSet | undefined {
    return this.relativeRecords.find(
      (record) =>
        mayBeCalled(record, name) && (isUnknown(own) || isUnknown(record.zone) || record.zone === own),
    );
  }

  /** A website of the region whose bucket no record is named as, or whose bucket is unknown. */
  unclaimedWebsite(region: string): Website | undefined {
    return this.regions.get(region)?.unclaimed;
  }

  private sourcesOf({ urn, target }: RecordSet): readonly StackResource[] {
    const property = target.kind === "alias" ? "aliases" : "records";
    return (this.byUrn.get(urn)?.propertyDependencies[property] ?? []).flatMap(
      (source) => this.byUrn.get(source) ?? [],
    );
  }

  private websiteOf(resource: StackResource): Website {
    const region = resourceRegion(resource, this.byUrn);
    const own = stringAt(resource.properties, "bucket");
    if (BUCKETS.includes(resource.type)) return { bucket: own ?? resource.id ?? UNKNOWN, region };
    if (own !== undefined && !isUnknown(own)) return { bucket: own, region };
    const buckets = (resource.propertyDependencies.bucket ?? []).flatMap((urn) => {
      const found = this.byUrn.get(urn);
      return found && BUCKETS.includes(found.type) ? [found] : [];
    });
    const [bucket] = buckets;
    return { bucket: bucket && buckets.length === 1 ? this.websiteOf(bucket).bucket : UNKNOWN, region };
  }

  private indexTarget(resource: StackResource): void {
    const path = NAME_PATHS.get(resource.type);
    const name = path && stringAt(resource.properties, ...path);
    if (typeof name === "string" && name !== "") this.targetsByName.set(name.toLowerCase(), resource);
  }

  private indexWebsite(website: Website): void {
    const { region, bucket } = website;
    if (region === undefined || isUnknown(region)) return;
    const there = this.regions.get(region) ?? { buckets: new Set<string>(), unclaimed: undefined };
    this.regions.set(region, there);
    if (!isUnknown(bucket)) there.buckets.add(bucket);
    if (isUnknown(bucket) || !this.isClaimed(bucket)) there.unclaimed ??= website;
  }

  private isClaimed(bucket: string): boolean {
    return (
      this.recordsByName.has(bucket) || this.relativeRecords.some((record) => mayBeCalled(record, bucket))
    );
  }

  private indexRecords(plan: FailoverPlan): void {
    for (const record of plan.recordSets) {
      if (record.relativeName !== undefined) this.relativeRecords.push(record);
      if (isUnknown(record.name)) continue;
      const list = this.recordsByName.get(record.name);
      if (list) list.push(record);
      else this.recordsByName.set(record.name, [record]);
    }
  }
}

/** The region that an S3 website alias is of, by its name, else by the website it was computed from. */
export function websiteRegion(
  { target }: AliasRecord,
  websites: readonly Website[],
): MaybeUnknown<string> | undefined {
  if (!isUnknown(target.dnsName)) return parseS3WebsiteName(target.dnsName)?.region;
  return websites.length === 1 ? websites[0]?.region : undefined;
}
