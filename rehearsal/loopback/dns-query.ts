import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { connect } from "node:net";
import * as dnsPacket from "dns-packet";

const ATTEMPTS = 3;
const ATTEMPT_REAL_MS = 700;
const EDNS_UDP_BYTES = 1232;

export interface DnsReply {
  readonly rcode: string;
  readonly answers: readonly dnsPacket.Answer[];
  readonly authorities: readonly dnsPacket.Answer[];
}

/**
 * Asks the DNS server at `port` of 127.0.0.1 by UDP, and by TCP where the reply was cut short.
 * @throws Error when no attempt is answered, and the reason of `signal` when it fires.
 */
export async function queryDns(
  port: number,
  question: { readonly name: string; readonly type: dnsPacket.RecordType },
  signal: AbortSignal,
): Promise<DnsReply> {
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    try {
      const reply = await exchange(askUdp, port, question, signal);
      return reply.flag_tc ? readReply(await exchange(askTcp, port, question, signal)) : readReply(reply);
    } catch (error) {
      signal.throwIfAborted();
      if (attempt >= ATTEMPTS) throw error;
    }
  }
}

type Ask = (
  port: number,
  message: Buffer,
  onReply: (packet: Buffer) => void,
  onError: (error: Error) => void,
) => () => void;

/** One question over one socket, which is closed whatever happens. */
function exchange(
  ask: Ask,
  port: number,
  question: { name: string; type: dnsPacket.RecordType },
  signal: AbortSignal,
): Promise<dnsPacket.DecodedPacket> {
  const id = randomInt(0x10000);
  const message = dnsPacket.encode({
    type: "query",
    id,
    flags: dnsPacket.RECURSION_DESIRED,
    questions: [question],
    additionals: [
      {
        type: "OPT",
        name: ".",
        udpPayloadSize: EDNS_UDP_BYTES,
        extendedRcode: 0,
        ednsVersion: 0,
        flags: 0,
        flag_do: false,
        options: [],
      },
    ],
  });
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      close();
      settle();
    };
    const fail = (error: unknown) => finish(() => reject(error));
    const onAbort = () => fail(signal.reason);
    const timer = setTimeout(
      () =>
        fail(new Error(`no DNS answer for ${question.name} ${question.type} within ${ATTEMPT_REAL_MS} ms`)),
      ATTEMPT_REAL_MS,
    );
    signal.addEventListener("abort", onAbort);
    const close = ask(
      port,
      message,
      (packet) => {
        const reply = decodeReply(packet);
        // A reply to another question is not ours; ours may still come.
        if (reply && reply.id === id) finish(() => resolve(reply));
      },
      fail,
    );
  });
}

const askUdp: Ask = (port, message, onReply, onError) => {
  const socket = createSocket("udp4");
  socket.on("message", (packet, from) => {
    if (from.port === port) onReply(packet);
  });
  socket.on("error", onError);
  socket.send(message, port, "127.0.0.1");
  return () => socket.close();
};

const askTcp: Ask = (port, message, onReply, onError) => {
  const socket = connect({ host: "127.0.0.1", port });
  let received: Buffer = Buffer.alloc(0);
  socket.on("error", onError);
  socket.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    if (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
      onReply(received.subarray(2, 2 + received.readUInt16BE(0)));
    }
  });
  socket.write(Buffer.concat([Buffer.from([message.length >> 8, message.length & 0xff]), message]));
  return () => socket.destroy();
};

function decodeReply(packet: Buffer): dnsPacket.DecodedPacket | undefined {
  try {
    const decoded = dnsPacket.decode(packet);
    return decoded.flag_qr ? decoded : undefined;
  } catch {
    return undefined;
  }
}

function readReply(packet: dnsPacket.DecodedPacket): DnsReply {
  // The package's types leave out the field that its decoder sets.
  const { rcode } = packet as dnsPacket.DecodedPacket & { rcode: string };
  return { rcode, answers: packet.answers ?? [], authorities: packet.authorities ?? [] };
}
