import { CLOUDFRONT_ZONE_ID } from "../../../model/alias-zone";
import { booleanAt, stringListAt } from "../../../model/property";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown } from "../../../model/unknown";
import { fail, recordTitle, unknown } from "../../judgement";
import type { Judgement, Phase } from "../../rule";
import type { AliasRecord, AliasStack } from "./alias-record";
import type { AliasTargetSettings } from "./rule";

/** An alias to a distribution: the one zone of CloudFront, no target health, the record's name among its own. */
export function judgeCloudFront(
  record: AliasRecord,
  stack: AliasStack,
  settings: AliasTargetSettings,
  phase: Phase,
): Judgement[] {
  const distribution = stack.distributionOf(record);
  return [
    ...judgeZone(record, phase),
    ...judgeTargetHealth(record, phase),
    ...(distribution ? judgeFamily(record, distribution, phase) : []),
    ...(distribution && settings.requireAlternateName ? judgeAlternateName(record, distribution, phase) : []),
  ];
}

function judgeZone({ target, ...record }: AliasRecord, phase: Phase): Judgement[] {
  const path = "aliases[0].zoneId";
  const title = recordTitle({ target, ...record });
  const { zoneId } = target;
  if (isUnknown(zoneId)) return [unknown(record.urn, path, title, phase)];
  if (zoneId === CLOUDFRONT_ZONE_ID) return [];
  return [
    fail(
      record.urn,
      path,
      `${title} has zoneId ${zoneId} for a CloudFront distribution; Route 53 refuses it; allowed: ${CLOUDFRONT_ZONE_ID}; set it to the hostedZoneId of the distribution (no price)`,
    ),
  ];
}

function judgeTargetHealth(record: AliasRecord, phase: Phase): Judgement[] {
  const path = "aliases[0].evaluateTargetHealth";
  const title = recordTitle(record);
  const { evaluateTargetHealth } = record.target;
  if (isUnknown(evaluateTargetHealth)) return [unknown(record.urn, path, title, phase)];
  if (!evaluateTargetHealth) return [];
  return [
    fail(
      record.urn,
      path,
      `${title} has evaluateTargetHealth true on a CloudFront distribution, which Route 53 refuses; allowed: false; set it to false and give the record a health check`,
    ),
  ];
}

function judgeFamily(record: AliasRecord, distribution: StackResource, phase: Phase): Judgement[] {
  if (record.type !== "AAAA") return [];
  const title = recordTitle(record);
  const ipv6 = booleanAt(distribution.properties, "isIpv6Enabled") ?? false;
  if (isUnknown(ipv6)) return [unknown(distribution.urn, "isIpv6Enabled", `the target of ${title}`, phase)];
  if (ipv6) return [];
  return [
    fail(
      record.urn,
      "type",
      `${title} points at distribution ${distribution.name}, which has no IPv6 address; allowed: a target with IPv6; set isIpv6Enabled of the distribution to true (costs nothing), or remove the AAAA record`,
    ),
  ];
}

function judgeAlternateName(record: AliasRecord, distribution: StackResource, phase: Phase): Judgement[] {
  const { urn, name } = record;
  const title = recordTitle(record);
  const aliases = stringListAt(distribution.properties, "aliases") ?? [];
  if (isUnknown(aliases)) return [unknown(distribution.urn, "aliases", `the target of ${title}`, phase)];
  if (isUnknown(name)) return [unknown(urn, "name", title, phase)];
  if (aliases.some((alias) => covers(alias.toLowerCase(), name))) return [];
  return [
    fail(
      urn,
      "aliases[0].name",
      `${title} points at distribution ${distribution.name}, which answers for ${aliases.join(", ") || "no name of its own"} and refuses any other; allowed: a distribution with ${name} among its aliases; add it (costs nothing; its certificate must hold the name too)`,
    ),
  ];
}

/** An alternate name, `*.example.com` standing for one label. */
export function covers(alias: string, name: string): boolean {
  return alias === name || (alias.startsWith("*.") && name.replace(/^[^.]+/, "*") === alias);
}
