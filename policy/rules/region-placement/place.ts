import type { FailoverSides } from "../../../model/failover-sides";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown } from "../../../model/unknown";
import { fail, pass, resourceTitle, unknown } from "../../judgement";
import type { Judgement, Phase } from "../../rule";
import type { StackTags } from "./stack-tags";

/** What AWS takes from us-east-1 only, for CloudFront and for Route 53's metrics, whichever side it serves. */
const US_EAST_1 = "us-east-1";
const US_EAST_1_MODULES: readonly string[] = ["aws:acm/", "aws:cloudwatch/", "aws:sns/", "aws:wafv2/"];

/** Resources that AWS gives no tags, so that their provider's default region tag is not on them. */
const UNTAGGED_TYPES: readonly string[] = ["aws:acm/certificateValidation:CertificateValidation"];

/** Judgements on one resource's region against its tags; none where nothing ties it to a region. */
export function judgePlace(
  resource: StackResource,
  tags: StackTags,
  sides: FailoverSides,
  phase: Phase,
): Judgement[] {
  const { urn } = resource;
  const region = tags.regionOf(resource);
  const role = tags.roleOf(resource);
  const regionTag = UNTAGGED_TYPES.includes(resource.type) ? undefined : tags.regionTagOf(resource);
  if (region === undefined || (role === undefined && regionTag === undefined)) return [];
  const title = resourceTitle(urn);
  if (isUnknown(region)) return [unknown(urn, "region", title, phase)];
  if (isUnknown(role)) return [unknown(urn, "tags.role", title, phase)];
  if (isUnknown(regionTag)) return [unknown(urn, "tags.region", title, phase)];
  const misplaced = role === undefined ? undefined : misplacement(resource, role, region, sides);
  if (misplaced !== undefined) return [misplaced];
  if (regionTag !== undefined && regionTag !== region) {
    return [
      fail(
        urn,
        "tags.region",
        `${title} is in ${region} and its region tag says ${regionTag}; allowed: the region that it is in; ` +
          `set tags.region to ${region}, or give it the provider of ${regionTag} (free)`,
      ),
    ];
  }
  return [pass(urn, "", `${title} is in ${region}`)];
}

/** A resource of one side in a region of the other's alone; where both share one there is no wrong one. */
function misplacement(
  { urn, type }: StackResource,
  role: string,
  region: string,
  { primaryRegions, standbyRegions }: FailoverSides,
): Judgement | undefined {
  if (role !== "primary" && role !== "standby") return undefined;
  const [own, other, otherRole] =
    role === "primary"
      ? [primaryRegions, standbyRegions, "standby"]
      : [standbyRegions, primaryRegions, "primary"];
  // The own side's region may be unknown, as behind CloudFront; that of the other side is wrong all the same.
  if (!other.has(region) || own.has(region)) return undefined;
  if (region === US_EAST_1 && US_EAST_1_MODULES.some((module) => type.startsWith(module))) return undefined;
  return fail(
    urn,
    "tags.role",
    `${resourceTitle(urn)} has role ${role} and is in ${region}, the ${otherRole}'s region, with which it would be ` +
      `lost; allowed: ${[...own].sort().join(" or ") || "another region"}; give it the ${role}'s provider (moving it replaces it; a second ` +
      `copy is priced by standby-idle-cost), or set tags.role to ${otherRole} or dns (free)`,
  );
}
