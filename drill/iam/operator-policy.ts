import { stringAt } from "../../model/property";
import { indexByUrn, resourceRegion } from "../../model/resource-placement";
import type { StackResource } from "../../model/stack-resource";
import { type IamCondition, type IamDocument, type IamStatement, sorted } from "./iam-document";
import { anywhere } from "./resource-arns";
import { type Grant, TYPE_PERMISSIONS } from "./type-permissions";

/** The account and the tags of a stack, as its resources show them. */
export interface StackIdentity {
  readonly accountId: string;
  /** Default tags that only this stack's resources have together. */
  readonly tags: Readonly<Record<string, string>>;
}

/** What the program asks AWS beside its resources. */
export interface LookUp {
  readonly action: string;
  /** `*` where the action takes no resource. */
  readonly resources: readonly string[];
  /** Where alone it may be asked; undefined for a global service, and where the resources say it. */
  readonly region?: string;
}

/**
 * What whoever runs `pulumi up`, `refresh` and `destroy` on a stack needs in IAM: the actions of its resource types on
 * the ARNs of its resources. Where IAM sees tags, what is made must be given the stack's tags and what exists must
 * have them; records are changed only at the stack's names. Wider than the stack stays what IAM cannot tell apart:
 *
 * - every health check of the account, and every origin access control and response headers policy of CloudFront:
 *   their ids are made up and none of them has tags that IAM sees;
 * - to tag what has no tag `system` yet, where tags are given after the making: rules of security groups and volumes,
 *   which can only be tagged, but also certificates and distributions, which can be changed once they are tagged;
 * - to give the stack's addresses to any network interface, and to start its instances with any;
 * - subscriptions of any SNS topic, in the stack's region;
 * - whoever can make a role and write its policy can give it any right, and so take any: no condition limits the
 *   content of a policy but that of a permissions boundary, which the program sets on no role.
 *
 * @throws Error naming every type that is not in the table.
 */
export function operatorPolicy(
  resources: readonly StackResource[],
  identity: StackIdentity,
  lookUps: readonly LookUp[],
): IamDocument {
  const used = knownTypes(resources);
  const index = indexByUrn(resources);
  const placed = used.map(({ resource, permissions }): Placed => {
    const region = resourceRegion(resource, index);
    const place = { accountId: identity.accountId, region: typeof region === "string" ? region : "" };
    const part = ({ actions, arns, when }: Grant): Part => {
      const condition = when?.(resource);
      return {
        actions,
        arns: arns(resource, place),
        region: place.region,
        ...(condition ? { condition } : {}),
      };
    };
    const { makes, within, keeps = [], touches = [], tags, looks = [], isTagged = false } = permissions;
    return {
      ...(makes ? { makes: part(makes) } : {}),
      within: within?.(resource, place) ?? [],
      keeps: part({ actions: keeps, arns: permissions.arns }),
      touches: touches.map(part),
      ...(tags ? { tags: part(tags) } : {}),
      looks: part({ actions: looks, arns: anywhere }),
      isTagged,
    };
  });
  const services = sorted(placed.flatMap(partsOf).flatMap(({ actions }) => actions.map(serviceOf)));
  return {
    Version: "2012-10-17",
    Statement: [
      ...services.flatMap((service) => serviceStatements(service, placed, identity)),
      ...passRole(placed),
      ...lookUpStatements(lookUps),
    ],
  };
}

interface Part {
  readonly actions: readonly string[];
  readonly arns: readonly string[];
  /** Empty for a global service. */
  readonly region: string;
  readonly condition?: IamCondition;
}

/** One resource with what its type asks for. */
interface Placed {
  readonly makes?: Part;
  readonly within: readonly string[];
  readonly keeps: Part;
  readonly touches: readonly Part[];
  readonly tags?: Part;
  readonly looks: Part;
  readonly isTagged: boolean;
}

const partsOf = ({ makes, keeps, touches, tags, looks }: Placed): Part[] => [
  ...(makes ? [makes] : []),
  keeps,
  ...touches,
  ...(tags ? [tags] : []),
  looks,
];
const serviceOf = (action: string) => action.split(":")[0] ?? "";

function knownTypes(resources: readonly StackResource[]) {
  const custom = resources.filter(({ custom, type }) => custom && type.startsWith("aws:"));
  const missing = sorted(custom.flatMap(({ type }) => (TYPE_PERMISSIONS[type] ? [] : [type])));
  if (missing.length > 0) {
    throw new Error(
      `no permissions are known for ${missing.join(", ")}; add them to drill/iam/type-permissions.ts`,
    );
  }
  return custom.flatMap((resource) => {
    const permissions = TYPE_PERMISSIONS[resource.type];
    return permissions ? [{ resource, permissions }] : [];
  });
}

function serviceStatements(
  service: string,
  placed: readonly Placed[],
  { tags }: StackIdentity,
): IamStatement[] {
  const name = service.replace(/^./, (letter) => letter.toUpperCase());
  const own = (parts: readonly Part[]) =>
    parts.filter(({ actions }) => actions.some((action) => serviceOf(action) === service));
  const making = placed.flatMap(({ makes, within }) =>
    makes && own([makes]).length > 0 ? [{ ...makes, within }] : [],
  );
  const tagged = own(placed.flatMap(({ isTagged, keeps }) => (isTagged ? [keeps] : [])));
  const untagged = own(placed.flatMap(({ isTagged, keeps }) => (isTagged ? [] : [keeps])));
  const looks = own(placed.map((each) => each.looks));
  const regions = sorted(looks.flatMap(({ region }) => (region === "" ? [] : [region])));
  const within = making.flatMap((part) => (part.within.length > 0 ? [{ ...part, arns: part.within }] : []));
  return [
    ...makingGroups(making).map((group, at, { length }) =>
      statement(numbered(`${name}Makes`, at, length), group, tagCondition("aws:RequestTag", tags, group)),
    ),
    ...(service === "ec2" ? tagsInTheMaking(making) : []),
    ...together(
      `${name}KeepsTagged`,
      [...(service === "ec2" ? tagged.map(withTagging) : tagged), ...within],
      tagCondition("aws:ResourceTag", tags),
    ),
    ...together(`${name}Tags`, own(placed.flatMap((each) => (each.tags ? [each.tags] : []))), {
      ...tagCondition("aws:RequestTag", tags),
      // Never what another stack has tagged.
      StringEqualsIfExists: resourceTags(tags),
    }),
    ...alike(`${name}Touches`, own(placed.flatMap(({ touches }) => touches))),
    ...alike(`${name}Keeps`, untagged),
    ...together(
      `${name}Looks`,
      looks,
      regions.length > 0 ? { StringEquals: { "aws:RequestedRegion": regions } } : undefined,
    ),
  ];
}

type Making = Part & { readonly within: readonly string[] };

/**
 * As few groups as there can be while none of them has what one action makes among what another is judged within:
 * the tags of the request would open those of everybody.
 */
function makingGroups(making: readonly Making[]): Making[][] {
  const groups: Making[][] = [];
  for (const part of making) {
    const group = groups.find((parts) => {
      const all = [...parts, part];
      const made = new Set(all.flatMap(({ arns }) => arns));
      const isApart = !all.some(({ within }) => within.some((arn) => made.has(arn)));
      return isApart && conditionText(parts[0]) === conditionText(part);
    });
    if (group) group.push(part);
    else groups.push([part]);
  }
  return groups;
}

const conditionText = (part: Part | undefined) => JSON.stringify(part?.condition ?? {});

/** The stack's tags, beside what the parts themselves ask; and the region where no ARN says it. */
function tagCondition(
  key: "aws:RequestTag" | "aws:ResourceTag",
  tags: StackIdentity["tags"],
  parts: readonly Part[] = [],
): IamCondition {
  const regions = sorted(
    parts.flatMap(({ arns, region }) => (arns.includes("*") && region !== "" ? [region] : [])),
  );
  return {
    ...parts[0]?.condition,
    StringEquals: {
      ...tagKeys(key, tags),
      ...(regions.length > 0 ? { "aws:RequestedRegion": regions } : {}),
    },
  };
}

const numbered = (sid: string, at: number, of: number) => (of === 1 ? sid : `${sid}${at + 1}`);

/** One statement for all of them, or none. */
function together(sid: string, parts: readonly Part[], condition?: IamCondition): IamStatement[] {
  return parts.length === 0 ? [] : [statement(sid, parts, condition)];
}

/** One statement for those of the same resources and condition, so that no action gets resources of another. */
function alike(sid: string, parts: readonly Part[]): IamStatement[] {
  const groups = new Map<string, Part[]>();
  for (const part of parts) {
    const key = `${sorted(part.arns).join(" ")} ${conditionText(part)}`;
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  return [...groups.values()].map((group, at, { length }) =>
    statement(numbered(sid, at, length), group, group[0]?.condition),
  );
}

function statement(sid: string, parts: readonly Part[], condition?: IamCondition): IamStatement {
  return {
    Sid: sid,
    Effect: "Allow",
    Action: sorted(parts.flatMap(({ actions }) => actions)),
    Resource: sorted(parts.flatMap(({ arns }) => arns)),
    ...(condition ? { Condition: condition } : {}),
  };
}

const withTagging = (part: Part): Part => ({
  ...part,
  actions: [...part.actions, "ec2:CreateTags", "ec2:DeleteTags"],
});

/** EC2 asks for tagging by an action of its own, even in the request that creates. */
function tagsInTheMaking(making: readonly Making[]): IamStatement[] {
  const creating = making.flatMap(({ actions }) => actions).map((action) => action.slice("ec2:".length));
  const condition = { StringEquals: { "ec2:CreateAction": sorted(creating) } };
  return together(
    "Ec2TagsWhatItMakes",
    making.map((part) => ({ ...part, actions: ["ec2:CreateTags"] })),
    condition,
  );
}

export function resourceTags(tags: StackIdentity["tags"]): Record<string, readonly string[]> {
  return tagKeys("aws:ResourceTag", tags);
}

function tagKeys(key: string, tags: StackIdentity["tags"]): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(tags).map(([tag, value]) => [`${key}/${tag}`, [value]] as const));
}

/** Handing a role to an instance is a right of its own. */
function passRole(placed: readonly Placed[]): IamStatement[] {
  const roles = sorted(placed.flatMap(({ keeps }) => keeps.arns).filter((arn) => /:role\//.test(arn)));
  if (roles.length === 0) return [];
  return [
    {
      Sid: "PassesTheRole",
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: roles,
      Condition: { StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com"] } },
    },
  ];
}

function lookUpStatements(lookUps: readonly LookUp[]): IamStatement[] {
  const groups = new Map<string, [LookUp, ...LookUp[]]>();
  for (const lookUp of lookUps) {
    const key = [lookUp.region ?? "", ...lookUp.resources].join(" ");
    const group = groups.get(key);
    if (group) group.push(lookUp);
    else groups.set(key, [lookUp]);
  }
  return [...groups.values()].map((group, index) => {
    const [{ resources, region }] = group;
    return {
      Sid: `LooksUp${index + 1}`,
      Effect: "Allow",
      Action: sorted(group.map(({ action }) => action)),
      Resource: resources,
      ...(region === undefined ? {} : { Condition: { StringEquals: { "aws:RequestedRegion": [region] } } }),
    };
  });
}

/**
 * Reads account and tags off a stack's resources.
 * @throws Error where no resource shows them.
 */
export function stackIdentity(resources: readonly StackResource[]): StackIdentity {
  for (const { properties } of resources) {
    const arn = stringAt(properties, "arn");
    const system = stringAt(properties, "tagsAll", "system");
    const environment = stringAt(properties, "tagsAll", "environment");
    const accountId = typeof arn === "string" ? arn.split(":")[4] : undefined;
    if (accountId && typeof system === "string" && typeof environment === "string") {
      return { accountId, tags: { system, environment } };
    }
  }
  throw new Error("no resource of the stack shows its account and the tags system and environment");
}
