import { asWritten } from "../../../model/as-written";
import { type FailoverSides, failoverSides } from "../../../model/failover-sides";
import type { ResourceIndex } from "../../../model/resource-placement";
import type { StackResource } from "../../../model/stack-resource";
import { fail, notApplicable, pass, resourceTitle, stackUrn, unknown } from "../../judgement";
import type { JudgedStack, Judgement, Rule } from "../../rule";
import { missingTags } from "./missing-tags";
import { note } from "./note";
import { judgePlace } from "./place";
import { StackTags } from "./stack-tags";

export interface RegionPlacementSettings {
  /** Whether a stack that uses the tags has to put them on everything that takes tags. */
  readonly requireTags: boolean;
}

export const regionPlacement: Rule<RegionPlacementSettings> = {
  id: "region-placement",
  title:
    "Every resource lives in the region of its side, and its tags say which side and which region that is",
  level: "mandatory",
  settings: {
    requireTags: {
      type: "boolean",
      default: true,
      description:
        "Whether a stack that uses the role and region tags has to carry them on every regional resource with tags.",
    },
  },
  note,
  judge: (stack, settings) => {
    const index = stack.joins.byUrn;
    const sides = failoverSides(stack.plan, stack.resources, index);
    const urn = stackUrn(stack.resources);
    const { unknownMark } = sides;
    if (unknownMark) {
      return [unknown(unknownMark.urn, unknownMark.path, resourceTitle(unknownMark.urn), stack.phase)];
    }
    if (!sides.exists) return [notApplicable(urn, "the stack has no failover, so no side to live on")];
    return judgeStack(stack, settings, sides, index);
  },
};

function judgeStack(
  { resources, phase }: JudgedStack,
  { requireTags }: RegionPlacementSettings,
  sides: FailoverSides,
  index: ResourceIndex,
): readonly Judgement[] {
  const stack = stackUrn(resources);
  const own = resources.filter(isAwsResource);
  const written = own.map(asWritten);
  const tags = new StackTags(written, index);
  if (!tags.usesRoles) {
    return [
      notApplicable(
        stack,
        "no resource has a role tag of primary, standby or dns; tag them, by the providers' default tags for one, " +
          "to have their regions judged (free)",
      ),
    ];
  }
  const placed = written.flatMap((resource) => judgePlace(resource, tags, sides, phase));
  const wrong = placed.filter(({ verdict }) => verdict !== "pass");
  const untagged = requireTags ? missingTags(own, tags) : [];
  if (untagged.length > 0) wrong.push(fail(stack, "tags", untaggedText(untagged)));
  const { unknownLocation } = sides;
  if (unknownLocation) {
    const { urn, path } = unknownLocation;
    wrong.push(unknown(urn, path, `${resourceTitle(urn)}, which leads to the standby`, phase));
  }
  if (wrong.length > 0) return wrong;
  if (placed.length === 0) {
    return [notApplicable(stack, "no tagged resource of the stack has a region of its own")];
  }
  return [pass(stack, "", `${count(placed.length)} where the tags say; ${sidesText(sides)}`)];
}

/** Components hold no tags, and other clouds have tags and regions of their own. */
function isAwsResource({ type, custom }: StackResource): boolean {
  return custom && type.startsWith("aws:");
}

function count(resources: number): string {
  return resources === 1 ? "1 resource is" : `${resources} resources are`;
}

function sidesText({ primaryRegions, standbyRegions }: FailoverSides): string {
  if (primaryRegions.size === 0 && standbyRegions.size === 0) return "no record tells the sides' regions";
  return `primary in ${regionsText(primaryRegions)}, standby in ${regionsText(standbyRegions)}`;
}

function regionsText(regions: ReadonlySet<string>): string {
  return [...regions].sort().join(" and ") || "no region of the stack";
}

const NAMES_SHOWN = 5;

/** One judgement for all of them: a stack that was tagged by halves is not to be drowned. */
function untaggedText(
  untagged: readonly { readonly urn: string; readonly keys: readonly string[] }[],
): string {
  const shown = untagged
    .slice(0, NAMES_SHOWN)
    .map(({ urn, keys }) => `${resourceTitle(urn)} lacks ${keys.join(" and ")}`);
  const more = untagged.length > NAMES_SHOWN ? [`${untagged.length - NAMES_SHOWN} more`] : [];
  return (
    `${untagged.length === 1 ? "1 resource has" : `${untagged.length} resources have`} no role or region tag where ` +
    `the stack uses them: ${[...shown, ...more].join(", ")}; allowed: role (primary, standby or dns) and region on ` +
    "every regional resource with tags; set them in defaultTags of each region's provider (free)"
  );
}
