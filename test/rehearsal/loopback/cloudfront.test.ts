import assert from "node:assert/strict";
import { cloudFront, type OriginOf } from "../../../rehearsal/loopback/cloudfront";
import type { EndpointReply, EndpointRequest } from "../../../rehearsal/loopback/region-endpoint";
import { s3Bucket } from "../../../rehearsal/loopback/s3-bucket";
import { resource } from "../../model/stack-fixture";

const FIRST = "first.s3.us-east-1.amazonaws.com";
const SECOND = "second.s3.us-west-2.amazonaws.com";
const METHODS = ["GET", "HEAD"];

const behaviour = {
  targetOriginId: "both",
  viewerProtocolPolicy: "redirect-to-https",
  allowedMethods: METHODS,
  responseHeadersPolicyId: "headers-id",
};
const DISTRIBUTION = {
  aliases: ["example.com"],
  domainName: "d1.cloudfront.net",
  defaultRootObject: "index.html",
  origins: [
    { originId: "one", domainName: FIRST },
    { originId: "two", domainName: SECOND },
  ],
  originGroups: [
    {
      originId: "both",
      failoverCriteria: { statusCodes: [403, 500, 502, 503, 504] },
      members: [{ originId: "one" }, { originId: "two" }],
    },
  ],
  defaultCacheBehavior: behaviour,
  orderedCacheBehaviors: [{ ...behaviour, pathPattern: "/one/*.txt", targetOriginId: "one" }],
  customErrorResponses: [{ errorCode: 404, responseCode: 404, responsePagePath: "/error.html" }],
};
const HEADERS = resource("aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy", "headers", {
  securityHeadersConfig: {
    strictTransportSecurity: { accessControlMaxAgeSec: 300, includeSubdomains: false },
    contentSecurityPolicy: { contentSecurityPolicy: "default-src 'self'" },
    contentTypeOptions: { override: true },
    frameOptions: { frameOption: "DENY" },
    referrerPolicy: { referrerPolicy: "same-origin" },
  },
});

const FUNCTION = resource("aws:cloudfront/function:Function", "index", {
  arn: "arn:index",
  code: 'function handler(event) { var r = event.request; if (r.uri.endsWith("/")) r.uri += "index.html"; return r; }',
});

type Origins = Readonly<Record<string, (request: EndpointRequest) => EndpointReply>>;

/** What a visitor by HTTPS gets of a path, by default from origins that say who they are. */
async function get(
  url: string,
  {
    distribution = {},
    origins = {},
    ...request
  }: Partial<EndpointRequest> & { distribution?: object; origins?: Origins } = {},
) {
  const asked: string[] = [];
  const originOf: OriginOf = (host) => {
    if (host === "") return undefined;
    const own = origins[host] ?? (({ url }) => ({ status: 200, body: `${host}${url}` }));
    return (arrived) => {
      asked.push(`${arrived.method} ${arrived.host}${arrived.url}`);
      return own(arrived);
    };
  };
  const site = resource("aws:cloudfront/distribution:Distribution", "site", {
    ...DISTRIBUTION,
    ...distribution,
  });
  const reply = await cloudFront(
    site,
    [site, HEADERS, FUNCTION],
    originOf,
  )({
    method: "GET",
    url,
    scheme: "https",
    host: "example.com",
    headers: {},
    body: Buffer.alloc(0),
    sourceIp: "192.0.2.1",
    ...request,
  });
  return { ...reply, asked };
}
const status = (code: number) => () => ({ status: code, body: `${code}` });
const broken = () => {
  throw new Error("connection refused");
};

describe("rehearsal/loopback/cloudfront", () => {
  it("answers for its names and its own, and for no other", async () => {
    assert.equal((await get("/a", { host: "d1.cloudfront.net" })).status, 200);
    assert.equal((await get("/a")).status, 200);
    const { status, asked } = await get("/a", { host: "www.example.com" });
    assert.deepEqual([status, asked], [403, []]);
  });

  it("sends visitors by HTTP to HTTPS at the same place", async () => {
    const reply = await get("/a?b=c", { scheme: "http" });
    assert.deepEqual(
      [reply.status, reply.headers, reply.asked],
      [301, { location: "https://example.com/a?b=c" }, []],
    );
  });

  it("serves the root object for / alone, with the query", async () => {
    assert.deepEqual((await get("/")).asked, [`GET ${FIRST}/index.html`]);
    assert.deepEqual((await get("/?a=b?c")).asked, [`GET ${FIRST}/index.html?a=b?c`]);
    assert.deepEqual((await get("/sub/")).asked, [`GET ${FIRST}/sub/`]);
  });

  it("runs the function of the behaviour on the path, and leaves the query", async () => {
    const distribution = {
      defaultCacheBehavior: {
        ...behaviour,
        functionAssociations: [
          { eventType: "viewer-request", functionArn: "arn:index" },
          { eventType: "viewer-response", functionArn: "arn:other" },
        ],
      },
    };
    assert.deepEqual((await get("/sub/?a", { distribution })).asked, [`GET ${FIRST}/sub/index.html?a`]);
    assert.deepEqual((await get("/sub", { distribution })).asked, [`GET ${FIRST}/sub`]);
    assert.deepEqual((await get("/one/", { distribution, scheme: "http" })).headers, {
      location: "https://example.com/one/",
    });
  });

  it("takes no method that the behaviour does not name", async () => {
    const { status, asked } = await get("/a", { method: "POST" });
    assert.deepEqual([status, asked], [403, []]);
  });

  for (const code of [403, 500, 502, 503, 504]) {
    it(`asks the second origin after ${code}, within the request`, async () => {
      const { status: got, asked } = await get("/a", { origins: { [FIRST]: status(code) } });
      assert.deepEqual([got, asked], [200, [`GET ${FIRST}/a`, `GET ${SECOND}/a`]]);
    });
  }

  it("asks the second origin after a connection that fails", async () => {
    const { status: got, asked } = await get("/a", { origins: { [FIRST]: broken } });
    assert.deepEqual([got, asked], [200, [`GET ${FIRST}/a`, `GET ${SECOND}/a`]]);
  });

  it("asks nobody else after an answer that the group does not name", async () => {
    const { status: got, asked } = await get("/a", { origins: { [FIRST]: status(416) } });
    assert.deepEqual([got, asked], [416, [`GET ${FIRST}/a`]]);
  });

  it("gives the second answer, whatever it is", async () => {
    const both = { [FIRST]: status(503), [SECOND]: status(500) };
    assert.equal((await get("/a", { origins: both })).status, 500);
    assert.equal((await get("/a", { origins: { [FIRST]: broken, [SECOND]: broken } })).status, 502);
  });

  it("asks by the first behaviour whose pattern is the path's", async () => {
    const away = { origins: { [FIRST]: status(503) } };
    assert.deepEqual((await get("/one/a/b.txt?q", away)).asked, [`GET ${FIRST}/one/a/b.txt?q`]);
    for (const path of ["/one/a.txt2", "/ones/a.txt", "/one/axtxt"]) {
      assert.equal((await get(path, away)).asked.length, 2, path);
    }
  });

  it("gives the page for an error with the status of the error", async () => {
    const missing = {
      [FIRST]: ({ url }: EndpointRequest) =>
        url === "/error.html" ? { status: 200, body: "lost" } : status(404)(),
    };
    const { status: got, body, asked } = await get("/a", { origins: missing });
    assert.deepEqual([got, body, asked], [404, "lost", [`GET ${FIRST}/a`, `GET ${FIRST}/error.html`]]);
  });

  it("gives the error itself where its page is away too", async () => {
    const { status: got, body } = await get("/a", {
      origins: { [FIRST]: status(404), [SECOND]: status(404) },
    });
    assert.deepEqual([got, body], [404, "404"]);
  });

  it("puts the security headers on every answer of an origin, errors included", async () => {
    const expected = {
      "strict-transport-security": "max-age=300",
      "content-security-policy": "default-src 'self'",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "same-origin",
    };
    assert.deepEqual((await get("/a")).headers, expected);
    assert.deepEqual(
      (await get("/a", { origins: { [FIRST]: status(404), [SECOND]: status(404) } })).headers,
      expected,
    );
  });

  it("has no origin where the behaviour names none that is there", async () => {
    const distribution = { defaultCacheBehavior: { ...behaviour, targetOriginId: "three" } };
    assert.equal((await get("/a", { distribution })).status, 502);
  });
});

describe("rehearsal/loopback/s3-bucket", () => {
  const objects = new Map([
    ["a b.html", { body: Buffer.from("page"), contentType: "text/html", cacheControl: "no-store" }],
    ["plain", { body: Buffer.from("x"), contentType: "text/plain", cacheControl: undefined }],
  ]);
  const ask = async (url: string, may = { read: true, list: true }) => {
    const handle = s3Bucket({ objects, may, servedBy: "us-east-1" });
    const { status, headers } = await handle({ url } as EndpointRequest);
    return { status, headers };
  };

  it("gives an object by its key, with type and age", async () => {
    assert.deepEqual(await ask("/a%20b.html?v=1"), {
      status: 200,
      headers: { "content-type": "text/html", "cache-control": "no-store", "x-served-by": "us-east-1" },
    });
    assert.deepEqual(await ask("/plain"), {
      status: 200,
      headers: { "content-type": "text/plain", "x-served-by": "us-east-1" },
    });
  });

  it("tells what is missing to those who may list, and forbids the others", async () => {
    assert.equal((await ask("/none")).status, 404);
    assert.equal((await ask("/none", { read: true, list: false })).status, 403);
    assert.equal((await ask("/plain", { read: false, list: true })).status, 403);
    assert.equal((await ask("/%ff")).status, 400);
  });
});
