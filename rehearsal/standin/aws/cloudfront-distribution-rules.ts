import { parseS3WebsiteName } from "../../../model/aws-host-name";
import { at, isPresent, listAt, stringAt, stringListAt } from "../../../model/property";
import { isUnknown, type Properties, type PropertyValue } from "../../../model/unknown";
import { parseArn } from "./arn";
import { isObject, type Place, placesAt } from "./property-path";
import { listed, oneOfAt, show } from "./property-rules";
import { type Problem, type Rule, words } from "./resource-type";

/** Answers of an origin after which a group asks the next one (CloudFront API reference, OriginGroupFailoverCriteria). */
const FAILOVER_STATUS_CODES = [400, 403, 404, 416, 429, 500, 502, 503, 504];

const METHODS = [
  ["GET", "HEAD"],
  ["GET", "HEAD", "OPTIONS"],
  ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
];

const TLS_VERSIONS = words(`SSLv3 TLSv1 TLSv1_2016 TLSv1.1_2016 TLSv1.2_2018 TLSv1.2_2019 TLSv1.2_2021
  TLSv1.2_2025 TLSv1.3_2025`);

/** The default behavior and every ordered one. */
function behaviors(inputs: Properties): Place[] {
  return [...placesAt(inputs, "defaultCacheBehavior"), ...placesAt(inputs, "orderedCacheBehaviors[]")].filter(
    ({ value }) => isObject(value),
  );
}

/** Ids of a list of origins or groups; undefined where any of them is not known yet. */
function idsIn(inputs: Properties, property: string): string[] | undefined {
  const items = listAt(inputs, property);
  if (items === undefined) return [];
  const ids = isUnknown(items) ? undefined : items.map((item) => stringAt(item, "originId"));
  return ids === undefined || ids.some(isUnknown) ? undefined : ids.map((id) => String(id ?? ""));
}

function problem(property: string, reason: string): Problem {
  return { property, reason: `${property}: ${reason}` };
}

const uniqueOrigins: Rule = (inputs) => {
  const ids = [...(idsIn(inputs, "origins") ?? []), ...(idsIn(inputs, "originGroups") ?? [])];
  const twice = ids.find((id, index) => id !== "" && ids.indexOf(id) !== index);
  return twice === undefined
    ? []
    : [problem("origins", `${show(twice)} is the originId of two; give each its own`)];
};

const knownTargets: Rule = (inputs) => {
  const [origins, groups] = [idsIn(inputs, "origins"), idsIn(inputs, "originGroups")];
  if (origins === undefined || groups === undefined) return [];
  const targets = behaviors(inputs).map(({ written, value }) => ({
    written: `${written}.targetOriginId`,
    value: at(value, "targetOriginId"),
    known: [...origins, ...groups],
  }));
  const members = placesAt(inputs, "originGroups[].members[].originId").map((place) => ({
    ...place,
    known: origins,
  }));
  return [...targets, ...members].flatMap(({ written, value, known }) =>
    typeof value !== "string" || known.includes(value)
      ? []
      : [problem(written, `no origin ${show(value)} (NoSuchOrigin); there are ${listed(known)}`)],
  );
};

const groupMembers: Rule = (inputs) => [
  ...placesAt(inputs, "originGroups[].members").flatMap(({ written, value }) =>
    Array.isArray(value) && value.length !== 2
      ? [problem(written, `CloudFront takes two origins, got ${value.length}`)]
      : [],
  ),
  ...placesAt(inputs, "originGroups[].failoverCriteria.statusCodes").flatMap(({ written, value }) => {
    const wrong = Array.isArray(value)
      ? value.find((code) => !isUnknown(code) && !FAILOVER_STATUS_CODES.includes(Number(code)))
      : undefined;
    return wrong === undefined
      ? []
      : [problem(written, `CloudFront takes ${listed(FAILOVER_STATUS_CODES)}, got ${show(wrong)}`)];
  }),
];

/** Methods come in three sets, and writes are not repeated at the second origin of a group. */
const methods: Rule = (inputs) => {
  const groups = idsIn(inputs, "originGroups") ?? [];
  return behaviors(inputs).flatMap(({ written, value }) => {
    const given = stringListAt(value, "allowedMethods");
    if (given === undefined || isUnknown(given)) return [];
    const path = `${written}.allowedMethods`;
    const asSet = [...given].sort().join(" ");
    if (!METHODS.some((set) => set.join(" ") === asSet))
      return [
        problem(path, `CloudFront takes GET and HEAD, these with OPTIONS, or all seven, got ${show(given)}`),
      ];
    const target = stringAt(value, "targetOriginId");
    return typeof target === "string" && groups.includes(target) && given.length > 3
      ? [
          problem(
            path,
            `an origin group serves no ${listed(words("POST PUT PATCH DELETE"))} (InvalidArgument); leave them out`,
          ),
        ]
      : [];
  });
};

/** Either a cache policy or the older settings, and never both. */
const caching: Rule = (inputs) =>
  behaviors(inputs).flatMap(({ written, value }) => {
    const hasPolicy = isPresent(at(value, "cachePolicyId"));
    const older = words("forwardedValues minTtl defaultTtl maxTtl").filter((key) =>
      isPresent(at(value, key)),
    );
    if (hasPolicy && older.length > 0)
      return [
        problem(
          `${written}.${older[0]}`,
          "a behavior with cachePolicyId has none (InvalidArgument); leave it out",
        ),
      ];
    return hasPolicy || older.includes("forwardedValues")
      ? []
      : [
          problem(
            written,
            "cachePolicyId is missing, and so is the older forwardedValues (InvalidArgument); set cachePolicyId",
          ),
        ];
  });

/** A bucket is reached as a bucket, with signatures, or as a website, without. */
const origins: Rule = (inputs) =>
  placesAt(inputs, "origins[]").flatMap(({ written, value }) => {
    const domain = stringAt(value, "domainName");
    if (typeof domain !== "string") return [];
    if (/^https?:|\/|:/.test(domain))
      return [
        problem(
          `${written}.domainName`,
          `CloudFront takes a host name without scheme, port or path, got ${show(domain)}`,
        ),
      ];
    if (parseS3WebsiteName(domain) === undefined) return [];
    const asBucket = words("originAccessControlId s3OriginConfig").find((key) => isPresent(at(value, key)));
    if (asBucket !== undefined)
      return [
        problem(
          `${written}.${asBucket}`,
          `${domain} is a website, which takes no signed requests (InvalidArgument); use the bucket's bucketRegionalDomainName`,
        ),
      ];
    return at(value, "customOriginConfig", "originProtocolPolicy") === "http-only" ||
      isUnknown(at(value, "customOriginConfig", "originProtocolPolicy"))
      ? []
      : [
          problem(
            `${written}.customOriginConfig`,
            `${domain} speaks HTTP only; set originProtocolPolicy to http-only`,
          ),
        ];
  });

const viewerCertificate: Rule = (inputs) => {
  const path = "viewerCertificate";
  const certificate: PropertyValue = inputs[path];
  if (!isObject(certificate)) return [];
  const acm = certificate.acmCertificateArn;
  const iam = certificate.iamCertificateId;
  const isOwn = isPresent(acm) || isPresent(iam);
  const aliases = listAt(inputs, "aliases");
  const named = !isUnknown(aliases) && aliases !== undefined && aliases.length > 0;
  if (!isOwn) {
    if (
      certificate.cloudfrontDefaultCertificate !== true &&
      !isUnknown(certificate.cloudfrontDefaultCertificate)
    )
      return [
        problem(
          path,
          "no certificate (InvalidViewerCertificate); set acmCertificateArn, or cloudfrontDefaultCertificate to true",
        ),
      ];
    return named
      ? [
          problem(
            path,
            "CloudFront's own certificate does not cover aliases (InvalidViewerCertificate); set acmCertificateArn to one of us-east-1",
          ),
        ]
      : [];
  }
  const problems: Problem[] = [];
  const region = typeof acm === "string" ? parseArn(acm)?.region : undefined;
  if (typeof acm === "string" && region !== "us-east-1")
    problems.push(
      problem(
        `${path}.acmCertificateArn`,
        `the certificate is in ${region ?? "no region"}, and CloudFront takes one of us-east-1 only (InvalidViewerCertificate); request it there`,
      ),
    );
  if (!isPresent(certificate.sslSupportMethod))
    problems.push(
      problem(`${path}.sslSupportMethod`, "missing, and a certificate of one's own needs it; set sni-only"),
    );
  return problems;
};

/** What CloudFront refuses of a distribution by its own properties. */
export const distributionRules: readonly Rule[] = [
  uniqueOrigins,
  knownTargets,
  groupMembers,
  methods,
  caching,
  origins,
  viewerCertificate,
  oneOfAt("defaultCacheBehavior.viewerProtocolPolicy", words("allow-all https-only redirect-to-https")),
  oneOfAt("orderedCacheBehaviors[].viewerProtocolPolicy", words("allow-all https-only redirect-to-https")),
  oneOfAt("origins[].customOriginConfig.originProtocolPolicy", words("http-only https-only match-viewer")),
  oneOfAt("restrictions.geoRestriction.restrictionType", words("none whitelist blacklist")),
  oneOfAt("viewerCertificate.minimumProtocolVersion", TLS_VERSIONS),
  oneOfAt("viewerCertificate.sslSupportMethod", words("sni-only vip static-ip")),
];
