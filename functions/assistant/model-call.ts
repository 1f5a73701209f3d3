import { boundedText } from "./bounded-text";
import type { SecretCache } from "./secret-cache";

/** An HTTP endpoint that takes chat completions in the form of OpenAI's API, as many servers do. */
export interface ModelEndpoint {
  readonly url: string;
  readonly name: string;
  /** SSM parameter that holds the key. */
  readonly keyParameter: string;
}

export interface ModelTurn {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/** @throws when the model does not answer; the caller answers by itself then. */
export type AskModel = (turns: readonly ModelTurn[]) => Promise<string>;

const ATTEMPTS_MAX = 2;
const ATTEMPT_TIMEOUT_MS = 6_000;
const BACKOFF_MS = 300;
const ANSWER_BYTES_MAX = 64 * 1024;
const ANSWER_TOKENS_MAX = 500;
const ANSWER_CHARACTERS_MAX = 4_000;

/** An answer that another attempt would not change. */
class ModelRefusal extends Error {
  override readonly name = "ModelRefusal";
}

/** Whether a text can be the key of a model's endpoint. */
export function isModelKey(text: string): boolean {
  return /^[\x21-\x7e]{8,1024}$/.test(text);
}

/**
 * Asks the model, again after a lost connection, a time-out, 408, 429 or 5xx. Two attempts of 6 s leave a caller
 * with a time limit of 15 s its answer.
 *
 * @param chance a number in [0, 1) that spreads the pause, so that two assistants do not come back together.
 * @param pause waits; real time unless given.
 */
export function createModelCall(settings: {
  readonly endpoint: ModelEndpoint;
  readonly key: SecretCache;
  readonly chance?: () => number;
  readonly pause?: (ms: number) => Promise<void>;
  readonly attemptTimeoutMs?: number;
}): AskModel {
  const { endpoint, key, chance = Math.random, attemptTimeoutMs = ATTEMPT_TIMEOUT_MS } = settings;
  const { pause = (ms) => new Promise<void>((resolve) => void setTimeout(resolve, ms)) } = settings;
  return async (turns) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await askOnce(endpoint, (await key.get()).reveal(), turns, attemptTimeoutMs);
      } catch (error) {
        if (error instanceof ModelRefusal || attempt === ATTEMPTS_MAX) throw error;
        await pause(BACKOFF_MS * 2 ** (attempt - 1) * (0.5 + chance()));
      }
    }
  };
}

async function askOnce(
  { url, name }: ModelEndpoint,
  key: string,
  turns: readonly ModelTurn[],
  timeoutMs: number,
): Promise<string> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify({ model: name, messages: turns, max_tokens: ANSWER_TOKENS_MAX }),
    // A redirect could take the key elsewhere.
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs),
  });
  const text = await boundedText(response, ANSWER_BYTES_MAX);
  const { status } = response;
  if (status !== 200) {
    const Kind = status === 408 || status === 429 || status >= 500 ? Error : ModelRefusal;
    throw new Kind(`the model answered ${status}`);
  }
  const answer = completionText(text);
  if (answer === "") throw new ModelRefusal("the model's answer has no text");
  return answer.slice(0, ANSWER_CHARACTERS_MAX);
}

function completionText(json: string): string {
  try {
    const { choices } = JSON.parse(json) as { choices?: { message?: { content?: unknown } }[] };
    const content = choices?.[0]?.message?.content;
    return typeof content === "string" ? content.trim() : "";
  } catch {
    return "";
  }
}
