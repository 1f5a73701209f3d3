import { stringAt } from "../../../model/property";
import { contentTypeOf } from "../../../model/site-files";
import type { StackResource } from "../../../model/stack-resource";
import { bucketOrigin } from "../bucket-origin";
import { cloudFront } from "../cloudfront";
import { isOpenToAll } from "../open-ports";
import type { PlayedEndpoint } from "../play";
import type { RequestHandler } from "../region-endpoint";
import type { MakeApp, RehearsedStack, VisitorGroup } from "../rehearsed-app";
import { playedWebsite, SERVED_BY, s3Website } from "../s3-website";
import { bucketObjects } from "../stored-objects";

/** What nginx of the user data listens on. */
const LISTENS = { http: 80, https: 443 } as const;

/**
 * The web server with the files that its user data writes, and the page that stands in with the objects that the
 * stack uploads. The certificate is taken as issued. There are no returning browsers: neither nginx nor CloudFront before
 * the page sends HSTS or redirects, so that no browser keeps to HTTPS by itself.
 */
export const webServerApp: MakeApp = ({ resources, others }) => {
  const doors = (port: number) => (isOpenToAll(resources, port) ? [port] : []);
  return {
    doors: ({ kind }) =>
      kind === "instance"
        ? { http: doors(LISTENS.http), https: doors(LISTENS.https), needsServerName: false }
        : undefined,
    serve: (endpoint) => ({ handle: handlerOf(endpoint, resources) }),
    // Those by HTTP come first: they are served by the page whether or not CloudFront stands before it.
    visitors: [
      group("http"),
      {
        ...group("https"),
        ...(others.some(({ kind }) => kind === "s3-website")
          ? { notCovered: "the page that stands in is an S3 website, which speaks HTTP only" }
          : {}),
      },
    ],
  };
};

function group(scheme: "http" | "https"): VisitorGroup {
  return {
    name: `${scheme} visitors`,
    scheme,
    visit: () => ({ method: "GET", path: "/" }),
    servedBy: ({ headers }) => (typeof headers[SERVED_BY] === "string" ? headers[SERVED_BY] : null),
  };
}

function handlerOf(endpoint: PlayedEndpoint, resources: RehearsedStack["resources"]): RequestHandler {
  const resource = resources.find(({ urn }) => urn === endpoint.urn);
  const servedBy = endpoint.region ?? "outside";
  const objectsIn = (bucket: string) => bucketObjects(resources, bucket);
  switch (endpoint.kind) {
    case "instance":
      return resource ? webServer(writtenFiles(resource), servedBy) : notFound;
    case "s3-website":
      return resource
        ? s3Website(playedWebsite(resource, resources, objectsIn(bucketOf(resource)), servedBy))
        : notFound;
    case "cloudfront":
      return resource
        ? cloudFront(
            resource,
            resources,
            (host) => bucketOrigin(host, resource, resources, objectsIn)?.handle,
          )
        : notFound;
    default:
      return notFound;
  }
}

function bucketOf({ properties }: StackResource): string {
  const bucket = stringAt(properties, "bucket");
  return typeof bucket === "string" ? bucket : "";
}

const notFound: RequestHandler = () => ({ status: 404, body: "Not Found\n" });

/** What the user data writes for nginx to serve. */
export interface WrittenFiles {
  /** By paths such as `/index.html`. */
  readonly files: ReadonlyMap<string, string>;
  /** The path that nginx neither caches nor logs; undefined where the user data names none. */
  readonly healthPath: string | undefined;
}

/**
 * Reads the files below nginx's root off an instance's user data.
 * @throws Error for user data that is no cloud-config of this project.
 */
export function writtenFiles({ name, properties }: StackResource): WrittenFiles {
  const userData = stringAt(properties, "userData");
  if (typeof userData !== "string" || !userData.startsWith("#cloud-config\n{")) {
    throw new Error(`${name}: its user data is no cloud-config that the rehearsal can read`);
  }
  const written = (JSON.parse(userData.slice(userData.indexOf("\n"))) as CloudConfig).write_files;
  const root = firstMatch(written, /^root (\/[\w/-]+);$/m) ?? "/";
  return {
    files: new Map(
      written
        .filter(({ path }) => path.startsWith(`${root}/`))
        .map(({ path, content }) => [path.slice(root.length), content]),
    ),
    healthPath: firstMatch(written, /^location = (\/\S+) \{$/m),
  };
}

interface CloudConfig {
  readonly write_files: readonly { readonly path: string; readonly content: string }[];
}

function firstMatch(written: CloudConfig["write_files"], pattern: RegExp): string | undefined {
  return written.flatMap(({ content }) => pattern.exec(content)?.[1] ?? [])[0];
}

/** nginx as the user data sets it up: files by their paths, an index document per folder, whatever the Host is. */
export function webServer({ files, healthPath }: WrittenFiles, servedBy: string): RequestHandler {
  return ({ method, url }) => {
    const headers = { [SERVED_BY]: servedBy, "x-content-type-options": "nosniff" };
    if (method !== "GET" && method !== "HEAD") return { status: 405, headers, body: "Not Allowed\n" };
    const path = url.split("?")[0] ?? "/";
    const file = path.endsWith("/") ? `${path}index.html` : path;
    const body = files.get(file);
    if (body === undefined) return { status: 404, headers, body: "Not Found\n" };
    const [type, cacheControl] =
      path === healthPath ? ["text/plain; charset=utf-8", "no-store"] : [contentTypeOf(file), "no-cache"];
    return {
      status: 200,
      headers: { ...headers, "content-type": type, "cache-control": cacheControl },
      body,
    };
  };
}
