export type LogLevel = "info" | "error";

/** What one line of the log says; never a body, a header or a stack trace. */
export interface LogFields {
  readonly message: string;
  readonly requestId?: string;
  readonly route?: string;
  readonly status?: number;
  readonly tookMs?: number;
  /** Of a text message that came in, and of the reply to it; the sending service's own ids. */
  readonly inboundId?: string;
  readonly replyId?: string;
  readonly errors?: readonly { readonly name: string; readonly message: string }[];
}

export type Log = (level: LogLevel, fields: LogFields) => void;

const ERRORS_MAX = 5;
const MESSAGE_CHARACTERS_MAX = 500;

/**
 * One JSON object per line. Whatever a library puts in its messages, a secret that this process knows is struck out
 * of the finished line: the last guard, behind code that never hands one over.
 *
 * @param write gets one line without its line break; stdout unless given.
 * @param secrets the values that are known now.
 */
export function createLog(settings: {
  readonly region: string;
  readonly build: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly secrets: () => readonly string[];
  readonly write?: (line: string) => void;
}): Log {
  const { region, build, now, secrets, write = (line) => console.log(line) } = settings;
  return (level, fields) => {
    const line = JSON.stringify({ level, at: new Date(now()).toISOString(), region, build, ...fields });
    write(secrets().reduce((text, secret) => text.replaceAll(inJson(secret), "[secret]"), line));
  };
}

/** An error and its causes by name and message, each a short line; at most 5. */
export function errorChain(error: unknown, errorsMax = ERRORS_MAX): NonNullable<LogFields["errors"]> {
  const name = error instanceof Error ? error.name : typeof error;
  const message = String(error instanceof Error ? error.message : error).replace(/\s+/g, " ");
  const cause = error instanceof Error && errorsMax > 1 ? error.cause : undefined;
  return [
    { name, message: message.slice(0, MESSAGE_CHARACTERS_MAX) },
    ...(cause === undefined ? [] : errorChain(cause, errorsMax - 1)),
  ];
}

/** A text as it stands inside a JSON string. */
function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
