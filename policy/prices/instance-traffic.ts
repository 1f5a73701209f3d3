import type { StackResource } from "../../model/stack-resource";
import { isUnknown, type PropertyValue } from "../../model/unknown";
import { at, listAt } from "./formulas/read";
import { type ProbeCost, readCosts, TABLE } from "./function-traffic";
import type { PricedStack } from "./priced-stack";

const INSTANCE = "aws:ec2/instance:Instance";
const PROFILE = "aws:iam/instanceProfile:InstanceProfile";
const ROLE = "aws:iam/role:Role";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const POLICY = "aws:iam/policy:Policy";

/** What reads items (service authorization reference, "Actions defined by Amazon DynamoDB"). */
const READS = ["GetItem", "BatchGetItem", "Query", "Scan"].map((read) => `dynamodb:${read}`.toLowerCase());

/**
 * What probes cost at the tables that an instance reads: those that the policies of its role name and let it read.
 * An instance runs for its price however often it is asked; its reads bill by their number.
 */
export function instanceTraffic(asked: StackResource, probes: number, stack: PricedStack): ProbeCost[] {
  if (asked.type !== INSTANCE) return [];
  return tablesOf(asked, stack).flatMap((table) => readCosts(asked, table, probes, stack));
}

/** A policy of a role, and where it stands. */
interface Granted {
  readonly source: StackResource;
  readonly property: string;
  readonly policy: PropertyValue;
}

function tablesOf(instance: StackResource, stack: PricedStack): readonly StackResource[] {
  const profile = stack.reference(instance, "iamInstanceProfile", PROFILE);
  const role = profile && stack.reference(profile, "role", ROLE);
  if (!role) return [];
  const tables = policiesOf(role, stack).flatMap(({ source, property, policy }) =>
    // Before its table exists a policy has no text, and only what that is computed from tells.
    isUnknown(policy) ? stack.sourcesOf(source, property, TABLE) : tablesRead(policy, stack),
  );
  return [...new Set(tables)];
}

function policiesOf(role: StackResource, stack: PricedStack): readonly Granted[] {
  const attached = stack
    .referring(role, "role", ATTACHMENT)
    .flatMap((one) => stack.reference(one, "policyArn", POLICY) ?? policyByArn(one, stack));
  return [
    ...[...stack.referring(role, "role", ROLE_POLICY), ...attached].map(
      (source): Granted => ({ source, property: "policy", policy: source.properties.policy }),
    ),
    ...inlinePolicies(role).map((policy): Granted => ({ source: role, property: "inlinePolicies", policy })),
  ];
}

function policyByArn({ properties }: StackResource, stack: PricedStack): readonly StackResource[] {
  const { policyArn } = properties;
  return typeof policyArn === "string" ? stack.withText(POLICY, "arn", policyArn) : [];
}

function inlinePolicies(role: StackResource): readonly PropertyValue[] {
  const list = listAt(role.properties, "inlinePolicies");
  if (list === undefined) return [];
  return isUnknown(list) ? [list] : list.map((each) => at(each, "policy"));
}

/** The tables whose ARNs stand in a statement that allows to read. A `*` names none: many roles may do anything. */
function tablesRead(policy: PropertyValue, stack: PricedStack): readonly StackResource[] {
  return several(at(documentOf(policy), "Statement")).flatMap((statement) => {
    if (at(statement, "Effect") !== "Allow" || !several(at(statement, "Action")).some(isRead)) return [];
    return several(at(statement, "Resource")).flatMap((arn) =>
      typeof arn === "string" ? stack.withText(TABLE, "arn", arn) : [],
    );
  });
}

/** Programs give a policy as JSON text or, with some SDKs, as the object itself. */
function documentOf(policy: PropertyValue): PropertyValue {
  if (typeof policy !== "string") return policy;
  try {
    return JSON.parse(policy) as PropertyValue;
  } catch {
    return undefined;
  }
}

/** A policy may give one value where it can give a list. */
function several(value: PropertyValue): readonly PropertyValue[] {
  return Array.isArray(value) ? value : [value];
}

/** Actions are compared without regard to case, and may end in `*` (IAM user guide, "Action"). */
function isRead(action: PropertyValue): boolean {
  if (typeof action !== "string") return false;
  const lower = action.toLowerCase();
  return lower.endsWith("*")
    ? READS.some((read) => read.startsWith(lower.slice(0, -1)))
    : READS.includes(lower);
}
