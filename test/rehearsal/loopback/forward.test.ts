import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { forwardTo } from "../../../rehearsal/loopback/forward";
import type { EndpointRequest } from "../../../rehearsal/loopback/region-endpoint";

describe("rehearsal/loopback/forward", () => {
  let server: Server;
  let url: string;
  let seen: object;

  const request: EndpointRequest = {
    method: "POST",
    url: "/chat?a=b",
    scheme: "https",
    host: "assistant.example.com",
    headers: { host: "assistant.example.com", authorization: "Bearer x", connection: "close" },
    body: Buffer.from("{}"),
    sourceIp: "192.0.2.7",
  };

  beforeEach(async () => {
    server = createServer((incoming, response) => {
      const {
        host,
        authorization,
        connection,
        "x-forwarded-for": from,
        "x-forwarded-proto": proto,
      } = incoming.headers;
      seen = { method: incoming.method, url: incoming.url, host, authorization, connection, from, proto };
      incoming.pipe(response.writeHead(201, { "x-region": "us-east-1", "set-cookie": ["a=1", "b=2"] }));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(() => server.close());

  it("passes the request on with the visitor's host, address and scheme, and the reply back", async () => {
    const { status, headers, body } = await forwardTo(url)(request);
    assert.deepEqual(seen, {
      method: "POST",
      url: "/chat?a=b",
      host: "assistant.example.com",
      authorization: "Bearer x",
      connection: "close",
      from: "192.0.2.7",
      proto: "https",
    });
    assert.deepEqual([status, String(body)], [201, "{}"]);
    assert.deepEqual([headers?.["x-region"], headers?.["set-cookie"]], ["us-east-1", ["a=1", "b=2"]]);
    assert.equal(headers?.connection, undefined);
  });

  it("answers 502 where nobody does", async () => {
    await new Promise((resolve) => server.close(resolve));
    assert.deepEqual(await forwardTo(url)(request), { status: 502, body: "Bad Gateway" });
  });
});
