import * as dnsPacket from "dns-packet";
import type { RandomStream } from "../../../rehearsal/simulation/random";

/** Codes worth trying wherever a packet has a number: lengths, pointers, types, and their neighbours. */
const ODD_OCTETS = [0, 1, 0x0c, 0x29, 0x3f, 0x40, 0x7f, 0x80, 0xc0, 0xff] as const;

/** An endless row of packets: good queries spoilt in every way that a parser may trip over, and plain noise. */
export function oddPacket(good: readonly Buffer[], random: RandomStream): Buffer {
  const oneOf = <T>(values: readonly T[]): T => values[random.below(values.length)] as T;
  const octets = (count: number) => Buffer.from(Array.from({ length: count }, () => random.below(256)));
  let packet = Buffer.from(oneOf(good));
  const at = () => random.below(packet.length + 1);
  const spoil: readonly (() => void)[] = [
    // Some octets, any of them or one that often matters.
    () => {
      for (let change = random.below(6); change >= 0 && packet.length > 0; change--) {
        packet[random.below(packet.length)] = random.below(2) === 0 ? random.below(256) : oneOf(ODD_OCTETS);
      }
    },
    () => {
      packet = packet.subarray(0, at());
    },
    () => {
      const where = at();
      packet = Buffer.concat([packet.subarray(0, where), octets(random.below(20)), packet.subarray(where)]);
    },
    () => {
      const [from, to] = [at(), at()].sort((a, b) => a - b);
      packet = Buffer.concat([packet, packet.subarray(from, to)]);
    },
    // Counts that promise more, or less, than there is.
    () => {
      if (packet.length >= 12) packet.writeUInt16BE(oneOf([0, 1, 2, 255, 0xffff]), 4 + 2 * random.below(4));
    },
    // A label or a name that is too long, and a pointer to anywhere.
    () => {
      const name = Buffer.concat(
        Array.from({ length: 1 + random.below(80) }, () => Buffer.from([3, 97, 98, 99])),
      );
      packet = Buffer.concat([packet.subarray(0, 12), oneOf([name, octets(1)]), packet.subarray(12)]);
    },
    () => {
      const pointer = Buffer.from([0xc0 | random.below(4), random.below(64)]);
      const where = Math.min(packet.length, 12 + random.below(30));
      packet = Buffer.concat([packet.subarray(0, where), pointer, packet.subarray(where)]);
    },
    () => {
      packet = octets(random.below(80));
    },
  ];
  for (let round = random.below(3); round >= 0; round--) oneOf(spoil)();
  // Half of what became a response is made a query again: responses are dropped unread.
  if (packet.length > 2 && random.below(2) === 0) packet[2] = (packet[2] ?? 0) & 0x7f;
  return packet;
}

/** Queries as real clients send them, for these names. */
export function goodQueries(names: readonly string[]): Buffer[] {
  const opt: dnsPacket.OptAnswer = {
    type: "OPT",
    name: ".",
    udpPayloadSize: 1232,
    extendedRcode: 0,
    ednsVersion: 0,
    flags: 0,
    flag_do: false,
    options: [],
  };
  const types = ["A", "AAAA", "CNAME", "SOA", "NS", "TXT", "ANY", "AXFR"] as dnsPacket.RecordType[];
  return names.flatMap((name) =>
    types.flatMap((type) =>
      [[], [opt]].map((additionals) =>
        dnsPacket.encode({
          type: "query",
          id: 0x1234,
          flags: dnsPacket.RECURSION_DESIRED,
          questions: [{ name, type }],
          additionals,
        }),
      ),
    ),
  );
}
