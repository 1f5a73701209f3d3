import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../model/unknown";
import { urn } from "../../../model/stack-fixture";
import { amounts, costOf, priced, primary, standby } from "../meters";

const FUNCTION = "aws:lambda/function:Function";
const CONCURRENCY = "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig";

describe("policy/prices/formulas/lambda", () => {
  it("charges nothing for a function that nobody calls", () => {
    assert.deepEqual(priced(FUNCTION, { memorySize: 10_240, runtime: "nodejs22.x" }), {});
    assert.deepEqual(
      priced(FUNCTION, { runtime: "java21", snapStart: { applyOn: "PublishedVersions" } }),
      {},
    );
    assert.deepEqual(priced(FUNCTION, { runtime: "python3.13", snapStart: { applyOn: "None" } }), {});
  });

  it("does not price a kept snapshot or instances of its own", () => {
    assert.deepEqual(
      priced(FUNCTION, { runtime: "python3.13", snapStart: { applyOn: "PublishedVersions" } }),
      {
        "price snapStart.applyOn": "SnapStart keeps a snapshot at a price that is not in the list",
      },
    );
    assert.deepEqual(priced(FUNCTION, { snapStart: { applyOn: UNKNOWN } }), {
      "input snapStart.applyOn": "snapStart.applyOn is not known yet",
    });
    assert.deepEqual(priced(FUNCTION, { capacityProviderConfig: {} }), {
      "price capacityProviderConfig": "it runs on instances of a capacity provider",
    });
    assert.deepEqual(
      priced("aws:lambda/eventSourceMapping:EventSourceMapping", { provisionedPollerConfig: {} }),
      {
        "price provisionedPollerConfig":
          "provisioned pollers bill by the hour at a price that is not in the list",
      },
    );
    assert.deepEqual(priced("aws:lambda/eventSourceMapping:EventSourceMapping"), {});
  });

  it("finds the function that is kept warm by its ARN, whole or in part, or through an alias", () => {
    const of = (functionName: string, region = "us-west-2") =>
      priced(CONCURRENCY, { functionName, qualifier: "1", provisionedConcurrentExecutions: 1 }, [
        standby(FUNCTION, "handler", { name: "fn", memorySize: 1024, region }),
      ]);
    const warm = { "provisioned concurrency, 1 x 1024 MB": 10_950_031 };
    const [item] = Object.keys(warm);
    for (const name of [
      "fn",
      "123456789012:function:fn",
      "arn:aws:lambda:us-west-2:123456789012:function:fn",
      "arn:aws:lambda:us-west-2:123456789012:function:fn:live",
    ]) {
      assert.deepEqual(Object.keys(of(name)), [item], name);
    }
    const outside = {
      "price functionName": "its function is not in this stack, so its memory cannot be read",
    };
    assert.deepEqual(of("arn:aws:lambda:us-west-2:123456789012:function:other"), outside);
    assert.deepEqual(of("arn:aws:lambda:us-east-1:123456789012:function:fn"), outside);
    assert.deepEqual(of("fn", "us-east-1"), outside);
  });

  it("charges provisioned concurrency for every second of the month, by memory and architecture", () => {
    const of = (properties: object, id = "fn") => [
      standby(FUNCTION, "fn", properties as never, { id }),
      standby(CONCURRENCY, "warm", { functionName: "fn", provisionedConcurrentExecutions: 5 }),
    ];
    assert.deepEqual(amounts(costOf(of({ memorySize: 1024 }))), {
      "provisioned concurrency, 5 x 1024 MB": 54_750_438,
    });
    assert.deepEqual(amounts(costOf(of({ memorySize: 1024, architectures: ["arm64"] }))), {
      "provisioned concurrency, 5 x 1024 MB": 43_799_562,
    });
    assert.deepEqual(amounts(costOf(of({ name: "fn" }, "other"))), {
      "provisioned concurrency, 5 x 128 MB": 6_843_805,
    });
  });

  it("does not take the memory of another region's function of the same name", () => {
    const report = costOf([
      primary(FUNCTION, "fn", { name: "fn" }, { id: "x" }),
      standby(CONCURRENCY, "warm", { functionName: "fn", provisionedConcurrentExecutions: 1 }),
    ]);
    assert.deepEqual(
      report.unpriced.map(({ why }) => why),
      ["its function is not in this stack, so its memory cannot be read"],
    );
  });

  it("says what of provisioned concurrency is not known yet", () => {
    const input = (fn: object, warm: object) =>
      costOf([
        standby(FUNCTION, "fn", fn as never),
        standby(
          CONCURRENCY,
          "warm",
          { functionName: UNKNOWN, provisionedConcurrentExecutions: 1, ...warm },
          { from: { functionName: [urn(FUNCTION, "fn")] } },
        ),
      ]).unpriced.map(({ kind, path }) => `${kind} ${path}`);
    assert.deepEqual(input({}, { provisionedConcurrentExecutions: UNKNOWN }), [
      "input provisionedConcurrentExecutions",
    ]);
    assert.deepEqual(input({ memorySize: UNKNOWN }, {}), ["input memorySize"]);
    assert.deepEqual(input({ architectures: UNKNOWN }, {}), ["input architectures"]);
    assert.deepEqual(input({ memorySize: "abc" }, {}), ["price memorySize"]);
    assert.deepEqual(input({ architectures: "arm64" }, {}), ["price architectures"]);
    assert.deepEqual(input({}, { provisionedConcurrentExecutions: undefined }), [
      "price provisionedConcurrentExecutions",
    ]);
  });
});
