import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import type { FixtureOptions } from "../../../model/stack-fixture";
import { type Case, priceCases } from "../cases";
import { costOf, standby } from "../meters";

const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";
const QUEUE = "aws:sqs/queue:Queue";
const arn = (name: string, service = "sqs") => `arn:aws:${service}:us-west-2:123456789012:${name}`;
const POLLS = { "polling of an empty queue, 657000 requests": 262_800 };
const FIFO_POLLS = { "polling of an empty FIFO queue, 657000 requests": 328_500 };

const CASES: readonly Case[] = [
  ["the polls of a queue", MAPPING, { eventSourceArn: arn("jobs") }, POLLS],
  ["the polls of a FIFO queue", MAPPING, { eventSourceArn: arn("jobs.fifo") }, FIFO_POLLS],
  ["a mapping that is switched off", MAPPING, { eventSourceArn: arn("jobs"), enabled: false }, {}],
  ["a stream, which is read for nothing", MAPPING, { eventSourceArn: arn("stream/s", "kinesis") }, {}],
  ["a table's stream", MAPPING, { eventSourceArn: arn("table/t/stream/1", "dynamodb") }, {}],
  ["brokers of its own", MAPPING, { selfManagedEventSource: { endpoints: {} } }, {}],
  [
    "a mapping that may be switched off",
    MAPPING,
    { eventSourceArn: arn("jobs"), enabled: UNKNOWN },
    { "input enabled": "enabled is not known yet" },
  ],
  [
    "a source that nothing tells",
    MAPPING,
    { eventSourceArn: UNKNOWN },
    { "input eventSourceArn": "eventSourceArn is not known yet" },
  ],
  [
    "a source of another kind than text",
    MAPPING,
    { eventSourceArn: 5 },
    { "price eventSourceArn": "eventSourceArn is not text" },
  ],
  [
    "provisioned pollers",
    MAPPING,
    { eventSourceArn: arn("jobs"), provisionedPollerConfig: { minimumPollers: 2 } },
    {
      "price provisionedPollerConfig":
        "provisioned pollers bill by the hour at a price that is not in the list",
    },
  ],
];

/** What a mapping costs whose source exists in the program only. */
function beforeCreation(source: StackResource, options: FixtureOptions = {}) {
  const mapping = standby(
    MAPPING,
    "m",
    { eventSourceArn: UNKNOWN },
    {
      id: UNKNOWN,
      from: { eventSourceArn: [source.urn] },
      ...options,
    },
  );
  const { lines, unpriced } = costOf([source, mapping]);
  return [
    ...lines.filter(({ urn }) => urn === mapping.urn).map(({ item }) => item),
    ...unpriced.filter(({ urn }) => urn === mapping.urn).map(({ path }) => `? ${path}`),
  ];
}

const source = (type: string, properties: Properties = {}) =>
  standby(type, "source", properties, { id: UNKNOWN });

describe("policy/prices/formulas/event-source", () => {
  priceCases(CASES);

  it("says what it assumes, and how to do without", () => {
    const [line] = costOf([standby(MAPPING, "m", { eventSourceArn: arn("jobs") })]).lines;
    assert.deepEqual(
      { note: line?.note, lever: line?.lever },
      {
        note: "5 pollers that each wait 20 s, as Lambda starts; it may come down to 2",
        lever: "set enabled to false until the queue is used, or call the function without a queue",
      },
    );
  });

  for (const [what, type, properties, expected] of [
    ["a queue", QUEUE, {}, Object.keys(POLLS)],
    ["a FIFO queue", QUEUE, { fifoQueue: true }, Object.keys(FIFO_POLLS)],
    ["a queue of a kind that is not known", QUEUE, { fifoQueue: UNKNOWN }, ["? eventSourceArn"]],
    ["a stream", "aws:kinesis/stream:Stream", { shardCount: 1 }, []],
    ["another stack", "pulumi:pulumi:StackReference", {}, ["? eventSourceArn"]],
  ] as const) {
    it(`goes by ${what} that the source is computed from`, () => {
      assert.deepEqual(beforeCreation(source(type, properties)), expected);
    });
  }
});
