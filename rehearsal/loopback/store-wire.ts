import { type Agent, request as httpRequest, type IncomingHttpHeaders } from "node:http";

/** An attribute as DynamoDB's JSON writes it: `{"S":"a"}`. Only the outside is looked at here. */
export type Attribute = Readonly<Record<string, unknown>>;
export type Item = Readonly<Record<string, Attribute>>;

export const TARGET_PREFIX = "DynamoDB_20120810.";

export interface StoreReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** One HTTP request to a DynamoDB-compatible server on 127.0.0.1, with the body and headers as given. */
export function forwardToStore(
  to: { readonly port: number; readonly agent: Agent },
  headers: IncomingHttpHeaders | Record<string, string>,
  body: Buffer,
): Promise<StoreReply> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: "127.0.0.1", port: to.port, agent: to.agent, method: "POST", path: "/" },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    request.on("error", reject);
    for (const [name, value] of Object.entries(headers)) {
      if (value !== undefined && !HOP_HEADERS.has(name)) request.setHeader(name, value);
    }
    request.setHeader("content-length", body.length);
    request.end(body);
  });
}

/** Headers that belong to one connection, not to the message (RFC 9110, section 7.6.1). */
export const HOP_HEADERS: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "transfer-encoding",
]);

/** For the SDK's clients: the store asks for credentials and accepts any. */
export const STORE_CREDENTIALS = { accessKeyId: "rehearsal", secretAccessKey: "rehearsal" };

/** The store asks for the form of a signature and never verifies it. */
const SIGNATURE =
  "AWS4-HMAC-SHA256 Credential=rehearsal/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0";

/**
 * Calls one DynamoDB operation.
 * @throws Error with the operation and the store's own message when it refuses.
 */
export async function callStore(
  to: { readonly port: number; readonly agent: Agent },
  operation: string,
  input: object,
): Promise<Record<string, unknown>> {
  const headers = {
    "content-type": "application/x-amz-json-1.0",
    "x-amz-target": `${TARGET_PREFIX}${operation}`,
    "x-amz-date": "20260101T000000Z",
    authorization: SIGNATURE,
  };
  const reply = await forwardToStore(to, headers, Buffer.from(JSON.stringify(input)));
  if (reply.status !== 200) {
    throw new Error(`the store answered ${operation} with ${reply.status}: ${reply.body.toString()}`);
  }
  return JSON.parse(reply.body.toString()) as Record<string, unknown>;
}
