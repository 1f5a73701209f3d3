import type { StackResource } from "../../model/stack-resource";
import type { Properties } from "../../model/unknown";
import { PROVIDER, resource, urn } from "./stack-fixture";

export type Side = "east" | "west";
export const REGIONS: Readonly<Record<Side, string>> = { east: "us-east-1", west: "us-west-2" };

const INSTANCE = "aws:ec2/instance:Instance";
const RECORD = "aws:route53/record:Record";

/** Providers of two regions, without any tags. */
export const twoRegions: readonly StackResource[] = (["east", "west"] as const).map((side) =>
  resource(PROVIDER, side, { region: REGIONS[side] }),
);

/** A resource in the region of a side. */
export function sided(side: Side, type: string, name: string, properties: Properties = {}): StackResource {
  return resource(type, name, properties, { provider: urn(PROVIDER, side) });
}

/** URN of the instance that stands behind one side of a name. */
export function serverUrn(name: string, role: "PRIMARY" | "SECONDARY"): string {
  return urn(INSTANCE, `${name}-${role}-server`);
}

/** One record of a failover name; without `side` it leads out of the stack. */
export function sidedRecord(name: string, role: "PRIMARY" | "SECONDARY", side?: Side): StackResource[] {
  const address = `${name}-${role.toLowerCase()}.compute.example.com`;
  const server = sided(side ?? "east", INSTANCE, `${name}-${role}-server`, {
    instanceType: "t4g.nano",
    publicDns: address,
  });
  const record = resource(RECORD, `${name}-${role}`, {
    name: `${name}.example.com`,
    type: "CNAME",
    zoneId: "Z1",
    ttl: 60,
    setIdentifier: role,
    failoverRoutingPolicies: [{ type: role }],
    records: [address],
  });
  return side === undefined ? [record] : [server, record];
}

/** A failover name whose sides are instances of those regions. */
export function sidedPair(name: string, primary: Side, standby: Side): StackResource[] {
  return [...sidedRecord(name, "PRIMARY", primary), ...sidedRecord(name, "SECONDARY", standby)];
}
