import { isInZone } from "../../model/dns-name";
import { ALIAS_TTL_SECONDS } from "../../model/recovery-bound";
import { booleanValue, integerBetween } from "../setting-values";
import {
  boundMeetsObjective,
  boundOf,
  type CommonSettings,
  commonDeclared,
  commonSettingsOf,
  domainInZone,
} from "./common-settings";
import { type CrossRefusal, setting, systemReader, type ValuesOf } from "./declared-setting";
import { regionsDeclared, regionsDiffer } from "./regions-settings";
import { siteFolderPath } from "./site-folder-path";
import { otherName, securityPolicy } from "./static-site-values";
import { nameIsBucketName } from "./website-name";

/** What one stack of the static site is, after validation. */
export interface StaticSiteSettings extends CommonSettings<"static-site", "HTTPS"> {
  readonly primaryRegion: string;
  readonly standbyRegion: string;
  /** Folder of the pages, relative to the project. */
  readonly siteFolder: string;
  /** The failover name with `www.` in front, or without it; undefined where the site has one name. */
  readonly otherName: string | undefined;
  /** HSTS; 0 for no such header. CloudFront's redirect keeps browsers to HTTPS whatever it is. */
  readonly strictTransportSeconds: number;
  readonly contentSecurityPolicy: string;
  /** Days for which replaced versions stay, and those under a delete marker, in both buckets. */
  readonly noncurrentDays: number;
  /** Whether the buckets refuse to go while they hold anything. */
  readonly deletionProtection: boolean;
}

/** Nothing from elsewhere, no frame, no plug-in. */
const CONTENT_SECURITY_POLICY =
  "default-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

const declared = {
  ...commonDeclared({
    domainName: "example.com",
    requestIntervalSeconds: 30,
    stackMonthlyBudgetUsd: "5",
  }),
  ...regionsDeclared,
  siteFolder: setting("site", siteFolderPath("site")),
  bothNames: setting("true", booleanValue),
  // Two years are the most that browsers' lists ask for; the default lets a site that gives up HTTPS be reached soon.
  strictTransportSeconds: setting("300", integerBetween(0, 63_072_000, 300)),
  contentSecurityPolicy: setting(CONTENT_SECURITY_POLICY, securityPolicy(CONTENT_SECURITY_POLICY)),
  oldVersionDays: setting("30", integerBetween(1, 3_650, 30)),
  deletionProtection: setting("true", booleanValue),
};

type Values = ValuesOf<typeof declared>;

export const staticSiteReader = systemReader({
  declared,
  crossCheck: (values) => [
    ...regionsDiffer(values),
    ...domainInZone(values),
    ...nameIsBucketName(values),
    ...otherNameServes(values),
    ...boundMeetsObjective(values, "HTTPS", ALIAS_TTL_SECONDS),
  ],
  settingsOf: (values, stack): StaticSiteSettings => {
    const base = commonSettingsOf("static-site", "HTTPS", values, stack);
    return {
      ...base,
      primaryRegion: values.primaryRegion,
      standbyRegion: values.standbyRegion,
      siteFolder: values.siteFolder,
      otherName: values.bothNames ? otherName(values.domainName) : undefined,
      strictTransportSeconds: values.strictTransportSeconds,
      contentSecurityPolicy: values.contentSecurityPolicy,
      noncurrentDays: values.oldVersionDays,
      deletionProtection: values.deletionProtection,
      bound: boundOf(base.healthCheck, ALIAS_TTL_SECONDS),
    };
  },
});

/** The second name needs a record in the same zone and a bucket of its own; the first one's faults are said already. */
function otherNameServes(values: Partial<Values>): CrossRefusal[] {
  const { domainName, hostedZoneName, bothNames } = values;
  if (bothNames !== true || domainName === undefined || hostedZoneName === undefined) return [];
  if (!isInZone(domainName, hostedZoneName) || nameIsBucketName({ domainName }).length > 0) return [];
  const other = otherName(domainName);
  const refused = (because: string, allowed: string): CrossRefusal[] => [
    { name: "bothNames", because, allowed, lever: "false" },
  ];
  if (!isInZone(other, hostedZoneName)) {
    return refused(
      `but ${other} is outside the hosted zone ${hostedZoneName}`,
      `true where both names are in the zone`,
    );
  }
  return nameIsBucketName({ domainName: other }).flatMap(({ because, allowed }) =>
    refused(`but the other name is ${other}, ${because}`, allowed),
  );
}
