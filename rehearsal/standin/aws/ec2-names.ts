import { hex, number } from "./identifier";

/** `vpc-0` and 16 hex digits, as EC2 names what it makes. */
export function ec2Id(prefix: string, seed: string): string {
  return `${prefix}-0${hex(`${seed} ${prefix}`, 16)}`;
}

/**
 * A public address, drawn from the blocks for documentation (RFC 5737): none of them is anybody's, and a
 * rehearsal that went astray would reach no one.
 */
export function publicAddress(seed: string): string {
  const drawn = number(`${seed} public address`, 508);
  return drawn < 254 ? `198.51.100.${drawn + 1}` : `203.0.113.${drawn - 253}`;
}

/** Names that the VPC's resolver knows (VPC user guide, "DNS attributes for your VPC"). */
export function publicDnsName(address: string, region: string): string {
  const zone = region === "us-east-1" ? "compute-1" : `${region}.compute`;
  return `ec2-${address.replaceAll(".", "-")}.${zone}.amazonaws.com`;
}

export function privateDnsName(address: string, region: string): string {
  const zone = region === "us-east-1" ? "ec2.internal" : `${region}.compute.internal`;
  return `ip-${address.replaceAll(".", "-")}.${zone}`;
}
