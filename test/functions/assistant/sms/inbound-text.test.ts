import assert from "node:assert/strict";
import { isPhoneNumber, parseInboundText } from "../../../../functions/assistant/sms/inbound-text";
import { PAYLOAD } from "./sms-event";

describe("functions/assistant/sms/inbound-text", () => {
  it("reads the payload that End User Messaging publishes", () => {
    assert.deepEqual(parseInboundText(JSON.stringify(PAYLOAD)), {
      id: "cae173d2-66b9-564c-8309-21f858e9fb84",
      from: "+14255550182",
      to: "+12125550101",
      text: "What did I say about ham?",
    });
  });

  it("names what is wrong without repeating it", () => {
    const message = (payload: unknown) => {
      try {
        parseInboundText(typeof payload === "string" ? payload : JSON.stringify(payload));
      } catch (error) {
        return (error as Error).message;
      }
      return "";
    };
    assert.equal(message("hush {"), "the inbound message is not JSON");
    const all = "originationNumber, destinationNumber, messageBody, inboundMessageId";
    for (const payload of [null, {}, [], 7]) {
      assert.equal(message(payload), `the inbound message is unusable; wrong: ${all}`);
    }
    assert.equal(
      message({ ...PAYLOAD, originationNumber: "hush", inboundMessageId: "a#b" }),
      "the inbound message is unusable; wrong: originationNumber, inboundMessageId",
    );
  });

  it("takes numbers of 7 to 15 digits", () => {
    const digits = [6, 7, 15, 16].map((length) => isPhoneNumber(`+${"1".repeat(length)}`));
    assert.deepEqual(digits, [false, true, true, false]);
    assert.deepEqual(["14255550182", "+0425555018", "+1425x550182"].map(isPhoneNumber), [
      false,
      false,
      false,
    ]);
  });
});
