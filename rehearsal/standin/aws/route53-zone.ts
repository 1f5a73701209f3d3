import { isHostName, normalizeDnsName } from "../../../model/dns-name";
import type { Account, AccountResource } from "./account";
import { arn } from "./arn";
import { hostedZoneId, number } from "./identifier";
import { isOn, text } from "./known";
import { onPresent, show } from "./property-rules";
import { type ResourceType, words } from "./resource-type";

export const ZONE = "aws:route53/zone:Zone";
export const RECORD = "aws:route53/record:Record";

/** The four servers of a zone, one under each top-level domain, as Route 53 hands them out. */
export function nameServers(zoneId: string): string[] {
  return ["com", "net", "org", "co.uk"].map((tld, index) => {
    const server = index * 512 + number(`${zoneId} ${tld} server`, 512);
    return `ns-${server}.awsdns-${String(number(`${zoneId} ${tld} set`, 64)).padStart(2, "0")}.${tld}`;
  });
}

export function findZone(account: Account, zoneId: string): AccountResource | undefined {
  return account.list(ZONE).find(({ id }) => id === zoneId);
}

export const zone: ResourceType = {
  token: ZONE,
  inputs: words("comment delegationSetId enableAcceleratedRecovery forceDestroy name tags vpcs"),
  replaceOn: words("delegationSetId name"),
  defaults: { comment: "Managed by Pulumi", forceDestroy: false },
  autoName: "name",
  computed: words("arn enableAcceleratedRecovery nameServers primaryNameServer zoneId"),
  rules: [
    onPresent("name", (value) =>
      typeof value === "string" && /^[a-z0-9_-]+$|\./.test(value) && isZoneName(value)
        ? undefined
        : `Route 53 takes a domain name such as example.com, got ${show(value)}`,
    ),
  ],
  // The zone cannot be deleted while its records can be changed from elsewhere.
  protectedBy: ["enableAcceleratedRecovery"],
  make: ({ inputs, seed }) => {
    const zoneId = hostedZoneId(seed);
    const servers = nameServers(zoneId);
    return {
      id: zoneId,
      outputs: {
        arn: arn("route53", "", "", `hostedzone/${zoneId}`),
        enableAcceleratedRecovery: inputs.enableAcceleratedRecovery ?? false,
        name: normalizeDnsName(text(inputs, "name")),
        nameServers: servers,
        primaryNameServer: servers[0],
        zoneId,
      },
    };
  },
  keeps: ({ id, properties }, account) => {
    const record = account.list(RECORD).find((found) => text(found.properties, "zoneId") === id);
    return record === undefined || isOn(properties, "forceDestroy")
      ? undefined
      : `record ${text(record.properties, "fqdn")} ${text(record.properties, "type")} is still in it (HostedZoneNotEmpty); delete the records first or set forceDestroy`;
  },
};

/** Zones also have names of one label, and names with underscores. */
function isZoneName(name: string): boolean {
  const normal = normalizeDnsName(name).replaceAll("_", "x");
  return normal !== "" && (isHostName(normal) || isHostName(`${normal}.example.com`));
}
