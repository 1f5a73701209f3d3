import type { PlayedEndpoint } from "./play";

/** Ports; `any` where nothing says which, so that none is refused. */
export type Ports = "any" | readonly number[];

/** What listens at an endpoint, as the internet sees it. TLS is not played, but whether it is spoken decides. */
export interface Doors {
  readonly http: Ports;
  readonly https: Ports;
  /** Whether a TLS handshake fails that names no server (SNI). */
  readonly needsServerName: boolean;
}

/** Ports that the service fixes, and those that only a security group or a listener would tell. */
const DOORS: Readonly<Record<PlayedEndpoint["kind"], Doors>> = {
  // HTTP APIs and custom domains take TLS with SNI only (API Gateway developer guide, custom domain names).
  "api-gateway": { http: [], https: [443], needsServerName: true },
  // Website endpoints do not take HTTPS (S3 user guide, "Website endpoints").
  "s3-website": { http: [80], https: [], needsServerName: false },
  // Alternate names are served by SNI (CloudFront developer guide, "Choosing how CloudFront serves HTTPS requests").
  cloudfront: { http: [80], https: [443], needsServerName: true },
  "load-balancer": { http: "any", https: "any", needsServerName: false },
  instance: { http: "any", https: "any", needsServerName: false },
  // What these speak is not played: whoever asks is answered.
  database: { http: "any", https: "any", needsServerName: false },
  cache: { http: "any", https: "any", needsServerName: false },
  broker: { http: "any", https: "any", needsServerName: false },
  "search-domain": { http: "any", https: "any", needsServerName: false },
  "app-service": { http: "any", https: "any", needsServerName: false },
  "function-url": { http: "any", https: "any", needsServerName: false },
  outside: { http: "any", https: "any", needsServerName: false },
};

export function doorsOf({ kind }: Pick<PlayedEndpoint, "kind">): Doors {
  return DOORS[kind];
}

export type Scheme = "http" | "https";

/** How somebody comes to a port; `tcp` only connects. */
export interface Knock {
  readonly speaks: Scheme | "tcp";
  readonly port: number;
  /** Whether a TLS handshake names the server (SNI). */
  readonly sendsServerName: boolean;
}

/** Which scheme answers the knock, or why a connection cannot come about. */
export function doorAt(
  doors: Doors,
  { speaks, port, sendsServerName }: Knock,
): { readonly kind: "open"; readonly scheme: Scheme } | { readonly kind: "shut"; readonly why: string } {
  const open = SCHEMES.filter((scheme) => isOpen(doors[scheme], port));
  const [first] = open;
  if (first === undefined) return { kind: "shut", why: `nothing listens on port ${port}` };
  if (speaks === "tcp") return { kind: "open", scheme: first };
  if (!open.includes(speaks)) return { kind: "shut", why: `port ${port} speaks ${first.toUpperCase()} only` };
  if (speaks === "https" && doors.needsServerName && !sendsServerName) {
    return { kind: "shut", why: "TLS handshake failed: no server name (SNI)" };
  }
  return { kind: "open", scheme: speaks };
}

/** The schemes that an endpoint speaks at any port at all. */
export function schemesOf(doors: Doors): Scheme[] {
  return SCHEMES.filter((scheme) => doors[scheme] === "any" || doors[scheme].length > 0);
}

const SCHEMES: readonly Scheme[] = ["https", "http"];

function isOpen(ports: Ports, port: number): boolean {
  return ports === "any" || ports.includes(port);
}
