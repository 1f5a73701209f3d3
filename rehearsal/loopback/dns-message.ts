import * as dnsPacket from "dns-packet";
import type { DnsAnswer } from "../simulation/answer";
import { wireRecord } from "./dns-record";

const HEADER_BYTES = 12;
/** RFC 1035 section 4.2.1: what UDP carries without EDNS. */
const UDP_BYTES = 512;
/** What avoids fragments on today's networks (DNS flag day 2020). */
const EDNS_UDP_BYTES_MAX = 1232;
const TCP_BYTES_MAX = 65_535;

const RCODES = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 } as const;
type Rcode = keyof typeof RCODES;

export interface DnsQuestion {
  /** As asked, without the final dot; the root is the empty name. */
  readonly name: string;
  readonly type: string;
}

interface Edns {
  readonly version: number;
  readonly udpBytes: number;
}

/**
 * The reply of an authoritative server to one packet, or undefined where none is due: to a fragment of a header,
 * and to a response (two servers must not talk to each other for ever). Never throws: where `answer` does, the
 * reply is SERVFAIL.
 */
export function replyTo(
  packet: Buffer,
  transport: "udp" | "tcp",
  answer: (question: DnsQuestion) => DnsAnswer,
): Buffer | undefined {
  if (packet.length < HEADER_BYTES || isResponse(packet)) return undefined;
  const opcode = (packet.readUInt16BE(2) >> 11) & 0xf;
  if (opcode !== 0) return encodeReply(packet, { rcode: "NOTIMP" }, TCP_BYTES_MAX);
  const query = readQuery(packet);
  if (query === undefined) return encodeReply(packet, { rcode: "FORMERR" }, TCP_BYTES_MAX);
  const { question, questionClass, rawQuestion, edns } = query;
  const limit =
    transport === "tcp"
      ? TCP_BYTES_MAX
      : Math.min(EDNS_UDP_BYTES_MAX, Math.max(UDP_BYTES, edns?.udpBytes ?? UDP_BYTES));
  const head = { rawQuestion, edns };
  // BADVERS is 16: its upper bits stand in the OPT record (RFC 6891 section 6.1.3).
  if (edns && edns.version > 0) return encodeReply(packet, { ...head, rcode: "NOERROR", extended: 1 }, limit);
  if (questionClass !== "IN" && questionClass !== "ANY") {
    return encodeReply(packet, { ...head, rcode: "REFUSED" }, limit);
  }
  if (question.type === "AXFR" || question.type === "IXFR") {
    return encodeReply(packet, { ...head, rcode: "REFUSED" }, limit);
  }
  let found: DnsAnswer;
  try {
    found = answer(question);
  } catch {
    return encodeReply(packet, { ...head, rcode: "SERVFAIL" }, limit);
  }
  const records = found.records.map(wireRecord);
  const authority = found.authority.map(wireRecord);
  if (records.includes(undefined) || authority.includes(undefined)) {
    return encodeReply(packet, { ...head, rcode: "SERVFAIL" }, limit);
  }
  return encodeReply(
    packet,
    {
      ...head,
      rcode: found.rcode,
      authoritative: found.rcode !== "REFUSED",
      answers: records as dnsPacket.Answer[],
      authorities: authority as dnsPacket.Answer[],
    },
    limit,
  );
}

function isResponse(packet: Buffer): boolean {
  return (packet.readUInt16BE(2) & 0x8000) !== 0;
}

/** The one question and the EDNS settings of a query, or undefined where the packet is malformed. */
function readQuery(packet: Buffer) {
  let decoded: dnsPacket.DecodedPacket;
  try {
    decoded = dnsPacket.decode(packet);
  } catch {
    return undefined;
  }
  const { questions = [], additionals = [] } = decoded;
  const [question] = questions;
  if (!question || questions.length !== 1) return undefined;
  const opts = additionals.filter((record) => record.type === "OPT");
  const [opt] = opts;
  if (opts.length > 1 || (opt && opt.name !== ".")) return undefined;
  const end = questionEnd(packet);
  if (end === undefined) return undefined;
  return {
    question: { name: question.name === "." ? "" : question.name, type: String(question.type) },
    questionClass: String(question.class),
    // Echoed byte for byte: resolvers check its upper and lower case, and it can hold what no text can.
    rawQuestion: packet.subarray(HEADER_BYTES, end),
    edns: opt && { version: opt.ednsVersion, udpBytes: opt.udpPayloadSize },
  };
}

/** Undefined for a compressed name: before a question there is only the header to point into. */
function questionEnd(packet: Buffer): number | undefined {
  let at = HEADER_BYTES;
  for (let length = packet[at] ?? 0; length !== 0; length = packet[at] ?? 0) {
    if (length >= 0xc0) return undefined;
    at += length + 1;
  }
  return at + 1 + 4;
}

interface Reply {
  readonly rcode: Rcode;
  readonly rawQuestion?: Buffer;
  readonly edns?: Edns;
  /** Upper bits of the response code. */
  readonly extended?: number;
  readonly authoritative?: boolean;
  readonly answers?: dnsPacket.Answer[];
  readonly authorities?: dnsPacket.Answer[];
}

/** A reply that is longer than `limit` is sent without its records and with TC, so that the resolver asks by TCP. */
function encodeReply(query: Buffer, reply: Reply, limit: number): Buffer {
  const whole = encodeWhole(query, reply, false);
  return whole.length <= limit ? whole : encodeWhole(query, { ...reply, answers: [], authorities: [] }, true);
}

function encodeWhole(query: Buffer, reply: Reply, truncated: boolean): Buffer {
  const { rawQuestion, edns, answers = [], authorities = [] } = reply;
  const sent = query.readUInt16BE(2);
  const body = dnsPacket.encode({
    type: "response",
    id: query.readUInt16BE(0),
    // Opcode and RD are the query's own.
    flags:
      (sent & 0x7900) |
      (reply.authoritative ? dnsPacket.AUTHORITATIVE_ANSWER : 0) |
      (truncated ? dnsPacket.TRUNCATED_RESPONSE : 0) |
      RCODES[reply.rcode],
    questions: [],
    answers,
    authorities,
    additionals: edns ? [optRecord(reply.extended ?? 0)] : [],
  });
  if (!rawQuestion) return body;
  body.writeUInt16BE(1, 4);
  // The encoder does not compress names, so no offset shifts.
  return Buffer.concat([body.subarray(0, HEADER_BYTES), rawQuestion, body.subarray(HEADER_BYTES)]);
}

function optRecord(extendedRcode: number): dnsPacket.OptAnswer {
  return {
    type: "OPT",
    name: ".",
    udpPayloadSize: EDNS_UDP_BYTES_MAX,
    extendedRcode,
    ednsVersion: 0,
    flags: 0,
    flag_do: false,
    options: [],
  };
}
