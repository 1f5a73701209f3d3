import assert from "node:assert/strict";
import { type Properties, type PropertyValue, UNKNOWN } from "../../../../model/unknown";
import { aliasTarget } from "../../../../policy/rules/alias-target/rule";
import { urn } from "../../../model/stack-fixture";
import { judged } from "../judged";
import { NAME, primary, record, recordUrn, secondary } from "../records";
import {
  DISTRIBUTION,
  distribution,
  judgements,
  S3_WEST,
  standby,
  verdicts,
  WEBSITE,
  website,
} from "./aliases";

describe("policy/rules/alias-target, CNAMEs to what answers by its host name", () => {
  it("refuses CNAMEs that lead to CloudFront on both sides as it does aliases", () => {
    const host = (name: PropertyValue) =>
      ({ type: "CNAME", records: name === UNKNOWN ? UNKNOWN : [name] }) as Properties;
    const [one, two] = [primary(host("d1.cloudfront.net")), secondary(host("d2.cloudfront.net."))];
    assert.deepEqual(judged(aliasTarget, [one, two]), [
      {
        verdict: "pass",
        urn: recordUrn("primary"),
        path: "records",
        message: `PRIMARY CNAME record of ${NAME} points at d1.cloudfront.net`,
      },
      {
        verdict: "fail",
        urn: recordUrn("secondary"),
        path: "records",
        message: `SECONDARY CNAME record of ${NAME} points at CloudFront as its PRIMARY does, and one distribution only can answer for the name; allowed: CloudFront on one side; point the SECONDARY at an S3 website or another service, or let an origin group of the distribution fail over (no idle price)`,
      },
    ]);
    const elsewhere = secondary(host("standby.example.net"));
    assert.deepEqual(verdicts(one, elsewhere), ["pass records"]);
    const unborn = {
      ...secondary(host(UNKNOWN)),
      propertyDependencies: { records: [urn(DISTRIBUTION, "cdn")] },
    };
    assert.deepEqual(verdicts(one, unborn, distribution({ domainName: UNKNOWN })), [
      "pass records",
      "fail records",
    ]);
    assert.deepEqual(verdicts(primary(host("a.example.net")), elsewhere), ["notApplicable "]);
  });

  it("refuses a CNAME to an S3 website whose bucket is not named as the record", () => {
    const www = (name: PropertyValue) =>
      record("www", { type: "CNAME", records: name === UNKNOWN ? UNKNOWN : [name] } as Properties);
    assert.deepEqual(judgements([www(`other.example.com.${S3_WEST}`)]), [
      {
        verdict: "fail",
        path: "records",
        message:
          `CNAME record of ${NAME} points at the website of bucket other.example.com; S3 looks for a bucket with the name that the visitor asked for and answers 404; ` +
          `allowed: bucket ${NAME}; set the bucket's name to ${NAME} (replaces the bucket; an empty one costs nothing), or put CloudFront before it`,
      },
    ]);
    assert.deepEqual(verdicts(www(`${NAME}.${S3_WEST}`)), ["pass records"]);
    assert.deepEqual(verdicts(www(S3_WEST)), ["pass records"]);
    const computed = (bucket: PropertyValue) =>
      verdicts(standby, website("site", bucket), {
        ...www(UNKNOWN),
        propertyDependencies: { records: [urn(WEBSITE, "site")] },
      });
    assert.deepEqual(computed(NAME), ["pass records"]);
    assert.deepEqual(computed("other.example.com"), ["fail records"]);
    assert.deepEqual(computed(UNKNOWN), ["unknown records"]);
  });
});
