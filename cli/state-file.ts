import { readFileSync, statSync } from "node:fs";

/** The name by which `--state` reads what is piped in. */
export const STDIN = "-";

/** What V8 holds in one string, less the little that it needs itself. */
const MEGABYTES_MAX = 500;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
};

export interface ReadOptions {
  /** How to make a file that can be read, for the message about one that is not JSON. */
  readonly lever: string;
  /** What `-` stands for; default: the process's own. */
  readonly stdin?: AsyncIterable<Buffer>;
}

/**
 * The JSON value in a file, or on stdin for `-`, in any encoding that a shell's redirection writes.
 *
 * @throws Error of one line when it cannot be read or is not one JSON value.
 */
export async function readJson(
  file: string,
  { lever, stdin = process.stdin }: ReadOptions,
): Promise<unknown> {
  const text = textOf(file === STDIN ? await collected(stdin) : bytesOf(file));
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${fault(text, (error as Error).message)}; ${lever}`);
  }
}

function bytesOf(file: string): Buffer {
  try {
    refuseLarge(statSync(file).size);
    return readFileSync(file);
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw new Error(`cannot be read: ${REASONS[code] ?? (code || message)}`);
  }
}

function refuseLarge(bytes: number): void {
  const megabytes = Math.ceil(bytes / 2 ** 20);
  if (megabytes > MEGABYTES_MAX)
    throw new Error(`it has ${megabytes} MB; at most ${MEGABYTES_MAX} MB are read`);
}

async function collected(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const UTF16_LITTLE_MARK = Buffer.from([0xff, 0xfe]);
const UTF16_BIG_MARK = Buffer.from([0xfe, 0xff]);
const GZIP_MARK = Buffer.from([0x1f, 0x8b]);

/** PowerShell's `>` writes UTF-16, or UTF-8 with a mark in front. */
function textOf(bytes: Buffer): string {
  refuseLarge(bytes.length);
  const starts = (mark: Buffer) => bytes.subarray(0, mark.length).equals(mark);
  if (starts(GZIP_MARK)) throw new Error("compressed with gzip; unpack it with gunzip first");
  if (starts(UTF8_MARK)) return bytes.toString("utf8", UTF8_MARK.length);
  if (starts(UTF16_LITTLE_MARK)) return bytes.toString("utf16le", UTF16_LITTLE_MARK.length);
  if (starts(UTF16_BIG_MARK)) {
    const even = bytes.subarray(UTF16_BIG_MARK.length, bytes.length - (bytes.length % 2));
    return Buffer.from(even).swap16().toString("utf16le");
  }
  // Text without a mark: JSON starts with an ASCII character, so a zero beside it tells.
  return bytes[1] === 0 ? bytes.toString("utf16le") : bytes.toString("utf8");
}

/** The ends of JSON values; a text that stops before one was cut off. */
const JSON_END = /[}\]"el\d]\s*$/;

function fault(text: string, message: string): string {
  const trimmed = text.trim();
  if (trimmed === "") return "it is empty";
  if (!/^[{[]/.test(trimmed)) return `not JSON: it starts with ${JSON.stringify(trimmed.slice(0, 20))}`;
  if (isEventStream(trimmed)) {
    return "a stream of events, which leaves out what depends on what; unset PULUMI_ENABLE_STREAMING_JSON_PREVIEW";
  }
  const at = Number(/at position (\d+)/.exec(message)?.[1] ?? text.length);
  const isCutOff = /end of (JSON )?input|Unterminated/.test(message) || at >= trimmed.length - 1;
  if (isCutOff || !JSON_END.test(trimmed)) {
    return `half a file: the JSON stops at line ${lineAt(text, text.length)} before it is complete`;
  }
  return `not JSON: line ${lineAt(text, at)} cannot be read`;
}

function lineAt(text: string, position: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < position - 1; at = text.indexOf("\n", at + 1))
    line += 1;
  return line;
}

/** One JSON value a line, as the engine writes its events. */
function isEventStream(text: string): boolean {
  const end = text.indexOf("\n");
  if (end === -1) return false;
  try {
    return "sequence" in JSON.parse(text.slice(0, end));
  } catch {
    return false;
  }
}
