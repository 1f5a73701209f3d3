import assert from "node:assert/strict";
import type { LogFields } from "../../../../functions/assistant/log";
import type { Question } from "../../../../functions/assistant/sms/ask-assistant";
import { createReplyClaims } from "../../../../functions/assistant/sms/reply-claim";
import { createSmsHandler } from "../../../../functions/assistant/sms/sms-handler";
import { NotSent, type OutboundText } from "../../../../functions/assistant/sms/text-sender";
import { type MemoryTable, memoryTable } from "../memory-table";
import { PAYLOAD, smsEvent } from "./sms-event";

/** The line that tells whoever finds a message unanswered that its reply is out. */
const REPLY_SENT = { message: "reply sent", inboundId: PAYLOAD.inboundMessageId, replyId: "r-1" };

describe("functions/assistant/sms/sms-handler", () => {
  let table: MemoryTable;
  beforeEach(async () => {
    table = await memoryTable();
  });
  afterEach(() => table.close());

  /** What happens to each question, to each reply and to each attempt to mark one: an error, or nothing. */
  function rig({
    asked = [],
    sent = [],
    confirmed = [],
    reply = "hello",
  }: {
    asked?: (Error | undefined)[];
    sent?: (Error | undefined)[];
    confirmed?: (Error | undefined)[];
    reply?: string;
  } = {}) {
    let nowMs = Date.UTC(2026, 0, 1);
    let holders = 0;
    const questions: Question[] = [];
    const outbound: OutboundText[] = [];
    const lines: LogFields[] = [];
    const { client, tableName } = table;
    const pauses: number[] = [];
    let confirms = 0;
    const claims = createReplyClaims({
      client,
      tableName,
      now: () => nowMs,
      newHolder: () => `h${++holders}`,
    });
    const handle = createSmsHandler({
      allowedNumbers: ["+14255550182"],
      claims: {
        ...claims,
        confirmSent: async (id, holder) => {
          const error = confirmed[confirms++];
          if (error) throw error;
          await claims.confirmSent(id, holder);
        },
      },
      ask: async (question) => {
        questions.push(question);
        const error = asked[questions.length - 1];
        if (error) throw error;
        return reply;
      },
      send: async (text) => {
        outbound.push(text);
        const error = sent[outbound.length - 1];
        if (error) throw error;
        return { messageId: `r-${outbound.length}` };
      },
      pause: async (ms) => void pauses.push(ms),
      log: (_level, fields) => lines.push(fields),
    });
    const advance = (ms: number) => {
      nowMs += ms;
    };
    return { handle, questions, outbound, lines, pauses, advance };
  }

  const failed = { message: "1 of 1 text messages not answered" };

  it("asks the assistant and replies from the number that was written to", async () => {
    const { handle, questions, outbound, lines } = rig();
    await handle(smsEvent({}));
    assert.deepEqual(questions, [
      {
        message: "What did I say about ham?",
        conversation: "sms-8f6173c42041962f",
        messageId: "cae173d2-66b9-564c-8309-21f858e9fb84",
      },
    ]);
    assert.deepEqual(outbound, [{ to: "+14255550182", from: "+12125550101", text: "hello" }]);
    assert.deepEqual(lines, [REPLY_SENT, { message: "text message answered" }]);
  });

  it("marks a sent reply at the third attempt, so that a repeated delivery finds it answered", async () => {
    const away = new Error("no table");
    const { handle, outbound, lines, pauses } = rig({ confirmed: [away, away] });
    await handle(smsEvent({}));
    await handle(smsEvent({}));
    assert.equal(outbound.length, 1);
    assert.deepEqual(pauses, [500, 500]);
    assert.deepEqual(lines, [
      REPLY_SENT,
      { message: "text message answered" },
      { message: "text message answered already" },
    ]);
  });

  it("has told that the reply is out where it cannot be marked, and a repeated delivery is thrown", async () => {
    const away = new Error("no table");
    const { handle, outbound, lines, pauses } = rig({ confirmed: [away, away, away] });
    await handle(smsEvent({}));
    await assert.rejects(handle(smsEvent({})), failed);
    assert.equal(outbound.length, 1);
    assert.deepEqual(pauses, [500, 500]);
    assert.deepEqual(lines.slice(0, 3), [
      REPLY_SENT,
      {
        message: "a sent reply could not be marked",
        inboundId: PAYLOAD.inboundMessageId,
        errors: [{ name: "Error", message: "no table" }],
      },
      { message: "text message answered" },
    ]);
    assert.deepEqual(
      lines.at(-1)?.errors?.map(({ message }) => message),
      ["the reply may have been sent; it is not sent again"],
    );
  });

  it("tells of no sent reply where the sending failed", async () => {
    for (const error of [new NotSent("throttled"), new Error("timed out")]) {
      const { handle, lines } = rig({ sent: [error] });
      await handle(smsEvent({ inboundMessageId: error.name })).catch(() => {});
      assert.deepEqual(
        lines.map(({ message }) => message),
        ["a text message was not answered"],
      );
    }
  });

  it("does not reply twice to one message, however often and at once it comes", async () => {
    const { handle, outbound, lines } = rig();
    const both = await Promise.allSettled([handle(smsEvent({})), handle(smsEvent({}))]);
    assert.deepEqual(both.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
    await handle(smsEvent({}, {}));
    assert.equal(outbound.length, 1);
    assert.equal(lines.at(-1)?.message, "text message answered already");
  });

  it("throws for the dead-letter queue when the assistant does not answer, and answers the next attempt", async () => {
    const { handle, outbound, lines } = rig({ asked: [new Error("no assistant")] });
    await assert.rejects(handle(smsEvent({})), failed);
    assert.deepEqual(lines[0]?.errors, [{ name: "Error", message: "no assistant" }]);
    await handle(smsEvent({}));
    assert.equal(outbound.length, 1);
  });

  it("sends again only what was certainly not sent", async () => {
    const certain = rig({ sent: [new NotSent("throttled")] });
    await assert.rejects(certain.handle(smsEvent({})), failed);
    await certain.handle(smsEvent({}));
    assert.equal(certain.outbound.length, 2);
    const doubtful = rig({ sent: [new Error("timed out")] });
    const other = smsEvent({ inboundMessageId: "doubt" });
    await assert.rejects(doubtful.handle(other), failed);
    doubtful.advance(86_400_000);
    await assert.rejects(doubtful.handle(other), failed);
    assert.equal(doubtful.outbound.length, 1);
    assert.equal(
      doubtful.lines.at(-1)?.errors?.[0]?.message,
      "the reply may have been sent; it is not sent again",
    );
  });

  it("answers numbers of the list only, and not what is empty", async () => {
    const { handle, questions, lines } = rig();
    await handle(smsEvent({ originationNumber: "+14255550183" }, { messageBody: " \n " }));
    assert.deepEqual(questions, []);
    assert.deepEqual(
      lines.map(({ message }) => message),
      ["text message ignored: the number is not on the list", "text message ignored: the message is empty"],
    );
  });

  it("answers the good ones of an event and throws for the others", async () => {
    const { handle, outbound } = rig();
    await assert.rejects(handle(smsEvent("not JSON", { inboundMessageId: "m-2" })), {
      message: "1 of 2 text messages not answered",
      stack: "Error: 1 of 2 text messages not answered",
    });
    assert.equal(outbound.length, 1);
  });

  it("cuts a question at 2000 characters and a reply at 459, and cleans what /chat would refuse", async () => {
    const { handle, questions, outbound } = rig({ reply: "😀".repeat(460) });
    await handle(smsEvent({ messageBody: `a\u0000b${"😀".repeat(2_000)}` }));
    assert.equal(questions[0]?.message, `a b${"😀".repeat(1_997)}`);
    assert.equal(outbound[0]?.text, `${"😀".repeat(456)}...`);
    const exact = rig({ reply: "x".repeat(459) });
    await exact.handle(smsEvent({ inboundMessageId: "exact" }));
    assert.equal(exact.outbound[0]?.text, "x".repeat(459));
  });

  it("logs no number and no word of a message", async () => {
    const { handle, lines } = rig({ asked: [new Error("no assistant")] });
    await handle(smsEvent({})).catch(() => {});
    await handle(smsEvent({}, { originationNumber: "+14255550183" }, "+14255550182 ham")).catch(() => {});
    assert.doesNotMatch(JSON.stringify(lines), /1425555|1212555|ham|hello/);
  });
});
