import { doorsOf, type Scheme } from "../doors";
import type { PlayedEndpoint } from "../play";
import type { RehearsedApp, RehearsedStack, VisitorGroup } from "../rehearsed-app";

const SERVED_BY = "x-served-by";
/** What visitors ask for: the first that no check does. */
const VISITED = ["/", "/visitors"];

/**
 * Stub endpoints for a stack whose code is not here: each answers the paths of the checks that probe it, and the one
 * that visitors ask for, with 200, the texts that those checks search for and its own name. Everything else is not
 * found. Certificates,
 * redirects and the names that the real endpoints would refuse are not played.
 */
export function stubApp({ primary, others, checks }: RehearsedStack): RehearsedApp {
  // Which check probes which endpoint is for DNS to say, so every stub satisfies all of them.
  const probing = checks.filter(({ type }) => type !== "TCP");
  const paths = new Set(probing.map((check) => pathnameOf(check.path)));
  const texts = checks.flatMap(({ searchString }) => searchString ?? []);
  // Visitors keep off health paths, which fail alone in some scenarios.
  const path = VISITED.find((each) => !paths.has(each)) ?? "/";
  paths.add(path);
  const group = (scheme: Scheme): VisitorGroup => ({
    name: `${scheme} visitors`,
    scheme,
    visit: () => ({ method: "GET", path }),
    servedBy: ({ headers }) => {
      const served = headers[SERVED_BY];
      return typeof served === "string" ? served : null;
    },
  });
  const [first, ...more] = schemesOfVisitors([primary, ...others], checks[0]?.type);
  return {
    serve: (endpoint) => ({
      handle: ({ url }) =>
        paths.has(pathnameOf(url))
          ? {
              status: 200,
              headers: { "content-type": "text/plain", [SERVED_BY]: nameOf(endpoint) },
              body: [`stub of ${endpoint.urn}`, ...texts, ""].join("\n"),
            }
          : { status: 404, headers: { "content-type": "text/plain" }, body: "Not Found\n" },
    }),
    visitors: [group(first), ...more.map(group)],
    warmUp: () => [{ method: "GET", path }],
  };
}

/**
 * What all members speak: what the check speaks, where that leaves a choice. Where they have nothing in common, or a
 * member that HTTPS visitors would not reach, both kinds of visitors come and each counts its own failures.
 */
function schemesOfVisitors(
  members: readonly PlayedEndpoint[],
  checkType: string | undefined,
): [Scheme, ...Scheme[]] {
  const speaks = (scheme: Scheme) => (member: PlayedEndpoint) => doorsOf(member)[scheme].length > 0;
  const isPlain = checkType === "HTTP" || checkType === "HTTP_STR_MATCH";
  if (isPlain && members.every((member) => doorsOf(member).http === "any")) return ["http"];
  if (members.every(speaks("https"))) return ["https"];
  return members.some(speaks("https")) ? ["https", "http"] : ["http"];
}

function pathnameOf(url: string): string {
  return url.split("?")[0] ?? "/";
}

/** The region; outside AWS the name of the record. */
function nameOf({ region, urn }: PlayedEndpoint): string {
  return region ?? urn.split("::").at(-1) ?? urn;
}
