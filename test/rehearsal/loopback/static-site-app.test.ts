import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { answerSets } from "../../../model/answer-sets";
import { planFromResources } from "../../../model/plan-from-resources";
import type { StackResource } from "../../../model/stack-resource";
import { staticSiteApp } from "../../../rehearsal/loopback/apps/static-site";
import { type Play, readPlay } from "../../../rehearsal/loopback/play";
import type { EndpointRequest, RequestHandler } from "../../../rehearsal/loopback/region-endpoint";
import type { RehearsedApp } from "../../../rehearsal/loopback/rehearsed-app";
import { runUnderMocks } from "../../../rehearsal/standin/run-program";
import { assertWrittenFor } from "../../drill/seeds/own-stack-part";

const PROJECT = path.join(__dirname, "../../..");
const site = (key: string) => readFileSync(path.join(PROJECT, "site", key), "utf8");

describe("rehearsal/loopback/apps/static-site", () => {
  let resources: readonly StackResource[];
  let play: Play;
  let app: RehearsedApp;
  before(async function () {
    this.timeout(60_000);
    const run = await runUnderMocks({ projectDir: PROJECT, stack: "static-site" });
    assert.equal(run.kind, "ok", JSON.stringify(run));
    if (run.kind === "ok") resources = run.resources;
    const plan = planFromResources(resources);
    const [set] = answerSets(plan);
    assert.ok(set);
    play = readPlay(plan, set, { needsTables: false, resources });
  });
  beforeEach(async () => {
    app = await staticSiteApp({ ...play, resources });
  });

  const handlerOf = async (kind: string, host?: string): Promise<RequestHandler> => {
    const endpoint = play.endpoints.find(
      (each) =>
        each.kind === kind &&
        (host === undefined || each.hostNames.some((name) => name.startsWith(`${host}.`))),
    );
    assert.ok(endpoint);
    const { region } = endpoint;
    return (await app.serve(endpoint, { region, tables: [], dynamodbEndpoint: undefined })).handle;
  };
  const ask = async (handle: RequestHandler, url: string, request: Partial<EndpointRequest> = {}) => {
    const { status, headers, body } = await handle({
      method: "GET",
      url,
      scheme: "https",
      host: "example.com",
      headers: {},
      body: Buffer.alloc(0),
      sourceIp: "192.0.2.1",
      ...request,
    });
    const header = (name: string) => headers?.[name] ?? null;
    return {
      status,
      body: String(body ?? ""),
      by: header("x-served-by"),
      type: header("content-type"),
      header,
    };
  };

  it("plays the name that the site is for, CloudFront first and the website after it", () => {
    assert.equal(play.name, "example.com");
    assert.deepEqual(
      [play.primary, ...play.others].map(({ kind, region }) => [kind, region]),
      [
        ["cloudfront", null],
        ["s3-website", "us-west-2"],
      ],
    );
  });

  it("serves the real pages through CloudFront from the primary bucket", async () => {
    const handle = await handlerOf("cloudfront");
    const index = await ask(handle, "/");
    assert.deepEqual(
      [index.status, index.body, index.by, index.type],
      [200, site("index.html"), "us-east-1", "text/html; charset=utf-8"],
    );
    const style = await ask(handle, "/style.css", { host: "www.example.com" });
    assert.deepEqual(
      [style.status, style.body, style.type],
      [200, site("style.css"), "text/css; charset=utf-8"],
    );
    assert.equal(index.header("strict-transport-security"), "max-age=300");
    const missing = await ask(handle, "/none");
    assert.deepEqual([missing.status, missing.body], [404, site("error.html")]);
  });

  it("answers the checkers by CloudFront's own name", async () => {
    const [check] = play.checks;
    const { status, body } = await ask(await handlerOf("cloudfront"), check?.path ?? "", {
      host: check?.fqdn ?? "",
    });
    assert.deepEqual([status, body], [200, "ok\n"]);
  });

  for (const fault of ["http-503", "refuse", "hang"] as const) {
    it(`serves the copy within the request while the primary region is lost (${fault})`, async () => {
      const [place] = app.faultPlaces ?? [];
      assert.deepEqual([place?.name, place?.expectation], ["primary-region", "absorbed"]);
      const handle = await handlerOf("cloudfront");
      await place?.inject?.(fault);
      const lost = await ask(handle, "/");
      assert.deepEqual([lost.status, lost.body, lost.by], [200, site("index.html"), "us-west-2"]);
      // The check asks the same two buckets, so DNS stays as it is.
      const { fqdn = "" } = play.checks[0] ?? {};
      assert.equal((await ask(handle, "/healthz", { host: fqdn })).status, 200);
      const missing = await ask(handle, "/none");
      assert.deepEqual([missing.status, missing.by], [404, "us-west-2"]);
      await place?.heal?.();
      assert.equal((await ask(handle, "/")).by, "us-east-1");
    });
  }

  it("serves the same pages as a website, with the error document and S3's own status", async () => {
    const handle = await handlerOf("s3-website", "example.com");
    const by = { scheme: "http" } as const;
    const index = await ask(handle, "/", by);
    assert.deepEqual([index.status, index.body, index.by], [200, site("index.html"), "us-west-2"]);
    assert.equal(index.header("strict-transport-security"), null);
    // Nobody may list the bucket, so S3 does not tell missing from forbidden.
    const missing = await ask(handle, "/none", by);
    assert.deepEqual([missing.status, missing.body], [403, site("error.html")]);
  });

  it("sends visitors of the other name on, whichever website of the region DNS leads to", async () => {
    for (const bucket of ["example.com", "www.example.com"]) {
      const handle = await handlerOf("s3-website", bucket);
      const { status, header } = await ask(handle, "/a?b", { scheme: "http", host: "www.example.com" });
      assert.deepEqual([status, header("location")], [301, "http://example.com/a?b"]);
    }
  });

  it("has visitors by HTTP, who can be served by either side, and by HTTPS", () => {
    assert.deepEqual(
      app.visitors.map(({ name, scheme, isBrowser = false, notCovered }) => [
        ...[name, scheme, isBrowser],
        notCovered === undefined,
      ]),
      [
        ["http visitors", "http", false, true],
        ["returning browsers", "http", true, false],
        ["https visitors", "https", false, false],
      ],
    );
    const [{ isServed }] = app.visitors;
    const reply = { status: 200, headers: {}, body: site("index.html") };
    assert.equal(isServed?.(reply), true);
    assert.equal(isServed?.({ ...reply, status: 403 }), false);
    assert.equal(isServed?.({ ...reply, body: "" }), false);
  });

  it("says by what returning browsers keep to HTTPS, and has none where nothing keeps them", async () => {
    const changed = async (changes: { readonly seconds: number; readonly policy: string }) => {
      const made = resources.map((resource): StackResource => {
        if (resource.type === "aws:cloudfront/distribution:Distribution")
          return {
            ...resource,
            properties: {
              ...resource.properties,
              defaultCacheBehavior: { viewerProtocolPolicy: changes.policy },
            },
          };
        const strictTransportSecurity = { accessControlMaxAgeSec: changes.seconds };
        return resource.type === "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy"
          ? { ...resource, properties: { securityHeadersConfig: { strictTransportSecurity } } }
          : resource;
      });
      const { visitors } = await staticSiteApp({ ...play, resources: made });
      return visitors.find(({ name }) => name === "returning browsers")?.notCovered;
    };
    const redirect = "without end (CloudFront's redirect is a 301, which they keep)";
    const hsts = "for 300 s after their last visit (HSTS)";
    const why = "the fallback is an S3 website, which speaks HTTP only";
    const kept = { policy: "redirect-to-https" };
    const served = { policy: "allow-all" };
    assert.equal(
      await changed({ ...kept, seconds: 300 }),
      `they keep to HTTPS ${redirect}, and ${hsts}; ${why}`,
    );
    assert.equal(await changed({ ...kept, seconds: 0 }), `they keep to HTTPS ${redirect}; ${why}`);
    assert.equal(await changed({ ...served, seconds: 300 }), `they keep to HTTPS ${hsts}; ${why}`);
    assert.equal(await changed({ ...served, seconds: 0 }), undefined);
  });

  it("is what docs/seeds.md tells with its document's drill and price (else: npm run docs:seeds)", () => {
    assertWrittenFor("static-site", resources);
  });

  it("loses the pages when the distribution may not read them", async () => {
    const closed = resources.filter(({ type }) => type !== "aws:s3/bucketPolicy:BucketPolicy");
    app = await staticSiteApp({ ...play, resources: closed });
    assert.equal((await ask(await handlerOf("cloudfront"), "/")).status, 403);
  });
});
