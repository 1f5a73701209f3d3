import assert from "node:assert/strict";
import { profileApiApp } from "../../../../rehearsal/loopback/apps/profile-api";
import type { AppWrites } from "../../../../rehearsal/loopback/rehearsed-app";
import { profilePlan } from "../plan-fixture";

describe("rehearsal/loopback/apps/profile-api", function () {
  // The bundle is built where it is not up to date.
  this.timeout(60_000);
  let writes: AppWrites | undefined;

  before(async () => {
    ({ writes } = await profileApiApp({ plan: profilePlan() }));
  });

  const reply = (status: number, headers: Record<string, string> = {}) => ({ status, headers, body: "" });

  it("takes 200 and 201 with an entity tag for an acknowledgement, and nothing else", () => {
    const etag = '"4-1f3a9c02b7d4"';
    const mark = { version: 4, revision: "1f3a9c02b7d4" };
    assert.deepEqual(writes?.acknowledged(reply(200, { etag })), mark);
    assert.deepEqual(writes?.acknowledged(reply(201, { etag })), mark);
    assert.equal(writes?.acknowledged(reply(200)), undefined);
    assert.equal(writes?.acknowledged(reply(503, { etag })), undefined);
    assert.equal(writes?.acknowledged(reply(200, { etag: 'W/"4-x"' })), undefined);
  });

  it("reads region and item, and says so where they are not the application's", () => {
    assert.equal(writes?.servedBy(reply(200, { "x-region": "us-east-1" })), "us-east-1");
    assert.equal(writes?.servedBy(reply(503)), null);
    const item = { id: { S: "a" }, version: { N: "2" }, revision: { S: "0123456789ab" } };
    assert.deepEqual(writes?.stored?.mark(item), { id: "a", version: 2, revision: "0123456789ab" });
    assert.equal(writes?.stored?.mark({ id: { S: "a" } }), undefined);
  });
});
