const HEADER_BYTES = 12;
/** Length octets included (RFC 1035 section 2.3.4). */
const NAME_BYTES_MAX = 255;
const LABEL_BYTES_MAX = 63;
/** Root name, type, class, TTL and the length of no data: the shortest record. */
const RECORD_BYTES_MIN = 11;
const TYPE_OPT = 41;

/** The EDNS settings of a query (RFC 6891). Its options, cookies among them, are not used. */
export interface Edns {
  readonly version: number;
  readonly udpBytes: number;
  readonly dnssecOk: boolean;
}

export interface ReceivedQuery {
  /** The octets of the question, one character each, its name in lower case: equal for equal questions. */
  readonly key: string;
  /** Codes of the IANA registries. */
  readonly type: number;
  readonly class: number;
  /** Where the question ends in the packet. */
  readonly questionEnd: number;
  readonly edns: Edns | undefined;
}

/** Why there is no query in a packet: none to answer, or one that its sender is told about. */
export type Unreadable = "silence" | "FORMERR" | "NOTIMP";

const lowerCase = Buffer.alloc(NAME_BYTES_MAX + 4);

/**
 * Reads a query without following any pointer, in time linear in the packet. Nothing is due to a fragment of a
 * header, and nothing to a response: two servers must not talk to each other for ever.
 */
export function readQuery(packet: Buffer): ReceivedQuery | Unreadable {
  if (packet.length < HEADER_BYTES || octet(packet, 2) >= 0x80) return "silence";
  if ((octet(packet, 2) & 0x78) !== 0) return "NOTIMP";
  if (number16(packet, 4) !== 1) return "FORMERR";
  const nameEnd = readName(packet);
  const questionEnd = nameEnd + 4;
  if (nameEnd < 0 || questionEnd > packet.length) return "FORMERR";
  for (let at = nameEnd; at < questionEnd; at++) lowerCase[at - HEADER_BYTES] = octet(packet, at);
  const edns = readEdns(packet, questionEnd);
  if (edns === "FORMERR") return edns;
  return {
    key: lowerCase.toString("latin1", 0, questionEnd - HEADER_BYTES),
    type: number16(packet, nameEnd),
    class: number16(packet, nameEnd + 2),
    questionEnd,
    edns,
  };
}

/**
 * The name of a question by its key, without the final dot; the root is the empty name. An octet that is no
 * printable character, and a dot or a backslash inside a label, are written as Route 53 does: `\` and three
 * octal digits.
 */
export function nameOf(key: string): string {
  const labels: string[] = [];
  for (let at = 0; key.charCodeAt(at) !== 0; at += 1 + key.charCodeAt(at)) {
    const label = key.slice(at + 1, at + 1 + key.charCodeAt(at));
    labels.push(
      label.replace(/[^!-~]|[.\\]/g, (one) => `\\${one.charCodeAt(0).toString(8).padStart(3, "0")}`),
    );
  }
  return labels.join(".");
}

/**
 * Copies the question's name in lower case to the front of `lowerCase`, and returns where it ends; -1 where it is
 * malformed. A pointer is: before a question there is only the header to point into.
 */
function readName(packet: Buffer): number {
  let at = HEADER_BYTES;
  for (;;) {
    const length = octet(packet, at);
    const end = at + 1 + length;
    // Behind the label there is at least the octet of the root.
    if (length > LABEL_BYTES_MAX || end >= packet.length || end > HEADER_BYTES + NAME_BYTES_MAX) return -1;
    lowerCase[at - HEADER_BYTES] = length;
    if (length === 0) return end;
    for (at += 1; at < end; at++) {
      const code = octet(packet, at);
      lowerCase[at - HEADER_BYTES] = code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
    }
  }
}

/** Walks over every record behind the question; there is one OPT at most, and it is additional. */
function readEdns(packet: Buffer, from: number): Edns | undefined | "FORMERR" {
  const otherRecords = number16(packet, 6) + number16(packet, 8);
  const records = otherRecords + number16(packet, 10);
  if (records * RECORD_BYTES_MIN > packet.length - from) return "FORMERR";
  let edns: Edns | undefined;
  let at = from;
  for (let record = 0; record < records; record++) {
    const nameEnd = skipName(packet, at);
    const dataAt = nameEnd + 10;
    if (nameEnd < 0 || dataAt > packet.length) return "FORMERR";
    const end = dataAt + number16(packet, nameEnd + 8);
    if (end > packet.length) return "FORMERR";
    if (record >= otherRecords && number16(packet, nameEnd) === TYPE_OPT) {
      const isRoot = nameEnd === at + 1;
      if (edns !== undefined || !isRoot || !areOptions(packet, dataAt, end)) return "FORMERR";
      edns = {
        udpBytes: number16(packet, nameEnd + 2),
        version: octet(packet, nameEnd + 5),
        dnssecOk: octet(packet, nameEnd + 6) >= 0x80,
      };
    }
    at = end;
  }
  return edns;
}

/** Where a record's name ends, which may be with a pointer to something before it; -1 where it is malformed. */
function skipName(packet: Buffer, from: number): number {
  let at = from;
  while (at < packet.length && at - from < NAME_BYTES_MAX) {
    const length = octet(packet, at);
    if (length === 0) return at + 1;
    if (length >= 0xc0) {
      const isBackwards = at + 1 < packet.length && (number16(packet, at) & 0x3fff) < at;
      return isBackwards ? at + 2 : -1;
    }
    if (length > LABEL_BYTES_MAX) return -1;
    at += 1 + length;
  }
  return -1;
}

function areOptions(packet: Buffer, from: number, end: number): boolean {
  let at = from;
  while (at + 4 <= end) at += 4 + number16(packet, at + 2);
  return at === end;
}

/** Beyond the end of the packet there are zeros. */
function octet(packet: Buffer, at: number): number {
  return packet[at] ?? 0;
}

function number16(packet: Buffer, at: number): number {
  return (octet(packet, at) << 8) | octet(packet, at + 1);
}
