import { parseSettings, SETTINGS_NAMESPACE, type Settings } from "../../stacks/settings";

/** Settings of a stack called dev, by their names without the namespace. */
const parsed = (values: Readonly<Record<string, string>>) =>
  parseSettings(
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [`${SETTINGS_NAMESPACE}:${name}`, value]),
    ),
    "dev",
  );

export function messagesOf(values: Readonly<Record<string, string>>): string[] {
  const result = parsed(values);
  return result.kind === "invalid" ? result.messages : [];
}

export function settingsOf(values: Readonly<Record<string, string>> = {}): Settings {
  const result = parsed(values);
  if (result.kind === "invalid") throw new Error(result.messages.join("\n"));
  return result.settings;
}

/** The form of every refusal. */
export function refusal(name: string, got: string, allowed: string, lever: string): string {
  return `warm-standby:${name} is ${got}; allowed: ${allowed}; set it to ${lever} in Pulumi.dev.yaml`;
}
