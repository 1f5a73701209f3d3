import { failoverPairs, type RecordSet } from "../../../model/failover-plan";
import { isUnknown } from "../../../model/unknown";
import { fail, notApplicable, pass, recordTitle, resourceTitle, stackUrn, unknown } from "../../judgement";
import type { JudgedStack, Judgement, Phase, Rule } from "../../rule";
import { type AliasRecord, AliasStack, isAlias } from "./alias-record";
import { judgeCloudFront } from "./cloudfront";
import { judgeEnd } from "./end";
import { hostKind, judgeHost } from "./host-record";
import { note } from "./note";
import { judgeS3Website } from "./s3-website";
import { judgeServiceAlias } from "./service-alias";
import { judgeZoneRecord, recordsBehind } from "./zone-record";

export interface AliasTargetSettings {
  readonly requireAlternateName: boolean;
}

export const aliasTarget: Rule<AliasTargetSettings> = {
  id: "alias-target",
  title: "Every alias points at something that Route 53 accepts and that answers for the record's name",
  level: "mandatory",
  settings: {
    requireAlternateName: {
      type: "boolean",
      default: true,
      description:
        "Whether a distribution of the stack must have the record's name among its aliases; off while a name is moved between distributions.",
    },
  },
  note,
  judge: (stack, settings) => {
    const aliases = stack.plan.recordSets.filter(isAlias);
    const indexed = new AliasStack(stack);
    const ends = stack.plan.recordSets.flatMap((record) => judgeEnd(record, stack.plan));
    const hosts = stack.plan.recordSets.filter((record) => hostKind(record, indexed) !== undefined);
    if (aliases.length === 0 && hosts.length === 0 && ends.length === 0)
      return [notApplicable(stackUrn(stack.resources), "the stack has no alias record")];
    const doubled = cloudFrontPairs(stack, indexed);
    const judgedHosts = hosts.flatMap((record) => {
      const pair = doubled.get(record.urn);
      return pair ? [pair] : judgeHost(record, indexed, stack.phase);
    });
    const ofAliases = new Map(ends.map((end) => [end.urn, end]));
    const judgedAliases = aliases.flatMap((record) => {
      const pair = doubled.get(record.urn);
      const end = ofAliases.get(record.urn);
      const judged = judgeAlias(record, indexed, settings, stack.phase);
      const found = [...judged, ...(judged.length === 0 && end ? [end] : []), ...(pair ? [pair] : [])];
      if (found.some(({ advisory }) => advisory !== true)) return found;
      return [passed(record), ...found];
    });
    const ofAlias = new Set(aliases.map(({ urn }) => urn));
    const judgedCnames = ends.filter(({ urn }) => !ofAlias.has(urn));
    return [...judgedAliases, ...judgedHosts, ...judgedCnames];
  },
};

function judgeAlias(
  record: AliasRecord,
  stack: AliasStack,
  settings: AliasTargetSettings,
  phase: Phase,
): Judgement[] {
  const kind = stack.kindOf(record);
  switch (kind) {
    case "s3-website":
      return judgeS3Website(record, stack, phase);
    case "cloudfront":
      return judgeCloudFront(record, stack, settings, phase);
    case "load-balancer":
    case "api-gateway":
      return judgeFamily(record, stack);
    case "instance":
    case "search-domain":
    case "app-service":
      return [];
    case "database":
    case "cache":
    case "broker":
    case "function-url":
    case undefined: {
      const service = stack.serviceOf(record);
      if (service) return judgeServiceAlias(record, service, stack.zones);
      if (kind !== undefined) return [];
      if (isUnknown(record.target.dnsName)) {
        return [unknown(record.urn, "aliases[0].name", recordTitle(record), phase)];
      }
      const group = recordsBehind(record, stack);
      if (group) return judgeZoneRecord(record, group, phase);
      const maybe = stack.maybeNamed(record.target.dnsName, record);
      if (maybe === undefined) return [];
      return [
        unknown(maybe.urn, "name", `${recordTitle(maybe)}, at which ${recordTitle(record)} may point`, phase),
      ];
    }
  }
}

/** What names itself an IPv4 address only cannot answer an AAAA record. */
function judgeFamily(record: AliasRecord, stack: AliasStack): Judgement[] {
  const target = record.type === "AAAA" ? stack.ipv4Only(record) : undefined;
  if (target === undefined) return [];
  return [
    fail(
      record.urn,
      "type",
      `${recordTitle(record)} points at ${resourceTitle(target.urn)}, which has no IPv6 address; allowed: a target with IPv6; set its ipAddressType to dualstack (IPv6 addresses cost nothing), or remove the AAAA record`,
    ),
  ];
}

/**
 * Pairs with CloudFront on both sides, found on the SECONDARY: the record's name can be an alternate name of one
 * distribution only, so the other side, or the same one twice, is no second way (API reference, AliasTarget).
 */
function cloudFrontPairs({ plan }: JudgedStack, stack: AliasStack): ReadonlyMap<string, Judgement> {
  const found = new Map<string, Judgement>();
  for (const { primary, secondary } of failoverPairs(plan)) {
    if (![primary, secondary].every((record) => serviceOf(record, stack) === "cloudfront")) continue;
    found.set(
      secondary.urn,
      fail(
        secondary.urn,
        isAlias(secondary) ? "aliases[0].name" : "records",
        `${recordTitle(secondary)} points at CloudFront as its PRIMARY does, and one distribution only can answer for the name; allowed: CloudFront on one side; point the SECONDARY at an S3 website or another service, or let an origin group of the distribution fail over (no idle price)`,
      ),
    );
  }
  return found;
}

function serviceOf(record: RecordSet, stack: AliasStack): string | undefined {
  return isAlias(record) ? stack.kindOf(record) : hostKind(record, stack);
}

function passed(record: AliasRecord): Judgement {
  const { dnsName } = record.target;
  const to = isUnknown(dnsName) ? "a target that is computed from its service" : dnsName;
  return pass(record.urn, "aliases[0].name", `${recordTitle(record)} points at ${to}`);
}
