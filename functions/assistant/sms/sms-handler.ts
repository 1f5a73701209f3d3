import { createHash } from "node:crypto";
import { setTimeout as realPause } from "node:timers/promises";
import type { SNSEvent } from "aws-lambda";
import { MESSAGE_CHARACTERS_MAX } from "../chat-request";
import { errorChain, type Log } from "../log";
import type { AskAssistant } from "./ask-assistant";
import { type InboundText, parseInboundText } from "./inbound-text";
import type { ReplyClaims } from "./reply-claim";
import { NotSent, type SendText, type SentText } from "./text-sender";

/** The part of an SNS event that is read. */
export type SmsEvent = {
  readonly Records: readonly { readonly Sns: Pick<SNSEvent["Records"][number]["Sns"], "Message"> }[];
};

export type SmsHandler = (event: SmsEvent) => Promise<void>;

/** Three concatenated parts of 153 characters: longer answers cost more and are not read on a phone in a storm. */
export const REPLY_CHARACTERS_MAX = 459;

/** A reply that is out and not marked brings a repeated delivery into the dead-letter queue as if unanswered. */
const CONFIRM_ATTEMPTS_MAX = 3;
const CONFIRM_PAUSE_MS = 500;

/**
 * Answers inbound text messages. Whatever is not answered is thrown, so that Lambda repeats the event and at last
 * hands it to the dead-letter queue; whatever is answered already is passed over when the event comes again.
 *
 * Only numbers of the list are answered: a text message carries no token, and each reply costs money.
 *
 * The line `reply sent` is written before anything else can fail: it tells whoever finds the message in the
 * dead-letter queue that there is nothing left to answer.
 *
 * @param pause waits; real time unless given.
 */
export function createSmsHandler(settings: {
  readonly allowedNumbers: readonly string[];
  readonly claims: ReplyClaims;
  readonly ask: AskAssistant;
  readonly send: SendText;
  readonly log: Log;
  readonly pause?: (ms: number) => Promise<unknown>;
}): SmsHandler {
  const { allowedNumbers, claims, ask, send, log, pause = realPause } = settings;

  async function answer(inbound: InboundText): Promise<string> {
    if (!allowedNumbers.includes(inbound.from)) return "ignored: the number is not on the list";
    const message = askable(inbound.text);
    if (message === "") return "ignored: the message is empty";
    const claim = await claims.claim(inbound.id);
    switch (claim.kind) {
      case "answered":
        return "answered already";
      case "busy":
        throw new Error("another invocation works on this message");
      case "uncertain":
        throw new Error("the reply may have been sent; it is not sent again");
      case "held":
        await work(inbound, message, claim.holder);
        return "answered";
    }
  }

  async function work({ id, from, to }: InboundText, message: string, holder: string): Promise<void> {
    let reply: string;
    try {
      reply = await ask({ message, conversation: conversationOf(from), messageId: id });
      await claims.beginSending(id, holder);
    } catch (error) {
      await release(id, holder);
      throw error;
    }
    let sent: SentText;
    try {
      sent = await send({ to: from, from: to, text: shortened(reply) });
    } catch (error) {
      // In doubt the claim stays: no reply is better than two.
      if (error instanceof NotSent) await release(id, holder);
      throw error;
    }
    const { messageId } = sent;
    log("info", {
      message: "reply sent",
      inboundId: id,
      ...(messageId === undefined ? {} : { replyId: messageId }),
    });
    await confirmSent(id, holder).catch((error: unknown) => {
      // The reply is out and the claim keeps others from sending; to fail now would only bring the event back.
      log("error", { message: "a sent reply could not be marked", inboundId: id, errors: errorChain(error) });
    });
  }

  async function confirmSent(id: string, holder: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await claims.confirmSent(id, holder);
      } catch (error) {
        if (attempt === CONFIRM_ATTEMPTS_MAX) throw error;
        await pause(CONFIRM_PAUSE_MS);
      }
    }
  }

  /** A claim that cannot be given back runs out by itself; the first error is the one to tell. */
  async function release(id: string, holder: string): Promise<void> {
    await claims.release(id, holder).catch((error: unknown) => {
      log("error", { message: "a claim could not be given back", errors: errorChain(error) });
    });
  }

  return async ({ Records: records }) => {
    const failures: unknown[] = [];
    for (const { Sns: notification } of records) {
      try {
        log("info", { message: `text message ${await answer(parseInboundText(notification.Message))}` });
      } catch (error) {
        failures.push(error);
        log("error", { message: "a text message was not answered", errors: errorChain(error) });
      }
    }
    if (failures.length > 0) throw notAnswered(failures.length, records.length);
  };
}

/** Lambda logs what is thrown with its stack, so it gets none: the reasons stand in the lines before. */
function notAnswered(failed: number, records: number): Error {
  const error = new Error(`${failed} of ${records} text messages not answered`);
  // Lambda's runtime wants a text here.
  error.stack = `Error: ${error.message}`;
  return error;
}

/** One conversation for each number, without the number itself in the memory. */
function conversationOf(number: string): string {
  return `sms-${createHash("sha256").update(number).digest("hex").slice(0, 16)}`;
}

/** The text as `/chat` takes it: without control characters, of bounded length. */
function askable(text: string): string {
  const clean = text.replace(/(?![\n\r\t])[\p{Cc}\p{Cs}]/gu, " ").trim();
  return [...clean].slice(0, MESSAGE_CHARACTERS_MAX).join("");
}

function shortened(reply: string): string {
  const characters = [...reply];
  if (characters.length <= REPLY_CHARACTERS_MAX) return reply;
  return `${characters.slice(0, REPLY_CHARACTERS_MAX - 3).join("")}...`;
}
