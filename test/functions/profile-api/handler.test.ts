import assert from "node:assert/strict";
import { createHandler, type LogEntry } from "../../../functions/profile-api/handler";
import type { Precondition } from "../../../functions/profile-api/precondition";
import { type ProfileStore, StoreUnavailable } from "../../../functions/profile-api/profile-store";
import { getEvent, healthEvent, profileApiEvent, putEvent } from "./profile-api-event";

const PROFILE = {
  id: "ada",
  displayName: "Ada",
  bio: "",
  interests: [],
  version: 4,
  revision: "00ff00ff00ff",
  updatedAt: "2026-01-01T00:00:00.000Z",
  updatedRegion: "us-east-1",
};
const ETAG = '"4-00ff00ff00ff"';
const { revision: _, ...BODY } = PROFILE;

function rig(replies: Partial<ProfileStore> = {}) {
  const calls: unknown[] = [];
  const logged: LogEntry[] = [];
  const store: ProfileStore = {
    read: async () => PROFILE,
    write: async (...call) => {
      calls.push(call);
      return { kind: "stored", profile: PROFILE };
    },
    touch: async () => {},
    ...replies,
  };
  const handler = createHandler({
    store,
    region: "us-west-2",
    build: "b1",
    now: () => Date.UTC(2026, 0, 1),
    log: (entry) => logged.push(entry),
  });
  const answer = async (event: Parameters<typeof handler>[0]) => {
    const { statusCode, headers, body } = await handler(event);
    return { statusCode, headers, body: body === "" ? "" : JSON.parse(body ?? "null") };
  };
  return { answer, calls, logged };
}

const NO_STORE = { "cache-control": "no-store", "content-type": "application/json", "x-region": "us-west-2" };
const NO_CACHE = { ...NO_STORE, "cache-control": "private, no-cache", etag: ETAG };

function error(code: string, message: string) {
  return { error: { code, message, requestId: "r-1" } };
}

describe("functions/profile-api/handler", () => {
  it("gives a profile with its tag, and does not show the revision", async () => {
    assert.deepEqual(await rig().answer(getEvent("ada")), { statusCode: 200, headers: NO_CACHE, body: BODY });
  });

  it("answers 304 without a body to whoever has the tag", async () => {
    const { "content-type": _type, ...headers } = NO_CACHE;
    const known = await rig().answer(getEvent("ada", { "if-none-match": ETAG }));
    assert.deepEqual(known, { statusCode: 304, headers, body: "" });
    const other = await rig().answer(getEvent("ada", { "if-none-match": '"3-00ff00ff00ff"' }));
    assert.equal(other.statusCode, 200);
  });

  it("answers 404 for a profile and for a route that are not there", async () => {
    assert.deepEqual(await rig({ read: async () => undefined }).answer(getEvent("ada")), {
      statusCode: 404,
      headers: NO_STORE,
      body: error("profile_not_found", "There is no profile with this id."),
    });
    for (const routeKey of ["DELETE /profiles/{id}", "$default", "constructor"]) {
      const answer = await rig().answer(profileApiEvent(routeKey));
      assert.deepEqual([answer.statusCode, answer.body.error.code], [404, "route_not_found"], routeKey);
    }
  });

  it("hands the draft and the precondition to the store", async () => {
    const { answer, calls } = rig();
    const fields = { displayName: "Ada", bio: "b", interests: ["x"] };
    assert.deepEqual(await answer(putEvent("ada", fields, { "if-match": ETAG })), {
      statusCode: 200,
      headers: NO_CACHE,
      body: BODY,
    });
    await answer(putEvent("ada", { ...fields, expectedVersion: 3 }));
    await answer(putEvent("ada", fields, { "if-none-match": "*" }));
    assert.deepEqual(calls, [
      ["ada", fields, { kind: "revision", version: 4, revision: "00ff00ff00ff" }],
      ["ada", fields, { kind: "version", version: 3 }],
      ["ada", fields, { kind: "absent" }],
    ]);
  });

  it("answers 201 for the first version", async () => {
    const profile = { ...PROFILE, version: 1 };
    const { answer } = rig({ write: async () => ({ kind: "stored", profile }) });
    const { statusCode, headers } = await answer(putEvent("ada", { displayName: "Ada" }));
    assert.deepEqual([statusCode, headers?.etag], [201, '"1-00ff00ff00ff"']);
  });

  it("refuses before it asks the store", async () => {
    const { answer, calls } = rig();
    const good = { displayName: "Ada" };
    const answers = await Promise.all([
      answer(getEvent("_healthz")),
      answer(putEvent("a b", good)),
      answer(putEvent("ada", {})),
      answer(putEvent("ada", good, { "content-type": "text/plain" })),
      answer(putEvent("ada", good, { "if-match": "1" })),
      answer(profileApiEvent("GET /profiles/{id}")),
    ]);
    assert.deepEqual(
      answers.map(({ statusCode, body }) => [statusCode, body.error.code]),
      [
        [400, "invalid_id"],
        [400, "invalid_id"],
        [400, "invalid_profile"],
        [415, "unsupported_media_type"],
        [400, "invalid_precondition"],
        [400, "invalid_id"],
      ],
    );
    assert.deepEqual(calls, []);
  });

  it("answers 412 for a header's and 409 for a body's failed precondition", async () => {
    const preconditions: Precondition[] = [];
    const { answer, logged } = rig({
      write: async (_id, _draft, precondition) => {
        preconditions.push(precondition);
        return { kind: "precondition-failed" };
      },
    });
    const good = { displayName: "Ada" };
    const answers = [
      await answer(putEvent("ada", good, { "if-match": ETAG })),
      await answer(putEvent("ada", good, { "if-none-match": "*" })),
      await answer(putEvent("ada", { ...good, expectedVersion: 4 })),
    ];
    assert.deepEqual(
      answers.map(({ statusCode, body }) => [statusCode, body]),
      [
        [
          412,
          error(
            "precondition_failed",
            "The stored profile is not the one of If-Match; read the profile and try again.",
          ),
        ],
        [
          412,
          error("precondition_failed", "The profile exists already; leave out If-None-Match to replace it."),
        ],
        [
          409,
          error(
            "version_conflict",
            "expectedVersion is not the stored version; read the profile and try again.",
          ),
        ],
      ],
    );
    assert.deepEqual(logged, []);
  });

  it("keeps the reason of a failure in the log and out of the answer", async () => {
    const secret = new Error("arn:aws:dynamodb:us-east-1:123456789012:table/profiles says no");
    secret.stack = "stack";
    const { answer, logged } = rig({
      read: async () => {
        throw secret;
      },
    });
    assert.deepEqual(await answer(getEvent("ada")), {
      statusCode: 500,
      headers: NO_STORE,
      body: error("internal_error", "The request failed; the request id leads to the reason in the log."),
    });
    assert.deepEqual(logged, [
      {
        level: "error",
        message: "the request failed",
        region: "us-west-2",
        build: "b1",
        route: "GET /profiles/{id}",
        requestId: "r-1",
        errors: [{ name: "Error", message: secret.message, stack: "stack" }],
      },
    ]);
  });

  it("answers 503 and when to come back while the store is away", async () => {
    const cause = new Error("socket hang up");
    cause.stack = "stack";
    const { answer, logged } = rig({
      write: async () => {
        throw new StoreUnavailable("the table does not answer", { cause });
      },
    });
    assert.deepEqual(await answer(putEvent("ada", { displayName: "Ada" })), {
      statusCode: 503,
      headers: { ...NO_STORE, "retry-after": "1" },
      body: error("store_unavailable", "The profiles cannot be reached right now; try again."),
    });
    assert.deepEqual(logged[0]?.errors, [
      { name: "StoreUnavailable", message: "the table does not answer" },
      { name: "Error", message: "socket hang up", stack: "stack" },
    ]);
  });

  it("says region, build and the replica's state in /healthz", async () => {
    assert.deepEqual(await rig().answer(healthEvent), {
      statusCode: 200,
      headers: NO_STORE,
      body: {
        status: "ok",
        region: "us-west-2",
        build: "b1",
        table: { reachable: true, latencyMs: 0, checkedAt: "2026-01-01T00:00:00.000Z" },
      },
    });
  });

  it("answers 503 in /healthz without the replica, writes nothing and logs one line per read", async () => {
    const { answer, calls, logged } = rig({
      touch: async () => {
        throw new Error("arn:aws:dynamodb:us-east-1:123456789012:table/profiles is gone");
      },
    });
    const answers = [await answer(healthEvent), await answer(healthEvent)];
    assert.deepEqual(
      answers.map(({ statusCode, body }) => [statusCode, body]),
      Array(2).fill([
        503,
        {
          status: "unavailable",
          region: "us-west-2",
          build: "b1",
          table: { reachable: false, latencyMs: null, checkedAt: "2026-01-01T00:00:00.000Z" },
        },
      ]),
    );
    assert.deepEqual(calls, []);
    assert.deepEqual(
      logged.map(({ message, route }) => [message, route]),
      [["the local replica does not answer", "GET /healthz"]],
    );
  });

  it("logs one line of JSON on stderr unless told otherwise", async () => {
    const lines: string[] = [];
    const before = console.error;
    console.error = (line: string) => lines.push(line);
    try {
      const read = async () => {
        throw new Error("two\nlines");
      };
      const store = { read, touch: async () => {}, write: async () => assert.fail() };
      await createHandler({ store, region: "r", build: "b", now: () => 0 })(getEvent("ada"));
    } finally {
      console.error = before;
    }
    assert.equal(lines.length, 1);
    assert.equal(lines[0]?.includes("\n"), false);
    assert.equal(JSON.parse(lines[0] ?? "").errors[0].message, "two\nlines");
  });
});
