import type { Answer } from "dns-packet";

/** A resource record with its data as Route 53 writes it, in presentation format. */
export interface TextRecord {
  readonly name: string;
  readonly type: string;
  readonly ttlSeconds: number;
  readonly data: string;
}

/** A record for the encoder, or undefined where its type or its data cannot be put on the wire. */
export function wireRecord({ name, type, ttlSeconds, data }: TextRecord): Answer | undefined {
  const base = { name, ttl: ttlSeconds, class: "IN" as const };
  const [first = "", second = "", third = "", fourth = "", ...rest] = data.trim().split(/\s+/);
  switch (type) {
    case "A":
    case "AAAA":
      return { ...base, type, data: first };
    case "CNAME":
    case "NS":
    case "PTR":
      return { ...base, type, data: withoutDot(first) };
    case "TXT":
      return { ...base, type, data: quotedStrings(data) };
    case "MX":
      return { ...base, type, data: { preference: Number(first), exchange: withoutDot(second) } };
    case "SRV": {
      const [priority, weight, port] = [Number(first), Number(second), Number(third)];
      return { ...base, type, data: { priority, weight, port, target: withoutDot(fourth) } };
    }
    case "CAA": {
      const tag = second as "issue" | "issuewild" | "iodef";
      return { ...base, type, data: { flags: Number(first), tag, value: quotedStrings(data).join("") } };
    }
    case "SOA": {
      const [serial, refresh, retry, expire, minimum] = [third, fourth, ...rest].map(Number);
      return {
        ...base,
        type,
        data: {
          mname: withoutDot(first),
          rname: withoutDot(second),
          serial,
          refresh,
          retry,
          expire,
          minimum,
        },
      };
    }
    default:
      return undefined;
  }
}

function withoutDot(name: string): string {
  return name.replace(/\.$/, "");
}

/** `"one" "two"` -> one, two; a text without quotes is one string. A string holds at most 255 octets. */
function quotedStrings(data: string): string[] {
  const quoted = [...data.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = ""]) =>
    text.replace(/\\(.)/g, "$1"),
  );
  return (quoted.length > 0 ? quoted : [data]).flatMap((text) => text.match(/.{1,255}/gs) ?? [""]);
}
