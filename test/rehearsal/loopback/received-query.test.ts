import assert from "node:assert/strict";
import { nameOf, readQuery } from "../../../rehearsal/loopback/received-query";

const HEADER = Buffer.from([0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
const IN_A = Buffer.from([0, 1, 0, 1]);

function label(text: string | Buffer): Buffer {
  const bytes = Buffer.from(text as string, "latin1");
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

function packetOf(
  labels: readonly (string | Buffer)[],
  behind: Buffer = IN_A,
  counts = [1, 0, 0, 0],
): Buffer {
  const header = Buffer.from(HEADER);
  for (const [index, count] of counts.entries()) header.writeUInt16BE(count, 4 + 2 * index);
  return Buffer.concat([header, ...labels.map(label), Buffer.from([0]), behind]);
}

/** Owner, type, class or size, TTL or flags, data. */
function record(owner: Buffer, type: number, data: Buffer, { size = 1232, ttl = 0 } = {}): Buffer {
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(type, 0);
  fixed.writeUInt16BE(size, 2);
  fixed.writeUInt32BE(ttl, 4);
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([owner, fixed, data]);
}

const ROOT = Buffer.from([0]);
const NOTHING = Buffer.alloc(0);
const withRecords = (counts: number[], ...records: Buffer[]) =>
  readQuery(packetOf(["a", "example", "com"], Buffer.concat([IN_A, ...records]), [1, ...counts]));

describe("rehearsal/loopback/received-query", () => {
  it("reads the question, and folds its case into one key", () => {
    const packet = packetOf(["WWW", "Example", "com"], Buffer.from([0, 28, 0, 3]));
    const query = readQuery(packet);
    assert.deepEqual(query, {
      key: "\x03www\x07example\x03com\x00\x00\x1c\x00\x03",
      type: 28,
      class: 3,
      questionEnd: packet.length,
      edns: undefined,
    });
  });

  it("does not fold the case of the type, nor of octets beyond ASCII", () => {
    const query = readQuery(packetOf(["\xc0[@Z"], Buffer.from([0, 0x41, 0, 1])));
    assert.equal(typeof query === "string" ? query : query.key, "\x04\xc0[@z\x00\x00A\x00\x01");
  });

  it("writes a name as Route 53 does", () => {
    assert.equal(nameOf("\x00\x00\x01\x00\x01"), "");
    assert.equal(nameOf("\x01*\x03a_b\x00\x00\x01\x00\x01"), "*.a_b");
    assert.equal(nameOf("\x05a.b\\ \x01\xff\x00\x00\x01\x00\x01"), "a\\056b\\134\\040.\\377");
  });

  it("takes labels of 63 and names of 255 octets, and none longer", () => {
    const long = (last: number) => [..."abc"].map((one) => one.repeat(63)).concat("d".repeat(last));
    assert.equal(typeof readQuery(packetOf(long(61))), "object");
    assert.equal(readQuery(packetOf(long(62))), "FORMERR");
    assert.equal(typeof readQuery(packetOf(["x".repeat(63)])), "object");
    assert.equal(readQuery(packetOf([Buffer.alloc(64, 0x61)])), "FORMERR");
  });

  it("follows no pointer: none is right in a question", () => {
    for (const pointer of [
      [0xc0, 0],
      [0xc0, 4],
      [0xc0, 12],
      [0xc0, 200],
      [1, 0x61, 0xc0, 12],
      [0x80, 1],
      [0x40, 1],
    ]) {
      const packet = Buffer.concat([HEADER, Buffer.from(pointer), IN_A]);
      assert.equal(readQuery(packet), "FORMERR", String(pointer));
    }
  });

  it("is silent to what is no query, and refuses what it cannot read", () => {
    const good = packetOf(["a"]);
    const changed = (at: number, value: number) => {
      const packet = Buffer.from(good);
      packet[at] = value;
      return readQuery(packet);
    };
    assert.equal(readQuery(good.subarray(0, 11)), "silence");
    assert.equal(changed(2, 0x80), "silence");
    assert.equal(changed(2, 0xff), "silence");
    for (let opcode = 1; opcode < 16; opcode++) assert.equal(changed(2, opcode << 3), "NOTIMP");
    for (let length = 12; length < good.length; length++) {
      assert.equal(readQuery(good.subarray(0, length)), "FORMERR", `${length} octets`);
    }
    for (const questions of [0, 2, 255]) assert.equal(changed(5, questions), "FORMERR");
    assert.equal(changed(4, 1), "FORMERR");
  });

  it("reads EDNS wherever it stands among the additional records, and once", () => {
    const other = record(Buffer.from([0xc0, 12]), 1, Buffer.from([192, 0, 2, 1]));
    const opt = record(ROOT, 41, Buffer.from([0, 10, 0, 2, 1, 2]), { size: 700, ttl: 0x0001_8000 });
    const edns = { version: 1, udpBytes: 700, dnssecOk: true };
    for (const query of [withRecords([0, 0, 1], opt), withRecords([1, 0, 2], other, other, opt)]) {
      assert.deepEqual(typeof query === "object" && query.edns, edns);
    }
    assert.equal(withRecords([0, 0, 2], opt, opt), "FORMERR");
    const query = withRecords([1, 0, 0], opt);
    assert.deepEqual(typeof query === "object" && query.edns, undefined);
    assert.equal(withRecords([0, 0, 1], record(label("x"), 41, NOTHING).subarray(0, -1)), "FORMERR");
    assert.equal(withRecords([0, 0, 1], record(Buffer.from([0xc0, 12]), 41, NOTHING)), "FORMERR");
    for (const options of [[0], [0, 10, 0], [0, 10, 0, 3, 1, 2]]) {
      assert.equal(withRecords([0, 0, 1], record(ROOT, 41, Buffer.from(options))), "FORMERR");
    }
  });

  it("refuses records that are cut, promised only, or named by a pointer that does not lead back", () => {
    const whole = record(ROOT, 1, Buffer.from([192, 0, 2, 1]));
    assert.equal(typeof withRecords([0, 0, 1], whole), "object");
    for (let length = 0; length < whole.length; length++) {
      assert.equal(withRecords([0, 0, 1], whole.subarray(0, length)), "FORMERR", `${length} octets`);
    }
    assert.equal(withRecords([0xffff, 0xffff, 0xffff], whole), "FORMERR");
    // The record stands at 31: a pointer to itself is a loop.
    assert.equal(withRecords([0, 0, 1], record(Buffer.from([0xc0, 31]), 1, NOTHING)), "FORMERR");
    assert.equal(typeof withRecords([0, 0, 1], record(Buffer.from([0xc0, 30]), 1, NOTHING)), "object");
    assert.equal(withRecords([0, 0, 1], record(Buffer.alloc(300, 1), 1, NOTHING)), "FORMERR");
  });
});
