import type * as cloudfront from "@pulumi/aws/cloudfront";

export interface SecurityHeaders {
  /**
   * How long a browser that was here by HTTPS refuses HTTP; 0 sends no such header. A fallback that speaks HTTP only
   * cannot be reached by that browser meanwhile.
   */
  readonly strictTransportSeconds: number;
  /** What pages may load, as the header Content-Security-Policy says it. */
  readonly contentSecurityPolicy: string;
}

type HeadersConfig = NonNullable<cloudfront.ResponseHeadersPolicyArgs["securityHeadersConfig"]>;

/** The headers that every answer of a site has; what the bucket says of them does not count. */
export function securityHeadersConfig(headers: SecurityHeaders): HeadersConfig {
  return {
    ...(headers.strictTransportSeconds > 0
      ? {
          strictTransportSecurity: {
            accessControlMaxAgeSec: headers.strictTransportSeconds,
            // Names below this one are not the site's to decide on.
            includeSubdomains: false,
            override: true,
          },
        }
      : {}),
    contentSecurityPolicy: { contentSecurityPolicy: headers.contentSecurityPolicy, override: true },
    contentTypeOptions: { override: true },
    frameOptions: { frameOption: "DENY", override: true },
    referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: true },
  };
}
