import assert from "node:assert/strict";
import { once } from "node:events";
import { Agent } from "node:http";
import { connect } from "node:net";
import { type ItemWrite, isLater, RegionStore } from "../../../rehearsal/loopback/region-store";
import { callStore } from "../../../rehearsal/loopback/store-wire";

const TABLES = [{ name: "profiles", hashKey: "id" }];
const keyOf = (id: string) => ({ table: "profiles", key: { id: { S: id } } });
const item = (id: string, text: string) => ({ id: { S: id }, text: { S: text } });

describe("rehearsal/loopback/region-store", () => {
  let store: RegionStore;
  let nowMs: number;
  let writes: ItemWrite[];
  let agent: Agent;

  const call = (operation: string, input: object) =>
    callStore({ port: Number(new URL(store.endpoint).port), agent }, operation, input);
  const put = (id: string, text: string) => call("PutItem", { TableName: "profiles", Item: item(id, text) });
  const replicated = (
    id: string,
    text: string | undefined,
    atMs: number,
    region = "us-east-1",
  ): ItemWrite => ({
    ...keyOf(id),
    item: text === undefined ? undefined : item(id, text),
    stamp: { atMs, region },
  });

  beforeEach(async () => {
    nowMs = 1_000;
    writes = [];
    agent = new Agent({ keepAlive: true });
    store = new RegionStore(
      "us-west-2",
      TABLES,
      () => nowMs,
      (write) => writes.push(write),
    );
    await store.start();
  });

  afterEach(async () => {
    await store.close();
    agent.destroy();
  });

  it("has the tables of the plan and passes a client's requests and answers through", async () => {
    assert.deepEqual(await call("ListTables", {}), { TableNames: ["profiles"] });
    await put("a", "one");
    const { Item } = await call("GetItem", { TableName: "profiles", Key: { id: { S: "a" } } });
    assert.deepEqual(Item, item("a", "one"));
  });

  it("tells of every write with the whole item as it then is, and of nothing else", async () => {
    await put("a", "one");
    nowMs = 2_000;
    await call("UpdateItem", {
      TableName: "profiles",
      Key: { id: { S: "a" } },
      UpdateExpression: "SET #n = :n",
      ExpressionAttributeNames: { "#n": "count" },
      ExpressionAttributeValues: { ":n": { N: "1" } },
    });
    nowMs = 3_000;
    await call("DeleteItem", { TableName: "profiles", Key: { id: { S: "a" } } });
    await call("GetItem", { TableName: "profiles", Key: { id: { S: "a" } } });
    assert.deepEqual(writes, [
      { ...keyOf("a"), item: item("a", "one"), stamp: { atMs: 1_000, region: "us-west-2" } },
      {
        ...keyOf("a"),
        item: { ...item("a", "one"), count: { N: "1" } },
        stamp: { atMs: 2_000, region: "us-west-2" },
      },
      { ...keyOf("a"), item: undefined, stamp: { atMs: 3_000, region: "us-west-2" } },
    ]);
  });

  it("passes a refusal through and tells of no write", async () => {
    const refused = call("PutItem", {
      TableName: "profiles",
      Item: item("a", "one"),
      ConditionExpression: "attribute_exists(id)",
    });
    await assert.rejects(refused, /ConditionalCheckFailedException/);
    await assert.rejects(
      call("PutItem", { TableName: "nowhere", Item: item("a", "one") }),
      /ResourceNotFound/,
    );
    assert.deepEqual(writes, []);
  });

  it("reads the item of each of many writes at once, not of a later one", async () => {
    const texts = Array.from({ length: 20 }, (_, index) => `text ${index}`);
    await Promise.all(texts.map((text) => put("a", text)));
    const seen = writes.map(({ item: written }) => String(written?.text?.S));
    assert.deepEqual([...seen].sort(), [...texts].sort());
  });

  it("takes a later write from elsewhere, not an earlier one, and tells nobody", async () => {
    await put("a", "mine");
    assert.equal(await store.apply(replicated("a", "earlier", 999)), "superseded");
    assert.deepEqual(await store.read(keyOf("a")), item("a", "mine"));
    assert.equal(await store.apply(replicated("a", "later", 1_001)), "applied");
    assert.deepEqual(await store.read(keyOf("a")), item("a", "later"));
    assert.equal(await store.apply(replicated("a", "between", 1_000.5)), "superseded");
    assert.equal(writes.length, 1);
  });

  it("takes over a deletion and keeps an older write from undoing it", async () => {
    await put("a", "mine");
    assert.equal(await store.apply(replicated("a", undefined, 2_000)), "applied");
    assert.equal(await store.read(keyOf("a")), undefined);
    assert.equal(await store.apply(replicated("a", "older", 1_500)), "superseded");
    assert.equal(await store.read(keyOf("a")), undefined);
  });

  it("lets the region decide between writes of the same moment, the same way everywhere", () => {
    const east = { atMs: 5, region: "us-east-1" };
    const west = { atMs: 5, region: "us-west-2" };
    assert.deepEqual([isLater(east, west), isLater(west, east), isLater(east, east)], [false, true, false]);
    assert.equal(isLater({ ...east, atMs: 6 }, west), true);
  });

  it("closes while requests are under way, and leaves no port", async () => {
    const { port } = new URL(store.endpoint);
    const underWay = Promise.allSettled(Array.from({ length: 10 }, (_, index) => put(`p${index}`, "x")));
    await new Promise((resolve) => setTimeout(resolve, 5));
    const before = performance.now();
    await store.close();
    assert.ok(performance.now() - before < 500);
    await underWay;
    const socket = connect(Number(port), "127.0.0.1");
    const [error] = (await once(socket, "error")) as [NodeJS.ErrnoException];
    assert.equal(error.code, "ECONNREFUSED");
  });
});
