import { isIP } from "node:net";
import { type Answer, encode } from "dns-packet";
import { dataTokens, integer, octets, onWire, quotedStrings } from "./dns-text";
import { serviceData } from "./service-record";

const HEADER_BYTES = 12;
/** A pointer to the name of the question, which stands behind the header (RFC 1035 section 4.1.4). */
const QUESTION_NAME = Buffer.from([0xc0, HEADER_BYTES]);

/** A resource record with its data as Route 53 writes it, in presentation format. */
export interface TextRecord {
  readonly name: string;
  readonly type: string;
  readonly ttlSeconds: number;
  readonly data: string;
}

/** Codes of types that the encoder knows by number only (IANA, DNS parameters). */
const CODES = { SVCB: 64, HTTPS: 65, SPF: 99 } as const;

/**
 * The name by which records are written of a type that the decoder gives as its own word for a number.
 * `UNKNOWN_65` -> `HTTPS`; others stay as they are.
 */
export function typeName(decoded: string): string {
  return Object.entries(CODES).find(([, code]) => decoded === `UNKNOWN_${code}`)?.[0] ?? decoded;
}

/**
 * The record as it stands in a message whose question is for `questionName`.
 * @throws Error where its type or its data cannot be put on the wire.
 */
export function encodeRecord(record: TextRecord, questionName: string): Buffer {
  const isQuestion = record.name === questionName;
  const wire = wireRecord(isQuestion ? { ...record, name: "." } : record);
  const encoded = encode({ type: "response", answers: [wire] }).subarray(HEADER_BYTES);
  return isQuestion ? Buffer.concat([QUESTION_NAME, encoded.subarray(1)]) : encoded;
}

function wireRecord({ name, type, ttlSeconds, data }: TextRecord): Answer {
  const base = { name: onWire(name), ttl: ttlSeconds, class: "IN" as const };
  const [first = "", second = "", third = "", fourth = "", ...rest] = data.trim().split(/\s+/);
  switch (type) {
    case "A":
    case "AAAA":
      return { ...base, type, data: address(first, type === "A" ? 4 : 6) };
    case "CNAME":
    case "NS":
    case "PTR":
      return { ...base, type, data: onWire(first) };
    case "TXT":
      return { ...base, type, data: quotedStrings(data) };
    case "MX":
      return { ...base, type, data: { preference: integer(first), exchange: onWire(second) } };
    case "SRV": {
      const [priority, weight, port] = [integer(first), integer(second), integer(third)];
      return { ...base, type, data: { priority, weight, port, target: onWire(fourth) } };
    }
    case "HINFO": {
      const [cpu = "", os = ""] = quotedStrings(data).map(String);
      return { ...base, type, data: { cpu, os } };
    }
    case "CAA": {
      const [flags = "", tag, value = ""] = dataTokens(data).map(String);
      return { ...base, type, data: { flags: integer(flags, 0xff), tag: tag as "issue", value } };
    }
    case "NAPTR": {
      const [order = "", preference = "", ...words] = dataTokens(data).map(String);
      const [flags = "", services = "", regexp = "", replacement = ""] = words;
      const numbers = { order: integer(order), preference: integer(preference) };
      return {
        ...base,
        type,
        data: { ...numbers, flags, services, regexp, replacement: onWire(replacement) },
      };
    }
    case "DS": {
      const [algorithm, digestType] = [integer(second, 0xff), integer(third, 0xff)];
      const digest = octets([fourth, ...rest].join(""));
      return { ...base, type, data: { keyTag: integer(first), algorithm, digestType, digest } };
    }
    case "SSHFP": {
      const fingerprint = octets([third, fourth, ...rest].join("")).toString("hex");
      return {
        ...base,
        type,
        data: { algorithm: integer(first, 0xff), hash: integer(second, 0xff), fingerprint },
      };
    }
    case "TLSA": {
      const [usage, selector, matchingType] = [first, second, third].map((text) => integer(text, 0xff));
      const certificate = octets([fourth, ...rest].join(""));
      return { ...base, type, data: { usage, selector, matchingType, certificate } } as Answer;
    }
    case "SPF":
      return raw(base, CODES.SPF, Buffer.concat(quotedStrings(data).map(withLength)));
    case "SVCB":
    case "HTTPS":
      return raw(base, CODES[type], serviceData(data));
    case "SOA": {
      const [mname, rname] = [onWire(first), onWire(second)];
      const numbers = [third, fourth, rest[0] ?? "", rest[1] ?? "", rest[2] ?? ""].map((text) =>
        integer(text),
      );
      const [serial, refresh, retry, expire, minimum] = numbers;
      return { ...base, type, data: { mname, rname, serial, refresh, retry, expire, minimum } };
    }
    default:
      throw new Error(`${type} of ${name} has no form on the wire`);
  }
}

/** Data that is encoded already; the encoder's types leave out the name by which it takes such. */
function raw(base: object, code: number, data: Buffer): Answer {
  return { ...base, type: `UNKNOWN_${code}`, data } as unknown as Answer;
}

function withLength(text: Buffer): Buffer {
  return Buffer.concat([Buffer.from([text.length]), text]);
}

function address(text: string, family: 4 | 6): string {
  if (isIP(text) !== family) throw new Error(`"${text}" is no IPv${family} address`);
  return text;
}
