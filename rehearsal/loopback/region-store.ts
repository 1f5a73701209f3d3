import { Agent, createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleepRealMs } from "node:timers/promises";
import dynalite from "dynalite";
import { callStore, forwardToStore, HOP_HEADERS, type Item, type StoreReply } from "./store-wire";
import { type ItemKey, itemKeyText, writeOperation, writtenItems } from "./written-items";

/** When and where an item was last written; the later one wins, and the region decides a tie. */
export interface WriteStamp {
  readonly atMs: number;
  readonly region: string;
}

/** One write as it is replicated: the whole item as it then was, or none where it was deleted. */
export interface ItemWrite extends ItemKey {
  readonly item: Item | undefined;
  readonly stamp: WriteStamp;
}

/** Text, number or binary. */
export type KeyType = "S" | "N" | "B";

export interface StoreTable {
  readonly name: string;
  readonly hashKey: string;
  /** Text unless given. */
  readonly hashType?: KeyType;
  readonly rangeKey?: { readonly name: string; readonly type: KeyType };
}

/**
 * One region's DynamoDB: an in-memory dynalite (which knows nothing of regions, hence one each) behind a
 * pass-through that sees every successful write. Both listen on ports of their own on 127.0.0.1.
 */
export class RegionStore {
  private readonly database = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  private readonly agent = new Agent({ keepAlive: true });
  private readonly front: Server = createServer((request, response) => void this.pass(request, response));
  private readonly stamps = new Map<string, WriteStamp>();
  private readonly keys: ReadonlyMap<string, readonly string[]>;
  private databasePort = 0;
  private frontPort = 0;
  private writes: Promise<unknown> = Promise.resolve();
  private passing = 0;
  private onIdle: (() => void) | undefined;

  /**
   * @param nowMs the one clock that all regions stamp their writes with.
   * @param onWrite is called once for every item that a visitor's write has changed, in the order of the writes.
   */
  constructor(
    readonly region: string,
    private readonly tables: readonly StoreTable[],
    private readonly nowMs: () => number,
    private readonly onWrite: (write: ItemWrite) => void,
  ) {
    this.keys = new Map(
      tables.map(({ name, hashKey, rangeKey }) => [name, [hashKey, ...(rangeKey ? [rangeKey.name] : [])]]),
    );
  }

  /** What a DynamoDB client takes as its endpoint. */
  get endpoint(): string {
    return `http://127.0.0.1:${this.frontPort}`;
  }

  async start(): Promise<void> {
    this.databasePort = await listen(this.database);
    this.frontPort = await listen(this.front);
    for (const { name, hashKey, hashType = "S", rangeKey } of this.tables) {
      const keys = [
        { name: hashKey, type: hashType, role: "HASH" },
        ...(rangeKey ? [{ ...rangeKey, role: "RANGE" }] : []),
      ];
      await callStore(this.to, "CreateTable", {
        TableName: name,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: keys.map((key) => ({ AttributeName: key.name, AttributeType: key.type })),
        KeySchema: keys.map((key) => ({ AttributeName: key.name, KeyType: key.role })),
      });
      while (!(await this.isActive(name))) await sleepRealMs(1);
    }
  }

  /** A new table refuses requests for a moment. */
  private async isActive(name: string): Promise<boolean> {
    const { Table: table } = await callStore(this.to, "DescribeTable", { TableName: name });
    return (table as { TableStatus?: string }).TableStatus === "ACTIVE";
  }

  async read({ table, key }: ItemKey): Promise<Item | undefined> {
    const { Item: item } = await callStore(this.to, "GetItem", {
      TableName: table,
      Key: key,
      ConsistentRead: true,
    });
    return item as Item | undefined;
  }

  /** Takes over a write from another region, unless a later one is here already. */
  apply(write: ItemWrite): Promise<"applied" | "superseded"> {
    return this.oneAtATime(async () => {
      const text = itemKeyText(write);
      const mine = this.stamps.get(text);
      if (mine && !isLater(write.stamp, mine)) return "superseded";
      await (write.item === undefined
        ? callStore(this.to, "DeleteItem", { TableName: write.table, Key: write.key })
        : callStore(this.to, "PutItem", { TableName: write.table, Item: write.item }));
      this.stamps.set(text, write.stamp);
      return "applied";
    });
  }

  /** Lets requests that are under way finish first: the database does not survive one that breaks off. */
  async close(): Promise<void> {
    const frontClosed = new Promise<void>((resolve) => this.front.close(() => resolve()));
    if (this.passing > 0) await new Promise<void>((resolve) => (this.onIdle = resolve));
    await this.writes;
    this.front.closeAllConnections();
    await frontClosed;
    this.agent.destroy();
    if (!this.database.listening) return;
    await new Promise<void>((resolve, reject) =>
      this.database.close((error) => (error ? reject(error) : resolve())),
    );
  }

  private get to() {
    return { port: this.databasePort, agent: this.agent };
  }

  /** A write and the reading of its result are one step, or a stamp could belong to another write's item. */
  private oneAtATime<T>(step: () => Promise<T>): Promise<T> {
    const result = this.writes.then(step);
    this.writes = result.catch(() => undefined);
    return result;
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.passing += 1;
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const reply = await this.serve(request, Buffer.concat(chunks));
      for (const [name, value] of Object.entries(reply.headers)) {
        if (value !== undefined && !HOP_HEADERS.has(name)) response.setHeader(name, value);
      }
      response.writeHead(reply.status).end(reply.body);
    } catch {
      // A caller that broke off gets nothing; anything else reads as DynamoDB being unreachable.
      response.destroy();
    } finally {
      this.passing -= 1;
      if (this.passing === 0) this.onIdle?.();
    }
  }

  private serve(request: IncomingMessage, body: Buffer): Promise<StoreReply> {
    const operation = writeOperation(request.headers["x-amz-target"] as string | undefined);
    if (operation === undefined) return forwardToStore(this.to, request.headers, body);
    return this.oneAtATime(async () => {
      const stamp = { atMs: this.nowMs(), region: this.region };
      const reply = await forwardToStore(this.to, request.headers, body);
      if (reply.status === 200) await this.note(operation, body, reply.body, stamp);
      return reply;
    });
  }

  private async note(operation: string, input: Buffer, output: Buffer, stamp: WriteStamp): Promise<void> {
    const items = writtenItems(
      operation,
      JSON.parse(input.toString()),
      JSON.parse(output.toString()),
      this.keys,
    );
    for (const key of items) {
      this.stamps.set(itemKeyText(key), stamp);
      this.onWrite({ ...key, item: await this.read(key), stamp });
    }
  }
}

export function isLater(a: WriteStamp, b: WriteStamp): boolean {
  return a.atMs !== b.atMs ? a.atMs > b.atMs : a.region > b.region;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}
