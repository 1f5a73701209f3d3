import { BUILD, EnvironmentReader, PARAMETER, REGION, TABLE } from "./environment";
import { type HomelabTool, parseHomelabTools } from "./homelab-tool";
import type { ModelEndpoint } from "./model-call";

export interface AssistantSettings {
  readonly region: string;
  readonly build: string;
  readonly tableName: string;
  /** SSM parameter that holds the bearer token. */
  readonly tokenParameter: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** How long a turn of a conversation is kept. */
  readonly retentionDays: number;
  /** How long requests in flight may take after SIGTERM. */
  readonly shutdownSeconds: number;
  readonly tools: readonly HomelabTool[];
  /** Undefined: every answer comes from memory. */
  readonly model: ModelEndpoint | undefined;
}

export const MODEL_NAME = { allowed: "1 to 100 letters, digits, . : / - or _", pattern: /^[\w.:/-]{1,100}$/ };

/**
 * Reads the environment of the standby's service.
 *
 * Required: TABLE_NAME, AWS_REGION, BUILD, TOKEN_PARAMETER. With defaults: HOST (127.0.0.1), PORT (8080),
 * RETENTION_DAYS (90), SHUTDOWN_SECONDS (20), HOMELAB_TOOLS (none). A model is asked when MODEL_URL,
 * MODEL_KEY_PARAMETER and MODEL_NAME are set.
 *
 * @throws WrongEnvironment with one line for each variable that is wrong.
 */
export function parseAssistantSettings(
  environment: Readonly<Record<string, string | undefined>>,
): AssistantSettings {
  const reader = new EnvironmentReader(environment);
  return reader.finish({
    region: reader.text("AWS_REGION", REGION.allowed, REGION.pattern),
    build: reader.text("BUILD", BUILD.allowed, BUILD.pattern),
    tableName: reader.text("TABLE_NAME", TABLE.allowed, TABLE.pattern),
    tokenParameter: reader.text("TOKEN_PARAMETER", PARAMETER.allowed, PARAMETER.pattern),
    host: reader.text("HOST", "an IP address to listen on", /^[0-9a-fA-F.:]{2,45}$/, "127.0.0.1"),
    port: reader.wholeNumber("PORT", 0, 65_535, 8080),
    retentionDays: reader.wholeNumber("RETENTION_DAYS", 1, 3_650, 90),
    shutdownSeconds: reader.wholeNumber("SHUTDOWN_SECONDS", 1, 60, 20),
    tools: readTools(reader),
    model: readModel(reader),
  });
}

function readTools(reader: EnvironmentReader): readonly HomelabTool[] {
  const text = reader.raw("HOMELAB_TOOLS");
  if (text === undefined) return [];
  const parsed = parseHomelabTools(text);
  if (parsed.kind === "ok") return parsed.value;
  return parsed.lines.reduce((stand, line) => reader.wrong(`HOMELAB_TOOLS: ${line}`, stand), []);
}

function readModel(reader: EnvironmentReader): ModelEndpoint | undefined {
  const names = ["MODEL_URL", "MODEL_KEY_PARAMETER", "MODEL_NAME"];
  if (names.every((name) => reader.raw(name) === undefined)) return undefined;
  const url = reader.text("MODEL_URL", "an https URL without user, query and fragment", /^https?:\/\//);
  if (url !== "" && !isModelUrl(url)) {
    // Not the value: whoever put a key into the URL should not find it in the log.
    reader.wrong(
      "MODEL_URL is not usable; allowed: an https URL without user, query and fragment, or http to a loopback address",
      undefined,
    );
  }
  return {
    url,
    name: reader.text("MODEL_NAME", MODEL_NAME.allowed, MODEL_NAME.pattern),
    keyParameter: reader.text("MODEL_KEY_PARAMETER", PARAMETER.allowed, PARAMETER.pattern),
  };
}

/** Whether a text is a URL that the model may be asked at: encrypted on its way, and without a secret in it. */
export function isModelUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  const isPrivate = protocol === "https:" || ["127.0.0.1", "[::1]", "localhost"].includes(hostname);
  return isPrivate && `${username}${password}${search}${hash}` === "";
}
