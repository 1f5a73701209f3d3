import { type AnswerSet, memberName, setMembers } from "../../../model/answer-sets";
import type { RecordSet } from "../../../model/failover-plan";
import { isUnknown } from "../../../model/unknown";
import type { VisitReply } from "../http-visit";
import type { EndpointReply } from "../region-endpoint";
import type { RehearsedApp, RehearsedStack } from "../rehearsed-app";

const SUBMISSIONS_PATH = "/submissions";
/** Which gateway took a submission. */
const GATEWAY = "x-gateway";
/** The status of "taken, to be passed on" (RFC 9110, 202 Accepted): the relay promises no more than that. */
const TAKEN = 202;

/**
 * The relay's gateways in small: each answers the path of its check and acknowledges what is posted to it. Its
 * clients post submissions; one that no gateway acknowledged is lost, since a client does not post it again.
 */
export function dataRelayApp({ set, checks }: Pick<RehearsedStack, "set" | "checks">): RehearsedApp {
  const names = new Map(setMembers(set).map((member) => [urnOf(member), memberName(member)]));
  const scheme = checks.some(({ type }) => type.startsWith("HTTPS")) ? "https" : "http";
  const checkPaths = new Set(checks.map(({ path }) => path));
  return {
    doors: () => ({
      http: scheme === "http" ? "any" : [],
      https: scheme === "https" ? "any" : [],
      needsServerName: false,
    }),
    serve({ urn }) {
      const gateway = names.get(urn) ?? urn;
      const reply = (status: number, content: object): EndpointReply => ({
        status,
        headers: { "content-type": "application/json", [GATEWAY]: gateway },
        body: JSON.stringify(content),
      });
      return {
        handle({ method, url, body }) {
          if (checkPaths.has(url) && (method === "GET" || method === "HEAD")) {
            return reply(200, { status: "ok", gateway });
          }
          if (url !== SUBMISSIONS_PATH) return reply(404, { error: "no such path" });
          if (method !== "POST") return reply(405, { error: "submissions are posted" });
          const id = submissionId(body);
          return id === undefined
            ? reply(400, { error: "a submission has an id" })
            : reply(TAKEN, { acknowledged: id });
        },
      };
    },
    visitors: [
      {
        name: "submissions",
        scheme,
        visit: (number) => ({
          method: "POST",
          path: SUBMISSIONS_PATH,
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ id: `submission-${number}` }),
        }),
        isServed: isAcknowledged,
        servedBy: ({ headers }) => (typeof headers[GATEWAY] === "string" ? headers[GATEWAY] : null),
      },
    ],
    faultPlaces: [
      {
        name: "every-gateway",
        title: "every gateway is lost; DNS goes on naming them, as if all were healthy",
        expectation: "all-named",
        endpoints: [...names.keys()],
        // A member without weight is never named beside others that have some.
        named: heaviestFirst(set)
          .filter((member) => weightOf(member) > 0)
          .map(urnOf),
      },
    ],
  };
}

/** A gateway outside the stack is known by its record. */
function urnOf({ endpoint, urn }: RecordSet): string {
  return endpoint ?? urn;
}

function weightOf({ routing }: RecordSet): number {
  return routing.kind === "weighted" && !isUnknown(routing.weight) ? routing.weight : 0;
}

function heaviestFirst(set: AnswerSet): RecordSet[] {
  return setMembers(set).sort((a, b) => weightOf(b) - weightOf(a));
}

function isAcknowledged({ status, body }: VisitReply): boolean {
  return status === TAKEN && /^\{"acknowledged":"submission-\d+"\}$/.test(body);
}

function submissionId(body: Buffer): string | undefined {
  try {
    const { id } = JSON.parse(body.toString()) as { id?: unknown };
    return typeof id === "string" && id !== "" ? id : undefined;
  } catch {
    return undefined;
  }
}
