import { type AwsCredentials, AwsRefusal, callAwsJson } from "../signed-call";
import { MESSAGE_ID } from "./inbound-text";

export interface OutboundText {
  /** E.164. */
  readonly to: string;
  /** E.164; one of the account's own numbers. */
  readonly from: string;
  readonly text: string;
}

/** A text message that the service has taken over. */
export interface SentText {
  /** The service's id of it; undefined where its answer has none. */
  readonly messageId: string | undefined;
}

/** Sends one text message. @throws NotSent when it is certain that nothing went out, anything else when not. */
export type SendText = (outbound: OutboundText) => Promise<SentText>;

/** Nothing went out; another attempt may send. */
export class NotSent extends Error {
  override readonly name = "NotSent";
}

const TIMEOUT_MS = 5_000;
/** A connection that never came about carried nothing. */
const UNCONNECTED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/**
 * Sends through AWS End User Messaging SMS (`SendTextMessage` of API version 2). The function's role needs
 * `sms-voice:SendTextMessage` on the number.
 * @param endpoint the region's own unless given.
 */
export function createTextSender(settings: {
  readonly region: string;
  readonly credentials: () => Promise<AwsCredentials>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly endpoint?: string;
}): SendText {
  const { region, credentials, now, endpoint } = settings;
  return async ({ to, from, text }) => {
    const call = {
      service: "sms-voice",
      region,
      target: "PinpointSMSVoiceV2.SendTextMessage",
      jsonVersion: "1.0" as const,
      endpoint,
      input: {
        DestinationPhoneNumber: to,
        OriginationIdentity: from,
        MessageBody: text,
        MessageType: "TRANSACTIONAL",
      },
    };
    try {
      const { MessageId: id } = await callAwsJson(call, {
        credentials,
        now,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return { messageId: typeof id === "string" && MESSAGE_ID.test(id) ? id : undefined };
    } catch (error) {
      if (isCertainlyNotSent(error)) throw new NotSent("the reply was not sent", { cause: error });
      throw error;
    }
  };
}

function isCertainlyNotSent(error: unknown): boolean {
  if (error instanceof AwsRefusal) return error.status >= 400 && error.status < 500;
  const { cause } = error as { cause?: { code?: unknown } };
  return UNCONNECTED.has(String(cause?.code));
}
