import assert from "node:assert/strict";
import type { StackResource } from "../../../model/stack-resource";
import type { EndpointRequest } from "../../../rehearsal/loopback/region-endpoint";
import { playedWebsite, s3Website } from "../../../rehearsal/loopback/s3-website";
import type { StoredObjects } from "../../../rehearsal/loopback/stored-objects";
import { resource } from "../../model/stack-fixture";

const NAME = "www.example.com";
const page = (text: string) => ({
  body: Buffer.from(text),
  contentType: "text/html",
  cacheControl: undefined,
});
const OBJECTS: StoredObjects = new Map([
  ["index.html", page("index")],
  ["error.html", page("error")],
  ["docs/index.html", page("docs")],
  ["a b.html", page("blank")],
]);
const website = (properties: object) =>
  resource("aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration", "site", {
    bucket: NAME,
    ...properties,
  });
const PAGES = website({ indexDocument: { suffix: "index.html" }, errorDocument: { key: "error.html" } });
const policy = (...actions: string[]) =>
  resource("aws:s3/bucketPolicy:BucketPolicy", "policy", {
    bucket: NAME,
    policy: JSON.stringify({ Statement: [{ Effect: "Allow", Principal: "*", Action: actions }] }),
  });
const READ = policy("s3:GetObject");

describe("rehearsal/loopback/s3-website", () => {
  const ask = async (
    url: string,
    {
      configuration = PAGES,
      resources = [READ],
      ...request
    }: Partial<EndpointRequest> & {
      configuration?: StackResource;
      resources?: readonly StackResource[];
    } = {},
  ) => {
    const handle = s3Website(playedWebsite(configuration, resources, OBJECTS, "us-west-2"));
    const { status, body, headers } = await handle({
      method: "GET",
      url,
      scheme: "http",
      host: NAME,
      headers: {},
      body: Buffer.alloc(0),
      sourceIp: "192.0.2.1",
      ...request,
    });
    assert.equal(headers?.["x-served-by"], "us-west-2");
    return [status, headers?.location ?? String(body)];
  };

  it("serves objects, and the index document for a folder", async () => {
    assert.deepEqual(await ask("/"), [200, "index"]);
    assert.deepEqual(await ask("/?from=here"), [200, "index"]);
    assert.deepEqual(await ask("/docs/"), [200, "docs"]);
    assert.deepEqual(await ask("/docs"), [302, "/docs/"]);
    assert.deepEqual(await ask("/a%20b.html"), [200, "blank"]);
  });

  it("answers what is missing with the error document: 403, or 404 to those who may list", async () => {
    assert.deepEqual(await ask("/nothing"), [403, "error"]);
    const resources = [policy("s3:GetObject", "s3:ListBucket")];
    assert.deepEqual(await ask("/nothing", { resources }), [404, "error"]);
    const configuration = website({ indexDocument: { suffix: "index.html" } });
    assert.match(String((await ask("/nothing", { configuration }))[1]), /403 AccessDenied/);
  });

  it("shows nobody what the policy does not let everyone read, not even the error document", async () => {
    for (const url of ["/", "/nothing"]) {
      const [status, body] = await ask(url, { resources: [] });
      assert.deepEqual([status, /AccessDenied/.test(String(body))], [403, true]);
    }
  });

  it("finds the bucket by the Host header only", async () => {
    assert.equal((await ask("/", { host: `${NAME}.s3-website-us-west-2.amazonaws.com` }))[0], 200);
    const [status, body] = await ask("/", { host: "other.example.com" });
    assert.deepEqual([status, /NoSuchBucket/.test(String(body))], [404, true]);
  });

  it("takes GET and HEAD, and refuses paths that are no UTF-8", async () => {
    assert.equal((await ask("/", { method: "HEAD" }))[0], 200);
    assert.equal((await ask("/", { method: "POST" }))[0], 405);
    assert.equal((await ask("/%ff"))[0], 400);
  });

  it("sends everything on where it is a redirect", async () => {
    const to = (protocol?: string) =>
      website({ redirectAllRequestsTo: { hostName: "example.com", ...(protocol ? { protocol } : {}) } });
    assert.deepEqual(await ask("/a?b", { configuration: to("https"), resources: [] }), [
      301,
      "https://example.com/a?b",
    ]);
    assert.deepEqual(await ask("/", { configuration: to(), resources: [] }), [301, "http://example.com/"]);
  });
});
