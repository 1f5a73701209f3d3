import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { SecretCache } from "../secret-cache";

export interface Question {
  readonly message: string;
  readonly conversation: string;
  readonly messageId: string;
}

/** @throws when the assistant did not answer. */
export type AskAssistant = (question: Question) => Promise<string>;

const ATTEMPTS_MAX = 2;
/** The assistant's own worst case is two attempts of a model of 6 s, and its table. */
const ATTEMPT_TIMEOUT_MS = 16_000;
const PAUSE_MS = 1_000;
const ANSWER_BYTES_MAX = 64 * 1024;

/** An answer that another attempt would not change. */
class AssistantRefusal extends Error {
  override readonly name = "AssistantRefusal";
}

/**
 * Asks whichever assistant the failover name leads to: Route 53 answers by health, so nothing is rerouted here.
 *
 * Each attempt opens a connection of its own. A connection that a warm function keeps would stick to the assistant
 * that was healthy when it was opened, and the name would not be asked again.
 *
 * @param pause waits; real time unless given.
 */
export function createAskAssistant(settings: {
  /** Of `/chat`. */
  readonly url: string;
  readonly token: SecretCache;
  readonly pause?: (ms: number) => Promise<void>;
  readonly attemptTimeoutMs?: number;
}): AskAssistant {
  const { url, token, attemptTimeoutMs = ATTEMPT_TIMEOUT_MS } = settings;
  const { pause = (ms) => new Promise<void>((resolve) => void setTimeout(resolve, ms)) } = settings;
  return async (question) => {
    for (let attempt = 1; ; attempt++) {
      try {
        // After a refusal the token may just have been changed.
        const secret = attempt === 1 ? await token.get() : await token.getRenewed();
        const { status, text } = await post(url, secret.reveal(), JSON.stringify(question), attemptTimeoutMs);
        return replyOf(status, text);
      } catch (error) {
        if (error instanceof AssistantRefusal || attempt === ATTEMPTS_MAX) throw error;
        await pause(PAUSE_MS);
      }
    }
  };
}

function replyOf(status: number, text: string): string {
  if (status !== 200) {
    const mayPass = status === 401 || status === 408 || status === 429 || status >= 500;
    throw new (mayPass ? Error : AssistantRefusal)(`the assistant answered ${status}`);
  }
  let reply: unknown;
  try {
    reply = (JSON.parse(text) as { reply?: unknown } | null)?.reply;
  } catch {}
  if (typeof reply !== "string" || reply === "") throw new Error("the assistant's answer has no reply");
  return reply;
}

function post(
  url: string,
  token: string,
  body: string,
  timeoutMs: number,
): Promise<{ status: number; text: string }> {
  const request = url.startsWith("https:") ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: "POST",
        agent: false,
        headers: {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
          authorization: `Bearer ${token}`,
        },
        signal: AbortSignal.timeout(timeoutMs),
      },
      (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > ANSWER_BYTES_MAX) {
            response.destroy(new Error(`the answer has more than ${ANSWER_BYTES_MAX} bytes`));
          } else chunks.push(chunk);
        });
        response.on("error", reject);
        response.on("end", () => {
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") });
        });
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}
