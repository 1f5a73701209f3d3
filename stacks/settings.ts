import {
  FAILURE_THRESHOLD_MAX,
  FAILURE_THRESHOLD_MIN,
  REQUEST_INTERVALS_SECONDS,
} from "../model/health-check";
import type { Bound } from "../model/recovery-bound";
import { ALIAS_TTL_SECONDS } from "../model/recovery-bound";
import { nearestName } from "./nearest-name";
import {
  booleanValue,
  CERTIFICATE_NAME_LENGTH_MAX,
  dollarsAboveZero,
  emailAddress,
  hostName,
  integerBetween,
  oneOf,
  orNone,
  type Reader,
  type Refusal,
  regionName,
} from "./setting-values";
import { crossCheck, settingsBound } from "./settings-consistency";

/** Pulumi's configuration namespace: the project's name. */
export const SETTINGS_NAMESPACE = "warm-standby";

export const SYSTEMS = ["profile-api"] as const;
export type SystemName = (typeof SYSTEMS)[number];
const LATER_SYSTEMS: readonly string[] = ["homelab-assistant", "data-relay", "static-site", "web-server"];

/** What one stack of the profile API is, after validation. Nothing in it can contradict itself. */
export interface Settings {
  readonly system: SystemName;
  /** The stack's name; it becomes the tag `environment`. */
  readonly environment: string;
  /** The name that clients use and that fails over. */
  readonly failoverName: string;
  readonly zone: { readonly kind: "existing" | "created"; readonly name: string };
  readonly primaryRegion: string;
  readonly standbyRegion: string;
  readonly healthCheck: {
    readonly type: "HTTPS";
    readonly requestIntervalSeconds: (typeof REQUEST_INTERVALS_SECONDS)[number];
    readonly failureThreshold: number;
  };
  readonly records: { readonly kind: "alias" } | { readonly kind: "cname"; readonly ttlSeconds: number };
  readonly deletionProtection: boolean;
  readonly lambda: {
    readonly memoryMb: number;
    readonly concurrency:
      | { readonly kind: "unreserved" }
      | { readonly kind: "reserved"; readonly executions: number };
  };
  readonly throttling: { readonly ratePerSecond: number; readonly burst: number };
  readonly logRetentionDays: number;
  readonly alerts: { readonly kind: "topic" } | { readonly kind: "email"; readonly address: string };
  readonly objectives: { readonly rtoSeconds: number; readonly standbyMonthlyUsd: number };
  /** Arithmetic worst case of these settings, below the objective. */
  readonly bound: Extract<Bound, { kind: "bound" }>;
}

/** The retention periods that CloudWatch Logs accepts (PutRetentionPolicy); 0, "for ever", is left out. */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

const systemName: Reader<SystemName> = (text) => {
  const reading = oneOf(SYSTEMS, "profile-api")(text);
  return reading.kind === "refused" && LATER_SYSTEMS.includes(text)
    ? { ...reading, because: "which is not in this version yet" }
    : reading;
};

interface Setting<T> {
  /** As `Pulumi.yaml` declares it; a test keeps the two alike. */
  readonly default: string;
  readonly read: Reader<T>;
}

const setting = <T>(defaultText: string, read: Reader<T>): Setting<T> => ({ default: defaultText, read });

/** Every setting there is: its default and how its text is read. */
const SETTINGS = {
  system: setting("profile-api", systemName),
  domainName: setting("profiles.example.com", hostName("profiles.example.com", CERTIFICATE_NAME_LENGTH_MAX)),
  hostedZoneName: setting("example.com", hostName("example.com", CERTIFICATE_NAME_LENGTH_MAX)),
  createHostedZone: setting("false", booleanValue),
  primaryRegion: setting("us-east-1", regionName("us-east-1")),
  standbyRegion: setting("us-west-2", regionName("us-west-2")),
  healthCheckIntervalSeconds: setting("10", oneOf(REQUEST_INTERVALS_SECONDS, 10)),
  healthCheckFailureThreshold: setting("3", integerBetween(FAILURE_THRESHOLD_MIN, FAILURE_THRESHOLD_MAX, 3)),
  recordMode: setting("alias", oneOf(["alias", "cname"], "alias")),
  // An alias is cached for ALIAS_TTL_SECONDS; a longer TTL would give up what the CNAME mode is for.
  cnameTtlSeconds: setting("10", integerBetween(1, ALIAS_TTL_SECONDS, 10)),
  deletionProtection: setting("true", booleanValue),
  lambdaMemoryMb: setting("256", integerBetween(128, 10_240, 256)),
  reservedConcurrency: setting("none", orNone(integerBetween(1, 1_000, 10))),
  throttlingRatePerSecond: setting("100", integerBetween(1, 10_000, 100)),
  throttlingBurst: setting("200", integerBetween(1, 5_000, 200)),
  logRetentionDays: setting("14", oneOf(LOG_RETENTION_DAYS, 14)),
  alertEmail: setting("none", orNone(emailAddress)),
  rtoObjectiveSeconds: setting("300", integerBetween(1, 86_400, 300)),
  standbyMonthlyBudgetUsd: setting("50", dollarsAboveZero(1_000_000, 50)),
} as const;

export type SettingName = keyof typeof SETTINGS;
export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];
export const SETTING_DEFAULTS: Readonly<Record<string, string>> = Object.fromEntries(
  SETTING_NAMES.map((name) => [name, SETTINGS[name].default]),
);

/** The value of each setting that could be read. */
export type SettingValues = {
  readonly [N in SettingName]?: (typeof SETTINGS)[N] extends Setting<infer T> ? T : never;
};

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
  const values: Partial<Record<SettingName, unknown>> = {};
  for (const name of SETTING_NAMES) {
    const text = raw[`${SETTINGS_NAMESPACE}:${name}`] ?? SETTINGS[name].default;
    const reading = SETTINGS[name].read(text);
    if (reading.kind === "value") values[name] = reading.value;
    else messages.push(refusalLine(name, text, reading, stack));
  }
  const read = values as SettingValues;
  for (const { name, ...refusal } of crossCheck(read)) {
    const text = raw[`${SETTINGS_NAMESPACE}:${name}`] ?? SETTINGS[name].default;
    messages.push(refusalLine(name, text, refusal, stack));
  }
  if (messages.length > 0) return { kind: "invalid", messages };
  return { kind: "ok", settings: settingsOf(read as Required<SettingValues>, stack) };
}

function settingsOf(values: Required<SettingValues>, stack: string): Settings {
  const { reservedConcurrency, alertEmail } = values;
  return {
    system: values.system,
    environment: stack,
    failoverName: values.domainName,
    zone: { kind: values.createHostedZone ? "created" : "existing", name: values.hostedZoneName },
    primaryRegion: values.primaryRegion,
    standbyRegion: values.standbyRegion,
    healthCheck: {
      type: "HTTPS",
      requestIntervalSeconds: values.healthCheckIntervalSeconds,
      failureThreshold: values.healthCheckFailureThreshold,
    },
    records:
      values.recordMode === "alias"
        ? { kind: "alias" }
        : { kind: "cname", ttlSeconds: values.cnameTtlSeconds },
    deletionProtection: values.deletionProtection,
    lambda: {
      memoryMb: values.lambdaMemoryMb,
      concurrency:
        reservedConcurrency === undefined
          ? { kind: "unreserved" }
          : { kind: "reserved", executions: reservedConcurrency },
    },
    throttling: { ratePerSecond: values.throttlingRatePerSecond, burst: values.throttlingBurst },
    logRetentionDays: values.logRetentionDays,
    alerts: alertEmail === undefined ? { kind: "topic" } : { kind: "email", address: alertEmail },
    objectives: {
      rtoSeconds: values.rtoObjectiveSeconds,
      standbyMonthlyUsd: values.standbyMonthlyBudgetUsd,
    },
    bound: settingsBound(values),
  };
}

function unknownKeys(raw: Readonly<Record<string, string | undefined>>, stack: string): string[] {
  const prefix = `${SETTINGS_NAMESPACE}:`;
  return Object.keys(raw).flatMap((key) => {
    const name = key.slice(prefix.length);
    if (!key.startsWith(prefix) || (SETTING_NAMES as readonly string[]).includes(name)) return [];
    const nearest = nearestName(name, SETTING_NAMES);
    const lever = nearest ? `rename it to ${prefix}${nearest} in` : "remove it from";
    const what = `${prefix}${printable(name)} is not a setting`;
    return [`${what}; allowed: those that Pulumi.yaml lists; ${lever} Pulumi.${stack}.yaml`];
  });
}

function refusalLine(name: SettingName, text: string, refusal: Omit<Refusal, "kind">, stack: string): string {
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
