import assert from "node:assert/strict";
import { AddressBook } from "../../../rehearsal/loopback/address-book";
import type { Item } from "../../../rehearsal/loopback/store-wire";
import { StubResolver } from "../../../rehearsal/loopback/stub-resolver";
import { SystemClock } from "../../../rehearsal/loopback/system-clock";
import { Writer } from "../../../rehearsal/loopback/writer";
import type { ItemKey } from "../../../rehearsal/loopback/written-items";
import type { Observation } from "../../../rehearsal/simulation/sample";
import { memoryWrites } from "./memory-app";
import { NAME, PRIMARY, STANDBY } from "./plan-fixture";

const EAST = "us-east-1";
const WEST = "us-west-2";
const keyOf = (id: string): ItemKey => ({ table: "profiles", key: { id: { S: id } } });

describe("rehearsal/loopback/writer", () => {
  let writer: Writer;
  let emitted: Observation[];
  let shown: Map<string, Item>;
  const store = { read: async ({ key }: ItemKey) => shown.get(String(key.id?.S)) };

  const item = (id: string, revision: string): Item => ({
    id: { S: id },
    version: { N: "1" },
    revision: { S: revision },
  });
  const write = (id: string, revision: string, region = EAST) => {
    writer.ids.add(id);
    const endpoint = region === EAST ? PRIMARY : STANDBY;
    writer.acknowledged.push({ id, endpoint, version: 1, revision, region });
  };
  const arrive = (id: string, revision: string, outcome: "applied" | "superseded" = "applied") =>
    writer.noteReplica({
      write: { ...keyOf(id), item: item(id, revision), stamp: { atMs: 0, region: EAST } },
      region: WEST,
      lagMs: 1_000.4,
      outcome,
    });
  const missing = async () => (await writer.missingIn(store, PRIMARY)).map(({ revision }) => revision);

  beforeEach(() => {
    emitted = [];
    shown = new Map();
    const clock = new SystemClock(1);
    writer = new Writer({
      name: NAME,
      addressType: "A",
      resolver: new StubResolver({ port: 9, clock, keeps: false }),
      book: new AddressBook([]),
      clock,
      writes: memoryWrites,
      emit: (observation) => {
        emitted.push(observation);
        return 0;
      },
    });
  });

  it("misses what the other region has never shown, and nothing of its own", async () => {
    write("a", "a1");
    write("b", "b1");
    write("c", "c1", WEST);
    shown.set("a", item("a", "a1"));
    assert.deepEqual(await missing(), ["b1"]);
  });

  it("looks into the store and does not take replication's word for a write that it shows", async () => {
    write("a", "a1");
    shown.set("a", item("a", "a1"));
    assert.deepEqual(await missing(), []);
    arrive("a", "a1");
    shown.delete("a");
    assert.deepEqual(await missing(), ["a1"]);
  });

  it("does not miss a write that was there before a later one took its place", async () => {
    write("a", "a1");
    write("a", "a2");
    arrive("a", "a1");
    shown.set("a", item("a", "elsewhere"));
    assert.deepEqual(await missing(), ["a2"]);
  });

  it("misses nothing of a shared table whose place a later version has taken", async () => {
    write("a", "a1");
    write("b", "b1");
    write("c", "c1");
    const later = (id: string, version: string): Item => ({ ...item(id, "later"), version: { N: version } });
    shown.set("a", later("a", "2"));
    shown.set("b", later("b", "1"));
    const lost = await writer.missingIn(store, PRIMARY, true);
    assert.deepEqual(
      lost.map(({ revision }) => revision),
      ["b1", "c1"],
    );
  });

  it("tells late writes from those that lost to a later one", async () => {
    for (const revision of ["late", "beaten", "still away"]) write(revision, revision);
    const lost = await writer.missingIn(store, PRIMARY);
    arrive("late", "late");
    arrive("beaten", "beaten", "superseded");
    assert.deepEqual(writer.judgeLate(lost), { late: 1, overwritten: 1 });
  });

  it("shows the arrivals of its own writes, with whole milliseconds", () => {
    write("a", "a1");
    arrive("a", "a1");
    arrive("a", "a0", "superseded");
    arrive("not mine", "x1");
    assert.deepEqual(emitted, [{ kind: "replica", id: "a", version: 1, region: WEST, lagMs: 1_000 }]);
    assert.deepEqual(writer.lagsMs, [1_000]);
  });

  it("compares the stores over everything it wrote", async () => {
    write("a", "a1");
    write("b", "b1");
    shown.set("a", item("a", "a1"));
    const other = new Map(shown);
    const stores = [store, { read: async ({ key }: ItemKey) => other.get(String(key.id?.S)) }];
    assert.equal(await writer.seesTheSame(stores), true);
    other.set("b", item("b", "b1"));
    assert.equal(await writer.seesTheSame(stores), false);
  });
});
