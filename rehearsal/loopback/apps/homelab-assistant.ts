import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { pathToFileURL } from "node:url";
import { ensureBundle } from "../../../build/bundle";
import type * as assistantBundle from "../../../functions/assistant/index";
import { forwardTo } from "../forward";
import type { Visit, VisitReply } from "../http-visit";
import { isOpenToAll } from "../open-ports";
import { UnplayablePlan } from "../play";
import type { RequestHandler } from "../region-endpoint";
import type { AppWrites, MakeApp, RehearsedApp, VisitorGroup } from "../rehearsed-app";
import { startedHost } from "../started-host";
import { type Item, STORE_CREDENTIALS } from "../store-wire";

/** Stands in for the parameter's value, which nobody but AWS and the user knows. */
const TOKEN = "token-of-the-rehearsal-".padEnd(40, "x");
/** What the closet calls its build, so that its answers can be told from the standby's. */
const HOME = "home";
const HTTPS_PORT = 443;
/** What everybody asks for; it is noted before anyone comes. */
const NOTE = "ham for the burritos";
/** The end of the one answer of every tool that is away. */
const AWAY = "isn't reachable right now; try again when the homelab is back.";

/**
 * The assistant's own service, from the same bundle that the instance fetches, on both sides: on the standby with the
 * environment of the instance's user data, and playing the closet with the homelab's tools at hand. Both share the
 * one memory table. No model is asked.
 *
 * @throws UnplayablePlan without an instance whose user data are those of `functions/assistant`; Error when the
 *   bundle is out of date and cannot be rebuilt.
 */
export const homelabAssistantApp: MakeApp = async ({ set, plan, resources }): Promise<RehearsedApp> => {
  const host = startedHost(resources);
  if (!host)
    throw new UnplayablePlan("no instance has the user data of functions/assistant, or they are unknown");
  const { file } = ensureBundle("assistant");
  const bundle = (await import(pathToFileURL(file).href)) as typeof assistantBundle;
  const tools = toolNames(host.environment);
  const isOpen = isOpenToAll(resources, HTTPS_PORT);
  return {
    doors: ({ kind }) =>
      kind === "instance"
        ? { http: [], https: isOpen ? [HTTPS_PORT] : [], needsServerName: true }
        : undefined,
    async serve({ kind, hostNames }, { tables, dynamodbEndpoint }) {
      const isHome = kind === "outside";
      const tool = isHome ? await toolServer() : undefined;
      const assistant = bundle.createAssistant(
        bundle.parseAssistantSettings({
          ...withoutModel(host.environment),
          ...(isHome ? { BUILD: HOME } : {}),
          TABLE_NAME: tables[0]?.name,
          PORT: "0",
          // The standby has not joined the tailnet, so that every tool is away there.
          ...(tools.length > 0 ? { HOMELAB_TOOLS: toolsAt(tools, tool?.port ?? (await closedPort())) } : {}),
        }),
        {
          dynamodbEndpoint,
          credentials: STORE_CREDENTIALS,
          readParameter: async () => TOKEN,
          // A failure shows as the status of its request; the terminal belongs to the rehearsal.
          write: () => undefined,
        },
      );
      const forward = forwardTo(await assistant.listen());
      return {
        // Whatever stands before the closet has certificates for its own name and for the one that fails over.
        handle: servedBy(isHome ? [set.name, ...hostNames] : host.hostNames, forward),
        async close() {
          await assistant.close();
          await tool?.close();
        },
      };
    },
    visitors: [phone(tools[0])],
    writes: writesTo(String(plan.tables[0]?.name)),
    // The memory is one, so it is enough to note it at the closet; the standby answers for its own names only.
    warmUp: ({ kind }) =>
      kind === "outside"
        ? [chat({ message: `remember ${NOTE}`, conversation: "warm-up", messageId: "warm-up" })]
        : [],
  };
};

/** Every so many requests ask for a tool; the others ask the memory. */
const TOOL_EVERY = 4;

/**
 * One person's phone. It asks for what was noted and now and then, in a conversation of its own each time, for a tool
 * that only the homelab has; the one uniform answer while that is away is an answer.
 */
function phone(tool: string | undefined): VisitorGroup {
  const order = `${tool} on`;
  return {
    name: "phone",
    scheme: "https",
    visit: (number) =>
      tool !== undefined && number % TOOL_EVERY === TOOL_EVERY - 1
        ? chat({ message: order, conversation: `order-${number}` })
        : chat({ message: "what do I know about ham", conversation: "phone" }),
    isServed(reply) {
      const text = replyOf(reply) ?? "";
      return text.includes(NOTE) || text === toolReply(order) || text.endsWith(AWAY);
    },
    servedBy: answering,
  };
}

/** Each write begins a conversation of its own name, so that its first exchange has a key known beforehand. */
function writesTo(table: string): AppWrites {
  return {
    scheme: "https",
    write: (id, text) => chat({ message: text, conversation: id }),
    acknowledged(reply) {
      const conversation = replyOf(reply) === undefined ? undefined : bodyOf(reply).conversation;
      return typeof conversation === "string" ? { version: 1, revision: conversation } : undefined;
    },
    servedBy: answering,
    stored: {
      table,
      key: (id): Item => ({ log: { S: `${LOG}${id}` }, sequence: { N: "1" } }),
      mark(item) {
        const log = item.log?.S;
        if (typeof log !== "string" || !log.startsWith(LOG)) return undefined;
        const id = log.slice(LOG.length);
        return { id, version: 1, revision: id };
      },
    },
  };
}

/** How the memory names the log of a conversation. */
const LOG = "conversation#";

function chat(body: { message: string; conversation: string; messageId?: string }): Visit {
  return {
    method: "POST",
    path: "/chat",
    headers: { "content-type": "application/json", authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify(body),
  };
}

function bodyOf({ body }: VisitReply): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(body) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** What the assistant said; undefined for anything but an answer of `/chat`. */
function replyOf(reply: VisitReply): string | undefined {
  const text = reply.status === 200 ? bodyOf(reply).reply : undefined;
  return typeof text === "string" ? text : undefined;
}

/** The region, or `home` for the closet. */
function answering(reply: VisitReply): string | null {
  const { build, region } = bodyOf(reply);
  return build === HOME ? HOME : typeof region === "string" ? region : null;
}

/** No handshake comes about for a name without a certificate. */
function servedBy(hostNames: readonly string[], forward: RequestHandler): RequestHandler {
  return (request) => {
    if (!hostNames.includes(request.host)) throw new Error(`no certificate for ${request.host}`);
    return forward(request);
  };
}

function withoutModel(environment: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith("MODEL_")));
}

function toolNames({ HOMELAB_TOOLS: json }: Readonly<Record<string, string>>): string[] {
  return json === undefined ? [] : (JSON.parse(json) as { name: string }[]).map(({ name }) => name);
}

/** The stack's tools on this machine: the rehearsal talks to nothing else. */
function toolsAt(names: readonly string[], port: number): string {
  return JSON.stringify(names.map((name) => ({ name, host: "127.0.0.1", port })));
}

const toolReply = (message: string) => `Done: ${message}.`;

/** A tool of the homelab that does what it is told. */
async function toolServer(): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { message } = JSON.parse(Buffer.concat(chunks).toString()) as { message: string };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ reply: toolReply(message) }));
    });
  });
  const port = await listening(server);
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A port that nothing listens on. */
async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listening(server);
  await new Promise<void>((resolve) => void server.close(() => resolve()));
  return port;
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}
