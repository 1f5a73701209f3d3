import { isHostName, normalizeDnsName } from "../../../model/dns-name";
import { at, stringListAt } from "../../../model/property";
import { isUnknown, type PropertyValue } from "../../../model/unknown";
import type { Account, AccountResource } from "./account";
import { arn, parseArn } from "./arn";
import { characters, hex, LOWER_LETTERS, uuid } from "./identifier";
import { text, texts } from "./known";
import { exactlyOneOf, oneOf, onPresent, requiredWhen, show } from "./property-rules";
import { type Making, type ResourceType, type Rule, words } from "./resource-type";

export const CERTIFICATE = "aws:acm/certificate:Certificate";
export const CERTIFICATE_VALIDATION = "aws:acm/certificateValidation:CertificateValidation";
const RECORD = "aws:route53/record:Record";
const DOMAIN_NAME = "aws:apigatewayv2/domainName:DomainName";
const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";

/** The record by which ACM sees that the owner of a name wants the certificate. */
export interface ValidationOption {
  readonly domainName: string;
  readonly resourceRecordName: string;
  readonly resourceRecordType: string;
  readonly resourceRecordValue: string;
}

/**
 * One option per name. A name and its wildcard have the same record, and it depends on the account and the name
 * alone, so certificates for one name in two regions need one record between them (ACM user guide, "DNS validation").
 */
export function validationOptions(names: readonly string[], accountId: string): ValidationOption[] {
  return names.map((domainName) => {
    const base = normalizeDnsName(domainName).replace(/^\*\./, "");
    const seed = `${accountId} ${base} validation`;
    const account = characters(`${accountId} validation`, 10, LOWER_LETTERS);
    return {
      domainName,
      resourceRecordName: `_${hex(`${seed} name`, 32)}.${base}.`,
      resourceRecordType: "CNAME",
      resourceRecordValue: `_${hex(`${seed} value`, 32)}.${account}.acm-validations.aws.`,
    };
  });
}

/** Whether a certificate for `names` is good for `host`: exactly, or by a wildcard for its first label. */
export function certificateCovers(names: readonly string[], host: string): boolean {
  const [, ...parent] = normalizeDnsName(host).split(".");
  const accepted = [normalizeDnsName(host), `*.${parent.join(".")}`];
  return names.some((name) => accepted.includes(normalizeDnsName(name)));
}

function findCertificate(account: Account, certificateArn: string): AccountResource | undefined {
  return account.list(CERTIFICATE).find(({ id }) => id === certificateArn);
}

/** The validation records that a certificate still waits for in the account's DNS. */
function missingValidationRecords(account: Account, certificate: AccountResource): string[] {
  const options = at(certificate.properties, "domainValidationOptions");
  const records = account.list(RECORD);
  const wanted = (Array.isArray(options) ? options : []).filter(
    (option) =>
      !records.some(
        ({ properties }) =>
          text(properties, "type") === "CNAME" &&
          normalizeDnsName(text(properties, "fqdn")) ===
            normalizeDnsName(text(option, "resourceRecordName")) &&
          texts(properties, "records").some(
            (value) => normalizeDnsName(value) === normalizeDnsName(text(option, "resourceRecordValue")),
          ),
      ),
  );
  return [...new Set(wanted.map((option) => text(option, "resourceRecordName")))];
}

/**
 * Why a service would not take a certificate for its host names: it is not there, not for them, or not issued.
 * @param code what the service calls the error, `property` where it takes the ARN from.
 */
export function unusableCertificate(
  account: Account,
  certificateArn: string,
  hosts: readonly string[],
  code: string,
  property: string,
): string | undefined {
  const certificate = findCertificate(account, certificateArn);
  if (certificate === undefined)
    return account.complete ? `certificate ${certificateArn} does not exist (${code})` : undefined;
  const names = texts(certificate.properties, "subjectAlternativeNames");
  const bare = hosts.find((host) => !certificateCovers(names, host));
  if (bare !== undefined)
    return `the certificate is for ${names.join(", ")} and does not cover ${bare}; add it to subjectAlternativeNames`;
  const waiting = account.complete ? missingValidationRecords(account, certificate)[0] : undefined;
  return waiting === undefined
    ? undefined
    : `the certificate is not issued yet (its record ${waiting} does not exist); take ${property} from the CertificateValidation`;
}

const certifiable = (value: PropertyValue): boolean =>
  typeof value === "string" && isHostName(value.replace(/^\*\./, ""));

const nameRule: Rule = onPresent("domainName", (value) =>
  certifiable(value) && String(value).length <= 64
    ? undefined
    : `ACM takes a host name of at most 64 characters, or one under a wildcard, got ${show(value)}`,
);

const alternativeNameRule: Rule = (inputs) => {
  const names = stringListAt(inputs, "subjectAlternativeNames");
  if (names === undefined || isUnknown(names)) return [];
  const wrong = names.find((name) => !certifiable(name));
  return wrong === undefined
    ? []
    : [
        {
          property: "subjectAlternativeNames",
          reason: `subjectAlternativeNames: ACM takes host names, the first label may be *, got ${show(wrong)}`,
        },
      ];
};

const certificate: ResourceType = {
  token: CERTIFICATE,
  inputs:
    words(`certificateAuthorityArn certificateBody certificateChain domainName earlyRenewalDuration keyAlgorithm
    options privateKey privateKeyWo privateKeyWoVersion region subjectAlternativeNames tags validationMethod
    validationOptions`),
  replaceOn:
    words(`certificateAuthorityArn domainName keyAlgorithm region subjectAlternativeNames validationMethod
    validationOptions`),
  computed:
    words(`arn domainName domainValidationOptions keyAlgorithm notAfter notBefore options pendingRenewal
    renewalEligibility renewalSummaries status subjectAlternativeNames type validationEmails validationMethod`),
  rules: [
    exactlyOneOf("domainName", "privateKey", "privateKeyWo"),
    requiredWhen(
      "validationMethod",
      ({ domainName, certificateAuthorityArn }) =>
        domainName !== undefined && certificateAuthorityArn === undefined,
      "a public certificate is validated by DNS or EMAIL",
    ),
    oneOf("validationMethod", ["DNS", "EMAIL"]),
    oneOf(
      "keyAlgorithm",
      words("RSA_1024 RSA_2048 RSA_3072 RSA_4096 EC_prime256v1 EC_secp384r1 EC_secp521r1"),
    ),
    nameRule,
    alternativeNameRule,
  ],
  make: ({ inputs, accountId, region, seed }) => {
    const names = [
      ...new Set([text(inputs, "domainName"), ...texts(inputs, "subjectAlternativeNames")]),
    ].filter((name) => name !== "");
    const certificateArn = arn("acm", region, accountId, `certificate/${uuid(seed)}`);
    const byDns = inputs.validationMethod === "DNS";
    const imported = inputs.domainName === undefined;
    return {
      id: certificateArn,
      outputs: {
        arn: certificateArn,
        domainName: inputs.domainName ?? "",
        domainValidationOptions: byDns
          ? validationOptions(names, accountId).map((option) => ({ ...option }))
          : [],
        keyAlgorithm: inputs.keyAlgorithm ?? "RSA_2048",
        notAfter: "",
        notBefore: "",
        options: inputs.options ?? {
          certificateTransparencyLoggingPreference: "ENABLED",
          export: "DISABLED",
        },
        pendingRenewal: false,
        renewalEligibility: "INELIGIBLE",
        renewalSummaries: [],
        status: imported ? "ISSUED" : "PENDING_VALIDATION",
        subjectAlternativeNames: names,
        type: imported ? "IMPORTED" : "AMAZON_ISSUED",
        validationEmails: [],
        validationMethod: inputs.validationMethod ?? "NONE",
      },
    };
  },
  keeps: ({ id }, account) => {
    const user = account
      .list(DOMAIN_NAME)
      .find(({ properties }) => text(properties, "domainNameConfiguration", "certificateArn") === id);
    if (user) return `custom domain ${user.id} uses it (ResourceInUse); delete that first`;
    const distribution = account
      .list(DISTRIBUTION)
      .find(({ properties }) => text(properties, "viewerCertificate", "acmCertificateArn") === id);
    return distribution && `distribution ${distribution.id} uses it (ResourceInUse); delete that first`;
  },
};

const certificateValidation: ResourceType = {
  token: CERTIFICATE_VALIDATION,
  inputs: words("certificateArn region validationRecordFqdns"),
  required: ["certificateArn"],
  replaceOn: words("certificateArn region validationRecordFqdns"),
  computed: [],
  rules: [
    (inputs) => {
      const own = typeof inputs.certificateArn === "string" ? parseArn(inputs.certificateArn) : undefined;
      return own === undefined || typeof inputs.region !== "string" || own.region === inputs.region
        ? []
        : [
            {
              property: "certificateArn",
              reason: `certificateArn: the certificate is in ${own.region}, not in ${inputs.region}; use the provider of its region`,
            },
          ];
    },
  ],
  make: ({ seed }) => ({ id: `2026-01-01 00:00:00.${hex(seed, 3)} +0000 UTC`, outputs: {} }),
  admit: ({ inputs, account }: Making) => {
    const found = findCertificate(account, text(inputs, "certificateArn"));
    if (!account.complete) return undefined;
    if (found === undefined)
      return `certificate ${text(inputs, "certificateArn")} does not exist (ResourceNotFound)`;
    const missing = missingValidationRecords(account, found)[0];
    return missing === undefined
      ? undefined
      : `the certificate would wait for ever: no CNAME record ${missing} with the value from its domainValidationOptions; create the record and depend on it`;
  },
};

export const ACM: readonly ResourceType[] = [certificate, certificateValidation];
