import { nearestName } from "./nearest-name";
import { oneOf, type Refusal } from "./setting-values";
import type { SystemName } from "./settings/common-settings";
import { type DataRelaySettings, dataRelayReader } from "./settings/data-relay";
import type { SystemReader } from "./settings/declared-setting";
import { type HomelabAssistantSettings, homelabAssistantReader } from "./settings/homelab-assistant";
import { type ProfileApiSettings, profileApiReader } from "./settings/profile-api";
import { type StaticSiteSettings, staticSiteReader } from "./settings/static-site";
import { type WebServerSettings, webServerReader } from "./settings/web-server";

export type { SystemName } from "./settings/common-settings";

/** Pulumi's configuration namespace: the project's name. */
export const SETTINGS_NAMESPACE = "warm-standby";

export interface SettingsBySystem {
  readonly "profile-api": ProfileApiSettings;
  readonly "homelab-assistant": HomelabAssistantSettings;
  readonly "data-relay": DataRelaySettings;
  readonly "static-site": StaticSiteSettings;
  readonly "web-server": WebServerSettings;
}

export type Settings = SettingsBySystem[SystemName];

/** How the settings of each system are read. */
const READERS: { readonly [N in SystemName]: SystemReader<SettingsBySystem[N]> } = {
  "profile-api": profileApiReader,
  "homelab-assistant": homelabAssistantReader,
  "data-relay": dataRelayReader,
  "static-site": staticSiteReader,
  "web-server": webServerReader,
};

export const SYSTEMS = Object.keys(READERS) as readonly SystemName[];
const SYSTEM_DEFAULT: SystemName = "profile-api";

/** In the place of a value: the system's own default, where the systems differ. */
const AUTO = "auto";

/** Every setting there is and its default, as `Pulumi.yaml` declares them. */
export const SETTING_DEFAULTS: Readonly<Record<string, string>> = projectDefaults();
export const SETTING_NAMES: readonly string[] = Object.keys(SETTING_DEFAULTS);

function projectDefaults(): Record<string, string> {
  const defaults: Record<string, string> = { system: SYSTEM_DEFAULT };
  for (const { declared } of Object.values(READERS)) {
    for (const [name, setting] of Object.entries(declared)) {
      const known = defaults[name] ?? setting.default;
      defaults[name] = known === setting.default ? known : AUTO;
    }
  }
  return defaults;
}

export type ParsedSettings =
  | { readonly kind: "ok"; readonly settings: Settings }
  /** One line for every wrong setting: what, got, allowed, lever. */
  | { readonly kind: "invalid"; readonly messages: string[] };

/**
 * Reads a stack's configuration. `raw` has Pulumi's full keys (`warm-standby:system`); keys of other namespaces
 * are not ours and are passed over. A setting that is absent has its default.
 */
export function parseSettings(
  raw: Readonly<Record<string, string | undefined>>,
  stack: string,
): ParsedSettings {
  const messages = unknownKeys(raw, stack);
  const given = (name: string) => raw[`${SETTINGS_NAMESPACE}:${name}`] ?? SETTING_DEFAULTS[name] ?? "";
  const systemText = given("system");
  const named = oneOf(SYSTEMS, SYSTEM_DEFAULT)(systemText);
  if (named.kind === "refused") messages.push(refusalLine("system", systemText, named, stack));
  const system = named.kind === "value" ? named.value : SYSTEM_DEFAULT;
  const { declared, read } = READERS[system];
  if (named.kind === "value") messages.push(...foreignSettings(raw, system, stack));
  const textOf = (name: string) => {
    const text = given(name);
    const isAuto = text === AUTO && SETTING_DEFAULTS[name] === AUTO;
    return isAuto ? (declared[name]?.default ?? text) : text;
  };
  const reading: ReturnType<SystemReader<Settings>["read"]> = read(textOf, stack);
  if (reading.kind === "refused") {
    for (const { name, text, refusal } of reading.refused)
      messages.push(refusalLine(name, text, refusal, stack));
  }
  if (reading.kind === "refused" || messages.length > 0) return { kind: "invalid", messages };
  return { kind: "ok", settings: reading.settings };
}

function unknownKeys(raw: Readonly<Record<string, string | undefined>>, stack: string): string[] {
  const prefix = `${SETTINGS_NAMESPACE}:`;
  return Object.keys(raw).flatMap((key) => {
    const name = key.slice(prefix.length);
    if (!key.startsWith(prefix) || SETTING_NAMES.includes(name)) return [];
    const nearest = nearestName(name, SETTING_NAMES);
    const lever = nearest ? `rename it to ${prefix}${nearest} in` : "remove it from";
    const what = `${prefix}${printable(name)} is not a setting`;
    return [`${what}; allowed: those that Pulumi.yaml lists; ${lever} Pulumi.${stack}.yaml`];
  });
}

/** Settings of other systems: the engine hands them over with their defaults, which say nothing. */
function foreignSettings(
  raw: Readonly<Record<string, string | undefined>>,
  system: SystemName,
  stack: string,
): string[] {
  return SETTING_NAMES.flatMap((name) => {
    const key = `${SETTINGS_NAMESPACE}:${name}`;
    const text = raw[key];
    if (name === "system" || text === undefined || text === SETTING_DEFAULTS[name]) return [];
    if (Object.hasOwn(READERS[system].declared, name)) return [];
    return [
      `${key} is ${printable(text)}, but ${system} has no such setting; allowed: ${SETTING_DEFAULTS[name]}, the default; remove it from Pulumi.${stack}.yaml`,
    ];
  });
}

function refusalLine(name: string, text: string, refusal: Omit<Refusal, "kind">, stack: string): string {
  const got = `${printable(text)}${refusal.because ? `, ${refusal.because}` : ""}`;
  return `${SETTINGS_NAMESPACE}:${name} is ${got}; allowed: ${refusal.allowed}; set it to ${refusal.lever} in Pulumi.${stack}.yaml`;
}

/** A message stays one line of a bearable length whatever the setting holds. */
function printable(text: string): string {
  if (text === "") return "empty";
  if (/^[\x21-\x7e]{1,100}$/.test(text)) return text;
  return JSON.stringify(text.slice(0, 100)).replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
