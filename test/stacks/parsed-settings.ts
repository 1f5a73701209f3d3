import {
  parseSettings,
  SETTINGS_NAMESPACE,
  type SettingsBySystem,
  type SystemName,
} from "../../stacks/settings";

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

/** Settings of the profile API. */
export const settingsOf = (values: Readonly<Record<string, string>> = {}) =>
  systemSettingsOf("profile-api", values);

export function systemSettingsOf<N extends SystemName>(
  system: N,
  values: Readonly<Record<string, string>> = {},
): SettingsBySystem[N] {
  const result = parsed({ system, ...values });
  if (result.kind === "invalid") throw new Error(result.messages.join("\n"));
  return result.settings as SettingsBySystem[N];
}

/** The form of every refusal. */
export function refusal(name: string, got: string, allowed: string, lever: string): string {
  return `warm-standby:${name} is ${got}; allowed: ${allowed}; set it to ${lever} in Pulumi.dev.yaml`;
}
