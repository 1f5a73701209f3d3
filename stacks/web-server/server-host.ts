import { HOST_NAME } from "../../functions/assistant/user-data/host-name";

/** A file that the server sends as it is. */
export interface ServedFile {
  /** Below the root, `index.html`. */
  readonly path: string;
  readonly content: string;
}

/** Everything that the web server is told at its start. None of it is secret: user data can be read by many. */
export interface ServerHost {
  /** The name on the certificate. */
  readonly hostName: string;
  /** `/health`. */
  readonly healthPath: string;
  readonly files: readonly ServedFile[];
}

/** Where things lie on the instance. */
export const PLACE = {
  setup: "/usr/local/sbin/web-setup",
  certificate: "/usr/local/sbin/web-certificate",
  configuration: "/etc/web/nginx.conf",
  site: "/etc/web/site.conf",
  /** Copied to `tls` as soon as there is a certificate; nginx, which reads `tls*`, would not start without one. */
  tlsPrepared: "/etc/web/prepared-tls.conf",
  tls: "/etc/web/tls.conf",
  root: "/srv/web",
  challenges: "/var/lib/web-acme",
} as const;

/** What nginx and certbot call the certificate, whatever name is on it. */
export const CERTIFICATE = "web";

const HEALTH_PATH = /^(\/[a-z0-9][a-z0-9._-]{0,62}){1,4}$/;
const FILE_PATH = /^[A-Za-z0-9][\w.-]{0,100}(\/[A-Za-z0-9][\w.-]{0,100}){0,5}$/;

/**
 * What is wrong with a host, a line each; empty when nothing is. The patterns leave no character through that a
 * shell, nginx or YAML would read as more than text.
 */
export function wrongHostLines({ hostName, healthPath, files }: ServerHost): string[] {
  const line = (what: string, got: string, allowed: string) =>
    `${what} is ${JSON.stringify(got)}; allowed: ${allowed}`;
  const paths = files.map(({ path }) => path);
  return [
    ...(HOST_NAME.test(hostName) ? [] : [line("hostName", hostName, "a host name in small letters")]),
    ...(HEALTH_PATH.test(healthPath)
      ? []
      : [line("healthPath", healthPath, "a path of small letters, digits, . - or _, such as /health")]),
    ...(paths.includes("index.html") ? [] : ["files has no index.html; allowed: a page for /"]),
    ...paths.flatMap((path) =>
      FILE_PATH.test(path)
        ? []
        : [line("a file's path", path, "letters, digits, . - _ and / below the root")],
    ),
    ...paths.flatMap((path, index) =>
      paths.indexOf(path) === index ? [] : [line("a file's path", path, "each path once")],
    ),
    ...(paths.includes(healthPath.slice(1))
      ? [line("healthPath", healthPath, "a path that no file of the site has")]
      : []),
  ];
}
