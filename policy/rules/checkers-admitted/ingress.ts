import { asWritten } from "../../../model/as-written";
import { at, listAt, numberAt, stringAt, stringListAt } from "../../../model/property";
import type { References, StackJoins } from "../../../model/stack-joins";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown, type PropertyValue } from "../../../model/unknown";

export const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const PREFIX_LIST = "aws:ec2/managedPrefixList:ManagedPrefixList";
const GROUP_RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

/** One permission of a group, however it was written. */
export interface IngressRule {
  /** The resource that holds it: the group, or a rule of its own. */
  readonly urn: string;
  /** Where in that resource it stands, `ingress[0].`; empty for a rule of its own. */
  readonly prefix: string;
  /** The property that leaves open whether it is a permission to come in at all. */
  readonly undecided?: string;
  /** `tcp`, `6`, `-1`, ... */
  readonly protocol: MaybeUnknown<string> | undefined;
  readonly fromPort: MaybeUnknown<number> | undefined;
  readonly toPort: MaybeUnknown<number> | undefined;
  readonly cidrs: MaybeUnknown<readonly string[]>;
  readonly prefixLists: References;
}

/** What a group lets in; `unknown` where the group holds a list that is not known yet. */
export interface GroupIngress {
  readonly rules: readonly IngressRule[];
  readonly unknown?: { readonly urn: string; readonly path: string };
}

/** The rules of every group, inline ones and those that are resources of their own. */
export class IngressRules {
  /** By the group's URN where the stack has it, by its id where another stack does. */
  private readonly separate = new Map<string, IngressRule[]>();
  /** A rule whose group nothing tells; it may belong to any. */
  readonly unattached: { readonly urn: string; readonly path: string } | undefined;

  constructor(private readonly joins: StackJoins) {
    let unattached: { urn: string; path: string } | undefined;
    for (const written of [...joins.ofType(GROUP_RULE), ...joins.ofType(INGRESS_RULE)]) {
      const resource = asWritten(written);
      const direction = resource.type === GROUP_RULE ? at(resource.properties, "type") : "ingress";
      if (direction !== "ingress" && !isUnknown(direction)) continue;
      const rule = {
        ...this.separateRule(resource),
        ...(isUnknown(direction) ? { undecided: "type" } : {}),
      };
      const groups = joins.references(resource, "securityGroupId", SECURITY_GROUP);
      for (const { urn } of groups.found) this.attach(urn, rule);
      for (const id of groups.outside) {
        if (isUnknown(id)) unattached ??= { urn: resource.urn, path: "securityGroupId" };
        else this.attach(id, rule);
      }
    }
    this.unattached = unattached;
  }

  /** @param key the group itself, or the id of one that is not of this stack. */
  of(key: StackResource | string): GroupIngress {
    if (typeof key === "string") return { rules: this.separate.get(key) ?? [] };
    const group = asWritten(key);
    const separate = this.separate.get(group.urn) ?? [];
    const ingress = listAt(group.properties, "ingress");
    if (isUnknown(ingress)) return { rules: separate, unknown: { urn: group.urn, path: "ingress" } };
    const inline = (ingress ?? []).map((item, position) =>
      this.ruleOf(group, `ingress[${position}].`, item, "ingress"),
    );
    return { rules: [...inline, ...separate] };
  }

  private separateRule(resource: StackResource): IngressRule {
    const { properties } = resource;
    if (resource.type === GROUP_RULE) return this.ruleOf(resource, "", properties, "prefixListIds");
    const cidrs = ["cidrIpv4", "cidrIpv6"].map((name): Blocks => {
      const cidr = stringAt(properties, name);
      return cidr === undefined || isUnknown(cidr) ? cidr : [cidr];
    });
    return {
      ...this.ruleOf(resource, "", properties, "prefixListId"),
      protocol: protocolAt(properties, "ipProtocol"),
      cidrs: joined(cidrs),
      prefixLists: this.joins.references(resource, "prefixListId", PREFIX_LIST),
    };
  }

  private ruleOf(
    resource: StackResource,
    prefix: string,
    item: PropertyValue,
    property: string,
  ): IngressRule {
    const blocks: Blocks[] = [stringListAt(item, "cidrBlocks"), stringListAt(item, "ipv6CidrBlocks")];
    return {
      urn: resource.urn,
      prefix,
      protocol: protocolAt(item, "protocol"),
      fromPort: numberAt(item, "fromPort"),
      toPort: numberAt(item, "toPort"),
      cidrs: joined(blocks),
      prefixLists: this.joins.references(resource, property, PREFIX_LIST, at(item, "prefixListIds") ?? null),
    };
  }

  private attach(key: string, rule: IngressRule): void {
    const list = this.separate.get(key);
    if (list) list.push(rule);
    else this.separate.set(key, [rule]);
  }
}

/** Protocols are words or numbers, and the number may be one. */
function protocolAt(value: PropertyValue, key: string): MaybeUnknown<string> | undefined {
  const found = at(value, key);
  if (isUnknown(found)) return found;
  return typeof found === "string" || typeof found === "number" ? String(found).toLowerCase() : undefined;
}

type Blocks = MaybeUnknown<readonly string[]> | undefined;

/** One unknown list makes the whole unknown. */
function joined(lists: readonly Blocks[]): IngressRule["cidrs"] {
  const found: string[] = [];
  for (const list of lists) {
    if (list === undefined) continue;
    if (isUnknown(list)) return list;
    found.push(...list);
  }
  return found;
}
