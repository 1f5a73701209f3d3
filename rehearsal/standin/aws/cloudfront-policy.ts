import { at, isPresent, numberAt } from "../../../model/property";
import { isUnknown, type PropertyValue } from "../../../model/unknown";
import type { Account, AccountResource } from "./account";
import { characters, UPPER_ALPHANUMERIC, uuid } from "./identifier";
import { isOn, text } from "./known";
import { placesAt } from "./property-path";
import { matches, oneOf, oneOfAt, onPresent, show } from "./property-rules";
import { type Making, type ResourceType, type Rule, words } from "./resource-type";

export const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
export const ORIGIN_ACCESS_CONTROL = "aws:cloudfront/originAccessControl:OriginAccessControl";
export const CACHE_POLICY = "aws:cloudfront/cachePolicy:CachePolicy";
export const ORIGIN_REQUEST_POLICY = "aws:cloudfront/originRequestPolicy:OriginRequestPolicy";
export const RESPONSE_HEADERS_POLICY = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy";
export const CLOUDFRONT_FUNCTION = "aws:cloudfront/function:Function";

/** `E` and 13 characters, as CloudFront names distributions, access controls and versions of either. */
export function cloudFrontId(seed: string): string {
  return `E${characters(`${seed} cloudfront`, 13, UPPER_ALPHANUMERIC)}`;
}

/** The version of a configuration: another one after every change. */
export function etagOf(inputs: PropertyValue): string {
  return cloudFrontId(`etag ${JSON.stringify(inputs)}`);
}

/** CloudFront has no regions, and so neither have its ARNs. */
export function cloudFrontArn(accountId: string, resource: string): string {
  return `arn:aws:cloudfront::${accountId}:${resource}`;
}

const name = matches("name", /^[\w-]{1,128}$/, "1 to 128 letters, digits, - and _");

function takenName(type: string, what: string, code: string) {
  return ({ inputs, account, urn }: Making): string | undefined =>
    account
      .list(type)
      .some((other) => other.urn !== urn && text(other.properties, "name") === text(inputs, "name"))
      ? `${what} ${text(inputs, "name")} already exists (${code}); give it another name`
      : undefined;
}

/** The distribution that still uses a policy, a function or an access control. */
function usedBy(paths: readonly string[], code: string) {
  return ({ id, properties }: AccountResource, account: Account): string | undefined => {
    const names = [id, text(properties, "arn")];
    const user = account
      .list(DISTRIBUTION)
      .find((distribution) =>
        paths.some((path) =>
          placesAt(distribution.properties, path).some(
            ({ value }) => typeof value === "string" && names.includes(value),
          ),
        ),
      );
    return user && `distribution ${user.id} still uses it (${code}); take it out of the distribution first`;
  };
}

const inBehaviors = (property: string) => [
  `defaultCacheBehavior.${property}`,
  `orderedCacheBehaviors[].${property}`,
];

const originAccessControl: ResourceType = {
  token: ORIGIN_ACCESS_CONTROL,
  inputs: words("description name originAccessControlOriginType signingBehavior signingProtocol"),
  required: words("originAccessControlOriginType signingBehavior signingProtocol"),
  replaceOn: ["name"],
  defaults: { description: "Managed by Pulumi" },
  autoName: "name",
  computed: words("arn etag"),
  rules: [
    matches("name", /^.{1,64}$/, "1 to 64 characters"),
    oneOf("originAccessControlOriginType", ["s3", "lambda", "mediastore", "mediapackagev2"]),
    oneOf("signingBehavior", ["always", "never", "no-override"]),
    oneOf("signingProtocol", ["sigv4"]),
  ],
  make: ({ inputs, accountId, seed }) => {
    const id = cloudFrontId(seed);
    return {
      id,
      outputs: { arn: cloudFrontArn(accountId, `origin-access-control/${id}`), etag: etagOf(inputs) },
    };
  },
  admit: takenName(ORIGIN_ACCESS_CONTROL, "origin access control", "OriginAccessControlAlreadyExists"),
  keeps: usedBy(["origins[].originAccessControlId"], "OriginAccessControlInUse"),
};

const orderedTtls: Rule = (inputs) => {
  const [least, usual, most] = ["minTtl", "defaultTtl", "maxTtl"].map((key) => numberAt(inputs, key) ?? 0);
  if (isUnknown(least) || isUnknown(usual) || isUnknown(most)) return [];
  return Number(least) <= Number(usual) && Number(usual) <= Number(most)
    ? []
    : [
        {
          property: "defaultTtl",
          reason: `defaultTtl: CloudFront takes minTtl <= defaultTtl <= maxTtl, got ${String(least)}, ${String(usual)}, ${String(most)}`,
        },
      ];
};

const KEY = "parametersInCacheKeyAndForwardedToOrigin";

const cachePolicy: ResourceType = {
  token: CACHE_POLICY,
  inputs: words(`comment defaultTtl maxTtl minTtl name ${KEY}`),
  required: [
    KEY,
    `${KEY}.cookiesConfig`,
    `${KEY}.cookiesConfig.cookieBehavior`,
    `${KEY}.headersConfig`,
    `${KEY}.queryStringsConfig`,
    `${KEY}.queryStringsConfig.queryStringBehavior`,
  ],
  replaceOn: [],
  defaults: { defaultTtl: 86_400, maxTtl: 31_536_000 },
  autoName: "name",
  computed: words("arn etag"),
  rules: [
    name,
    orderedTtls,
    oneOfAt(`${KEY}.cookiesConfig.cookieBehavior`, words("none whitelist allExcept all")),
    oneOfAt(`${KEY}.headersConfig.headerBehavior`, words("none whitelist")),
    oneOfAt(`${KEY}.queryStringsConfig.queryStringBehavior`, words("none whitelist allExcept all")),
  ],
  make: (making) => policyMade(making, "cache-policy"),
  admit: takenName(CACHE_POLICY, "cache policy", "CachePolicyAlreadyExists"),
  keeps: usedBy(inBehaviors("cachePolicyId"), "CachePolicyInUse"),
};

const originRequestPolicy: ResourceType = {
  token: ORIGIN_REQUEST_POLICY,
  inputs: words("comment cookiesConfig headersConfig name queryStringsConfig"),
  required: words(`cookiesConfig cookiesConfig.cookieBehavior headersConfig queryStringsConfig
    queryStringsConfig.queryStringBehavior`),
  replaceOn: [],
  autoName: "name",
  computed: words("arn etag"),
  rules: [
    name,
    oneOfAt("cookiesConfig.cookieBehavior", words("none whitelist all allExcept")),
    oneOfAt(
      "headersConfig.headerBehavior",
      words("none whitelist allViewer allViewerAndWhitelistCloudFront allExcept"),
    ),
    oneOfAt("queryStringsConfig.queryStringBehavior", words("none whitelist all allExcept")),
  ],
  make: (making) => policyMade(making, "origin-request-policy"),
  admit: takenName(ORIGIN_REQUEST_POLICY, "origin request policy", "OriginRequestPolicyAlreadyExists"),
  keeps: usedBy(inBehaviors("originRequestPolicyId"), "OriginRequestPolicyInUse"),
};

const REFERRER_POLICIES =
  words(`no-referrer no-referrer-when-downgrade origin origin-when-cross-origin same-origin
  strict-origin strict-origin-when-cross-origin unsafe-url`);

/** Headers that have a member of their own in `securityHeadersConfig`. */
const SECURITY_HEADERS = words(`content-security-policy referrer-policy strict-transport-security
  x-content-type-options x-frame-options x-xss-protection`);

const CONFIGS = words(`corsConfig customHeadersConfig removeHeadersConfig securityHeadersConfig
  serverTimingHeadersConfig`);

const responseHeadersPolicy: ResourceType = {
  token: RESPONSE_HEADERS_POLICY,
  inputs: words(`comment name ${CONFIGS.join(" ")}`),
  required: words(`securityHeadersConfig.contentSecurityPolicy.contentSecurityPolicy
    securityHeadersConfig.contentSecurityPolicy.override securityHeadersConfig.contentTypeOptions.override
    securityHeadersConfig.frameOptions.frameOption securityHeadersConfig.frameOptions.override
    securityHeadersConfig.referrerPolicy.referrerPolicy securityHeadersConfig.referrerPolicy.override
    securityHeadersConfig.strictTransportSecurity.accessControlMaxAgeSec
    securityHeadersConfig.strictTransportSecurity.override customHeadersConfig.items[].header
    customHeadersConfig.items[].override customHeadersConfig.items[].value`),
  replaceOn: [],
  autoName: "name",
  computed: words("arn etag"),
  rules: [
    name,
    (inputs) =>
      CONFIGS.some((key) => isPresent(inputs[key]))
        ? []
        : [
            {
              property: CONFIGS[0] ?? "",
              reason: `none of ${CONFIGS.join(", ")} is set (InvalidArgument); set one`,
            },
          ],
    oneOfAt("securityHeadersConfig.frameOptions.frameOption", ["DENY", "SAMEORIGIN"]),
    oneOfAt("securityHeadersConfig.referrerPolicy.referrerPolicy", REFERRER_POLICIES),
    (inputs) =>
      placesAt(inputs, "customHeadersConfig.items[].header")
        .filter(({ value }) => typeof value === "string" && SECURITY_HEADERS.includes(value.toLowerCase()))
        .map(({ written, value }) => ({
          property: written,
          reason: `${written}: ${show(value)} is a security header and no custom one (InvalidArgument); set it in securityHeadersConfig`,
        })),
  ],
  make: (making) => policyMade(making, "response-headers-policy"),
  admit: takenName(RESPONSE_HEADERS_POLICY, "response headers policy", "ResponseHeadersPolicyAlreadyExists"),
  keeps: usedBy(inBehaviors("responseHeadersPolicyId"), "ResponseHeadersPolicyInUse"),
};

function policyMade({ inputs, accountId, seed }: Making, kind: string) {
  const id = uuid(seed);
  return { id, outputs: { arn: cloudFrontArn(accountId, `${kind}/${id}`), etag: etagOf(inputs) } };
}

/** What CloudFront Functions take (developer guide, "Quotas on CloudFront Functions"). */
const FUNCTION_BYTES_MAX = 10_240;

const cloudFrontFunction: ResourceType = {
  token: CLOUDFRONT_FUNCTION,
  inputs: words("code comment keyValueStoreAssociations name publish runtime tags"),
  required: ["code", "runtime"],
  replaceOn: ["name"],
  defaults: { publish: true },
  autoName: "name",
  computed: words("arn etag liveStageEtag status"),
  rules: [
    matches("name", /^[\w-]{1,64}$/, "1 to 64 letters, digits, - and _"),
    oneOf("runtime", ["cloudfront-js-1.0", "cloudfront-js-2.0"]),
    onPresent("code", (value) => {
      const bytes = Buffer.byteLength(String(value));
      return bytes <= FUNCTION_BYTES_MAX
        ? undefined
        : `CloudFront takes ${FUNCTION_BYTES_MAX} bytes, got ${bytes}`;
    }),
  ],
  make: ({ inputs, accountId }) => {
    const etag = etagOf([at(inputs, "code"), at(inputs, "runtime"), at(inputs, "comment")]);
    return {
      id: text(inputs, "name"),
      outputs: {
        arn: cloudFrontArn(accountId, `function/${text(inputs, "name")}`),
        etag,
        liveStageEtag: isOn(inputs, "publish") ? etag : "",
        status: isOn(inputs, "publish") ? "UNASSOCIATED" : "UNPUBLISHED",
      },
    };
  },
  admit: takenName(CLOUDFRONT_FUNCTION, "function", "FunctionAlreadyExists"),
  keeps: usedBy(inBehaviors("functionAssociations[].functionArn"), "FunctionInUse"),
};

export const CLOUDFRONT_POLICIES: readonly ResourceType[] = [
  originAccessControl,
  cachePolicy,
  originRequestPolicy,
  responseHeadersPolicy,
  cloudFrontFunction,
];
