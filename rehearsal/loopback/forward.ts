import { request as httpRequest } from "node:http";
import type { EndpointReply, RequestHandler } from "./region-endpoint";

/** Headers that belong to one connection, not to the message (RFC 9110, section 7.6.1). */
const HOP_HEADERS: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "keep-alive",
  "transfer-encoding",
]);

/**
 * A reverse proxy, as the one that ends TLS in front of an application with a server of its own: the request as it
 * came, with the visitor's Host, address and scheme, and the application's reply as it is; 502 where there is none.
 * @param url of the application on 127.0.0.1, such as `http://127.0.0.1:8080`.
 */
export function forwardTo(url: string): RequestHandler {
  const { hostname, port } = new URL(url);
  return ({ method, url: path, headers, body, scheme, sourceIp }) =>
    new Promise<EndpointReply>((resolve) => {
      const unreachable = () => resolve({ status: 502, body: "Bad Gateway" });
      const request = httpRequest({ hostname, port, method, path, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", unreachable);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 502,
            headers: keptHeaders(response.headers),
            body: Buffer.concat(chunks),
          }),
        );
      });
      request.on("error", unreachable);
      for (const [name, value] of Object.entries(keptHeaders(headers))) request.setHeader(name, value);
      request.setHeader("x-forwarded-for", sourceIp);
      request.setHeader("x-forwarded-proto", scheme);
      request.setHeader("content-length", body.length);
      request.end(body);
    });
}

function keptHeaders(headers: Readonly<Record<string, string | string[] | undefined>>) {
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !HOP_HEADERS.has(name)) kept[name] = value;
  }
  return kept;
}
