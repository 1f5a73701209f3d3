import { crc32 } from "node:zlib";
import { isPresent } from "../../../model/property";
import { isUnknown, type Properties, type PropertyValue } from "../../../model/unknown";
import { arn } from "./arn";
import { ec2Id } from "./ec2-names";
import { anyBlockProblem, SECURITY_GROUP } from "./ec2-vpc";
import { text, texts, whole } from "./known";
import { prefixListRegion } from "./prefix-list";
import { placesAt } from "./property-path";
import { exactlyOneOf, matches, oneOf, show } from "./property-rules";
import { unreachable } from "./reference";
import { regionNames } from "./region";
import { type Making, type Problem, type ResourceType, words } from "./resource-type";

export const SECURITY_GROUP_RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
export const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

/** Every rule that stands as a resource of its own. */
export const RULE_TYPES = [SECURITY_GROUP_RULE, INGRESS_RULE, EGRESS_RULE];

const PROTOCOLS = words("-1 all tcp udp icmp icmpv6");

/** What of a protocol and its ports EC2 refuses, at `path`; ports of `-1` are all ports. */
export function portProblems(path: string, rule: Properties, protocolKey: string): Problem[] {
  const at = (key: string) => (path === "" ? key : `${path}.${key}`);
  const protocol = rule[protocolKey];
  if (typeof protocol !== "string") return [];
  if (!PROTOCOLS.includes(protocol) && !/^\d{1,3}$/.test(protocol))
    return [
      fault(at(protocolKey), `AWS takes -1, tcp, udp, icmp, icmpv6 or a number, got ${show(protocol)}`),
    ];
  const from = rule.fromPort;
  const to = rule.toPort;
  if (isUnknown(from) || isUnknown(to)) return [];
  if (protocol === "-1" || protocol === "all") {
    const closed = [from, to].some((port) => isPresent(port) && port !== 0 && port !== -1);
    return closed
      ? [
          fault(
            at("fromPort"),
            `protocol -1 is for all ports, got ${show(from)} to ${show(to)}; name tcp or udp`,
          ),
        ]
      : [];
  }
  if (protocol !== "tcp" && protocol !== "udp") return [];
  const [first, last] = [whole(rule, "fromPort"), whole(rule, "toPort")];
  const fits = first !== undefined && last !== undefined && first >= 0 && last <= 65_535 && first <= last;
  return fits
    ? []
    : [
        fault(
          at("fromPort"),
          `AWS takes ports from 0 to 65535, the lower one first, got ${show(from)} to ${show(to)}`,
        ),
      ];
}

function fault(property: string, reason: string): Problem {
  return { property, reason: `${property}: ${reason}` };
}

/** Blocks in a list that are none. */
export function blockProblems(inputs: Properties, paths: readonly string[]): Problem[] {
  return paths.flatMap((path) =>
    placesAt(inputs, path)
      .filter(({ value }) => isPresent(value) && !isUnknown(value))
      .flatMap(({ written, value }) => {
        const wrong = anyBlockProblem(value);
        return wrong === undefined ? [] : [fault(written, wrong)];
      }),
  );
}

const DESCRIPTION = /^[A-Za-z0-9 ._:/()#,@[\]+=&;{}!$*-]{0,255}$/;

/** Letters that EC2 takes in the description of a group or a rule. */
export const plainDescription = matches(
  "description",
  DESCRIPTION,
  "255 of a-z A-Z 0-9, blank and ._-:/()#,@[]+=&;{}!$*",
);

/** A prefix list of another region is not to be found here. */
export function foreignPrefixList(ids: readonly string[], region: string): string | undefined {
  for (const id of ids) {
    const own = prefixListRegion(id, [region, ...regionNames()]);
    if (own !== undefined && own !== region)
      return `prefix list ${id} is of ${own}, not of ${region} (InvalidPrefixListID.NotFound); look it up with the provider of ${region}`;
  }
  return undefined;
}

function missingGroup(making: Making, property: string): string | undefined {
  const id = text(making.inputs, property);
  // A group of another account is named with its account.
  if (id.includes("/")) return undefined;
  // Default groups come with their VPC and have no resource of their own.
  if (
    making.account.list("aws:ec2/vpc:Vpc").some(({ properties }) => properties.defaultSecurityGroupId === id)
  )
    return undefined;
  return unreachable(making, SECURITY_GROUP, id, "security group", "InvalidGroup.NotFound");
}

const SOURCES = words("cidrIpv4 cidrIpv6 prefixListId referencedSecurityGroupId");

const singleRule = (token: string): ResourceType => ({
  token,
  inputs: words(`${SOURCES.join(" ")} description fromPort ipProtocol region securityGroupId tags toPort`),
  required: ["ipProtocol", "securityGroupId"],
  replaceOn: words("region securityGroupId"),
  computed: words("arn securityGroupRuleId"),
  rules: [
    exactlyOneOf(...SOURCES),
    (inputs) => portProblems("", inputs, "ipProtocol"),
    (inputs) => blockProblems(inputs, ["cidrIpv4", "cidrIpv6"]),
    plainDescription,
  ],
  make: ({ inputs, accountId, region, seed }) => {
    const id = ec2Id("sgr", seed);
    return {
      id,
      outputs: {
        arn: arn("ec2", region, accountId, `security-group-rule/${id}`),
        ipProtocol: inputs.ipProtocol === "all" ? "-1" : inputs.ipProtocol,
        securityGroupRuleId: id,
      },
    };
  },
  admit: (making) =>
    missingGroup(making, "securityGroupId") ??
    missingGroup(making, "referencedSecurityGroupId") ??
    foreignPrefixList([text(making.inputs, "prefixListId")], making.region) ??
    twice(making, token),
});

function twice({ inputs, account, urn }: Making, token: string): string | undefined {
  const same = (properties: Properties) =>
    [...SOURCES, "fromPort", "ipProtocol", "securityGroupId", "toPort"].every(
      (key) => (properties[key] ?? "") === (inputs[key] ?? ""),
    );
  const other = account.list(token).find((found) => found.urn !== urn && same(found.properties));
  return other && `${other.id} says the same (InvalidPermission.Duplicate); leave one of them out`;
}

const securityGroupRule: ResourceType = {
  token: SECURITY_GROUP_RULE,
  inputs:
    words(`cidrBlocks description fromPort ipv6CidrBlocks prefixListIds protocol region securityGroupId self
    sourceSecurityGroupId toPort type`),
  required: words("fromPort protocol securityGroupId toPort type"),
  replaceOn: words(`cidrBlocks fromPort ipv6CidrBlocks prefixListIds protocol region securityGroupId self
    sourceSecurityGroupId toPort type`),
  defaults: { self: false },
  computed: words("securityGroupRuleId sourceSecurityGroupId"),
  rules: [
    oneOf("type", ["ingress", "egress"]),
    (inputs) => portProblems("", inputs, "protocol"),
    (inputs) => blockProblems(inputs, ["cidrBlocks[]", "ipv6CidrBlocks[]"]),
    (inputs) =>
      hasSource(inputs, words("cidrBlocks ipv6CidrBlocks prefixListIds sourceSecurityGroupId"))
        ? []
        : [
            {
              property: "cidrBlocks",
              reason:
                "none of cidrBlocks, ipv6CidrBlocks, prefixListIds, sourceSecurityGroupId or self is set; say who may pass",
            },
          ],
    plainDescription,
  ],
  make: ({ inputs, seed }) => ({
    id: `sgrule-${crc32(seed)}`,
    outputs: {
      securityGroupRuleId: ec2Id("sgr", seed),
      sourceSecurityGroupId: inputs.sourceSecurityGroupId ?? "",
    },
  }),
  admit: (making) =>
    missingGroup(making, "securityGroupId") ??
    missingGroup(making, "sourceSecurityGroupId") ??
    foreignPrefixList(texts(making.inputs, "prefixListIds"), making.region),
};

/** Whether a rule says who may pass; an empty list says nobody. */
export function hasSource(rule: Properties, keys: readonly string[]): boolean {
  const says = (value: PropertyValue) => isPresent(value) && !(Array.isArray(value) && value.length === 0);
  return rule.self === true || isUnknown(rule.self) || keys.some((key) => says(rule[key]));
}

export const EC2_SECURITY_RULES: readonly ResourceType[] = [
  singleRule(INGRESS_RULE),
  singleRule(EGRESS_RULE),
  securityGroupRule,
];
