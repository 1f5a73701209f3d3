import assert from "node:assert/strict";
import { parseAssistantSettings } from "../../../functions/assistant/assistant-settings";
import { WrongEnvironment } from "../../../functions/assistant/environment";

const REQUIRED = {
  AWS_REGION: "us-east-1",
  BUILD: "0123456789ab",
  TABLE_NAME: "assistant-memory",
  TOKEN_PARAMETER: "/assistant/token",
};
const MODEL = {
  MODEL_URL: "https://model.example.com/v1/chat/completions",
  MODEL_NAME: "small-1",
  MODEL_KEY_PARAMETER: "/assistant/model-key",
};

function lines(more: Record<string, string | undefined>): readonly string[] {
  try {
    parseAssistantSettings({ ...REQUIRED, ...more });
    return [];
  } catch (error) {
    assert(error instanceof WrongEnvironment);
    return error.lines;
  }
}

describe("functions/assistant/assistant-settings", () => {
  it("needs four variables and has defaults for the others", () => {
    assert.deepEqual(parseAssistantSettings(REQUIRED), {
      region: "us-east-1",
      build: "0123456789ab",
      tableName: "assistant-memory",
      tokenParameter: "/assistant/token",
      host: "127.0.0.1",
      port: 8080,
      retentionDays: 90,
      shutdownSeconds: 20,
      tools: [],
      model: undefined,
    });
  });

  it("tells everything that is wrong at once, a line each", () => {
    assert.deepEqual(
      lines({
        AWS_REGION: undefined,
        TABLE_NAME: "no",
        TOKEN_PARAMETER: "token",
        PORT: "65536",
        HOMELAB_TOOLS: '[{"name":"Lights","host":"8.8.8.8","port":1}]',
      }),
      [
        "AWS_REGION is not set; allowed: an AWS region, such as us-east-1",
        'TABLE_NAME is "no"; allowed: 3 to 255 letters, digits, . - or _',
        'TOKEN_PARAMETER is "token"; allowed: the path of an SSM parameter, such as /assistant/token',
        'PORT is "65536"; allowed: a whole number from 0 to 65535',
        "HOMELAB_TOOLS: tool 1: name must be 1 to 20 small letters, digits or -, the first a letter",
        "HOMELAB_TOOLS: tool 1: host must be an address of 100.64.0.0/10, 127.0.0.1, a MagicDNS name or one ending in .ts.net",
      ],
    );
  });

  it("takes numbers within their limits only", () => {
    const limits = { PORT: [0, 65_535], RETENTION_DAYS: [1, 3_650], SHUTDOWN_SECONDS: [1, 60] } as const;
    for (const [name, [min, max]] of Object.entries(limits)) {
      for (const value of [min, max]) assert.deepEqual(lines({ [name]: String(value) }), []);
      for (const value of [min - 1, max + 1, "x", "1.5", "1e1"]) {
        assert.equal(lines({ [name]: String(value) }).length, 1, `${name} ${value}`);
      }
    }
  });

  it("reads a model's endpoint, whole or not at all", () => {
    assert.deepEqual(parseAssistantSettings({ ...REQUIRED, ...MODEL }).model, {
      url: MODEL.MODEL_URL,
      name: "small-1",
      keyParameter: "/assistant/model-key",
    });
    assert.deepEqual(lines({ MODEL_NAME: "small-1" }), [
      "MODEL_URL is not set; allowed: an https URL without user, query and fragment",
      "MODEL_KEY_PARAMETER is not set; allowed: the path of an SSM parameter, such as /assistant/token",
    ]);
  });

  it("keeps the key on encrypted ways, and what may be a key out of the line", () => {
    assert.deepEqual(lines({ ...MODEL, MODEL_URL: "http://127.0.0.1:11434/v1/chat/completions" }), []);
    const bad = [
      "http://model.example.com/",
      "https://user:hush@model.example.com/",
      "https://model.example.com/?key=hush",
      "https://model.example.com/#hush",
      "https://",
    ];
    for (const url of bad) {
      const found = lines({ ...MODEL, MODEL_URL: url });
      assert.equal(found.length, 1, url);
      assert.doesNotMatch(found[0] ?? "", /hush/);
    }
  });
});
