import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import dynalite from "dynalite";
import { ensureBundle } from "../../../build/bundle";
import type * as ProfileApiModule from "../../../functions/profile-api/index";
import { getEvent, healthEvent, putEvent } from "./profile-api-event";

const credentials = { accessKeyId: "local", secretAccessKey: "local" };
const ADA = { displayName: "Ada", bio: "", interests: [] };

async function listen(server: { listen: Server["listen"]; address: Server["address"] }): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const address = server.address();
  assert(typeof address === "object" && address !== null);
  return `http://127.0.0.1:${address.port}`;
}

/** The store wants the form of a signature only. */
async function createTable(endpoint: string): Promise<void> {
  const credential = "Credential=local/20260101/us-east-1/dynamodb/aws4_request";
  const { status } = await fetch(endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "DynamoDB_20120810.CreateTable",
      "x-amz-date": "20260101T000000Z",
      authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify({
      TableName: "profiles",
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    }),
  });
  assert.equal(status, 200);
}

describe("functions/profile-api/index (the bundle)", () => {
  const closers: (() => unknown)[] = [];
  let bundle: typeof ProfileApiModule;
  let endpoint = "";

  function api(settings: { region?: string; dynamodbEndpoint?: string } = {}) {
    const logged: unknown[] = [];
    const handler = bundle.createProfileApi({
      tableName: "profiles",
      region: "us-east-1",
      build: "b1",
      dynamodbEndpoint: endpoint,
      credentials,
      log: (entry) => logged.push(entry),
      ...settings,
    });
    closers.push(() => handler.close());
    const answer = async (event: Parameters<typeof handler>[0]) => {
      const { statusCode, headers, body } = await handler(event);
      return { statusCode, etag: headers?.etag, body: JSON.parse(body || "null") };
    };
    return { answer, logged };
  }

  before(async function () {
    this.timeout(30_000);
    bundle = require(ensureBundle("profile-api").file);
    const store = dynalite({ createTableMs: 0 });
    endpoint = await listen(store);
    closers.push(() => store.close());
    await createTable(endpoint);
  });

  after(() => {
    for (const close of closers) close();
  });

  // The first use of the bundle: an SDK gives this advice once.
  it("keeps the SDK's advice about Node.js versions to itself", async () => {
    const warnings: string[] = [];
    const listener = (warning: Error) => warnings.push(warning.message);
    process.on("warning", listener);
    await api().answer(healthEvent);
    await new Promise(setImmediate);
    process.off("warning", listener);
    assert.deepEqual(warnings, []);
  });

  it("creates once, reads back and counts versions", async () => {
    const { answer } = api();
    const created = await answer(putEvent("once", ADA, { "if-none-match": "*" }));
    assert.equal(created.statusCode, 201);
    assert.deepEqual(
      { ...created.body, updatedAt: "" },
      { id: "once", ...ADA, version: 1, updatedAt: "", updatedRegion: "us-east-1" },
    );
    const again = await answer(putEvent("once", ADA, { "if-none-match": "*" }));
    assert.equal(again.statusCode, 412);
    assert.deepEqual(await answer(getEvent("once")), { ...created, statusCode: 200 });
    const replaced = await answer(putEvent("once", { displayName: "Countess", interests: ["x"] }));
    assert.deepEqual([replaced.statusCode, replaced.body.version, replaced.body.interests], [200, 2, ["x"]]);
  });

  it("updates only what the caller has seen", async () => {
    const { answer } = api();
    const { etag } = await answer(putEvent("seen", ADA));
    assert.equal((await answer(putEvent("seen", ADA, { "if-match": String(etag) }))).statusCode, 200);
    assert.equal((await answer(putEvent("seen", ADA, { "if-match": String(etag) }))).statusCode, 412);
    assert.equal((await answer(putEvent("seen", { ...ADA, expectedVersion: 1 }))).statusCode, 409);
    assert.equal((await answer(putEvent("seen", { ...ADA, expectedVersion: 2 }))).statusCode, 200);
    assert.equal((await answer(putEvent("nobody", ADA, { "if-match": "*" }))).statusCode, 412);
    assert.equal((await answer(putEvent("nobody", { ...ADA, expectedVersion: 1 }))).statusCode, 409);
    assert.equal((await answer(getEvent("nobody"))).statusCode, 404);
  });

  it("lets one of two writers of the same version through", async () => {
    const { answer } = api();
    const { etag } = await answer(putEvent("race", ADA));
    const writers = Array.from({ length: 5 }, () =>
      answer(putEvent("race", ADA, { "if-match": String(etag) })),
    );
    const statuses = (await Promise.all(writers)).map(({ statusCode }) => statusCode);
    assert.deepEqual(statuses.sort(), [200, 412, 412, 412, 412]);
  });

  it("serves two regions from one process", async () => {
    const regions = ["us-east-1", "us-west-2"];
    const bodies = regions.map(async (region) => (await api({ region }).answer(healthEvent)).body);
    assert.deepEqual(
      (await Promise.all(bodies)).map(({ status, region, build, table }) => [
        status,
        region,
        build,
        table.reachable,
      ]),
      [
        ["ok", "us-east-1", "b1", true],
        ["ok", "us-west-2", "b1", true],
      ],
    );
  });

  it("answers for a store that refuses connections, and does not say why", async () => {
    const closed = createServer();
    const dynamodbEndpoint = await listen(closed);
    await once(closed.close(), "close");
    const { answer, logged } = api({ dynamodbEndpoint });
    const [health, read] = await Promise.all([answer(healthEvent), answer(getEvent("ada"))]);
    assert.deepEqual([health.statusCode, health.body.status], [503, "unavailable"]);
    assert.deepEqual([read.statusCode, read.body.error.code], [503, "store_unavailable"]);
    assert.doesNotMatch(JSON.stringify([health, read]), /ECONNREFUSED|127\.0\.0\.1/);
    assert.match(JSON.stringify(logged), /ECONNREFUSED/);
  });

  it("answers within 2 s in /healthz and 3 s elsewhere for a store that hangs", async () => {
    const sockets: Socket[] = [];
    const hanging = createServer((socket) => sockets.push(socket));
    const dynamodbEndpoint = await listen(hanging);
    const { answer } = api({ dynamodbEndpoint });
    const started = performance.now();
    const timed = async (event: Parameters<typeof answer>[0]) => {
      const { statusCode } = await answer(event);
      return { statusCode, tookMs: performance.now() - started };
    };
    try {
      const [health, read] = await Promise.all([timed(healthEvent), timed(getEvent("ada"))]);
      assert.deepEqual([health?.statusCode, read?.statusCode], [503, 503]);
      assert(health.tookMs < 2_000, `/healthz took ${health.tookMs} ms`);
      assert(read.tookMs < 3_000, `the read took ${read.tookMs} ms`);
    } finally {
      hanging.close();
      for (const socket of sockets) socket.destroy();
    }
  });
});

describe("functions/profile-api/index (the Lambda entry)", () => {
  const variables = ["AWS_LAMBDA_FUNCTION_NAME", "TABLE_NAME", "AWS_REGION", "BUILD"];

  function load(environment: Record<string, string>): typeof ProfileApiModule {
    const { file } = ensureBundle("profile-api");
    const before = variables.map((name) => [name, process.env[name]] as const);
    for (const name of variables) delete process.env[name];
    delete require.cache[file];
    try {
      Object.assign(process.env, environment);
      return require(file);
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  }

  it("has a handler in Lambda only", () => {
    assert.equal(load({ TABLE_NAME: "profiles", AWS_REGION: "us-east-1", BUILD: "b1" }).handler, undefined);
    const { handler } = load({
      AWS_LAMBDA_FUNCTION_NAME: "f",
      TABLE_NAME: "profiles",
      AWS_REGION: "us-east-1",
      BUILD: "b1",
    });
    assert.equal(typeof handler, "function");
  });

  it("fails the start when the environment is incomplete", () => {
    assert.throws(() => load({ AWS_LAMBDA_FUNCTION_NAME: "f", AWS_REGION: "us-east-1" }), {
      message: "environment variable not set: TABLE_NAME, BUILD",
    });
  });
});
