import type { SmsEvent } from "../../../../functions/assistant/sms/sms-handler";

/** The form of the example in the service's user guide. */
export const PAYLOAD = {
  originationNumber: "+14255550182",
  destinationNumber: "+12125550101",
  messageKeyword: "KEYWORD",
  messageBody: "What did I say about ham?",
  inboundMessageId: "cae173d2-66b9-564c-8309-21f858e9fb84",
  previousPublishedMessageId: "11111111-2222-3333-4444-555555555555",
};

/** The event of an SNS delivery to Lambda. */
export function smsEvent(...payloads: (object | string)[]): SmsEvent {
  return {
    Records: payloads.map((payload) => ({
      Sns: { Message: typeof payload === "string" ? payload : JSON.stringify({ ...PAYLOAD, ...payload }) },
    })),
  };
}
