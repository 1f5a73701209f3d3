import { isInZone } from "../../model/dns-name";
import { booleanValue, integerBetween, oneOf, orNone, regionName } from "../setting-values";
import {
  boundMeetsObjective,
  boundOf,
  type CommonSettings,
  cnameBelowApex,
  commonDeclared,
  commonSettingsOf,
  domainInZone,
} from "./common-settings";
import { type CrossRefusal, setting, systemReader, type ValuesOf } from "./declared-setting";
import {
  caddyDigest,
  homelabTools,
  modelName,
  modelUrl,
  originName,
  parameterName,
  phoneNumberId,
  phoneNumbers,
  publicIpv4,
} from "./homelab-assistant-values";
import { LOG_RETENTION_DAYS } from "./log-retention";
import { recordTtlDeclared } from "./record-ttl";

/** Where the closet is reached, which is outside AWS. Both records of the pair are of the kind that it needs. */
export type Origin =
  /** Behind a tunnel, which has to answer for the failover name as well: both records are CNAMEs. */
  | { readonly kind: "host"; readonly hostName: string }
  /** Both records are of type A. */
  | { readonly kind: "address"; readonly ipAddress: string };

/** What one stack of the homelab's assistant is, after validation. Nothing in it can contradict itself. */
export interface HomelabAssistantSettings extends CommonSettings<"homelab-assistant", "HTTPS"> {
  readonly standbyRegion: string;
  /** The standby's own name, which never moves. */
  readonly standbyName: string;
  readonly origin: Origin;
  readonly recordTtlSeconds: number;
  /** Whether Route 53 probes the standby too, so that one that cannot serve is known before it has to. */
  readonly standbyHealthCheck: boolean;
  readonly instanceType: string;
  readonly memory: { readonly replicaRegion: string | undefined; readonly deletionProtection: boolean };
  /** SSM parameter of the bearer token; its name, never its value. */
  readonly tokenParameter: string;
  readonly caddySha256: string;
  readonly conversationRetentionDays: number;
  /** JSON, as the application takes it. */
  readonly homelabTools: string | undefined;
  readonly model: { readonly url: string; readonly name: string; readonly keyParameter: string } | undefined;
  readonly sms: { readonly phoneNumberId: string; readonly allowedNumbers: readonly string[] } | undefined;
  readonly logRetentionDays: number;
}

/** Instances with Arm processors, for which the application's Caddy is built; up to the size that still is small. */
const INSTANCE_TYPES = ["t4g.nano", "t4g.micro", "t4g.small", "t4g.medium"] as const;

const common = commonDeclared({
  domainName: "assistant.example.com",
  requestIntervalSeconds: 30,
  stackMonthlyBudgetUsd: "15",
});

const declared = {
  domainName: common.domainName,
  hostedZoneName: common.hostedZoneName,
  createHostedZone: common.createHostedZone,
  standbyRegion: setting("us-east-1", regionName("us-east-1")),
  originHostName: setting("none", orNone(originName)),
  originAddress: setting("none", orNone(publicIpv4)),
  healthCheckIntervalSeconds: common.healthCheckIntervalSeconds,
  healthCheckFailureThreshold: common.healthCheckFailureThreshold,
  ...recordTtlDeclared,
  standbyHealthCheck: setting("true", booleanValue),
  instanceType: setting("t4g.nano", oneOf(INSTANCE_TYPES, "t4g.nano")),
  memoryReplicaRegion: setting("none", orNone(regionName("us-west-2"))),
  deletionProtection: setting("true", booleanValue),
  tokenParameterName: setting("/assistant/token", parameterName("/assistant/token")),
  caddySha256: setting("none", caddyDigest),
  conversationRetentionDays: setting("90", integerBetween(1, 3_650, 90)),
  homelabTools: setting("none", orNone(homelabTools)),
  modelUrl: setting("none", orNone(modelUrl)),
  modelName: setting("none", orNone(modelName)),
  modelKeyParameterName: setting("none", orNone(parameterName("/assistant/model-key"))),
  smsPhoneNumberId: setting("none", orNone(phoneNumberId)),
  smsAllowedNumbers: setting("none", orNone(phoneNumbers)),
  logRetentionDays: setting("14", oneOf(LOG_RETENTION_DAYS, 14)),
  alertEmail: common.alertEmail,
  rtoObjectiveSeconds: common.rtoObjectiveSeconds,
  standbyMonthlyBudgetUsd: common.standbyMonthlyBudgetUsd,
  stackMonthlyBudgetUsd: common.stackMonthlyBudgetUsd,
};

type Values = ValuesOf<typeof declared>;

/** The name by which the standby alone is reached: `standby.assistant.example.com`. */
function standbyNameOf(failoverName: string): string {
  return `standby.${failoverName}`;
}

export const homelabAssistantReader = systemReader({
  declared,
  crossCheck: (values) => [
    ...domainInZone(values),
    ...oneOrigin(values),
    ...originIsApart(values),
    ...originNameBelowApex(values),
    ...replicaElsewhere(values),
    ...allOrNone(values, ["modelUrl", "modelName", "modelKeyParameterName"]),
    ...allOrNone(values, ["smsPhoneNumberId", "smsAllowedNumbers"]),
    ...boundMeetsObjective(values, "HTTPS", values.recordTtlSeconds),
  ],
  settingsOf: (values, stack): HomelabAssistantSettings => {
    const base = commonSettingsOf("homelab-assistant", "HTTPS", values, stack);
    return {
      ...base,
      standbyRegion: values.standbyRegion,
      standbyName: standbyNameOf(base.failoverName),
      origin: originOf(values),
      recordTtlSeconds: values.recordTtlSeconds,
      standbyHealthCheck: values.standbyHealthCheck,
      instanceType: values.instanceType,
      memory: {
        replicaRegion: values.memoryReplicaRegion,
        deletionProtection: values.deletionProtection,
      },
      tokenParameter: values.tokenParameterName,
      caddySha256: values.caddySha256,
      conversationRetentionDays: values.conversationRetentionDays,
      homelabTools: values.homelabTools,
      model: modelOf(values),
      sms: smsOf(values),
      logRetentionDays: values.logRetentionDays,
      bound: boundOf(base.healthCheck, values.recordTtlSeconds),
    };
  },
});

function originOf({ originHostName, originAddress }: Values): Origin {
  if (originHostName !== undefined) return { kind: "host", hostName: originHostName };
  if (originAddress !== undefined) return { kind: "address", ipAddress: originAddress };
  throw new Error("an origin is missing although the settings were checked");
}

function modelOf({ modelUrl, modelName, modelKeyParameterName }: Values): HomelabAssistantSettings["model"] {
  return modelUrl === undefined || modelName === undefined || modelKeyParameterName === undefined
    ? undefined
    : { url: modelUrl, name: modelName, keyParameter: modelKeyParameterName };
}

function smsOf({ smsPhoneNumberId, smsAllowedNumbers }: Values): HomelabAssistantSettings["sms"] {
  return smsPhoneNumberId === undefined || smsAllowedNumbers === undefined
    ? undefined
    : { phoneNumberId: smsPhoneNumberId, allowedNumbers: smsAllowedNumbers };
}

/** A setting is there as undefined where it says `none`, and absent where it could not be read. */
const isRead = (values: Partial<Values>, name: keyof Values) => Object.hasOwn(values, name);

/** PRIMARY and SECONDARY must share their type, so the origin is one kind of thing and not both. */
function oneOrigin(values: Partial<Values>): CrossRefusal[] {
  if (!isRead(values, "originHostName") || !isRead(values, "originAddress")) return [];
  const { originHostName, originAddress } = values;
  if (originHostName === undefined && originAddress === undefined) {
    return [
      {
        name: "originHostName",
        because: "and originAddress is none too, so there is no primary",
        allowed: "one of the two: a host name (both records become CNAMEs), or originAddress (both become A)",
        lever: "closet.example.com",
      },
    ];
  }
  if (originHostName === undefined || originAddress === undefined) return [];
  return [
    {
      name: "originAddress",
      because: `but originHostName is ${originHostName}, and PRIMARY and SECONDARY must share one type`,
      allowed: "none beside originHostName",
      lever: "none",
    },
  ];
}

/** The check must follow the closet alone: neither the name that fails over nor the standby. */
function originIsApart({ originHostName, domainName }: Partial<Values>): CrossRefusal[] {
  if (originHostName === undefined || domainName === undefined) return [];
  const standbyName = standbyNameOf(domainName);
  const because = isInZone(originHostName, standbyName)
    ? `which is the standby's own name ${standbyName} or below it`
    : originHostName === domainName
      ? "the name that fails over, so the check would follow itself"
      : undefined;
  if (because === undefined) return [];
  return [
    {
      name: "originHostName",
      because,
      allowed: "a name that leads to the closet alone",
      lever: `closet.${domainName}`,
    },
  ];
}

function originNameBelowApex(values: Partial<Values>): CrossRefusal[] {
  if (values.originHostName === undefined) return [];
  return cnameBelowApex(values, (apex) => ({
    name: "domainName",
    because: "the apex of its zone, where DNS has no CNAME, but originHostName needs one",
    allowed: "a name below the zone, or originAddress in place of originHostName",
    lever: `assistant.${apex}`,
  }));
}

function replicaElsewhere({ memoryReplicaRegion, standbyRegion }: Partial<Values>): CrossRefusal[] {
  if (memoryReplicaRegion === undefined || memoryReplicaRegion !== standbyRegion) return [];
  return [
    {
      name: "memoryReplicaRegion",
      because: "the region of the table itself",
      allowed: "none, or another region than standbyRegion",
      lever: standbyRegion === "us-west-2" ? "us-east-1" : "us-west-2",
    },
  ];
}

/** Settings of which one means nothing without the others. */
function allOrNone(values: Partial<Values>, names: readonly (keyof Values)[]): CrossRefusal[] {
  if (!names.every((name) => isRead(values, name))) return [];
  const given = names.filter((name) => values[name] !== undefined);
  if (given.length === 0 || given.length === names.length) return [];
  return names
    .filter((name) => values[name] === undefined)
    .map((name) => ({
      name,
      because: `but ${given.join(" and ")} ${given.length === 1 ? "is" : "are"} set`,
      allowed: `a value beside ${given.join(" and ")}, or none for all of them`,
      lever: homelabAssistantLever(name),
    }));
}

/** What a setting's own reader would propose. */
function homelabAssistantLever(name: keyof Values): string {
  const reading = declared[name].read("");
  return reading.kind === "refused" ? reading.lever : declared[name].default;
}
