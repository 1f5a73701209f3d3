import { isIP } from "node:net";
import { endpointKindByName } from "../../../model/aws-host-name";
import { normalizeDnsName } from "../../../model/dns-name";
import { sniByDefault } from "../../../model/health-check";
import { whyPrivate } from "../../../model/private-name";
import { booleanAt, stringAt } from "../../../model/property";
import { type ReservedRange, reservedRange } from "../../../model/reserved-address";
import { unansweredText } from "../../../model/unanswered-name";
import { isUnknown, type MaybeUnknown } from "../../../model/unknown";
import type { Judgement } from "../../rule";
import type { CheckedResource } from "./checked-resource";
import { judgeLoadBalancer } from "./load-balancer";
import { judgeClosedApi, judgePrivateService } from "./private-service";

const ADDRESS_LEVER =
  "set ipAddress to the endpoint's public address (an Elastic IP where it is an instance), or watch a private " +
  "endpoint by a CLOUDWATCH_METRIC check";

/** Whether there is anything that the checkers, which are outside every VPC, can reach. */
export function judgeDestination(check: CheckedResource): Judgement[] {
  const address = textAt(check, "ipAddress");
  const fqdn = textAt(check, "fqdn");
  if (isUnknown(address)) return check.unknown("ipAddress");
  if (address !== undefined) {
    return [...judgeAddress(check, address), ...judgeHostHeader(check, fqdn)];
  }
  const behind =
    fqdn === undefined
      ? []
      : [...judgeLoadBalancer(check), ...judgePrivateService(check, fqdn), ...judgeClosedApi(check, fqdn)];
  if (isUnknown(fqdn))
    return behind.some(({ verdict }) => verdict === "fail") ? behind : check.unknown("fqdn");
  if (fqdn === undefined) {
    return check.fail(
      "fqdn",
      "has neither fqdn nor ipAddress, so there is nothing to probe; allowed: at least one of them; set fqdn to the endpoint's own host name",
    );
  }
  const named = judgeName(check, normalizeDnsName(fqdn));
  return named.length > 0 ? named : behind;
}

function judgeAddress(check: CheckedResource, address: string): Judgement[] {
  if (isIP(address.replace(/%.*$/, "")) === 0) {
    return check.fail(
      "ipAddress",
      `has ipAddress "${address}"; allowed: an IPv4 or IPv6 address; a name goes into fqdn`,
    );
  }
  const range = reservedRange(address);
  // A rehearsed stack has its Elastic IPs from a range kept for documentation.
  if (range === undefined || (range.documentation && check.names.elasticAddresses.has(address))) return [];
  const what = `probes ${address}, ${rangeText(range)}, which Route 53 does not check; allowed: a public address; ${ADDRESS_LEVER}`;
  return range.documentation && !check.settings.refuseDocumentationAddresses
    ? check.advise("ipAddress", what)
    : check.fail("ipAddress", what);
}

/** Beside an address the name is only the Host header, and a TCP check sends none. */
function judgeHostHeader(check: CheckedResource, fqdn: MaybeUnknown<string> | undefined): Judgement[] {
  if (check.type !== "TCP" || fqdn === undefined) return [];
  return check.fail(
    "fqdn",
    "has an ipAddress and an fqdn, which Route 53 refuses for TCP; allowed: one of them; remove fqdn to probe the address",
  );
}

function judgeName(check: CheckedResource, fqdn: string): Judgement[] {
  const why = whyPrivate(fqdn);
  if (why !== undefined) {
    return check.fail(
      "fqdn",
      `probes ${fqdn}, which ${why}; allowed: a name that public DNS resolves to an IPv4 address; set fqdn to the endpoint's public host name`,
    );
  }
  const unanswered = check.names.unanswered(fqdn);
  if (unanswered) {
    const got = `probes ${unansweredText(unanswered, "A")}`;
    const lever = "allowed: a name that has an IPv4 address; correct fqdn, or add the A record (no price)";
    // Another stack may keep what this one has nothing of.
    return unanswered.found === "nothing"
      ? check.advise("fqdn", `${got}, so it is unhealthy for ever unless another stack keeps one; ${lever}`)
      : check.fail(
          "fqdn",
          `${got}, so it is unhealthy for ever: checkers ask for IPv4 addresses only; ${lever}`,
        );
  }
  const addresses = check.names.addresses.get(fqdn) ?? [];
  const first = soleRange(addresses);
  if (first === undefined) return [];
  return check.fail(
    "fqdn",
    `probes ${fqdn}, which this stack resolves to ${addresses[0]}, ${rangeText(first)}; allowed: a name with a public address; point its A record at one, or set fqdn to another name`,
  );
}

/** A set of many addresses may be probed by as many checks. */
const ranges = new WeakMap<readonly string[], { readonly first: ReservedRange | undefined }>();

/**
 * The range of the first of addresses that no checker reaches. One public address among them is found sooner or
 * later; documentation addresses are only examples.
 */
function soleRange(addresses: readonly string[]): ReservedRange | undefined {
  const known = ranges.get(addresses);
  if (known) return known.first;
  const all = addresses.map(reservedRange);
  const isReached = all.some((range) => range === undefined || range.documentation);
  const first = isReached ? undefined : all[0];
  ranges.set(addresses, { first });
  return first;
}

function rangeText({ what, network }: ReservedRange): string {
  return `an address ${what === "private" || what === "loopback" ? `that is ${what}` : `of a special range (${what})`} (${network})`;
}

const SNI_LEVER = "set enableSni to true (changes in place and costs nothing)";

/** Adding a search string to a check that says nothing of SNI silently takes it away: see `sniByDefault`. */
export function judgeSni(check: CheckedResource): Judgement[] {
  const fqdn = textAt(check, "fqdn");
  // Without a name there is none to send.
  if (!check.isHttps || fqdn === undefined) return [];
  const enabled = booleanAt(check.properties, "enableSni") ?? sniByDefault(check.type);
  if (isUnknown(enabled)) return check.unknown("enableSni");
  if (enabled) return [];
  const got =
    check.properties.enableSni === undefined
      ? "has no enableSni, which the provider takes for false on this type"
      : "has enableSni false";
  const service = isUnknown(fqdn) ? undefined : sniOnlyService(check, normalizeDnsName(fqdn));
  if (service !== undefined) {
    return check.fail(
      "enableSni",
      `${got}, and ${service} answers no TLS handshake without the host name, so the check never turns healthy; allowed: true; ${SNI_LEVER}`,
    );
  }
  if (check.type === "HTTPS" || !check.settings.requireSni) return [];
  return check.fail(
    "enableSni",
    `${got}; an endpoint that chooses its certificate by host name then fails every handshake; allowed: true; ${SNI_LEVER}`,
  );
}

/** Services that serve many customers on the same addresses and so need the name. */
function sniOnlyService(check: CheckedResource, fqdn: string): string | undefined {
  const kind = check.names.endpointKinds.get(fqdn) ?? endpointKindByName(fqdn);
  if (kind === "api-gateway") return "API Gateway";
  if (kind === "cloudfront") return "CloudFront";
  return /\.lambda-url\.[a-z0-9-]+\.on\.aws$/.test(fqdn) ? "a Lambda function URL" : undefined;
}

/** Empty text is how a cleared property is written. */
function textAt(check: CheckedResource, property: string): MaybeUnknown<string> | undefined {
  return stringAt(check.properties, property) || undefined;
}
