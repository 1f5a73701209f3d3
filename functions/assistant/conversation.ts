import type { ChatRequest } from "./chat-request";
import { awayAnswer, type CallTool } from "./homelab-only";
import type { HomelabTool } from "./homelab-tool";
import { type Intent, understand } from "./intent";
import type { Exchange, Memory, Note } from "./memory";
import type { AskModel, ModelTurn } from "./model-call";
import type { Reachability } from "./reachability";
import { recall } from "./recall";
import { findingsText, helpText, historyText, notesText, unsureText } from "./wording";

/** Where an answer comes from; `memory-without-model` says that the model was asked and did not answer. */
export type AnswerSource = "memory" | "memory-without-model" | "model" | "tool";

export interface ChatAnswer {
  readonly reply: string;
  readonly source: AnswerSource;
}

export type Converse = (request: ChatRequest) => Promise<ChatAnswer>;

/** How far back a conversation is searched. */
const EXCHANGES_SEARCHED_MAX = 100;
const EXCHANGES_TOLD_MAX = 10;
const EXCHANGES_SHOWN_MAX = 10;
const NOTES_MAX = 200;
const NOTES_TOLD_MAX = 50;

/** What an exchange is stored as, beside the answer; undefined where nothing is worth keeping. */
interface Worked extends ChatAnswer {
  readonly stored?: { readonly question: string; readonly answer: string };
}

/**
 * Answers a message: by fixed rules over the memory, by a tool of the homelab, or by the model where one is set up.
 * Needs the memory and nothing else; a model or homelab that is away changes the answer, never its coming.
 *
 * A note's text is stored in the note only, so that forgetting it forgets it: commands about notes are stored
 * without it. (What a model repeats of a note stays for the conversation's retention.)
 *
 * @throws MemoryUnavailable
 */
export function createConversation(settings: {
  readonly memory: Memory;
  readonly tools: readonly HomelabTool[];
  readonly askTool: CallTool;
  readonly reachability: Reachability;
  readonly region: string;
  readonly model:
    | { readonly ask: AskModel; readonly onFailure: (error: unknown) => void }
    /** No model is set up. */
    | undefined;
}): Converse {
  const { memory, tools, askTool, reachability, region, model } = settings;
  const toolNames = tools.map(({ name }) => name);

  async function statusText(): Promise<string> {
    const states = await Promise.all(
      tools.map(async ({ name, host, port }) => {
        return `${name} ${(await reachability.check(host, port)) ? "reachable" : "away"}`;
      }),
    );
    return [
      `I answer from ${region}.`,
      ...(states.length > 0 ? [`Homelab: ${states.join(", ")}.`] : []),
    ].join(" ");
  }

  async function remember(intent: Intent & { kind: "remember" }, messageId?: string): Promise<Worked> {
    const notes = await memory.notes();
    const earlier = messageId === undefined ? undefined : notes.find((note) => note.messageId === messageId);
    if (!earlier && notes.length >= NOTES_MAX) {
      return fromMemory(`There are ${NOTES_MAX} notes already; forget one first.`);
    }
    const note = earlier ?? (await memory.addNote({ text: intent.text, messageId }));
    const reply = intent.timed
      ? `Noted as ${note.sequence}. I can't remind you at a time from here; reminders run in the homelab.`
      : `Noted as ${note.sequence}.`;
    return { ...fromMemory(reply), stored: { question: `remember: note ${note.sequence}`, answer: reply } };
  }

  async function forgetNumber(sequence: number): Promise<Worked> {
    const wasThere = await memory.forgetNote(sequence);
    const reply = wasThere ? `Forgot note ${sequence}.` : `There is no note ${sequence}.`;
    return { ...fromMemory(reply), stored: { question: `forget note ${sequence}`, answer: reply } };
  }

  async function forgetText(topic: string): Promise<Worked> {
    const notes = await memory.notes();
    const findings = recall(topic, { notes, exchanges: [] }, "all", notes.length);
    const [only] = findings;
    const sequence = Number(only?.place.replace("note ", ""));
    if (only && findings.length === 1) return forgetNumber(sequence);
    if (!only) return fromMemory(`I find no note about "${topic}".`);
    return fromMemory(
      `More than one note is about that; say forget and a number:\n${matching(notes, findings)}`,
    );
  }

  async function useTool(name: string, message: string): Promise<Worked> {
    const tool = tools.find((one) => one.name === name);
    const outcome = tool ? await askTool(tool, message) : ({ kind: "away" } as const);
    const reply =
      outcome.kind === "answered"
        ? outcome.reply
        : outcome.kind === "away"
          ? awayAnswer(name)
          : `The homelab's ${name} did not accept that (${outcome.status}).`;
    return { reply, source: "tool", stored: { question: message, answer: reply } };
  }

  async function chat(message: string, exchanges: readonly Exchange[]): Promise<Worked> {
    const notes = await memory.notes();
    const local = () => unsureText(recall(message, { notes, exchanges }, "any", 3));
    const kept = (answer: ChatAnswer) => ({ ...answer, stored: { question: message, answer: answer.reply } });
    if (!model) return kept({ reply: local(), source: "memory" });
    try {
      return kept({ reply: await model.ask(modelTurns(message, notes, exchanges)), source: "model" });
    } catch (error) {
      model.onFailure(error);
      const reply = `The model doesn't answer right now, so this is from memory. ${local()}`;
      return kept({ reply, source: "memory-without-model" });
    }
  }

  async function work(intent: Intent, request: ChatRequest, exchanges: readonly Exchange[]): Promise<Worked> {
    switch (intent.kind) {
      case "help":
        return fromMemory(helpText(toolNames, model !== undefined));
      case "status":
        return fromMemory(await statusText());
      case "history":
        return fromMemory(historyText(exchanges.slice(-EXCHANGES_SHOWN_MAX)));
      case "list-notes":
        return fromMemory(notesText(await memory.notes()));
      case "recall": {
        const said = { notes: await memory.notes(), exchanges };
        return fromMemory(findingsText(intent.topic, recall(intent.topic, said, "all")));
      }
      case "remember":
        return remember(intent, request.messageId);
      case "forget-number":
        return forgetNumber(intent.sequence);
      case "forget-text":
        return forgetText(intent.topic);
      case "tool":
        return useTool(intent.tool, intent.message);
      case "chat":
        return chat(request.message, exchanges);
    }
  }

  return async (request) => {
    const { conversation, message, messageId } = request;
    const exchanges = await memory.recent(conversation, EXCHANGES_SEARCHED_MAX);
    const earlier = exchanges.find((exchange) => messageId !== undefined && exchange.messageId === messageId);
    if (earlier) return { reply: earlier.answer, source: "memory" };
    const intent = understand(message, toolNames);
    const { reply, source, stored } = await work(intent, request, exchanges);
    if (stored) {
      const id = messageId === undefined ? {} : { messageId };
      await memory.append(conversation, { ...stored, intent: intent.kind, ...id });
    }
    return { reply, source };
  };
}

function fromMemory(reply: string): Worked {
  return { reply, source: "memory" };
}

function matching(notes: readonly Note[], findings: readonly { readonly place: string }[]): string {
  const places = new Set(findings.map(({ place }) => place));
  return notesText(notes.filter(({ sequence }) => places.has(`note ${sequence}`)));
}

/** What the model is told: who it is, the latest notes, the latest of the conversation, the message. */
function modelTurns(
  message: string,
  notes: readonly Note[],
  exchanges: readonly Exchange[],
): readonly ModelTurn[] {
  const told = notes.slice(-NOTES_TOLD_MAX).map(({ sequence, text }) => `${sequence}. ${text}`);
  const system = [
    "You are a personal assistant, running on a small standby while the homelab is away. Answer in a few sentences.",
    "You cannot set reminders or control devices from here. The user's notes, as data:",
    told.length > 0 ? told.join("\n") : "(none)",
  ].join("\n");
  return [
    { role: "system", content: system },
    ...exchanges
      .filter(({ intent }) => intent === "chat")
      .slice(-EXCHANGES_TOLD_MAX)
      .flatMap(({ question, answer }): ModelTurn[] => [
        { role: "user", content: question },
        { role: "assistant", content: answer },
      ]),
    { role: "user", content: message },
  ];
}
