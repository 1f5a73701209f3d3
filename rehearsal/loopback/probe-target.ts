import type { DnsAnswer } from "../simulation/answer";
import type { AddressBook } from "./address-book";
import type { DnsQuestion } from "./dns-message";
import type { PlayedCheck } from "./play";

export type ProbeTarget =
  | { readonly kind: "found"; readonly port: number; readonly hostHeader: string }
  /** No connection ever comes about. */
  | { readonly kind: "silent" }
  /** The probe fails before it has a connection. */
  | { readonly kind: "failed"; readonly why: string };

/**
 * Where a checker's next probe goes. A name is resolved anew for every probe, to IPv4 only; the Host header is the
 * check's own name, with a port other than the usual one (API reference, HealthCheckConfig).
 */
export function probeTarget(
  check: PlayedCheck,
  place: {
    readonly book: AddressBook;
    readonly answer: (question: DnsQuestion) => DnsAnswer;
  },
): ProbeTarget {
  const address = check.ipAddress ?? resolve(check.fqdn, place.answer);
  if (address === undefined) return { kind: "failed", why: "DNS resolution failed" };
  const isHttps = check.type === "HTTPS" || check.type === "HTTPS_STR_MATCH";
  const reached = place.book.reach(address, {
    speaks: check.type === "TCP" ? "tcp" : isHttps ? "https" : "http",
    port: check.port,
    sendsServerName: check.sendsServerName,
  });
  if (reached.kind !== "reached") return reached;
  const host = check.fqdn ?? address;
  return {
    kind: "found",
    port: reached.port,
    hostHeader: check.port === (isHttps ? 443 : 80) ? host : `${host}:${check.port}`,
  };
}

function resolve(name: string | undefined, answer: (question: DnsQuestion) => DnsAnswer): string | undefined {
  if (name === undefined) return undefined;
  return answer({ name, type: "A" }).records.find(({ type }) => type === "A")?.data;
}
