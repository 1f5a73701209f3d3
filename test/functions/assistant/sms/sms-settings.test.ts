import assert from "node:assert/strict";
import { parseSmsSettings } from "../../../../functions/assistant/sms/sms-settings";

const GOOD = {
  AWS_REGION: "us-east-1",
  BUILD: "b1",
  TABLE_NAME: "assistant-memory",
  TOKEN_PARAMETER: "/assistant/token",
  ASSISTANT_URL: "https://assistant.example.com/chat",
  ALLOWED_NUMBERS: "+14255550182, +14255550183",
};

function lines(more: Record<string, string | undefined>): string[] {
  try {
    parseSmsSettings({ ...GOOD, ...more });
    return [];
  } catch (error) {
    return (error as Error).message.split("\n");
  }
}

describe("functions/assistant/sms/sms-settings", () => {
  it("reads six variables", () => {
    assert.deepEqual(parseSmsSettings(GOOD), {
      region: "us-east-1",
      build: "b1",
      tableName: "assistant-memory",
      tokenParameter: "/assistant/token",
      assistantUrl: "https://assistant.example.com/chat",
      allowedNumbers: ["+14255550182", "+14255550183"],
    });
  });

  it("tells everything that is wrong at once, numbers never", () => {
    assert.deepEqual(
      lines({
        TABLE_NAME: undefined,
        ASSISTANT_URL: "http://assistant.example.com/chat",
        ALLOWED_NUMBERS: "4255",
      }),
      [
        "TABLE_NAME is not set; allowed: 3 to 255 letters, digits, . - or _",
        'ASSISTANT_URL is "http://assistant.example.com/chat"; allowed: https://<failover name>/chat',
        "ALLOWED_NUMBERS is not usable; allowed: 1 to 20 numbers such as +15550100, separated by commas",
      ],
    );
  });

  it("takes 1 to 20 numbers", () => {
    const numbers = (count: number) => Array(count).fill("+14255550182").join();
    assert.deepEqual(
      [0, 1, 20, 21].map((count) => lines({ ALLOWED_NUMBERS: numbers(count) }).length),
      [1, 0, 0, 1],
    );
  });
});
