import assert from "node:assert/strict";
import path from "node:path";
import { answerSets } from "../../../../model/answer-sets";
import { planFromResources } from "../../../../model/plan-from-resources";
import type { StackResource } from "../../../../model/stack-resource";
import { homelabAssistantApp } from "../../../../rehearsal/loopback/apps/homelab-assistant";
import type { Visit } from "../../../../rehearsal/loopback/http-visit";
import { type PlayedEndpoint, readPlay } from "../../../../rehearsal/loopback/play";
import type { EndpointRequest } from "../../../../rehearsal/loopback/region-endpoint";
import { RegionStore } from "../../../../rehearsal/loopback/region-store";
import type { RehearsedApp, ServedEndpoint } from "../../../../rehearsal/loopback/rehearsed-app";
import { runUnderMocks } from "../../../../rehearsal/standin/run-program";
import { assertWrittenFor } from "../../../drill/seeds/own-stack-part";

describe("rehearsal/loopback/apps/homelab-assistant", function () {
  // The program runs in a process of its own, and the bundle is built where it is not up to date.
  this.timeout(120_000);
  let resources: readonly StackResource[];
  let app: RehearsedApp;
  let store: RegionStore;
  let home: ServedEndpoint;
  let standby: ServedEndpoint;
  let endpoints: readonly PlayedEndpoint[];

  const playOf = (stack: readonly StackResource[]) => {
    const plan = planFromResources(stack);
    const [set] = answerSets(plan);
    assert.ok(set);
    return readPlay(plan, set, { needsTables: true, resources: stack });
  };

  before(async () => {
    const run = await runUnderMocks({
      projectDir: path.join(__dirname, "../../../.."),
      stack: "homelab-assistant",
    });
    if (run.kind !== "ok") throw new Error(JSON.stringify(run));
    ({ resources } = run);
    const play = playOf(resources);
    ({ endpoints } = play);
    app = await homelabAssistantApp({ ...play, resources });
    store = new RegionStore(
      "us-east-1",
      play.tables,
      () => 0,
      () => undefined,
    );
    await store.start();
    const serve = (endpoint: PlayedEndpoint) =>
      Promise.resolve(
        app.serve(endpoint, {
          region: endpoint.region,
          tables: play.tables,
          dynamodbEndpoint: store.endpoint,
        }),
      );
    home = await serve(play.primary);
    standby = await serve(play.others[0]);
  });
  after(async () => {
    await home?.close?.();
    await standby?.close?.();
    await store?.close();
  });

  const kindOf = (urn: string | undefined) => endpoints.find((endpoint) => endpoint.urn === urn)?.kind;
  async function send(
    to: ServedEndpoint,
    { method, path: url, headers = {}, body = "" }: Visit,
    host = "assistant.example.com",
  ) {
    const request: EndpointRequest = {
      method,
      url,
      scheme: "https",
      host,
      headers: { host, ...headers },
      body: Buffer.from(body),
      sourceIp: "198.51.100.1",
    };
    const reply = await to.handle(request);
    const said = reply.headers as Record<string, string>;
    return { status: reply.status, headers: said, body: String(reply.body ?? "") };
  }
  const phone = () => app.visitors[0];
  const remember = async () => {
    for (const visit of app.warmUp?.(endpoints.find(({ kind }) => kind === "outside")!) ?? [])
      await send(home, visit);
  };

  it("plays the closet outside AWS and the standby on the instance", () => {
    assert.deepEqual(endpoints.map(({ urn }) => kindOf(urn)).sort(), ["instance", "outside"]);
  });

  it("opens what the security group opens, and TLS by name only", () => {
    const instance = endpoints.find(({ kind }) => kind === "instance");
    assert.ok(instance);
    assert.deepEqual(app.doors?.(instance), { http: [], https: [443], needsServerName: true });
  });

  it("answers on both sides from the one memory, each by its own name", async () => {
    await remember();
    for (const [side, who] of [
      [home, "home"],
      [standby, "us-east-1"],
    ] as const) {
      const reply = await send(side, phone().visit(0));
      assert.equal(reply.status, 200);
      assert.equal(phone().isServed?.(reply), true, reply.body);
      assert.equal(phone().servedBy(reply), who);
    }
  });

  it("has the homelab's tools at home, and the one uniform answer on the standby", async () => {
    const order = phone().visit(3);
    const atHome = await send(home, order);
    assert.equal(JSON.parse(atHome.body).reply, "Done: lights on.");
    const away = await send(standby, phone().visit(7));
    assert.equal(
      JSON.parse(away.body).reply,
      "Lights isn't reachable right now; try again when the homelab is back.",
    );
    for (const reply of [atHome, away]) assert.equal(phone().isServed?.(reply), true);
  });

  it("serves the closet under its own name and the one that fails over only", async () => {
    const named = await send(home, phone().visit(0), "closet.example.com");
    assert.equal(named.status, 200);
    await assert.rejects(send(home, phone().visit(0), "standby.assistant.example.com"), {
      message: "no certificate for standby.assistant.example.com",
    });
  });

  it("serves the standby under the names of its certificate only", async () => {
    const named = await send(standby, phone().visit(0), "standby.assistant.example.com");
    assert.equal(named.status, 200);
    await assert.rejects(send(standby, phone().visit(0), "closet.example.com"), {
      message: "no certificate for closet.example.com",
    });
  });

  it("lets nobody in without the token, and answers the checkers", async () => {
    const visit = phone().visit(0);
    const stranger = await send(home, { ...visit, headers: { "content-type": "application/json" } });
    assert.deepEqual([stranger.status, phone().isServed?.(stranger)], [401, false]);
    const health = await send(home, { method: "GET", path: "/healthz" }, "closet.example.com");
    assert.equal(health.status, 200);
  });

  it("finds an acknowledged write again, whoever acknowledged it", async () => {
    const { writes } = app;
    assert.ok(writes?.stored);
    const reply = await send(standby, writes.write("write-12", "write 12"));
    assert.deepEqual(writes.acknowledged(reply), { version: 1, revision: "write-12" });
    const item = await store.read({ table: writes.stored.table, key: writes.stored.key("write-12") });
    assert.deepEqual(item && writes.stored.mark(item), { id: "write-12", version: 1, revision: "write-12" });
    assert.equal(writes.acknowledged({ ...reply, status: 503 }), undefined);
    assert.equal(writes.stored.mark({ log: { S: "notes" } }), undefined);
  });

  it("is what docs/seeds.md tells with its document's drill and price (else: npm run docs:seeds)", () => {
    assertWrittenFor("homelab-assistant", resources);
  });

  it("cannot be played without an instance that starts the assistant", async () => {
    const without = resources.filter(({ type }) => type !== "aws:ec2/instance:Instance");
    await assert.rejects(async () => homelabAssistantApp({ ...playOf(resources), resources: without }), {
      name: "UnplayablePlan",
      message: "no instance has the user data of functions/assistant, or they are unknown",
    });
  });
});
