import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Problem } from "../shared/problem";
import { type After, createTableHealth } from "../shared/table-health";
import { isAlreadyKnown, parsePrecondition } from "./precondition";
import { entityTag, type Profile, profileBody } from "./profile";
import { parseProfileId, parseProfileWrite } from "./profile-request";
import { type ProfileStore, StoreUnavailable } from "./profile-store";

/** The part of an HTTP API's event (payload format 2.0) that is read; header names come in lower case. */
export type ProfileApiEvent = Pick<APIGatewayProxyEventV2, "routeKey" | "headers" | "isBase64Encoded"> & {
  readonly body?: string;
  readonly pathParameters?: Record<string, string | undefined>;
  readonly requestContext: { readonly requestId: string };
};

export type ProfileApiHandler = (event: ProfileApiEvent) => Promise<APIGatewayProxyStructuredResultV2>;

/** One structured line per failure that is not the caller's; the access log has the others. */
export interface LogEntry {
  readonly level: "error";
  readonly message: string;
  readonly region: string;
  readonly build: string;
  readonly route: string;
  readonly requestId: string;
  readonly errors: readonly { readonly name: string; readonly message: string; readonly stack?: string }[];
}

export interface HandlerSettings {
  readonly store: ProfileStore;
  readonly region: string;
  /** Names the deployed code: the first 12 hexadecimal digits of the bundle's sha256. */
  readonly build: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Real time unless given. */
  readonly after?: After;
  /** One line of JSON on stderr unless given. */
  readonly log?: (entry: LogEntry) => void;
}

type Answer = { readonly status: number; readonly headers?: Record<string, string>; readonly body?: object };

/** The profile API behind an HTTP API, without a server, an SDK or a clock of its own. */
export function createHandler(settings: HandlerSettings): ProfileApiHandler {
  const {
    store,
    region,
    build,
    now,
    after,
    log = (entry) => console.error(JSON.stringify(entry)),
  } = settings;

  function report(event: ProfileApiEvent, message: string, error: unknown): void {
    const { routeKey: route, requestContext } = event;
    const { requestId } = requestContext;
    log({ level: "error", message, region, build, route, requestId, errors: errorChain(error) });
  }

  const tableHealth = createTableHealth({ touch: store.touch, now, after });

  async function answerHealth(event: ProfileApiEvent): Promise<Answer> {
    const table = await tableHealth((error) => report(event, "the local replica does not answer", error));
    const status = table.reachable ? "ok" : "unavailable";
    return { status: table.reachable ? 200 : 503, body: { status, region, build, table } };
  }

  async function answerRoute(event: ProfileApiEvent): Promise<Answer> {
    switch (event.routeKey) {
      case "GET /profiles/{id}":
        return readProfile(store, event);
      case "PUT /profiles/{id}":
        return writeProfile(store, event);
      case "GET /healthz":
        return answerHealth(event);
      default:
        return refusal({ status: 404, code: "route_not_found", message: "There is nothing here." }, event);
    }
  }

  return async (event) => {
    const answer = await answerRoute(event).catch((error: unknown) => {
      report(event, "the request failed", error);
      return failure(error, event);
    });
    return {
      statusCode: answer.status,
      headers: {
        "cache-control": "no-store",
        ...(answer.body ? { "content-type": "application/json" } : {}),
        // Says which region served, so that a drill can watch the answer flip from outside.
        "x-region": region,
        ...answer.headers,
      },
      body: answer.body ? JSON.stringify(answer.body) : "",
    };
  };
}

async function readProfile(store: ProfileStore, event: ProfileApiEvent): Promise<Answer> {
  const id = parseProfileId(event.pathParameters?.id);
  if (id.kind === "refused") return refusal(id.problem, event);
  const profile = await store.read(id.value);
  if (!profile) {
    return refusal(
      { status: 404, code: "profile_not_found", message: "There is no profile with this id." },
      event,
    );
  }
  if (isAlreadyKnown(event.headers["if-none-match"], entityTag(profile))) {
    return { status: 304, headers: cacheableHeaders(profile) };
  }
  return { status: 200, headers: cacheableHeaders(profile), body: profileBody(profile) };
}

async function writeProfile(store: ProfileStore, event: ProfileApiEvent): Promise<Answer> {
  const id = parseProfileId(event.pathParameters?.id);
  if (id.kind === "refused") return refusal(id.problem, event);
  const { body, isBase64Encoded, headers } = event;
  const write = parseProfileWrite({ contentType: headers["content-type"], body, isBase64Encoded });
  if (write.kind === "refused") return refusal(write.problem, event);
  const precondition = parsePrecondition({
    ifMatch: headers["if-match"],
    ifNoneMatch: headers["if-none-match"],
    expectedVersion: write.value.expectedVersion,
  });
  if (precondition.kind === "refused") return refusal(precondition.problem, event);
  const outcome = await store.write(id.value, write.value.draft, precondition.value);
  if (outcome.kind === "precondition-failed") {
    return refusal(preconditionProblem(precondition.value.kind), event);
  }
  const { profile } = outcome;
  return {
    status: profile.version === 1 ? 201 : 200,
    headers: cacheableHeaders(profile),
    body: profileBody(profile),
  };
}

/** A precondition in a header fails with 412 (RFC 9110); one in the body is a conflict with what is stored. */
function preconditionProblem(kind: string): Problem {
  if (kind === "version") {
    return {
      status: 409,
      code: "version_conflict",
      message: "expectedVersion is not the stored version; read the profile and try again.",
    };
  }
  const message =
    kind === "absent"
      ? "The profile exists already; leave out If-None-Match to replace it."
      : "The stored profile is not the one of If-Match; read the profile and try again.";
  return { status: 412, code: "precondition_failed", message };
}

/** A cache may keep a profile but must ask again before every use: another region may have changed it. */
function cacheableHeaders(profile: Profile): Record<string, string> {
  return { "cache-control": "private, no-cache", etag: entityTag(profile) };
}

function failure(error: unknown, event: ProfileApiEvent): Answer {
  if (error instanceof StoreUnavailable) {
    const message = "The profiles cannot be reached right now; try again.";
    const answer = refusal({ status: 503, code: "store_unavailable", message }, event);
    return { ...answer, headers: { "retry-after": "1" } };
  }
  const message = "The request failed; the request id leads to the reason in the log.";
  return refusal({ status: 500, code: "internal_error", message }, event);
}

function refusal({ status, code, message }: Problem, { requestContext }: ProfileApiEvent): Answer {
  return { status, body: { error: { code, message, requestId: requestContext.requestId } } };
}

function errorChain(error: unknown): LogEntry["errors"] {
  if (!(error instanceof Error)) return [{ name: typeof error, message: String(error) }];
  const { name, message, stack, cause } = error;
  // What is merely away needs no stack trace.
  if (error instanceof StoreUnavailable) return [{ name, message }, ...errorChain(cause)];
  return [{ name, message, stack }, ...(cause === undefined ? [] : errorChain(cause))];
}
