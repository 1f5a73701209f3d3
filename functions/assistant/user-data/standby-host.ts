import { HOST_NAME } from "./host-name";
import { VARIABLE_TEXT } from "./variable-texts";

/** A file of the artifact bucket, known by its content. */
export interface Artifact {
  readonly key: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** Everything that a standby instance is told at its start. None of it is secret: user data can be read by many. */
export interface StandbyHost {
  readonly region: string;
  /** Names the application: the first 12 hexadecimal digits of the bundle's sha256. */
  readonly build: string;
  readonly tableName: string;
  /** SSM parameter of the bearer token; its name, never its value. */
  readonly tokenParameter: string;
  /** Names on the certificate: the failover name and the standby's own. */
  readonly hostNames: readonly string[];
  /** Zone in which Caddy proves the names by `_acme-challenge` records. */
  readonly hostedZoneId: string;
  /** The authority tells this address about trouble; none unless given. */
  readonly acmeEmail?: string;
  /** Let's Encrypt's production directory unless given. */
  readonly acmeDirectory?: string;
  readonly artifactBucket: string;
  /** `functions/dist/assistant/index.js`. */
  readonly application: Artifact;
  /** Caddy for Linux on arm64 with the module dns.providers.route53. */
  readonly caddy: Artifact;
  /** More variables of the application, such as HOMELAB_TOOLS or MODEL_URL. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** Where things lie on the instance. */
export const PLACE = {
  setup: "/usr/local/sbin/assistant-setup",
  environment: "/etc/assistant/assistant.env",
  caddyfile: "/etc/assistant/Caddyfile",
  application: "/opt/assistant/index.js",
  caddy: "/opt/assistant/caddy",
} as const;

/** What Caddy and the application agree on. */
export const APPLICATION_PORT = 8080;

const SHA256 = /^[0-9a-f]{64}$/;
const KEY = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,255}$/;
/** Set from other fields. */
const OWN_VARIABLES = ["AWS_REGION", "BUILD", "TABLE_NAME", "TOKEN_PARAMETER", "HOST", "PORT"];

/**
 * What is wrong with a host, a line each; empty when nothing is. The patterns leave no character through that a
 * shell, systemd, Caddy or YAML would read as more than text.
 */
export function wrongHostLines(host: StandbyHost): string[] {
  const { hostNames, variables = {} } = host;
  const checks: readonly (readonly [string, string | undefined, RegExp, string])[] = [
    ["region", host.region, /^[a-z]{2}(-[a-z]+)+-\d$/, "an AWS region, such as us-east-1"],
    ["build", host.build, /^[A-Za-z0-9._-]{1,64}$/, "1 to 64 letters, digits, . - or _"],
    ["tableName", host.tableName, /^[A-Za-z0-9._-]{3,255}$/, "3 to 255 letters, digits, . - or _"],
    [
      "tokenParameter",
      host.tokenParameter,
      /^(\/[A-Za-z0-9._-]{1,200}){1,5}$/,
      "the path of an SSM parameter",
    ],
    [
      "hostedZoneId",
      host.hostedZoneId,
      /^Z[A-Z0-9]{1,31}$/,
      "the id of a hosted zone, such as Z0123456789ABC",
    ],
    ["acmeEmail", host.acmeEmail, /^[\w.+-]{1,64}@[a-z0-9.-]{3,253}$/, "an e-mail address"],
    ["acmeDirectory", host.acmeDirectory, /^https:\/\/[a-z0-9.-]+(\/[\w.-]+)*$/, "an https URL"],
    ["artifactBucket", host.artifactBucket, /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "the name of an S3 bucket"],
    ["application.key", host.application.key, KEY, "a key of letters, digits, . / - or _"],
    ["application.sha256", host.application.sha256, SHA256, "64 hexadecimal digits"],
    ["caddy.key", host.caddy.key, KEY, "a key of letters, digits, . / - or _"],
    ["caddy.sha256", host.caddy.sha256, SHA256, "64 hexadecimal digits"],
  ];
  return [
    ...checks.flatMap(([name, got, pattern, allowed]) =>
      got === undefined || pattern.test(got)
        ? []
        : [`${name} is ${JSON.stringify(got)}; allowed: ${allowed}`],
    ),
    ...(hostNames.length >= 1 && hostNames.length <= 5
      ? []
      : [`hostNames has ${hostNames.length} names; allowed: 1 to 5`]),
    ...hostNames.flatMap((name) =>
      HOST_NAME.test(name)
        ? []
        : [`hostNames has ${JSON.stringify(name)}; allowed: host names in small letters`],
    ),
    ...Object.entries(variables).flatMap(([name, value]) => wrongVariable(name, value)),
  ];
}

function wrongVariable(name: string, value: string): string[] {
  if (!/^[A-Z][A-Z0-9_]{0,63}$/.test(name) || OWN_VARIABLES.includes(name)) {
    return [
      `variables has ${JSON.stringify(name)}; allowed: capital letters, and none of ${OWN_VARIABLES.join(", ")}`,
    ];
  }
  // A name like this holds a secret, which belongs into Parameter Store; the value is not repeated.
  if (/(SECRET|PASSWORD|TOKEN|KEY|CREDENTIAL)(?!.*_PARAMETER$)/.test(name)) {
    return [
      `variables has ${name}, which sounds like a secret; put it into Parameter Store and give its name`,
    ];
  }
  return VARIABLE_TEXT.test(value)
    ? []
    : [`variables.${name} has characters that cannot be given; allowed: printable ASCII without '`];
}
