import { booleanValue, oneOf, type Reader } from "../setting-values";
import { checkPath } from "./check-path";
import {
  boundMeetsObjective,
  boundOf,
  type CommonSettings,
  commonDeclared,
  commonSettingsOf,
  domainInZone,
} from "./common-settings";
import { setting, systemReader } from "./declared-setting";
import { recordTtlDeclared } from "./record-ttl";
import { regionsDeclared, regionsDiffer } from "./regions-settings";
import { siteFolderPath } from "./site-folder-path";
import { nameIsBucketName } from "./website-name";

/** What one stack of the web server is, after validation. */
export interface WebServerSettings extends CommonSettings<"web-server", "HTTP"> {
  readonly primaryRegion: string;
  readonly standbyRegion: string;
  readonly recordTtlSeconds: number;
  /** Served from a file of this name. */
  readonly healthCheckPath: string;
  readonly instanceType: InstanceType;
  /** Folder of the server's pages, relative to the project. */
  readonly siteFolder: string;
  readonly maintenance: {
    /** Folder of the page that stands in, relative to the project. */
    readonly folder: string;
    /** `website`: over HTTP only; `distribution`: CloudFront before it, for HTTPS as well. */
    readonly front: "website" | "distribution";
  };
}

/** The processor by instance type. */
export const INSTANCE_TYPES = {
  "t4g.nano": "arm64",
  "t4g.micro": "arm64",
  "t3.nano": "x86_64",
  "t3.micro": "x86_64",
} as const;

export type InstanceType = keyof typeof INSTANCE_TYPES;

/** A path that is a file's name as well. */
const healthFile: Reader<string> = (text) => {
  const reading = checkPath("/health")(text);
  if (reading.kind === "refused") return reading;
  return /^(\/[a-z0-9][a-z0-9._-]{0,62}){1,4}$/.test(text)
    ? reading
    : {
        kind: "refused",
        allowed: "a path of up to 4 parts of small letters, digits, . - and _, since a file has it",
        lever: "/health",
      };
};

const declared = {
  ...commonDeclared({
    domainName: "web.example.com",
    requestIntervalSeconds: 30,
    stackMonthlyBudgetUsd: "20",
  }),
  ...regionsDeclared,
  ...recordTtlDeclared,
  healthCheckPath: setting("/health", healthFile),
  instanceType: setting("t4g.nano", oneOf(Object.keys(INSTANCE_TYPES) as InstanceType[], "t4g.nano")),
  siteFolder: setting("site-server", siteFolderPath("site-server")),
  maintenanceFolder: setting("site-maintenance", siteFolderPath("site-maintenance")),
  maintenanceCloudFront: setting("false", booleanValue),
};

export const webServerReader = systemReader({
  declared,
  crossCheck: (values) => [
    ...regionsDiffer(values),
    ...domainInZone(values),
    ...nameIsBucketName(values),
    ...boundMeetsObjective(values, "HTTP", values.recordTtlSeconds),
  ],
  settingsOf: (values, stack): WebServerSettings => {
    const base = commonSettingsOf("web-server", "HTTP", values, stack);
    return {
      ...base,
      primaryRegion: values.primaryRegion,
      standbyRegion: values.standbyRegion,
      recordTtlSeconds: values.recordTtlSeconds,
      healthCheckPath: values.healthCheckPath,
      instanceType: values.instanceType,
      siteFolder: values.siteFolder,
      maintenance: {
        folder: values.maintenanceFolder,
        front: values.maintenanceCloudFront ? "distribution" : "website",
      },
      bound: boundOf(base.healthCheck, values.recordTtlSeconds),
    };
  },
});
