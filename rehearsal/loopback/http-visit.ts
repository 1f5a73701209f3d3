import { request as httpRequest, type IncomingHttpHeaders } from "node:http";

export interface Visit {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface VisitReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * One request of a visitor to a port of 127.0.0.1, over a connection of its own: a connection kept open would go
 * on using an endpoint that DNS no longer names.
 * @param timeoutRealMs for the whole of it, in real milliseconds.
 * @throws Error when the visit fails, the time is over or `signal` fires; the socket is closed by then.
 */
export function visit(
  to: { readonly port: number; readonly host: string },
  { method, path, headers = {}, body = "" }: Visit,
  timeoutRealMs: number,
  signal: AbortSignal,
): Promise<VisitReply> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: "127.0.0.1",
        port: to.port,
        method,
        path,
        agent: false,
        headers: {
          "user-agent": "warm-standby-rehearsal",
          ...headers,
          ...(body === "" ? {} : { "content-length": String(Buffer.byteLength(body)) }),
          host: to.host,
          connection: "close",
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", fail);
        response.on("end", () =>
          finish(() =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(chunks).toString(),
            }),
          ),
        );
      },
    );
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      request.destroy();
      settle();
    };
    const fail = (error: unknown) => finish(() => reject(error));
    const onAbort = () => fail(signal.reason);
    const timer = setTimeout(() => fail(new Error("no answer in time")), timeoutRealMs);
    signal.addEventListener("abort", onAbort);
    request.on("error", fail);
    if (signal.aborted) return onAbort();
    request.end(body);
  });
}
