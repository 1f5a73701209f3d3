import * as dnsPacket from "dns-packet";
import type { DnsAnswer } from "../simulation/answer";
import { minimalAnyAnswer } from "./any-answer";
import { encodeRecord, typeName } from "./dns-record";
import { type Edns, nameOf, type ReceivedQuery, readQuery } from "./received-query";
import { RecentMap } from "./recent-map";

const HEADER_BYTES = 12;
/** RFC 1035 section 4.2.1: what UDP carries without EDNS. */
const UDP_BYTES = 512;
/** What avoids fragments on today's networks (DNS flag day 2020). */
const EDNS_UDP_BYTES_MAX = 1232;
const TCP_BYTES_MAX = 65_535;
const OPT_BYTES = 11;

const RCODES = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 } as const;
type Rcode = keyof typeof RCODES;

const CLASS_IN = 1;
const CLASS_ANY = 255;
/** In the third octet of the header. */
const AA_BIT = 0x04;
/** Codes that ask for something else than records of one type (RFC 6895 section 3.1), and OPT, which is no data. */
const META_TYPES = { from: 128, to: 255, OPT: 41, IXFR: 251, AXFR: 252, ANY: 255 } as const;

/** Every name of a small zone in every type; more are asked by noise only. */
const ANSWERS_KEPT = 2_000;

export interface DnsQuestion {
  /** In lower case and without the final dot; the root is the empty name. */
  readonly name: string;
  readonly type: string;
}

export type Transport = "udp" | "tcp";

/** The records of an answer as they stand behind the question. */
interface EncodedRecords {
  readonly rcode: Rcode;
  readonly authoritative: boolean;
  readonly answers: number;
  readonly authorities: number;
  /** Without OPT, which depends on the query. */
  readonly additionals: number;
  readonly bytes: Buffer;
}

interface KeptAnswer extends EncodedRecords {
  /** What `answer` was asked with, and gave. */
  readonly question: DnsQuestion;
  readonly from: DnsAnswer;
}

const NO_RECORDS = {
  authoritative: false,
  answers: 0,
  authorities: 0,
  additionals: 0,
  bytes: Buffer.alloc(0),
} as const;

/**
 * The replies of an authoritative server that offers no recursion. Every query asks `answer`; what it gives is
 * encoded again only where it is another object than the last time, so an answer must never change in place.
 */
export class DnsResponder {
  private readonly kept = new RecentMap<string, KeptAnswer>(ANSWERS_KEPT);

  constructor(private readonly answer: (question: DnsQuestion) => DnsAnswer) {}

  /**
   * The reply to one packet, or undefined where none is due: to a fragment of a header, and to a response. Never
   * throws: where `answer` does, the reply is SERVFAIL.
   */
  reply(packet: Buffer, transport: Transport): Buffer | undefined {
    const query = readQuery(packet);
    if (query === "silence") return undefined;
    if (typeof query === "string") return headerOnly(packet, query);
    const { edns } = query;
    const limit = transport === "tcp" ? TCP_BYTES_MAX : udpLimit(edns);
    // BADVERS is 16: its upper bits stand in the OPT record (RFC 6891 section 6.1.3).
    if (edns && edns.version > 0) return write(packet, query, { ...NO_RECORDS, rcode: "NOERROR" }, limit, 1);
    return write(packet, query, this.recordsFor(query), limit, 0);
  }

  private recordsFor(query: ReceivedQuery): EncodedRecords {
    const refusal = refusalOf(query);
    if (refusal) return { ...NO_RECORDS, rcode: refusal };
    try {
      const kept = this.kept.get(query.key);
      const question = kept?.question ?? questionOf(query);
      const from = this.answer(question);
      if (kept && kept.from === from) return kept;
      const given = query.type === META_TYPES.ANY ? minimalAnyAnswer(question.name, from) : from;
      const fresh = { question, from, ...encode(question.name, given) };
      this.kept.set(query.key, fresh);
      return fresh;
    } catch {
      return { ...NO_RECORDS, rcode: "SERVFAIL" };
    }
  }
}

function udpLimit(edns: Edns | undefined): number {
  return edns ? Math.min(EDNS_UDP_BYTES_MAX, Math.max(UDP_BYTES, edns.udpBytes)) : UDP_BYTES;
}

/** Zones are not transferred, and other classes are not served; of every class (255) there is IN. */
function refusalOf({ type, class: asked }: ReceivedQuery): Rcode | undefined {
  if (asked !== CLASS_IN && asked !== CLASS_ANY) return "REFUSED";
  if (type === META_TYPES.OPT) return "FORMERR";
  if (type < META_TYPES.from || type >= META_TYPES.ANY) return undefined;
  return type === META_TYPES.AXFR || type === META_TYPES.IXFR ? "REFUSED" : "NOTIMP";
}

/** Types go by the names that the encoder knows them by; a query for ANY becomes one for the HINFO it may get. */
function questionOf(query: ReceivedQuery): DnsQuestion {
  const name = nameOf(query.key);
  if (query.type === META_TYPES.ANY) return { name, type: "HINFO" };
  const rootQuestion = Buffer.alloc(HEADER_BYTES + 5);
  rootQuestion.writeUInt16BE(1, 4);
  rootQuestion.writeUInt16BE(query.type, HEADER_BYTES + 1);
  return { name, type: typeName(String(dnsPacket.decode(rootQuestion).questions?.[0]?.type)) };
}

/**
 * A referral is not authoritative: what it tells belongs to another zone (RFC 1034 section 4.3.2).
 * @throws Error where a record cannot be put on the wire; Route 53 would not have taken such a record.
 */
function encode(name: string, { rcode, records, authority, referral }: DnsAnswer): EncodedRecords {
  const sections = [records, authority, referral?.glue ?? []].map((section) =>
    section.map((record) => encodeRecord(record, name)),
  );
  const [answers = 0, authorities = 0, additionals = 0] = sections.map(({ length }) => length);
  return {
    rcode,
    authoritative: rcode !== "REFUSED" && referral === undefined,
    answers,
    authorities,
    additionals,
    bytes: Buffer.concat(sections.flat()),
  };
}

/** Its question is not repeated: it may be what is wrong. */
function headerOnly(packet: Buffer, rcode: Rcode): Buffer {
  const reply = Buffer.alloc(HEADER_BYTES);
  writeHeader(reply, packet, { ...NO_RECORDS, rcode }, false);
  return reply;
}

/**
 * The question is repeated octet for octet, because resolvers check its upper and lower case. A reply that is
 * longer than `limit` is sent without its records and with TC, so that the resolver asks by TCP.
 */
function write(
  packet: Buffer,
  { questionEnd, edns, class: asked }: ReceivedQuery,
  records: EncodedRecords,
  limit: number,
  extendedRcode: number,
): Buffer {
  const optBytes = edns ? OPT_BYTES : 0;
  const isTruncated = questionEnd + records.bytes.length + optBytes > limit;
  const recordBytes = isTruncated ? 0 : records.bytes.length;
  const reply = Buffer.allocUnsafe(questionEnd + recordBytes + optBytes);
  packet.copy(reply, 0, 0, questionEnd);
  writeHeader(reply, packet, records, isTruncated);
  // A server cannot know that it has the data of every class (RFC 1035 section 6.2).
  if (asked === CLASS_ANY) reply[2] = octetWithoutAa(reply);
  reply[5] = 1;
  if (!isTruncated) records.bytes.copy(reply, questionEnd);
  if (edns) {
    writeNumber16(reply, 10, (isTruncated ? 0 : records.additionals) + 1);
    writeOpt(reply, questionEnd + recordBytes, edns, extendedRcode);
  }
  return reply;
}

/** Id, opcode and RD are the query's own; questions and OPT records are counted by the caller. */
function writeHeader(reply: Buffer, query: Buffer, records: EncodedRecords, isTruncated: boolean): void {
  reply[0] = query[0] ?? 0;
  reply[1] = query[1] ?? 0;
  reply[2] =
    0x80 | ((query[2] ?? 0) & 0x79) | (records.authoritative ? AA_BIT : 0) | (isTruncated ? 0x02 : 0);
  reply[3] = RCODES[records.rcode];
  reply[4] = reply[5] = 0;
  writeNumber16(reply, 6, isTruncated ? 0 : records.answers);
  writeNumber16(reply, 8, isTruncated ? 0 : records.authorities);
  writeNumber16(reply, 10, isTruncated ? 0 : records.additionals);
}

function octetWithoutAa(reply: Buffer): number {
  return (reply[2] ?? 0) & ~AA_BIT;
}

/** DO is repeated, though no signature follows (RFC 3225 section 3). */
function writeOpt(reply: Buffer, at: number, { dnssecOk }: Edns, extendedRcode: number): void {
  reply[at] = 0;
  writeNumber16(reply, at + 1, META_TYPES.OPT);
  writeNumber16(reply, at + 3, EDNS_UDP_BYTES_MAX);
  reply[at + 5] = extendedRcode;
  reply[at + 6] = 0;
  reply[at + 7] = dnssecOk ? 0x80 : 0;
  reply[at + 8] = reply[at + 9] = reply[at + 10] = 0;
}

function writeNumber16(reply: Buffer, at: number, value: number): void {
  reply[at] = value >> 8;
  reply[at + 1] = value & 0xff;
}
