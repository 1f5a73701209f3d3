import type { Meter } from "../meter";
import { hourly } from "./formula";
import type { Inputs } from "./inputs";

/**
 * The addresses of a managed service that is reached from the internet. Since February 2024 AWS bills those that a
 * service takes as it bills an instance's (AWS networking blog, "Identify and optimize public IPv4 address usage on
 * AWS": service managed addresses; the EC2 API's IpamPublicAddressAwsService names RDS, Redshift, DMS, Global
 * Accelerator and Site-to-Site VPN among the services).
 * @param count what is reached from outside, each with an address of its own.
 * @param lever how to do without them.
 */
export function serviceAddresses(count: number, inputs: Inputs, lever: string, note?: string): Meter[] {
  const rest = note === undefined ? { lever } : { lever, note };
  return hourly("public IPv4 address", "ec2/public-ipv4", inputs.place, count, rest);
}

/** One address for each of `nodes` where the program sets `publiclyAccessible`, which the provider leaves false. */
export function publicAddresses(nodes: number, inputs: Inputs, note?: string): Meter[] {
  if (!inputs.extras.flag("publiclyAccessible", false)) return [];
  return serviceAddresses(nodes, inputs, "set publiclyAccessible to false", note);
}
