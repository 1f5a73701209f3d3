import { randomUUID } from "node:crypto";
import { isToken } from "../bearer-auth";
import type { AssistantSurroundings } from "../create-assistant";
import { createDocuments } from "../documents";
import { createLog, errorChain } from "../log";
import { createSecretCache } from "../secret-cache";
import { createParameterReader } from "../ssm-parameter";
import { createAskAssistant } from "./ask-assistant";
import { createReplyClaims } from "./reply-claim";
import { createSmsHandler, type SmsHandler } from "./sms-handler";
import type { SmsSettings } from "./sms-settings";
import { createTextSender, type SendText } from "./text-sender";

/** The handler, and an end for its kept-alive connections. */
export type Sms = SmsHandler & { close(): void };

/** The whole SMS path of one function. It needs 50 s: two attempts at the assistant, then the reply. */
export function createSms(
  settings: SmsSettings,
  surroundings: AssistantSurroundings & {
    /** End User Messaging unless given. */
    readonly send?: SendText;
  } = {},
): Sms {
  const { region, build, tableName, tokenParameter, assistantUrl, allowedNumbers } = settings;
  const { now = Date.now, write, ssmEndpoint } = surroundings;
  const documents = createDocuments(region, surroundings);
  const { credentials } = documents;
  const log = createLog({ region, build, now, secrets: () => token.known(), write });
  const token = createSecretCache({
    parameter: tokenParameter,
    read:
      surroundings.readParameter ??
      createParameterReader({ region, credentials, now, endpoint: ssmEndpoint }),
    now,
    isAcceptable: isToken,
    onFailure: (error) => {
      log("error", { message: "the token cannot be read", errors: errorChain(error) });
    },
  });
  const handler = createSmsHandler({
    allowedNumbers,
    claims: createReplyClaims({ client: documents.client, tableName, now, newHolder: randomUUID }),
    ask: createAskAssistant({ url: assistantUrl, token }),
    send: surroundings.send ?? createTextSender({ region, credentials, now }),
    log,
  });
  return Object.assign(handler, { close: () => documents.close() });
}
