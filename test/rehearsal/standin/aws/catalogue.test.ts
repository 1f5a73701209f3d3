import assert from "node:assert/strict";
import {
  findResourceType,
  resourceType,
  standinResourceTypes,
} from "../../../../rehearsal/standin/aws/catalogue";
import { refusal } from "./account-fixture";
import { MINIMAL } from "./minimal-inputs";

describe("standin/aws/catalogue", () => {
  it("lists its types once, sorted, by exact token", () => {
    const tokens = standinResourceTypes();
    assert.deepEqual(tokens, [...new Set(tokens)].sort());
    assert.deepEqual(tokens, Object.keys(MINIMAL).sort());
    assert.equal(findResourceType("aws:route53/record:Record")?.token, "aws:route53/record:Record");
  });

  it("refuses a type that it does not know in one line with the way out", () => {
    assert.deepEqual(
      refusal(() => resourceType("aws:rds/instance:Instance")),
      [
        `aws:rds/instance:Instance is not known to the stand-in; known: ${standinResourceTypes().length} types of AWS; describe it under rehearsal/standin/aws, or rehearse an exported state with --state FILE`,
      ],
    );
    assert.equal(findResourceType("aws:route53/record"), undefined);
  });
});
