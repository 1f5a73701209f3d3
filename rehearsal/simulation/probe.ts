import { type EndpointCheckType, PROBE_LIMITS_SECONDS, SEARCHED_BODY_BYTES } from "../../model/health-check";

/** What a probe saw, in milliseconds since the step before; a step that was never reached is absent. */
export interface ProbeObservation {
  readonly connectMs: number | "refused" | "timeout";
  /** Until the refusal came, where it is one: nothing unless given. */
  readonly refusedMs?: number;
  /** From connected to the status line; absent when it never came. */
  readonly responseMs?: number;
  readonly status?: number;
  /** From the status line to the end of what is searched; absent when it never came. */
  readonly bodyMs?: number;
  readonly body?: Uint8Array | string;
}

export interface ProbeVerdict {
  readonly passed: boolean;
  readonly why: string;
  /** How long the checker was busy, never longer than its time limits. The next interval starts after it. */
  readonly tookMs: number;
}

const LIMIT_MS = {
  httpConnect: PROBE_LIMITS_SECONDS.httpConnect * 1_000,
  httpResponse: PROBE_LIMITS_SECONDS.httpResponse * 1_000,
  body: PROBE_LIMITS_SECONDS.body * 1_000,
  tcpConnect: PROBE_LIMITS_SECONDS.tcpConnect * 1_000,
} as const;

/**
 * Judges one probe as a Route 53 checker does (developer guide, dns-failover-determining-health-of-endpoints):
 * connect within 4 s (TCP checks 10 s), status 2xx or 3xx within the next 2 s, for string match the text wholly
 * within the first 5,120 bytes of the body within the next 2 s, case-sensitive. "Within" includes the limit
 * itself. Certificates are not validated and redirects are not followed.
 */
export function judgeProbe(
  check: { readonly type: EndpointCheckType; readonly searchString?: string },
  observation: ProbeObservation,
): ProbeVerdict {
  const connectLimitMs = check.type === "TCP" ? LIMIT_MS.tcpConnect : LIMIT_MS.httpConnect;
  const { connectMs, responseMs, status, bodyMs } = observation;
  if (connectMs === "refused") return refusal(observation);
  if (connectMs === "timeout" || connectMs > connectLimitMs) {
    return failed(`no connection within ${connectLimitMs / 1_000} s`, connectLimitMs);
  }
  if (check.type === "TCP") return { passed: true, why: "connected", tookMs: connectMs };
  if (responseMs === undefined || status === undefined || responseMs > LIMIT_MS.httpResponse) {
    return failed(
      `no response within ${PROBE_LIMITS_SECONDS.httpResponse} s`,
      connectMs + LIMIT_MS.httpResponse,
    );
  }
  const answeredMs = connectMs + responseMs;
  if (status < 200 || status >= 400) return failed(statusText(status), answeredMs);
  if (check.type === "HTTP" || check.type === "HTTPS") {
    return { passed: true, why: statusText(status), tookMs: answeredMs };
  }
  if (bodyMs === undefined || observation.body === undefined || bodyMs > LIMIT_MS.body) {
    return failed(`no body within ${PROBE_LIMITS_SECONDS.body} s`, answeredMs + LIMIT_MS.body);
  }
  return holdsSearchString(observation.body, check.searchString)
    ? { passed: true, why: `status ${status}, search string found`, tookMs: answeredMs + bodyMs }
    : failed(`search string not in the first ${SEARCHED_BODY_BYTES} bytes`, answeredMs + bodyMs);
}

/**
 * Judges one request of a load balancer to a target (ALB and NLB user guides, target-group-health-checks): answered
 * within its timeout, and with success, which is 200 unless the group says otherwise; by TCP a connection is enough.
 */
export function judgeTargetProbe(
  check: { readonly type: EndpointCheckType; readonly timeoutMs: number; readonly successCodes?: string },
  observation: ProbeObservation,
): ProbeVerdict {
  const { type, timeoutMs, successCodes = "200" } = check;
  const { connectMs, responseMs, status = 0 } = observation;
  if (connectMs === "refused") return refusal(observation);
  const answeredMs =
    connectMs === "timeout" ? Infinity : connectMs + (type === "TCP" ? 0 : (responseMs ?? Infinity));
  if (answeredMs > timeoutMs) return failed(`no answer within ${timeoutMs / 1_000} s`, timeoutMs);
  if (type === "TCP") return { passed: true, why: "connected", tookMs: answeredMs };
  return { passed: isSuccess(status, successCodes), why: statusText(status), tookMs: answeredMs };
}

/** Codes and ranges of codes with both ends, between commas (ELBv2 API reference, Matcher HttpCode). */
export function isSuccess(status: number, codes: string): boolean {
  return codes.split(",").some((part) => {
    const [from = Number.NaN, to = from] = part.split("-").map(Number);
    return from <= status && status <= to;
  });
}

/** A check without a search string finds nothing; Route 53 refuses to create one. */
function holdsSearchString(body: Uint8Array | string, searchString: string | undefined): boolean {
  if (searchString === undefined || searchString === "") return false;
  const bytes =
    typeof body === "string" ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return bytes.subarray(0, SEARCHED_BODY_BYTES).includes(searchString);
}

/** Each text is made once: a simulation judges some million probes. */
const statusTexts = new Map<number, string>();

function statusText(status: number): string {
  let text = statusTexts.get(status);
  if (text === undefined) {
    text = `status ${status}`;
    statusTexts.set(status, text);
  }
  return text;
}

function refusal({ refusedMs = 0 }: ProbeObservation): ProbeVerdict {
  return failed("connection refused", refusedMs);
}

function failed(why: string, tookMs: number): ProbeVerdict {
  return { passed: false, why, tookMs };
}
