import { isIP } from "node:net";
import { encode } from "dns-packet";
import { dataTokens, integer, onWire } from "./dns-text";

/** Service parameter keys (RFC 9460 section 14.3.2); `ech` is binary and needs a client that speaks it. */
const KEYS = [
  "mandatory",
  "alpn",
  "no-default-alpn",
  "port",
  "ipv4hint",
  "ech",
  "ipv6hint",
  "dohpath",
] as const;
type Key = (typeof KEYS)[number];

const KEY_MAX = 0xffff;
/** Header, root name, type, class, TTL and length stand before the data of the first record. */
const DATA_AT = 12 + 1 + 2 + 2 + 4 + 2;

/**
 * The data of an SVCB or HTTPS record on the wire (RFC 9460 section 2.2), from its presentation format:
 * `1 . alpn="h2,h3" port=8443 ipv4hint=192.0.2.1`. Parameters are written in the order of their keys.
 * @throws Error for data that is none of this type.
 */
export function serviceData(data: string): Buffer {
  const [priority = "", target = "", ...given] = words(data);
  const parameters = given.map(parameter).sort(([a], [b]) => a - b);
  if (new Set(parameters.map(([key]) => key)).size < parameters.length) {
    throw new Error(`"${data}" has a service parameter twice`);
  }
  return Buffer.concat([
    number16(integer(priority, 0xffff)),
    recordData("CNAME", onWire(target)),
    ...parameters.flatMap(([key, value]) => [number16(key), number16(value.length), value]),
  ]);
}

/** Words apart by blanks; quotes may begin inside of one, and keep its blanks. */
function words(data: string): string[] {
  return data.match(/(?:[^\s"]|"(?:[^"\\]|\\.)*")+/g) ?? [];
}

function parameter(word: string): [key: number, value: Buffer] {
  const at = word.indexOf("=");
  const name = at < 0 ? word : word.slice(0, at);
  const [value = Buffer.alloc(0)] = at < 0 ? [] : dataTokens(word.slice(at + 1));
  const key = KEYS.find((known) => known === name);
  return [keyNumber(name), key === undefined ? value : encodedValue(key, value)];
}

function keyNumber(name: string): number {
  const known = (KEYS as readonly string[]).indexOf(name);
  const number = known >= 0 ? known : Number(/^key(\d{1,5})$/.exec(name)?.[1]);
  if (!(number <= KEY_MAX)) throw new Error(`"${name}" is no service parameter`);
  return number;
}

function encodedValue(key: Key, value: Buffer): Buffer {
  const items = value.toString().split(",");
  switch (key) {
    case "mandatory":
      return Buffer.concat(
        items
          .map(keyNumber)
          .sort((a, b) => a - b)
          .map(number16),
      );
    case "alpn":
      return Buffer.concat(items.map(protocol));
    case "no-default-alpn":
      if (value.length > 0) throw new Error("no-default-alpn takes no value");
      return value;
    case "port":
      return number16(integer(value.toString(), 0xffff));
    case "ipv4hint":
      return Buffer.concat(items.map((item) => address(item, 4)));
    case "ipv6hint":
      return Buffer.concat(items.map((item) => address(item, 6)));
    case "ech":
      return Buffer.from(value.toString(), "base64");
    case "dohpath":
      return value;
  }
}

function protocol(name: string): Buffer {
  const bytes = Buffer.from(name);
  if (bytes.length === 0 || bytes.length > 255) throw new Error(`"${name}" is no protocol of ALPN`);
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

function address(text: string, family: 4 | 6): Buffer {
  if (isIP(text) !== family) throw new Error(`"${text}" is no IPv${family} address`);
  return recordData(family === 4 ? "A" : "AAAA", text);
}

/** What the encoder makes of a name or an address. */
function recordData(type: "A" | "AAAA" | "CNAME", data: string): Buffer {
  return encode({ type: "response", answers: [{ name: ".", type, data }] }).subarray(DATA_AT);
}

function number16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff]);
}
