import type { DnsAnswer, DnsRecord } from "../simulation/answer";

/** Long enough that whoever asks ANY does not soon ask again (RFC 8482 section 4.2). */
const HINFO_TTL_SECONDS = 3_600;

/**
 * The smallest true answer to ANY (RFC 8482), made from the answer to HINFO, a type that Route 53 has no records
 * of: where the name has nothing of it, a HINFO record stands for all that it has; a CNAME stands alone.
 */
export function minimalAnyAnswer(name: string, toHinfo: DnsAnswer): DnsAnswer {
  if (toHinfo.rcode === "REFUSED" || toHinfo.referral) return toHinfo;
  const [alias] = toHinfo.records;
  if (alias) return { rcode: "NOERROR", records: [alias], authority: [] };
  if (toHinfo.rcode === "NXDOMAIN") return toHinfo;
  const hinfo: DnsRecord = { name, type: "HINFO", ttlSeconds: HINFO_TTL_SECONDS, data: '"RFC8482" ""' };
  return { rcode: "NOERROR", records: [hinfo], authority: [] };
}
