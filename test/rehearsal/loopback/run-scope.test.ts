import assert from "node:assert/strict";
import { getEventListeners, once } from "node:events";
import { RunScope } from "../../../rehearsal/loopback/run-scope";

const untilEnded = async (signal: AbortSignal) => {
  if (!signal.aborted) await once(signal, "abort");
  signal.throwIfAborted();
};

describe("rehearsal/loopback/run-scope", () => {
  it("ends every task, then closes what it owns, the last one first", async () => {
    const scope = new RunScope(new AbortController().signal);
    const log: string[] = [];
    scope.own({ close: () => void log.push("first") });
    scope.own({ close: async () => void log.push("second") });
    scope.spawn(async (signal) => {
      await untilEnded(signal).finally(() => log.push("task"));
    });
    await scope.close();
    assert.deepEqual(log, ["task", "second", "first"]);
    assert.equal(scope.failure, undefined);
  });

  it("ends when the outer signal fires, and leaves no listener on it", async () => {
    const outer = new AbortController();
    const scope = new RunScope(outer.signal);
    assert.equal(getEventListeners(outer.signal, "abort").length, 1);
    outer.abort(new Error("enough"));
    assert.equal(scope.signal.aborted, true);
    assert.equal((scope.signal.reason as Error).message, "enough");
    await scope.close();
    const calm = new AbortController();
    await new RunScope(calm.signal).close();
    assert.equal(getEventListeners(calm.signal, "abort").length, 0);
  });

  it("is ended from the start by a signal that has fired before", async () => {
    const scope = new RunScope(AbortSignal.abort());
    assert.equal(scope.signal.aborted, true);
    await scope.close();
  });

  it("ends all tasks when one fails, and keeps the first failure", async () => {
    const scope = new RunScope(new AbortController().signal);
    let ended = false;
    scope.spawn(async (signal) => {
      await untilEnded(signal).finally(() => {
        ended = true;
      });
    });
    const failure = new Error("broken");
    scope.spawn(async () => {
      throw failure;
    });
    await once(scope.signal, "abort");
    await scope.close();
    assert.equal(ended, true);
    assert.equal(scope.failure?.error, failure);
  });

  it("does not take the end of a task for a failure", async () => {
    const scope = new RunScope(new AbortController().signal);
    scope.spawn(async () => undefined);
    scope.spawn(untilEnded);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(scope.signal.aborted, false);
    await scope.close();
    assert.equal(scope.failure, undefined);
  });

  it("closes the rest when something fails to close, and says so", async () => {
    const scope = new RunScope(new AbortController().signal);
    let closed = false;
    scope.own({
      close: () => {
        closed = true;
      },
    });
    scope.own({ close: () => Promise.reject(new Error("stuck")) });
    await assert.rejects(scope.close(), { name: "AggregateError" });
    assert.equal(closed, true);
  });
});
