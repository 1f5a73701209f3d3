import type { Socket } from "node:net";

const LENGTH_BYTES = 2;

export interface ConnectionLimits {
  /** A connection on which nothing arrives or leaves for so long is closed. */
  readonly idleRealMs: number;
  /** From the first octet of a message to its last. */
  readonly messageRealMs: number;
}

/**
 * Serves one TCP connection: messages come with their length in front, several in a row, cut anywhere (RFC 7766).
 * A visitor that does not read its replies is not read from either, so what waits for it stays bounded; one that
 * sends what deserves no reply is cut off.
 */
export function serveConnection(
  connection: Socket,
  reply: (message: Buffer) => Buffer | undefined,
  { idleRealMs, messageRealMs }: ConnectionLimits,
): void {
  let chunks: Buffer[] = [];
  let received = 0;
  let messageTimer: NodeJS.Timeout | undefined;

  const readMessages = (): void => {
    let bytes = joined(chunks);
    while (!connection.destroyed && !connection.writableNeedDrain) {
      const end = messageEnd(bytes);
      if (bytes.length < end) break;
      const answer = reply(bytes.subarray(LENGTH_BYTES, end));
      if (!answer) {
        connection.destroy();
        return;
      }
      connection.write(framed(answer));
      bytes = bytes.subarray(end);
    }
    chunks = bytes.length > 0 ? [bytes] : [];
    received = bytes.length;
    if (connection.writableNeedDrain) connection.pause();
    clearTimeout(messageTimer);
    const isWaiting = received > 0 && !connection.writableNeedDrain;
    messageTimer = isWaiting ? setTimeout(() => connection.destroy(), messageRealMs) : undefined;
  };

  connection.setTimeout(idleRealMs, () => connection.destroy());
  connection.on("error", () => connection.destroy());
  connection.on("close", () => clearTimeout(messageTimer));
  connection.on("drain", () => {
    connection.resume();
    readMessages();
  });
  connection.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    received += chunk.length;
    const [first = chunk] = chunks;
    const hasBegun = messageTimer !== undefined && first.length >= LENGTH_BYTES;
    // Chunks are joined once per message: a visitor that sends octet by octet costs no more than another.
    if (!hasBegun || received >= messageEnd(first)) readMessages();
  });
}

/** Where the first message ends, by its length in front; the length itself has to come first. */
function messageEnd(bytes: Buffer): number {
  return LENGTH_BYTES + (bytes.length >= LENGTH_BYTES ? bytes.readUInt16BE(0) : 0);
}

function joined(chunks: readonly Buffer[]): Buffer {
  const [first] = chunks;
  return first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks);
}

function framed(message: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(LENGTH_BYTES + message.length);
  bytes.writeUInt16BE(message.length, 0);
  message.copy(bytes, LENGTH_BYTES);
  return bytes;
}
