import { type AddressRange, ipv4Range } from "./cidr";
import { type EndpointCheckType, type HealthCheckType, isEndpointCheck } from "./health-check";

/**
 * Where Route 53's health checkers come from over IPv4: the answer of GetCheckerIpRanges as AWS shows it in the
 * code examples of AWS Tools for PowerShell V5 (read 2026-11-21). `ip-ranges.json` has the same addresses, the
 * sixteen blocks of 15.177 as one 15.177.0.0/18.
 */
export const CHECKER_CIDRS: readonly string[] = [
  ...Array.from({ length: 16 }, (_, index) => `15.177.${2 + 4 * index}.0/23`),
  "54.183.255.128/26",
  "54.228.16.0/26",
  "54.232.40.64/26",
  "54.241.32.64/26",
  "54.243.31.192/26",
  "54.244.52.192/26",
  "54.245.168.0/26",
  "54.248.220.0/26",
  "54.250.253.192/26",
  "54.251.31.128/26",
  "54.252.79.128/26",
  "54.252.254.192/26",
  "54.255.254.192/26",
  "107.23.255.0/26",
  "176.34.159.192/26",
  "177.71.207.128/26",
];

export const CHECKER_RANGES: readonly AddressRange[] = CHECKER_CIDRS.flatMap((cidr) => ipv4Range(cidr) ?? []);

/** Rules of a group's quota that either prefix list takes up (VPC user guide, AWS-managed prefix lists). */
export const CHECKER_PREFIX_LIST_WEIGHT = 25;

export type AddressFamily = "ipv4" | "ipv6";

/** AWS's own prefix list of the checkers, by the same name in every region (VPC user guide). */
export function checkerPrefixListName(family: AddressFamily, region: string): string {
  return `com.amazonaws.${region}.${family === "ipv6" ? "ipv6." : ""}route53-healthchecks`;
}

export function isCheckerPrefixListName(name: string, family: AddressFamily): boolean {
  const [, region] = /^com\.amazonaws\.([a-z0-9-]+)\./.exec(name) ?? [];
  return region !== undefined && name === checkerPrefixListName(family, region);
}

/** The port that a check probes where it names none; TCP checks have to name one (HealthCheckConfig, Port). */
export function defaultCheckPort(type: HealthCheckType): number | undefined {
  if (!isEndpointCheck(type)) return undefined;
  const ports: Readonly<Record<EndpointCheckType, number | undefined>> = {
    HTTP: 80,
    HTTP_STR_MATCH: 80,
    HTTPS: 443,
    HTTPS_STR_MATCH: 443,
    TCP: undefined,
  };
  return ports[type];
}
