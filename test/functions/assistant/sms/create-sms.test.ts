import assert from "node:assert/strict";
import { ensureBundle } from "../../../../build/bundle";
import type * as AssistantModule from "../../../../functions/assistant/index";
import type { OutboundText } from "../../../../functions/assistant/sms/text-sender";
import { CREDENTIALS, type MemoryTable, memoryTable } from "../memory-table";
import { smsEvent } from "./sms-event";

const TOKEN = "0123456789abcdef0123456789abcdef";
const COMMON = {
  AWS_REGION: "us-east-1",
  BUILD: "b1",
  TABLE_NAME: "assistant-memory",
  TOKEN_PARAMETER: "/assistant/token",
};
const VARIABLES = [...Object.keys(COMMON), "AWS_LAMBDA_FUNCTION_NAME", "ASSISTANT_URL", "ALLOWED_NUMBERS"];

describe("functions/assistant/sms/create-sms (the bundle)", () => {
  let file = "";
  let table: MemoryTable;
  before(async function () {
    this.timeout(30_000);
    file = ensureBundle("assistant").file;
    table = await memoryTable();
  });
  after(() => table.close());

  it("carries a text message to the running assistant and its reply back, once", async () => {
    const bundle: typeof AssistantModule = require(file);
    const surroundings = {
      dynamodbEndpoint: table.endpoint,
      credentials: CREDENTIALS,
      readParameter: async () => TOKEN,
      write: () => {},
    };
    const settings = bundle.parseAssistantSettings({ ...COMMON, PORT: "0" });
    const assistant = bundle.createAssistant(settings, surroundings);
    const url = await assistant.listen();
    const sent: OutboundText[] = [];
    const sms = bundle.createSms(
      bundle.parseSmsSettings({
        ...COMMON,
        ASSISTANT_URL: `${url}/chat`,
        ALLOWED_NUMBERS: "+14255550182",
      }),
      { ...surroundings, send: async (text) => ({ messageId: `r-${sent.push(text)}` }) },
    );
    try {
      await sms(smsEvent({ inboundMessageId: "m-1", messageBody: "Remember to buy ham" }));
      await sms(smsEvent({ inboundMessageId: "m-1", messageBody: "Remember to buy ham" }));
      await sms(smsEvent({ inboundMessageId: "m-2", messageBody: "list notes" }));
      assert.deepEqual(
        sent.map(({ text }) => text),
        ["Noted as 1.", "1. buy ham"],
      );
    } finally {
      sms.close();
      assert.equal(await assistant.close(), "drained");
    }
  });

  function load(environment: Record<string, string>): typeof AssistantModule {
    const before = VARIABLES.map((name) => [name, process.env[name]] as const);
    for (const name of VARIABLES) delete process.env[name];
    delete require.cache[file];
    try {
      Object.assign(process.env, environment);
      return require(file);
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  }

  it("has a handler in Lambda only, and fails the start when the environment is wrong", () => {
    const more = { ASSISTANT_URL: "https://assistant.example.com/chat", ALLOWED_NUMBERS: "+14255550182" };
    assert.equal(load({ ...COMMON, ...more }).handler, undefined);
    const inLambda = { ...COMMON, AWS_LAMBDA_FUNCTION_NAME: "sms" };
    const { handler } = load({ ...inLambda, ...more });
    assert.equal(typeof handler, "function");
    handler?.close();
    assert.throws(() => load(inLambda), {
      name: "WrongEnvironment",
      message: /^ASSISTANT_URL .*\nALLOWED_NUMBERS /,
    });
  });
});
