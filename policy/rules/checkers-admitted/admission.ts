import {
  type AddressFamily,
  CHECKER_RANGES,
  isCheckerPrefixListName,
} from "../../../model/checker-addresses";
import { ipv4Range, uncovered } from "../../../model/cidr";
import { listAt, stringAt } from "../../../model/property";
import type { StackJoins } from "../../../model/stack-joins";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown } from "../../../model/unknown";
import type { IngressRule, IngressRules } from "./ingress";

const PREFIX_LIST_ENTRY = "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry";
const EVERY_IPV6 = "::/0";

/** What a set of groups lets in from the checkers on one TCP port. */
export type Admission =
  | { readonly kind: "admitted"; readonly by: string }
  /** A value is not known yet on which it depends. */
  | { readonly kind: "unknown"; readonly urn: string; readonly path: string }
  /** Prefix lists, blocks or groups that the stack does not show the inside of. */
  | { readonly kind: "unidentified"; readonly what: "group" | "source"; readonly ids: readonly string[] }
  /** @param ranges how many of the checkers' published ranges are let in all the same. */
  | { readonly kind: "refused"; readonly ranges: number };

export interface Groups {
  /** Groups of the stack, and ids of others. */
  readonly members: readonly (StackResource | string)[];
  /** Where a list of groups is itself not known. */
  readonly unknown?: { readonly urn: string; readonly path: string };
}

/** @param trusted ids of prefix lists and groups that the settings declare to admit every checker. */
export function admissionOf(
  groups: Groups,
  port: number,
  family: AddressFamily,
  ingress: IngressRules,
  joins: StackJoins,
  trusted: ReadonlySet<string>,
): Admission {
  const letIn = new LetIn(family, joins, trusted);
  for (const member of groups.members) {
    const id = typeof member === "string" ? member : member.id;
    if (typeof id === "string" && trusted.has(id)) return { kind: "admitted", by: `${id} of the settings` };
    const { rules, unknown } = ingress.of(member);
    if (unknown) letIn.noteUnknown(unknown);
    if (typeof member === "string") letIn.noteOutsideGroup(member);
    for (const rule of rules) letIn.addRule(rule, port);
  }
  if (groups.unknown) letIn.noteUnknown(groups.unknown);
  if (ingress.unattached) letIn.noteUnknown(ingress.unattached);
  return letIn.admission();
}

/** Collects sources; what is surely let in decides before what is unknown. */
class LetIn {
  private readonly cidrs: string[] = [];
  private readonly sources = new Set<string>();
  private readonly outsideGroups = new Set<string>();
  private by: string | undefined;
  private unknown: { urn: string; path: string } | undefined;

  constructor(
    private readonly family: AddressFamily,
    private readonly joins: StackJoins,
    private readonly trusted: ReadonlySet<string>,
  ) {}

  noteUnknown(where: { urn: string; path: string }): void {
    this.unknown ??= where;
  }

  noteOutsideGroup(id: string): void {
    this.outsideGroups.add(id);
  }

  addRule(rule: IngressRule, port: number): void {
    const { urn, prefix } = rule;
    const opens = opensPort(rule, port);
    if (opens === false) return;
    if (opens !== true) {
      this.noteUnknown({ urn, path: `${prefix}${opens}` });
      return;
    }
    if (isUnknown(rule.cidrs)) this.noteUnknown({ urn, path: `${prefix}cidrBlocks` });
    else this.cidrs.push(...rule.cidrs);
    for (const list of rule.prefixLists.found) this.addPrefixList(list);
    for (const id of rule.prefixLists.outside) {
      if (isUnknown(id)) this.noteUnknown({ urn, path: `${prefix}prefixListIds` });
      else if (this.trusted.has(id)) this.by ??= `prefix list ${id} of the settings`;
      else this.sources.add(id);
    }
  }

  admission(): Admission {
    if (this.by !== undefined) return { kind: "admitted", by: this.by };
    const refused = this.family === "ipv4" ? this.missingIpv4() : this.missingIpv6();
    if (refused === 0) return { kind: "admitted", by: this.coveredBy() };
    if (this.unknown) return { kind: "unknown", ...this.unknown };
    if (this.outsideGroups.size > 0) {
      return { kind: "unidentified", what: "group", ids: [...this.outsideGroups] };
    }
    if (this.sources.size > 0) return { kind: "unidentified", what: "source", ids: [...this.sources] };
    return { kind: "refused", ranges: this.family === "ipv4" ? CHECKER_RANGES.length - refused : 0 };
  }

  /** AWS's own list tells itself by its name where the stack reads it in; any other by its entries. */
  private addPrefixList(list: StackResource): void {
    const name = stringAt(list.properties, "name");
    if (typeof name === "string" && isCheckerPrefixListName(name, this.family)) {
      this.by ??= `prefix list ${name}`;
      return;
    }
    if (typeof list.id === "string" && this.trusted.has(list.id)) {
      this.by ??= `prefix list ${list.id} of the settings`;
      return;
    }
    const entries = listAt(list.properties, "entries");
    if (isUnknown(entries)) this.noteUnknown({ urn: list.urn, path: "entries" });
    for (const entry of isUnknown(entries) ? [] : (entries ?? []))
      this.addCidr(stringAt(entry, "cidr"), list.urn, "entries");
    for (const entry of this.joins.referring(list, "prefixListId", PREFIX_LIST_ENTRY)) {
      this.addCidr(stringAt(entry.properties, "cidr"), entry.urn, "cidr");
    }
  }

  private addCidr(cidr: MaybeUnknown<string> | undefined, urn: string, path: string): void {
    if (isUnknown(cidr)) this.noteUnknown({ urn, path });
    else if (cidr !== undefined) this.cidrs.push(cidr);
  }

  private missingIpv4(): number {
    return uncovered(
      CHECKER_RANGES,
      this.cidrs.flatMap((cidr) => ipv4Range(cidr) ?? []),
    ).length;
  }

  /** The checkers' IPv6 ranges are not held here, so a narrower block is left to the reader to compare. */
  private missingIpv6(): number {
    if (this.cidrs.includes(EVERY_IPV6)) return 0;
    for (const cidr of this.cidrs) if (cidr.includes(":")) this.sources.add(cidr);
    return 1;
  }

  private coveredBy(): string {
    if (this.family === "ipv6") return EVERY_IPV6;
    return this.cidrs.includes("0.0.0.0/0") ? "0.0.0.0/0" : "all of the checkers' published ranges";
  }
}

/** Whether a rule is about this TCP port, or the name of the property that does not tell yet. */
function opensPort({ undecided, protocol, fromPort, toPort }: IngressRule, port: number): boolean | string {
  if (undecided !== undefined) return undecided;
  if (isUnknown(protocol)) return "protocol";
  if (protocol === "-1" || protocol === "all") return true;
  if (protocol !== "tcp" && protocol !== "6") return false;
  if (isUnknown(fromPort)) return "fromPort";
  if (isUnknown(toPort)) return "toPort";
  return fromPort !== undefined && toPort !== undefined && fromPort <= port && port <= toPort;
}
