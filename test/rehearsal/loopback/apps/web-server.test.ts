import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { answerSets } from "../../../../model/answer-sets";
import { planFromResources } from "../../../../model/plan-from-resources";
import type { StackResource } from "../../../../model/stack-resource";
import { webServerApp, writtenFiles } from "../../../../rehearsal/loopback/apps/web-server";
import { type Play, readPlay } from "../../../../rehearsal/loopback/play";
import type { EndpointRequest } from "../../../../rehearsal/loopback/region-endpoint";
import type { RehearsedApp } from "../../../../rehearsal/loopback/rehearsed-app";
import { runUnderMocks } from "../../../../rehearsal/standin/run-program";
import { assertWrittenFor } from "../../../drill/seeds/own-stack-part";
import { resource } from "../../../model/stack-fixture";

const PROJECT = path.join(__dirname, "../../../..");
const file = (name: string) => readFileSync(path.join(PROJECT, name), "utf8");

async function rehearsed(config: Readonly<Record<string, string>> = {}) {
  const run = await runUnderMocks({ projectDir: PROJECT, stack: "web-server", config });
  assert.equal(run.kind, "ok", JSON.stringify(run));
  const resources: readonly StackResource[] = run.kind === "ok" ? run.resources : [];
  const plan = planFromResources(resources);
  const [set] = answerSets(plan);
  assert.ok(set);
  const play = readPlay(plan, set, { needsTables: false, resources });
  return { resources, play, app: await webServerApp({ ...play, resources }) };
}

describe("rehearsal/loopback/apps/web-server", () => {
  let resources: readonly StackResource[];
  let play: Play;
  let app: RehearsedApp;
  before(async function () {
    this.timeout(60_000);
    ({ resources, play, app } = await rehearsed());
  });

  const endpointOf = (kind: string, from = play) => {
    const found = from.endpoints.find((endpoint) => endpoint.kind === kind);
    assert.ok(found, kind);
    return found;
  };
  const ask = async (
    kind: string,
    url: string,
    request: Partial<EndpointRequest> = {},
    on: { app: RehearsedApp; play: Play } = { app, play },
  ) => {
    const endpoint = endpointOf(kind, on.play);
    const place = { region: endpoint.region, tables: [], dynamodbEndpoint: undefined };
    const { handle } = await on.app.serve(endpoint, place);
    const { status, body, headers } = await handle({
      method: "GET",
      url,
      scheme: "http",
      host: "web.example.com",
      headers: {},
      body: Buffer.alloc(0),
      sourceIp: "192.0.2.1",
      ...request,
    });
    return { status, body: String(body ?? ""), headers: headers ?? {} };
  };

  it("plays the instance first and the website after it, with no table", () => {
    assert.equal(play.name, "web.example.com");
    assert.deepEqual(
      [play.primary, ...play.others].map(({ kind, region }) => [kind, region]),
      [
        ["instance", "us-east-1"],
        ["s3-website", "us-west-2"],
      ],
    );
    assert.deepEqual(
      play.checks.map(({ type, path, port }) => [type, path, port]),
      [["HTTP", "/health", 80]],
    );
  });

  it("serves the pages that the user data writes, whatever the Host is", async () => {
    const page = await ask("instance", "/", { host: "203.0.113.9" });
    assert.deepEqual(
      [page.status, page.body, page.headers["content-type"], page.headers["cache-control"]],
      [200, file("site-server/index.html"), "text/html; charset=utf-8", "no-cache"],
    );
    const health = await ask("instance", "/health");
    assert.deepEqual(
      [health.status, health.body, health.headers["content-type"], health.headers["cache-control"]],
      [200, "ok\n", "text/plain; charset=utf-8", "no-store"],
    );
    assert.equal((await ask("instance", "/nothing")).status, 404);
    assert.equal((await ask("instance", "/", { method: "POST" })).status, 405);
  });

  it("serves the page that stands in for every path: 200 for /, 403 for the others", async () => {
    const page = file("site-maintenance/index.html");
    const answers = [await ask("s3-website", "/"), await ask("s3-website", "/cart")];
    assert.deepEqual(
      answers.map(({ status, body, headers }) => [status, body, headers["cache-control"]]),
      [
        [200, page, "no-store"],
        [403, page, "no-store"],
      ],
    );
  });

  it("listens where the security group lets everyone in, and nowhere else", async () => {
    assert.deepEqual(app.doors?.(endpointOf("instance")), {
      http: [80],
      https: [443],
      needsServerName: false,
    });
    assert.equal(app.doors?.(endpointOf("s3-website")), undefined);
    const closed = resources.filter(({ name }) => name !== "server-from-https-visitors");
    const other = await webServerApp({ ...play, resources: closed });
    assert.deepEqual(other.doors?.(endpointOf("instance"))?.https, []);
  });

  it("has visitors by HTTP first, who tell by whom they were served", () => {
    assert.deepEqual(
      app.visitors.map(({ name, scheme, visit }) => [name, scheme, visit(0)]),
      [
        ["http visitors", "http", { method: "GET", path: "/" }],
        ["https visitors", "https", { method: "GET", path: "/" }],
      ],
    );
    // Nobody's browser keeps to HTTPS by itself, so there is no group that does.
    const { properties } =
      resources.find(({ type }) => type === "aws:ec2/instance:Instance") ?? assert.fail();
    assert.doesNotMatch(String(properties.userData), /strict-transport-security/i);
    const reply = (headers: Record<string, string>) => ({ status: 200, headers, body: "" });
    const [first] = app.visitors;
    assert.equal(first.servedBy(reply({ "x-served-by": "us-west-2" })), "us-west-2");
    assert.equal(first.servedBy(reply({})), null);
  });

  it("serves the page through CloudFront, other paths with 503, and tells no browser to stay with HTTPS", async function () {
    this.timeout(60_000);
    const on = await rehearsed({ "warm-standby:maintenanceCloudFront": "true" });
    assert.equal(on.play.others[0]?.kind, "cloudfront");
    const page = file("site-maintenance/index.html");
    const answers = [];
    for (const scheme of ["https", "http"] as const)
      for (const url of ["/", "/cart"]) answers.push(await ask("cloudfront", url, { scheme }, on));
    assert.deepEqual(
      answers.map(({ status, body }) => [status, body]),
      [
        [200, page],
        [503, page],
        [200, page],
        [503, page],
      ],
    );
    for (const { headers } of answers) assert.equal(headers["strict-transport-security"], undefined);
  });

  it("is what docs/seeds.md tells with its document's drill and price (else: npm run docs:seeds)", () => {
    assertWrittenFor("web-server", resources);
  });

  it("does not guess at user data of another kind", () => {
    const instance = (userData: string) => resource("aws:ec2/instance:Instance", "server", { userData });
    assert.throws(() => writtenFiles(instance("#!/bin/sh\n")), {
      message: "server: its user data is no cloud-config that the rehearsal can read",
    });
  });
});
