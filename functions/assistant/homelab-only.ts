import { boundedText } from "./bounded-text";
import type { HomelabTool } from "./homelab-tool";
import type { Reachability } from "./reachability";

/** What came of asking a tool. */
export type ToolOutcome =
  | { readonly kind: "answered"; readonly reply: string }
  /** It is there but said no. */
  | { readonly kind: "refused"; readonly status: number }
  | { readonly kind: "away" };

export type CallTool = (tool: HomelabTool, message: string) => Promise<ToolOutcome>;

const CALL_TIMEOUT_MS = 5_000;
const REPLY_BYTES_MAX = 16 * 1024;
const REPLY_CHARACTERS_MAX = 4_000;

/** The one answer for every tool that only the homelab has, whatever is missing. */
export function awayAnswer(tool: string): string {
  const name = tool.charAt(0).toUpperCase() + tool.slice(1).replaceAll("-", " ");
  return `${name} isn't reachable right now; try again when the homelab is back.`;
}

/**
 * Wraps what needs the homelab: calls it only where a probe finds it, and turns every failure on the way into the
 * outcome `away`. Never throws.
 * @param onFailure told why a call failed after the probe succeeded.
 */
export function createHomelabOnly(settings: {
  readonly reachability: Reachability;
  readonly call?: CallTool;
  readonly onFailure: (tool: string, error: unknown) => void;
}): CallTool {
  const { reachability, call = callTool, onFailure } = settings;
  return async (tool, message) => {
    if (!(await reachability.check(tool.host, tool.port))) return { kind: "away" };
    try {
      return await call(tool, message);
    } catch (error) {
      reachability.forget(tool.host, tool.port);
      onFailure(tool.name, error);
      return { kind: "away" };
    }
  };
}

/** Asks a tool over the tailnet. @throws when it does not answer as agreed. */
export async function callTool(
  { host, port, path }: HomelabTool,
  message: string,
  timeoutMs = CALL_TIMEOUT_MS,
): Promise<ToolOutcome> {
  const response = await fetch(`http://${host}:${port}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ message }),
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs),
  });
  const text = await boundedText(response, REPLY_BYTES_MAX);
  if (response.status >= 500) throw new Error(`the tool answered ${response.status}`);
  if (response.status !== 200) return { kind: "refused", status: response.status };
  const { reply } = (JSON.parse(text) ?? {}) as { reply?: unknown };
  if (typeof reply !== "string" || reply === "") throw new Error("the tool's answer has no reply");
  return { kind: "answered", reply: reply.slice(0, REPLY_CHARACTERS_MAX) };
}
