import { isIP } from "node:net";
import { type Answer, encode } from "dns-packet";

const HEADER_BYTES = 12;
const LABEL_BYTES_MAX = 63;
/** Length octets and the root included. */
const NAME_BYTES_MAX = 255;
const STRING_BYTES_MAX = 255;
/** A pointer to the name of the question, which stands behind the header (RFC 1035 section 4.1.4). */
const QUESTION_NAME = Buffer.from([0xc0, HEADER_BYTES]);

/** A resource record with its data as Route 53 writes it, in presentation format. */
export interface TextRecord {
  readonly name: string;
  readonly type: string;
  readonly ttlSeconds: number;
  readonly data: string;
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
      const tag = second as "issue" | "issuewild" | "iodef";
      return {
        ...base,
        type,
        data: { flags: integer(first), tag, value: Buffer.concat(quotedStrings(data)).toString() },
      };
    }
    case "SOA": {
      const [mname, rname] = [onWire(first), onWire(second)];
      const numbers = [third, fourth, rest[0] ?? "", rest[1] ?? "", rest[2] ?? ""].map(integer);
      const [serial, refresh, retry, expire, minimum] = numbers;
      return { ...base, type, data: { mname, rname, serial, refresh, retry, expire, minimum } };
    }
    default:
      throw new Error(`${type} of ${name} has no form on the wire`);
  }
}

function address(text: string, family: 4 | 6): string {
  if (isIP(text) !== family) throw new Error(`"${text}" is no IPv${family} address`);
  return text;
}

function integer(text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`"${text}" is no number`);
  return Number(text);
}

/** @throws Error for a name that the encoder would write with lengths that mean something else. */
function onWire(name: string): string {
  if (name === ".") return name;
  const bare = name.replace(/\.$/, "");
  const labels = bare.split(".");
  const isName = labels.every((label) => label !== "" && Buffer.byteLength(label) <= LABEL_BYTES_MAX);
  if (!isName || Buffer.byteLength(bare) + 2 > NAME_BYTES_MAX) throw new Error(`${name} is no DNS name`);
  return bare;
}

/** `"one" "two"` -> one, two; a text without quotes is one string, or more where it is longer than one can be. */
function quotedStrings(data: string): Buffer[] {
  const quoted = [...data.matchAll(/"((?:[^"\\]|\\.)*)"/gs)].map(([, text = ""]) => text);
  return (quoted.length > 0 ? quoted.map(unescaped) : [Buffer.from(data)]).flatMap((text) => {
    const parts = [text.subarray(0, STRING_BYTES_MAX)];
    for (let at = STRING_BYTES_MAX; at < text.length; at += STRING_BYTES_MAX) {
      parts.push(text.subarray(at, at + STRING_BYTES_MAX));
    }
    return parts;
  });
}

/** A backslash makes an octet of three octal digits, as Route 53 writes them, and takes its meaning from others. */
function unescaped(text: string): Buffer {
  const pieces = text.split(/\\([0-3][0-7]{2}|.)/su);
  return Buffer.concat(
    pieces.map((piece, index) => {
      const isEscaped = index % 2 === 1;
      return isEscaped && piece.length === 3 ? Buffer.from([Number.parseInt(piece, 8)]) : Buffer.from(piece);
    }),
  );
}
