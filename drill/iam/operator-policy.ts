import { stringAt } from "../../model/property";
import { indexByUrn, resourceRegion } from "../../model/resource-placement";
import type { StackResource } from "../../model/stack-resource";
import { type IamDocument, type IamStatement, sorted } from "./iam-document";
import { TYPE_PERMISSIONS, type TypePermissions } from "./type-permissions";

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
 * the ARNs of its resources, and nothing else. An EC2 resource that exists may be touched only where it has the
 * stack's tags.
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
  const placed = used.map(({ resource, permissions }) => {
    const region = resourceRegion(resource, index);
    const place = { accountId: identity.accountId, region: typeof region === "string" ? region : "" };
    const arns = permissions.arns(resource, place);
    return {
      permissions,
      arns,
      touched: [...arns, ...(permissions.touches?.(resource, place) ?? [])],
      region: place.region,
    };
  });
  const services = sorted(
    placed.flatMap(({ permissions }) => actionsOf(permissions).map((action) => serviceOf(action))),
  );
  return {
    Version: "2012-10-17",
    Statement: [
      ...services.flatMap((service) => serviceStatements(service, placed, identity)),
      ...passRole(placed),
      ...lookUpStatements(lookUps),
    ],
  };
}

interface Placed {
  readonly permissions: TypePermissions;
  readonly arns: readonly string[];
  /** Those and what its creation touches. */
  readonly touched: readonly string[];
  /** Empty for a global service. */
  readonly region: string;
}

const actionsOf = ({ creates = [], keeps = [], looks = [] }: TypePermissions) => [
  ...creates,
  ...keeps,
  ...looks,
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

interface Part {
  readonly actions: readonly string[];
  readonly arns: readonly string[];
  readonly region: string;
}

/** At most one statement per service and kind of permission. */
function serviceStatements(
  service: string,
  placed: readonly Placed[],
  { tags }: StackIdentity,
): IamStatement[] {
  const name = service.replace(/^./, (letter) => letter.toUpperCase());
  const parts = (kind: "creates" | "keeps" | "looks", isTagged?: boolean): Part[] =>
    placed.flatMap(({ permissions, arns, touched, region }) => {
      const actions = (permissions[kind] ?? []).filter((action) => serviceOf(action) === service);
      const fits = isTagged === undefined || (permissions.isTagged ?? false) === isTagged;
      return actions.length > 0 && fits
        ? [{ actions, arns: kind === "creates" ? touched : arns, region }]
        : [];
    });
  const creates = parts("creates");
  const tagged = parts("keeps", true);
  const looks = parts("looks");
  const regions = sorted(looks.flatMap(({ region }) => (region === "" ? [] : [region])));
  return [
    ...statement(`${name}Creates`, creates),
    ...(service === "ec2" && tagged.length > 0 ? [tagsAtCreation(creates, tagged)] : []),
    ...statement(`${name}KeepsTagged`, service === "ec2" ? tagged.map(withTagging) : tagged, {
      condition: { StringEquals: resourceTags(tags) },
    }),
    ...statement(`${name}Keeps`, parts("keeps", false)),
    ...statement(`${name}Looks`, looks, {
      resources: ["*"],
      ...(regions.length > 0 ? { condition: { StringEquals: { "aws:RequestedRegion": regions } } } : {}),
    }),
  ];
}

function statement(
  sid: string,
  parts: readonly Part[],
  rest: { readonly resources?: readonly string[]; readonly condition?: IamStatement["Condition"] } = {},
): IamStatement[] {
  if (parts.length === 0) return [];
  const { resources = sorted(parts.flatMap(({ arns }) => arns)), condition } = rest;
  return [
    {
      Sid: sid,
      Effect: "Allow",
      Action: sorted(parts.flatMap(({ actions }) => actions)),
      Resource: resources,
      ...(condition ? { Condition: condition } : {}),
    },
  ];
}

const withTagging = (part: Part): Part => ({
  ...part,
  actions: [...part.actions, "ec2:CreateTags", "ec2:DeleteTags"],
});

/** EC2 asks for tagging by an action of its own, even in the request that creates. */
function tagsAtCreation(creates: readonly Part[], tagged: readonly Part[]): IamStatement {
  const creating = creates.flatMap(({ actions }) => actions).map((action) => action.slice("ec2:".length));
  return {
    Sid: "Ec2TagsWhatItCreates",
    Effect: "Allow",
    Action: ["ec2:CreateTags"],
    Resource: sorted(tagged.flatMap(({ arns }) => arns)),
    Condition: {
      StringEquals: {
        "ec2:CreateAction": sorted(
          creating.filter((action) => /^(Allocate|Authorize|Create|Run)/.test(action)),
        ),
      },
    },
  };
}

export function resourceTags(tags: StackIdentity["tags"]): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, [value]] as const),
  );
}

/** Handing a role to an instance is a right of its own. */
function passRole(placed: readonly Placed[]): IamStatement[] {
  const roles = sorted(placed.flatMap(({ arns }) => arns).filter((arn) => /:role\//.test(arn)));
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
