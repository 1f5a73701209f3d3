import type { DnsAnswer } from "../simulation/answer";
import type { AddressBook } from "./address-book";
import type { DnsQuestion } from "./dns-message";
import type { PlayedCheck, PlayedEndpoint } from "./play";

export type ProbeTarget =
  | { readonly kind: "found"; readonly port: number; readonly hostHeader: string }
  /** The probe fails before it has a connection. */
  | { readonly kind: "failed"; readonly why: string };

/** Endpoints that are reached by HTTPS only, and only by visitors that say which name they want (facts, 1.1). */
const NAMED_HTTPS_ONLY: readonly PlayedEndpoint["kind"][] = ["api-gateway"];

/**
 * Where a checker's next probe goes. A name is resolved anew for every probe, to IPv4 only; the Host header is the
 * check's own name, with a port other than the usual one (API reference, HealthCheckConfig).
 */
export function probeTarget(
  check: PlayedCheck,
  place: {
    readonly endpoints: readonly PlayedEndpoint[];
    readonly book: AddressBook;
    readonly answer: (question: DnsQuestion) => DnsAnswer;
  },
): ProbeTarget {
  const address = check.ipAddress ?? resolve(check.fqdn, place.answer);
  if (address === undefined) return { kind: "failed", why: "DNS resolution failed" };
  const urn = place.book.endpointAt(address);
  const endpoint = place.endpoints.find((candidate) => candidate.urn === urn);
  const port = endpoint && place.book.portOf(endpoint.urn);
  if (!endpoint || port === undefined) return { kind: "failed", why: `nothing answers at ${address}` };
  const isHttps = check.type === "HTTPS" || check.type === "HTTPS_STR_MATCH";
  if (NAMED_HTTPS_ONLY.includes(endpoint.kind)) {
    if (check.port !== 443) return { kind: "failed", why: `nothing listens on port ${check.port}` };
    if (isHttps && !check.sendsServerName) {
      return { kind: "failed", why: "TLS handshake failed: no server name (SNI)" };
    }
  }
  const host = check.fqdn ?? address;
  return {
    kind: "found",
    port,
    hostHeader: check.port === (isHttps ? 443 : 80) ? host : `${host}:${check.port}`,
  };
}

function resolve(name: string | undefined, answer: (question: DnsQuestion) => DnsAnswer): string | undefined {
  if (name === undefined) return undefined;
  return answer({ name, type: "A" }).records.find(({ type }) => type === "A")?.data;
}
