import assert from "node:assert/strict";
import fc from "fast-check";
import { EventQueue } from "../../../rehearsal/simulation/event-queue";

describe("EventQueue", () => {
  it("tells events by time and, at the same time, in the order they were asked for", () => {
    const times = fc.array(fc.nat(20), { maxLength: 600 });
    fc.assert(
      fc.property(times, (asked) => {
        const queue = new EventQueue();
        asked.forEach((atMs, index) => {
          queue.push(atMs, 1, index, 7 * index);
        });
        const told: number[][] = [];
        while (queue.pop()) told.push([queue.atMs, queue.subject, queue.detail]);
        const expected = asked
          .map((atMs, index) => [atMs, index, 7 * index])
          .sort(([a = 0], [b = 0]) => a - b);
        assert.deepEqual(told, expected);
      }),
      { seed: 1 },
    );
  });

  it("takes new events while it tells the old", () => {
    const queue = new EventQueue();
    queue.push(10, 1);
    queue.push(30, 3);
    queue.pop();
    queue.push(20, 2);
    const kinds: number[] = [];
    while (queue.pop()) kinds.push(queue.kind);
    assert.deepEqual(kinds, [2, 3]);
  });

  it("takes the present and refuses the past", () => {
    const queue = new EventQueue();
    queue.push(10, 1);
    queue.pop();
    queue.push(10, 2);
    assert.throws(() => queue.push(9, 3), /an event at 9 ms; the clock shows 10 ms/);
    assert.throws(() => queue.push(Number.NaN, 3), RangeError);
    assert.equal(queue.pop(), true);
    assert.equal(queue.kind, 2);
  });

  it("forgets everything at a reset, which may turn the clock back", () => {
    const queue = new EventQueue();
    for (let index = 0; index < 1_000; index++) queue.push(1_000 - index, 1, index);
    queue.pop();
    queue.reset(-5);
    assert.equal(queue.pop(), false);
    assert.equal(queue.atMs, -5);
    queue.push(-5, 7);
    assert.equal(queue.pop(), true);
    assert.equal(queue.kind, 7);
  });
});
