import {
  CHECKER_CIDRS,
  CHECKER_PREFIX_LIST_WEIGHT,
  checkerPrefixListName,
} from "../../../model/checker-addresses";
import { hex } from "./identifier";

/** A list of address blocks that AWS keeps up to date, the same by name in every region. */
export interface ManagedPrefixList {
  readonly id: string;
  readonly name: string;
  readonly addressFamily: "IPv4" | "IPv6";
  /** Blocks that the stand-in knows; AWS's own list may hold more. */
  readonly cidrs: readonly string[];
  /** Rules that it takes up in a security group's quota (VPC user guide, "AWS-managed prefix lists"). */
  readonly weight: number;
}

/** AWS's own lists of a region, as far as failover systems need them. */
export function managedPrefixLists(region: string): ManagedPrefixList[] {
  const list = (
    name: string,
    addressFamily: "IPv4" | "IPv6",
    weight: number,
    cidrs: readonly string[] = [],
  ): ManagedPrefixList => ({ id: `pl-0${hex(`${region} ${name}`, 16)}`, name, addressFamily, cidrs, weight });
  return [
    list(checkerPrefixListName("ipv4", region), "IPv4", CHECKER_PREFIX_LIST_WEIGHT, CHECKER_CIDRS),
    list(checkerPrefixListName("ipv6", region), "IPv6", CHECKER_PREFIX_LIST_WEIGHT),
    list("com.amazonaws.global.cloudfront.origin-facing", "IPv4", 55),
    list(`com.amazonaws.${region}.s3`, "IPv4", 1),
    list(`com.amazonaws.${region}.dynamodb`, "IPv4", 1),
  ];
}

/** The region that a list of the stand-in's belongs to, among `regions`. */
export function prefixListRegion(id: string, regions: readonly string[]): string | undefined {
  return regions.find((region) => managedPrefixLists(region).some((list) => list.id === id));
}
