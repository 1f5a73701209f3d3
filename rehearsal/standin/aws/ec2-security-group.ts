import { isPresent } from "../../../model/property";
import { isUnknown, type Properties } from "../../../model/unknown";
import type { Account } from "./account";
import { arn } from "./arn";
import { ec2Id } from "./ec2-names";
import {
  blockProblems,
  foreignPrefixList,
  hasSource,
  plainDescription,
  portProblems,
  RULE_TYPES,
} from "./ec2-security-rule";
import { defaultVpcId, INSTANCE, missingVpc, SECURITY_GROUP, VPC } from "./ec2-vpc";
import { text, texts } from "./known";
import { managedPrefixLists } from "./prefix-list";
import { isObject, placesAt } from "./property-path";
import { matches, onPresent, show } from "./property-rules";
import { findHere } from "./reference";
import { type Making, type ResourceType, type Rule, words } from "./resource-type";

export const DEFAULT_SECURITY_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";

/** Rules in each direction that a group takes (VPC user guide, "Amazon VPC quotas"). */
const RULES_MAX = 60;

const SOURCES = words("cidrBlocks ipv6CidrBlocks prefixListIds securityGroups");

const inlineRules: Rule = (inputs) =>
  ["ingress", "egress"].flatMap((direction) => [
    ...placesAt(inputs, `${direction}[]`).flatMap(({ written, value }) => {
      if (!isObject(value)) return [];
      const open = hasSource(value, SOURCES)
        ? []
        : [
            {
              property: written,
              reason: `${written} says not who may pass; set one of ${SOURCES.join(", ")} or self`,
            },
          ];
      return [...portProblems(written, value, "protocol"), ...open];
    }),
    ...blockProblems(inputs, [`${direction}[].cidrBlocks[]`, `${direction}[].ipv6CidrBlocks[]`]),
  ]);

/** What rules count for in the quota: one per source, a prefix list for as many as it may hold. */
function weightOf(rule: Properties, region: string): number {
  const lists = texts(rule, "prefixListIds").map(
    (id) => managedPrefixLists(region).find((list) => list.id === id)?.weight ?? 1,
  );
  const others = ["cidrBlocks", "ipv6CidrBlocks", "securityGroups"].flatMap((key) => texts(rule, key)).length;
  return lists.reduce((sum, weight) => sum + weight, others + (rule.self === true ? 1 : 0));
}

function tooManyRules({ inputs, region }: Making): string | undefined {
  for (const direction of ["ingress", "egress"]) {
    const rules = placesAt(inputs, `${direction}[]`).flatMap(({ value }) => (isObject(value) ? [value] : []));
    const weight = rules.reduce((sum, rule) => sum + weightOf(rule, region), 0);
    if (weight > RULES_MAX)
      return `${direction}: its rules count for ${weight}, and a group takes ${RULES_MAX} (RulesPerSecurityGroupLimitExceeded); a prefix list counts for all that it may hold, move one to a second group`;
  }
  return undefined;
}

const prefixLists = (inputs: Properties) =>
  ["ingress[].prefixListIds[]", "egress[].prefixListIds[]"].flatMap((path) =>
    placesAt(inputs, path).flatMap(({ value }) => (typeof value === "string" ? [value] : [])),
  );

const securityGroup: ResourceType = {
  token: SECURITY_GROUP,
  inputs: words("description egress ingress name namePrefix region revokeRulesOnDelete tags vpcId"),
  required: words(`ingress[].protocol ingress[].fromPort ingress[].toPort egress[].protocol egress[].fromPort
    egress[].toPort`),
  replaceOn: words("description name namePrefix region vpcId"),
  defaults: { description: "Managed by Pulumi", revokeRulesOnDelete: false },
  autoName: "name",
  computed: words("arn egress ingress ownerId vpcId"),
  rules: [
    matches("name", /^(?!sg-).{1,255}$/s, "1 to 255 characters that do not begin with sg-"),
    plainDescription,
    inlineRules,
  ],
  make: ({ inputs, accountId, region, seed }) => {
    const id = ec2Id("sg", seed);
    return {
      id,
      outputs: {
        arn: arn("ec2", region, accountId, `security-group/${id}`),
        // The provider takes away the rule that lets everything out, unless it is written down.
        egress: inputs.egress ?? [],
        ingress: inputs.ingress ?? [],
        ownerId: accountId,
        vpcId: inputs.vpcId ?? defaultVpcId(accountId, region),
      },
    };
  },
  admit: (making) =>
    missingVpc(making) ??
    secondOfName(making) ??
    foreignPrefixList(prefixLists(making.inputs), making.region) ??
    tooManyRules(making),
  keeps: ({ id }, account) => groupUser(account, id),
};

function secondOfName({ inputs, account, urn, accountId, region }: Making): string | undefined {
  const vpcId = text(inputs, "vpcId") || defaultVpcId(accountId, region);
  const other = account
    .list(SECURITY_GROUP)
    .find(
      ({ urn: found, properties }) =>
        found !== urn &&
        text(properties, "vpcId") === vpcId &&
        text(properties, "name") === text(inputs, "name"),
    );
  return (
    other &&
    `${vpcId} has a group named ${text(inputs, "name")}, ${other.id} (InvalidGroup.Duplicate); give it another name`
  );
}

/** What still needs a group: an instance in it, or a rule of another group that speaks of it. */
function groupUser(account: Account, id: string): string | undefined {
  const instance = account
    .list(INSTANCE)
    .find(({ properties }) => texts(properties, "vpcSecurityGroupIds").includes(id));
  if (instance)
    return `instance ${instance.id} is in it (DependencyViolation); terminate it or take it out first`;
  const rule = RULE_TYPES.flatMap((type) => account.list(type)).find(
    ({ properties }) =>
      text(properties, "securityGroupId") !== id &&
      [text(properties, "referencedSecurityGroupId"), text(properties, "sourceSecurityGroupId")].includes(id),
  );
  return (
    rule &&
    `rule ${rule.id} of ${text(rule.properties, "securityGroupId")} speaks of it (DependencyViolation); delete that first`
  );
}

const defaultSecurityGroup: ResourceType = {
  token: DEFAULT_SECURITY_GROUP,
  inputs: words("egress ingress region revokeRulesOnDelete tags vpcId"),
  required: words(`ingress[].protocol ingress[].fromPort ingress[].toPort egress[].protocol egress[].fromPort
    egress[].toPort`),
  replaceOn: words("region vpcId"),
  defaults: { revokeRulesOnDelete: false },
  computed: words("arn description egress ingress name namePrefix ownerId vpcId"),
  rules: [
    inlineRules,
    onPresent("vpcId", (value) =>
      isUnknown(value) || /^vpc-[0-9a-f]+$/.test(String(value))
        ? undefined
        : `AWS takes the id of a VPC, got ${show(value)}`,
    ),
  ],
  make: (making) => {
    const { inputs, accountId, region } = making;
    const vpcId = text(inputs, "vpcId") || defaultVpcId(accountId, region);
    const own = text(findHere(making, VPC, vpcId)?.properties, "defaultSecurityGroupId");
    const id = isPresent(own) ? own : ec2Id("sg", `${vpcId} default`);
    return {
      id,
      outputs: {
        arn: arn("ec2", region, accountId, `security-group/${id}`),
        description: "default VPC security group",
        egress: inputs.egress ?? [],
        ingress: inputs.ingress ?? [],
        name: "default",
        namePrefix: "",
        ownerId: accountId,
        vpcId,
      },
    };
  },
  admit: missingVpc,
};

export const EC2_SECURITY_GROUPS: readonly ResourceType[] = [securityGroup, defaultSecurityGroup];
