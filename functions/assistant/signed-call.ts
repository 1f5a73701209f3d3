import { createHash, createHmac } from "node:crypto";
import { boundedText } from "./bounded-text";

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface AwsJsonCall {
  /** Name in the signature and in the default endpoint: `ssm`, `sms-voice`. */
  readonly service: string;
  readonly region: string;
  /** `X-Amz-Target`: service and operation. */
  readonly target: string;
  readonly jsonVersion: "1.0" | "1.1";
  /** The service's own regional endpoint unless given. */
  readonly endpoint?: string;
  readonly input: object;
}

/** An answer other than 200; its text is the service's error code, never what was sent. */
export class AwsRefusal extends Error {
  override readonly name = "AwsRefusal";

  constructor(
    readonly status: number,
    readonly code: string,
    target: string,
  ) {
    super(`${target} answered ${status} ${code}`);
  }
}

const BODY_BYTES_MAX = 64 * 1024;

/**
 * One call of a service that speaks AWS JSON, signed with Signature Version 4 (AWS general reference, "Create a
 * signed AWS API request"). The two operations used here need one POST each; a client of the SDK for each would
 * be most of the bundle.
 *
 * @param now milliseconds since 1970; a clock more than 5 minutes off is refused by AWS.
 * @throws AwsRefusal, or what `fetch` throws when there is no answer.
 */
export async function callAwsJson(
  call: AwsJsonCall,
  environment: {
    readonly credentials: () => Promise<AwsCredentials>;
    readonly now: () => number;
    readonly signal: AbortSignal;
  },
): Promise<Record<string, unknown>> {
  const url = new URL(call.endpoint ?? `https://${call.service}.${call.region}.amazonaws.com/`);
  const body = JSON.stringify(call.input);
  const headers = signedHeaders(
    {
      host: url.host,
      path: url.pathname,
      body,
      service: call.service,
      region: call.region,
      headers: {
        "content-type": `application/x-amz-json-${call.jsonVersion}`,
        "x-amz-target": call.target,
      },
    },
    await environment.credentials(),
    environment.now(),
  );
  // A redirect would carry the signature elsewhere.
  const response = await fetch(url, {
    method: "POST",
    headers,
    body,
    redirect: "error",
    signal: environment.signal,
  });
  const answer = parseObject(await boundedText(response, BODY_BYTES_MAX));
  if (response.status !== 200) {
    const code = /^(?:.*#)?([A-Za-z]{1,80})/.exec(String(answer.__type ?? ""))?.[1] ?? "UnknownError";
    throw new AwsRefusal(response.status, code, call.target);
  }
  return answer;
}

/** All headers of a signed POST without a query; `host` is signed but left to the HTTP client. */
export function signedHeaders(
  request: {
    readonly host: string;
    readonly path: string;
    readonly body: string;
    readonly service: string;
    readonly region: string;
    readonly headers: Readonly<Record<string, string>>;
  },
  credentials: AwsCredentials,
  nowMs: number,
): Record<string, string> {
  const stamp = new Date(nowMs).toISOString().replace(/[-:]|\.\d{3}/g, "");
  const date = stamp.slice(0, 8);
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const sent: Record<string, string> = {
    ...request.headers,
    "x-amz-date": stamp,
    ...(sessionToken === undefined ? {} : { "x-amz-security-token": sessionToken }),
  };
  const signed = Object.entries({ ...sent, host: request.host }).sort(([a], [b]) => (a < b ? -1 : 1));
  const names = signed.map(([name]) => name).join(";");
  const canonical = [
    "POST",
    request.path,
    "",
    ...signed.map(([name, value]) => `${name}:${value}`),
    "",
    names,
    sha256(request.body),
  ].join("\n");
  const scope = [date, request.region, request.service, "aws4_request"];
  const toSign = ["AWS4-HMAC-SHA256", stamp, scope.join("/"), sha256(canonical)].join("\n");
  const key = scope.reduce<string | Buffer>((last, part) => hmac(last, part), `AWS4${secretAccessKey}`);
  const signature = hmac(key, toSign).toString("hex");
  return {
    ...sent,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope.join("/")}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
