import type { AddressInfo } from "node:net";
import { createTableHealth } from "../shared/table-health";
import type { AssistantSettings } from "./assistant-settings";
import { isToken } from "./bearer-auth";
import { createConversation } from "./conversation";
import { createDocuments, type StoreAccess } from "./documents";
import { createHomelabOnly } from "./homelab-only";
import { createHttpServer } from "./http-server";
import { createLog, errorChain } from "./log";
import { createMemory } from "./memory";
import { createModelCall, isModelKey } from "./model-call";
import { createReachability } from "./reachability";
import { createSecretCache, type ReadParameter } from "./secret-cache";
import { createParameterReader } from "./ssm-parameter";

/** What a rehearsal or a test puts in the place of AWS. */
export interface AssistantSurroundings extends StoreAccess {
  /** Parameter Store unless given. */
  readonly readParameter?: ReadParameter;
  /** URL of Parameter Store; the region's own unless given. */
  readonly ssmEndpoint?: string;
  /** Milliseconds since 1970; the system clock unless given. */
  readonly now?: () => number;
  /** One line of the log; stdout unless given. */
  readonly write?: (line: string) => void;
}

export interface Assistant {
  /** Starts to listen and gives back the address, such as `http://127.0.0.1:8080`. */
  listen(): Promise<string>;
  /**
   * Stops accepting, lets requests in flight end within the limit, then closes. Says whether any had to be cut.
   * A second call joins the first.
   */
  close(): Promise<"drained" | "cut">;
}

/** The whole standby service: the same code on the instance, and in a rehearsal's process. */
export function createAssistant(
  settings: AssistantSettings,
  surroundings: AssistantSurroundings = {},
): Assistant {
  const { region, build, tableName, tokenParameter, retentionDays, tools, model, shutdownSeconds } = settings;
  const { now = Date.now, write, ssmEndpoint } = surroundings;
  const documents = createDocuments(region, surroundings);
  const read =
    surroundings.readParameter ??
    createParameterReader({ region, credentials: documents.credentials, now, endpoint: ssmEndpoint });

  const secrets = () => [token, ...(modelKey ? [modelKey] : [])].flatMap((cache) => cache.known());
  const log = createLog({ region, build, now, secrets, write });
  const report = (message: string) => (error: unknown) => {
    log("error", { message, errors: errorChain(error) });
  };
  const secret = (parameter: string, isAcceptable: (value: string) => boolean) =>
    createSecretCache({
      parameter,
      read,
      now,
      isAcceptable,
      onFailure: report("a parameter cannot be read"),
    });
  const token = secret(tokenParameter, isToken);
  const modelKey = model && secret(model.keyParameter, isModelKey);

  const memory = createMemory({ client: documents.client, tableName, region, retentionDays, now });
  const reachability = createReachability({ now });
  const askTool = createHomelabOnly({
    reachability,
    onFailure: (tool, error) => report(`the tool ${tool} does not answer`)(error),
  });
  const converse = createConversation({
    memory,
    tools,
    askTool,
    reachability,
    region,
    model:
      model && modelKey
        ? {
            ask: createModelCall({ endpoint: model, key: modelKey }),
            onFailure: report("the model does not answer"),
          }
        : undefined,
  });

  let closing: Promise<"drained" | "cut"> | undefined;
  const server = createHttpServer({
    converse,
    token,
    memoryHealth: createTableHealth({ touch: memory.touch, now }),
    region,
    build,
    now,
    log,
    isDraining: () => closing !== undefined,
  });

  async function close(): Promise<"drained" | "cut"> {
    let outcome: "drained" | "cut" = "drained";
    const cut = setTimeout(() => {
      outcome = "cut";
      server.closeAllConnections();
    }, shutdownSeconds * 1_000);
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
    });
    clearTimeout(cut);
    documents.close();
    log("info", { message: outcome === "drained" ? "stopped" : "stopped with requests cut" });
    return outcome;
  }

  return {
    async listen() {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(settings.port, settings.host, () => resolve());
      });
      const { address, port } = server.address() as AddressInfo;
      const url = `http://${address.includes(":") ? `[${address}]` : address}:${port}`;
      log("info", { message: `listening on ${url}` });
      return url;
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}
