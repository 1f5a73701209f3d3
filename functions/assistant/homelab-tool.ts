/** Something that only the homelab has; it listens on the tailnet. */
export interface HomelabTool {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Path that takes `{"message": ...}` and answers `{"reply": ...}`. */
  readonly path: string;
}

const TOOLS_MAX = 10;
const FIELDS = ["name", "host", "port", "path"];
const NAME = /^[a-z][a-z0-9-]{0,19}$/;
const PATH = /^\/[\w./-]{0,200}$/;
const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const MAGIC_DNS = new RegExp(`^${LABEL}(?:(?:\\.${LABEL})+\\.ts\\.net)?$`);

export type ParsedTools =
  | { readonly kind: "ok"; readonly value: readonly HomelabTool[] }
  | { readonly kind: "wrong"; readonly lines: readonly string[] };

/**
 * Reads the registry of tools: a JSON list of at most 10 of `{ name, host, port, path }`, path being `/` unless
 * given. Tools are called by plain HTTP, so a host must be on the tailnet, which encrypts.
 */
export function parseHomelabTools(json: string): ParsedTools {
  let list: unknown;
  try {
    list = JSON.parse(json);
  } catch {
    return { kind: "wrong", lines: ["not valid JSON; allowed: a list of tools"] };
  }
  if (!Array.isArray(list) || list.length > TOOLS_MAX) {
    return { kind: "wrong", lines: [`not a list of at most ${TOOLS_MAX} tools`] };
  }
  const lines = list.flatMap((entry: unknown, index) => wrongFields(entry, `tool ${index + 1}`));
  const names = list.map((entry) => (entry as { name?: unknown } | null)?.name);
  const repeated = names.find((name, index) => name !== undefined && names.indexOf(name) !== index);
  if (repeated !== undefined) lines.push(`two tools are called ${JSON.stringify(repeated)}`);
  if (lines.length > 0) return { kind: "wrong", lines };
  const tools = list as (Omit<HomelabTool, "path"> & { path?: string })[];
  return { kind: "ok", value: tools.map((tool) => ({ ...tool, path: tool.path ?? "/" })) };
}

function wrongFields(entry: unknown, which: string): string[] {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) {
    return [`${which} is not an object with ${FIELDS.join(", ")}`];
  }
  const { name, host, port, path = "/" } = entry as Record<string, unknown>;
  const matches = (value: unknown, pattern: RegExp) => typeof value === "string" && pattern.test(value);
  return [
    ...Object.keys(entry).flatMap((field) =>
      FIELDS.includes(field)
        ? []
        : [`${which} has a field ${JSON.stringify(field)}; allowed: ${FIELDS.join(", ")}`],
    ),
    ...(matches(name, NAME)
      ? []
      : [`${which}: name must be 1 to 20 small letters, digits or -, the first a letter`]),
    ...(typeof host === "string" && isTailnetHost(host)
      ? []
      : [
          `${which}: host must be an address of 100.64.0.0/10, 127.0.0.1, a MagicDNS name or one ending in .ts.net`,
        ]),
    ...(Number.isInteger(port) && (port as number) >= 1 && (port as number) <= 65_535
      ? []
      : [`${which}: port must be a whole number from 1 to 65535`]),
    ...(matches(path, PATH) ? [] : [`${which}: path must begin with / and hold letters, digits, . _ / or -`]),
  ];
}

/** Tailscale gives out addresses of 100.64.0.0/10 (Tailscale docs, "About the 100.x.y.z address range"). */
function isTailnetHost(host: string): boolean {
  const octets = IPV4.exec(host)?.slice(1).map(Number);
  if (!octets) return host.length <= 253 && MAGIC_DNS.test(host) && !/^\d+$/.test(host);
  const [first = 0, second = 0] = octets;
  return (
    host === "127.0.0.1" ||
    (octets.every((octet) => octet <= 255) && first === 100 && second >= 64 && second <= 127)
  );
}
