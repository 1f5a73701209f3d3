/** What a message asks for, as far as fixed rules can tell. */
export type Intent =
  | { readonly kind: "help" }
  | { readonly kind: "status" }
  | { readonly kind: "history" }
  | { readonly kind: "list-notes" }
  /** `timed`: asked to be reminded, which needs the homelab's clockwork. */
  | { readonly kind: "remember"; readonly text: string; readonly timed: boolean }
  | { readonly kind: "forget-number"; readonly sequence: number }
  | { readonly kind: "forget-text"; readonly topic: string }
  | { readonly kind: "recall"; readonly topic: string }
  | { readonly kind: "tool"; readonly tool: string; readonly message: string }
  /** Anything else: for the model, if there is one. */
  | { readonly kind: "chat" };

const PLEASE = /^(?:please|hey|ok|okay)[\s,]+/i;
const END = String.raw`[\s.!?]*$`;

const HELP = new RegExp(`^(?:help|what can you do)${END}|^\\?$`, "i");
const STATUS = new RegExp(`^(?:status|ping|where are you|are you (?:there|up))${END}`, "i");
const HISTORY = new RegExp(`^(?:history|what (?:did|have) we (?:talk|talked|speak|spoken) about)${END}`, "i");
const LIST = new RegExp(
  `^(?:(?:list|show|read)(?: me)?(?: my| all| the)* notes|(?:my |all )?notes|what do you remember|what should I remember)${END}`,
  "i",
);
const REMEMBER = /^(?:remember|note)(?:\s*:|\s+that\b|\s+to\b)?\s+(\S.*)$/is;
const REMIND = /^remind me(?:\s+that\b|\s+to\b|\s+about\b)?\s+(\S.*)$/is;
const FORGET_NUMBER = new RegExp(`^(?:forget|delete|remove)\\s+(?:note\\s+)?#?(\\d{1,9})${END}`, "i");
const FORGET_TEXT = new RegExp(`^(?:forget|delete)\\s+(?:about\\s+|the note about\\s+)?(\\S.*?)${END}`, "is");
const RECALL = [
  new RegExp(
    `^what (?:did|have|had) I (?:say|said|tell you|told you|mention|mentioned|note|noted) about (\\S.*?)${END}`,
    "is",
  ),
  new RegExp(`^what do (?:you|I) (?:know|remember|have) about (\\S.*?)${END}`, "is"),
  new RegExp(`^(?:find|search for|search|recall) (\\S.*?)${END}`, "is"),
];

/**
 * Understands a message by fixed rules; the same words always mean the same.
 * @param tools names of the tools that may be asked for; a message that begins with one goes to it.
 */
export function understand(message: string, tools: readonly string[]): Intent {
  const text = message.trim().replace(PLEASE, "");
  if (HELP.test(text)) return { kind: "help" };
  if (STATUS.test(text)) return { kind: "status" };
  if (HISTORY.test(text)) return { kind: "history" };
  if (LIST.test(text)) return { kind: "list-notes" };
  const forgotten = FORGET_NUMBER.exec(text)?.[1];
  if (forgotten !== undefined) return { kind: "forget-number", sequence: Number(forgotten) };
  for (const pattern of RECALL) {
    const topic = pattern.exec(text)?.[1];
    if (topic !== undefined) return { kind: "recall", topic };
  }
  const reminded = REMIND.exec(text)?.[1];
  if (reminded !== undefined) return { kind: "remember", text: reminded.trim(), timed: true };
  const remembered = REMEMBER.exec(text)?.[1];
  if (remembered !== undefined) return { kind: "remember", text: remembered.trim(), timed: false };
  const dropped = FORGET_TEXT.exec(text)?.[1];
  if (dropped !== undefined) return { kind: "forget-text", topic: dropped };
  const tool = tools.find((name) => asksFor(name, text));
  return tool === undefined ? { kind: "chat" } : { kind: "tool", tool, message: text };
}

/** "lights off", "turn off the lights", "ask media to play jazz": the tool's name comes first, but for small words. */
function asksFor(tool: string, text: string): boolean {
  const name = tool.replaceAll("-", "[- ]");
  return new RegExp(
    `^(?:(?:ask|tell|use|turn|switch|set|dim|open|start|stop|on|off|up|down|the|my|all)\\s+)*${name}(?:$|[\\s:,.!?])`,
    "i",
  ).test(text);
}
