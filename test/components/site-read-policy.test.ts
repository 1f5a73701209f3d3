import assert from "node:assert/strict";
import { siteReadPolicy } from "../../components/site-read-policy";

const BUCKET = "arn:aws:s3:::pages";
const DISTRIBUTION = "arn:aws:cloudfront::123456789012:distribution/E1";
const THIS_ONE = {
  Principal: { Service: "cloudfront.amazonaws.com" },
  Condition: { StringEquals: { "AWS:SourceArn": DISTRIBUTION } },
};

describe("components/site-read-policy", () => {
  it("lets one distribution read objects and see which are missing", () => {
    assert.deepEqual(
      siteReadPolicy({ bucketArn: BUCKET, distributionArn: DISTRIBUTION, everyone: false }).Statement,
      [
        {
          Sid: "DistributionReadsPages",
          Effect: "Allow",
          ...THIS_ONE,
          Action: ["s3:GetObject"],
          Resource: [`${BUCKET}/*`],
        },
        {
          Sid: "DistributionSeesWhatIsMissing",
          Effect: "Allow",
          ...THIS_ONE,
          Action: ["s3:ListBucket"],
          Resource: [BUCKET],
        },
      ],
    );
  });

  it("lets everyone read objects, and list nothing", () => {
    assert.deepEqual(
      siteReadPolicy({ bucketArn: BUCKET, distributionArn: undefined, everyone: true }).Statement,
      [
        {
          Sid: "EveryoneReadsPages",
          Effect: "Allow",
          Principal: "*",
          Action: ["s3:GetObject"],
          Resource: [`${BUCKET}/*`],
        },
      ],
    );
  });

  it("names readers apart where both are let in", () => {
    const both = siteReadPolicy({ bucketArn: BUCKET, distributionArn: DISTRIBUTION, everyone: true });
    assert.deepEqual(
      both.Statement.map(({ Sid }) => Sid),
      ["EveryoneReadsPages", "DistributionReadsPages", "DistributionSeesWhatIsMissing"],
    );
  });
});
