import { normalizeDnsName } from "./dns-name";

/**
 * Top-level names that no public DNS server answers: RFC 6761 and 2606 (localhost, test, invalid, example),
 * RFC 6762 and its appendix G (local, intranet, internal, private, corp, home, lan), RFC 7686, RFC 9476.
 */
const PRIVATE_TOP_LEVELS: readonly string[] = [
  "alt",
  "corp",
  "example",
  "home",
  "internal",
  "intranet",
  "invalid",
  "lan",
  "local",
  "localhost",
  "onion",
  "private",
  "test",
];

/**
 * Why a host name can lead no health checker anywhere; undefined where public DNS may know it. Whether it does
 * cannot be told without asking.
 */
export function whyPrivate(hostName: string): string | undefined {
  const name = normalizeDnsName(hostName);
  if (!/^[a-z0-9_*-]+(\.[a-z0-9_*-]+)*$/.test(name)) {
    return "is no host name: a scheme, a port, a path or another character has no place in it";
  }
  const labels = name.split(".");
  const top = labels.at(-1) ?? "";
  // 10.0.0.5 in the place of a name: no top-level name is a number.
  if (/^\d+$/.test(top)) return "is an address or a number; a check takes an address as ipAddress";
  if (PRIVATE_TOP_LEVELS.includes(top)) return `ends in .${top}, which public DNS does not know`;
  if (name === "home.arpa" || name.endsWith(".home.arpa"))
    return "ends in .home.arpa, which public DNS does not know";
  if (labels.length === 1) return "is a single label, which public DNS does not know";
  if (/^internal-.*\.elb\.amazonaws\.com(\.cn)?$/.test(name)) {
    return "is an internal load balancer, whose addresses are private";
  }
  if (/\.vpce\.amazonaws\.com(\.cn)?$/.test(name)) {
    return "is an interface endpoint, whose addresses are private";
  }
  // A private API's alias of Route 53 (API Gateway developer guide, invoking a private API).
  if (/-vpce-[0-9a-f]+\.execute-api\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/.test(name)) {
    return "is a private API by its interface endpoint, whose addresses are private";
  }
  return undefined;
}
