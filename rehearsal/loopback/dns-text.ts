const LABEL_BYTES_MAX = 63;
/** Length octets and the root included. */
const NAME_BYTES_MAX = 255;
const STRING_BYTES_MAX = 255;

/** A decimal number of at most `max`. @throws Error for anything else. */
export function integer(text: string, max = 0xffff_ffff): number {
  if (!/^\d+$/.test(text) || Number(text) > max) throw new Error(`"${text}" is no number up to ${max}`);
  return Number(text);
}

/** Pairs of hexadecimal digits. @throws Error for anything else, and for none at all. */
export function octets(text: string): Buffer {
  if (!/^([0-9a-f]{2})+$/i.test(text)) throw new Error(`"${text}" is no sequence of hexadecimal octets`);
  return Buffer.from(text, "hex");
}

/** @throws Error for a name that the encoder would write with lengths that mean something else. */
export function onWire(name: string): string {
  if (name === ".") return name;
  const bare = name.replace(/\.$/, "");
  const labels = bare.split(".");
  const isName = labels.every((label) => label !== "" && Buffer.byteLength(label) <= LABEL_BYTES_MAX);
  if (!isName || Buffer.byteLength(bare) + 2 > NAME_BYTES_MAX) throw new Error(`${name} is no DNS name`);
  return bare;
}

/** `"one" "two"` -> one, two; a text without quotes is one string, or more where it is longer than one can be. */
export function quotedStrings(data: string): Buffer[] {
  const quoted = [...data.matchAll(/"((?:[^"\\]|\\.)*)"/gs)].map(([, text = ""]) => text);
  return (quoted.length > 0 ? quoted.map(unescaped) : [Buffer.from(data)]).flatMap((text) => {
    const parts = [text.subarray(0, STRING_BYTES_MAX)];
    for (let at = STRING_BYTES_MAX; at < text.length; at += STRING_BYTES_MAX) {
      parts.push(text.subarray(at, at + STRING_BYTES_MAX));
    }
    return parts;
  });
}

/** The words of a record's data; what stands in quotes is one word, without them. */
export function dataTokens(data: string): Buffer[] {
  return [...data.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/gs)].map(([, quoted, plain = ""]) =>
    quoted === undefined ? Buffer.from(plain) : unescaped(quoted),
  );
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
