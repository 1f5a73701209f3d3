import { CLOUDFRONT_ZONE_ID } from "../../../model/alias-zone";
import { isHostName } from "../../../model/dns-name";
import { isPresent } from "../../../model/property";
import { isUnknown, type Properties } from "../../../model/unknown";
import { unusableCertificate } from "./acm";
import { distributionRules } from "./cloudfront-distribution-rules";
import { policyExists } from "./cloudfront-managed";
import {
  CACHE_POLICY,
  cloudFrontArn,
  cloudFrontId,
  DISTRIBUTION,
  etagOf,
  ORIGIN_ACCESS_CONTROL,
  ORIGIN_REQUEST_POLICY,
  RESPONSE_HEADERS_POLICY,
} from "./cloudfront-policy";
import { characters, LOWER_ALPHANUMERIC } from "./identifier";
import { text, texts } from "./known";
import { isObject, placesAt } from "./property-path";
import { oneOf, onPresent, show } from "./property-rules";
import { type Making, type ResourceType, words } from "./resource-type";

const BEHAVIOR = words("allowedMethods cachedMethods targetOriginId viewerProtocolPolicy");

const distribution: ResourceType = {
  token: DISTRIBUTION,
  inputs: words(`aliases anycastIpListId cacheTagConfig comment connectionFunctionAssociation
    continuousDeploymentPolicyId customErrorResponses defaultCacheBehavior defaultRootObject enabled httpVersion
    isIpv6Enabled loggingConfig orderedCacheBehaviors originGroups origins priceClass restrictions retainOnDelete
    staging tags viewerCertificate viewerMtlsConfig waitForDeployment webAclId`),
  required: [
    ...words("defaultCacheBehavior enabled origins restrictions viewerCertificate"),
    ...BEHAVIOR.map((key) => `defaultCacheBehavior.${key}`),
    ...BEHAVIOR.map((key) => `orderedCacheBehaviors[].${key}`),
    ...words(`orderedCacheBehaviors[].pathPattern origins[].domainName origins[].originId
      originGroups[].originId originGroups[].failoverCriteria originGroups[].failoverCriteria.statusCodes
      originGroups[].members originGroups[].members[].originId restrictions.geoRestriction
      restrictions.geoRestriction.restrictionType`),
  ],
  replaceOn: ["staging"],
  defaults: {
    httpVersion: "http2",
    priceClass: "PriceClass_All",
    retainOnDelete: false,
    staging: false,
    waitForDeployment: true,
  },
  computed: words(`arn callerReference continuousDeploymentPolicyId domainName etag hostedZoneId
    inProgressValidationBatches lastModifiedTime loggingV1Enabled status trustedKeyGroups trustedSigners`),
  rules: [
    oneOf("httpVersion", words("http1.1 http2 http2and3 http3")),
    oneOf("priceClass", words("PriceClass_All PriceClass_200 PriceClass_100")),
    onPresent("aliases", (value) => {
      if (!Array.isArray(value)) return `CloudFront takes a list of host names, got ${show(value)}`;
      const wrong = value.find(
        (alias) =>
          !isUnknown(alias) && !(typeof alias === "string" && isHostName(alias.replace(/^\*\./, ""))),
      );
      return wrong === undefined ? undefined : `CloudFront takes host names, got ${show(wrong)}`;
    }),
    ...distributionRules,
  ],
  make: (making) => {
    const id = cloudFrontId(making.seed);
    return { id, outputs: distributionOutputs(making, id) };
  },
  admit: (making) => takenAlias(making) ?? badCertificate(making) ?? missingPart(making),
};

function distributionOutputs({ inputs, accountId, seed }: Making, id: string): Properties {
  const nobody = [{ enabled: false, items: [] }];
  return {
    arn: cloudFrontArn(accountId, `distribution/${id}`),
    callerReference: `terraform-${characters(seed, 26, "0123456789")}`,
    continuousDeploymentPolicyId: inputs.continuousDeploymentPolicyId ?? "",
    domainName: `d${characters(`${seed} name`, 13, LOWER_ALPHANUMERIC)}.cloudfront.net`,
    etag: etagOf(inputs),
    hostedZoneId: CLOUDFRONT_ZONE_ID,
    inProgressValidationBatches: 0,
    lastModifiedTime: "2026-01-01 00:00:00 +0000 UTC",
    loggingV1Enabled: isPresent(text(inputs, "loggingConfig", "bucket")),
    origins: (Array.isArray(inputs.origins) ? inputs.origins : []).map((origin) => ({
      connectionAttempts: 3,
      connectionTimeout: 10,
      originAccessControlId: "",
      originPath: "",
      ...(isObject(origin) ? origin : {}),
    })),
    status: "Deployed",
    trustedKeyGroups: nobody,
    trustedSigners: nobody,
    viewerCertificate: {
      minimumProtocolVersion: "TLSv1",
      ...(isObject(inputs.viewerCertificate) ? inputs.viewerCertificate : {}),
    },
  };
}

/** A host name leads to one distribution in all of CloudFront. */
function takenAlias({ inputs, account, urn }: Making): string | undefined {
  const wanted = texts(inputs, "aliases").map((alias) => alias.toLowerCase());
  for (const other of account.list(DISTRIBUTION)) {
    const taken = texts(other.properties, "aliases").find((alias) => wanted.includes(alias.toLowerCase()));
    if (other.urn !== urn && taken !== undefined)
      return `aliases: ${taken} is on distribution ${other.id} already (CNAMEAlreadyExists); a name is on one distribution only`;
  }
  return undefined;
}

function badCertificate({ inputs, account }: Making): string | undefined {
  const certificateArn = text(inputs, "viewerCertificate", "acmCertificateArn");
  return certificateArn === ""
    ? undefined
    : unusableCertificate(
        account,
        certificateArn,
        texts(inputs, "aliases"),
        "InvalidViewerCertificate",
        "viewerCertificate.acmCertificateArn",
      );
}

/** Policies and access controls that the distribution names and that are not there. */
function missingPart({ inputs, account }: Making): string | undefined {
  if (!account.complete) return undefined;
  const parts: readonly (readonly [path: string, type: string, code: string])[] = [
    ["CacheBehavior.cachePolicyId", CACHE_POLICY, "NoSuchCachePolicy"],
    ["CacheBehavior.originRequestPolicyId", ORIGIN_REQUEST_POLICY, "NoSuchOriginRequestPolicy"],
    ["CacheBehavior.responseHeadersPolicyId", RESPONSE_HEADERS_POLICY, "NoSuchResponseHeadersPolicy"],
    ["origins[].originAccessControlId", ORIGIN_ACCESS_CONTROL, "InvalidOriginAccessControl"],
  ];
  for (const [path, type, code] of parts) {
    const paths = path.startsWith("CacheBehavior.")
      ? [`default${path}`, path.replace("CacheBehavior", "orderedCacheBehaviors[]")]
      : [path];
    for (const { written, value } of paths.flatMap((one) => placesAt(inputs, one))) {
      if (typeof value === "string" && value !== "" && !policyExists(account, type, value))
        return `${written}: ${value} does not exist (${code}); take it from the resource's id or its lookup`;
    }
  }
  return undefined;
}

export const CLOUDFRONT_DISTRIBUTIONS: readonly ResourceType[] = [distribution];
