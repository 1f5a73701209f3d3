/** A text message that came in, as AWS End User Messaging SMS publishes it to SNS. */
export interface InboundText {
  /** The service's id of the message; a delivery that SNS repeats has the same. */
  readonly id: string;
  /** E.164. */
  readonly from: string;
  /** E.164; the number that the answer is sent from. */
  readonly to: string;
  readonly text: string;
}

const E164 = /^\+[1-9]\d{6,14}$/;
/** What the service calls a message, inbound or outbound. */
export const MESSAGE_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/;

/**
 * Reads the payload (End User Messaging SMS user guide, "Example of a two-way SMS message payload").
 * @throws Error that says which fields are wrong, without their values: they are somebody's number and words.
 */
export function parseInboundText(json: string): InboundText {
  let payload: unknown;
  try {
    payload = JSON.parse(json);
  } catch {
    throw new Error("the inbound message is not JSON");
  }
  const { originationNumber, destinationNumber, messageBody, inboundMessageId } = (payload ?? {}) as Record<
    string,
    unknown
  >;
  const matches = (value: unknown, pattern: RegExp) => typeof value === "string" && pattern.test(value);
  const wrong = [
    ...(matches(originationNumber, E164) ? [] : ["originationNumber"]),
    ...(matches(destinationNumber, E164) ? [] : ["destinationNumber"]),
    ...(typeof messageBody === "string" ? [] : ["messageBody"]),
    ...(matches(inboundMessageId, MESSAGE_ID) ? [] : ["inboundMessageId"]),
  ];
  if (wrong.length > 0) throw new Error(`the inbound message is unusable; wrong: ${wrong.join(", ")}`);
  return {
    id: inboundMessageId as string,
    from: originationNumber as string,
    to: destinationNumber as string,
    text: messageBody as string,
  };
}

/** Whether a text is a phone number in the form +15550100. */
export function isPhoneNumber(text: string): boolean {
  return E164.test(text);
}
