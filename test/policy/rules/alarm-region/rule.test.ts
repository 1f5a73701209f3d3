import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { type Properties, type PropertyValue, UNKNOWN } from "../../../../model/unknown";
import { alarmRegion } from "../../../../policy/rules/alarm-region/rule";
import { fixtureResources } from "../../../../policy/rules/rule-docs";
import { resource, urn } from "../../../model/stack-fixture";
import { profileApiStack } from "../../profile-api-stack";
import { ABSURD_VALUES } from "../absurd-values";
import { judged } from "../judged";
import { CHECK } from "../records";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const alarmUrn = urn(ALARM, "unhealthy");
const checkUrn = urn(CHECK, "follower");
const TITLE = 'alarm "unhealthy"';
const FOLLOWER = 'CLOUDWATCH_METRIC health check "follower"';

const region = (code: string) => resource("pulumi:providers:aws", code, { region: code });
const providers = [region("us-east-1"), region("us-west-2")];

const alarm = (properties: Properties = {}, providerRegion: string | undefined = "us-east-1") =>
  resource(
    ALARM,
    "unhealthy",
    { name: "unhealthy", namespace: "AWS/Route53", ...properties },
    { provider: urn("pulumi:providers:aws", providerRegion) },
  );

const follower = (properties: Properties = {}, from: Record<string, string[]> = {}) =>
  resource(
    CHECK,
    "follower",
    {
      type: "CLOUDWATCH_METRIC",
      cloudwatchAlarmName: "unhealthy",
      cloudwatchAlarmRegion: "us-east-1",
      ...properties,
    },
    { from },
  );

function judgements(
  resources: readonly StackResource[],
  settings = {},
  phase: "preview" | "settled" = "settled",
) {
  return judged(alarmRegion, [...providers, ...resources], settings, phase);
}

const verdicts = (...resources: StackResource[]) =>
  judgements(resources, {}, "preview").map(({ verdict, path }) => `${verdict} ${path}`);

describe("policy/rules/alarm-region", () => {
  it("does not send an alarm of another partition to us-east-1", () => {
    const inRegion = (code: string, settings = {}, properties: Properties = {}) =>
      judgements([region(code), alarm(properties, code)], settings);
    for (const code of ["cn-northwest-1", "us-gov-west-1", "us-isob-east-1", "eusc-de-east-1"]) {
      assert.deepEqual(inRegion(code), [
        {
          verdict: "notApplicable",
          urn: alarmUrn,
          path: "",
          message: `${TITLE} watches AWS/Route53 in ${code}, another partition than that of us-east-1, where the region of these metrics is not judged`,
        },
      ]);
    }
    const billing = inRegion(
      "cn-north-1",
      { usEast1Namespaces: ["AWS/Billing"] },
      { namespace: "AWS/Billing" },
    );
    assert.deepEqual(
      billing.map(({ verdict }) => verdict),
      ["notApplicable"],
    );
    for (const code of ["us-west-1", "eu-south-1", "ca-central-1"]) {
      assert.equal(inRegion(code)[0]?.verdict, "fail");
    }
  });

  for (const namespace of ["AWS/Route53", "AWS/CloudFront"]) {
    it(`passes an alarm on ${namespace} in us-east-1 and refuses it anywhere else`, () => {
      assert.deepEqual(judgements([alarm({ namespace })]), [
        {
          verdict: "pass",
          urn: alarmUrn,
          path: "region",
          message: `${TITLE} watches ${namespace} in us-east-1`,
        },
      ]);
      assert.deepEqual(judgements([alarm({ namespace }, "us-west-2")]), [
        {
          verdict: "fail",
          urn: alarmUrn,
          path: "region",
          message: `${TITLE} watches ${namespace} in us-west-2, where these metrics do not exist, so it never has data; allowed: us-east-1; set region to us-east-1, and with it the SNS topics of its actions (no price)`,
        },
      ]);
    });
  }

  it("takes the alarm's own region before its provider's, and the ARN's where neither tells", () => {
    assert.deepEqual(verdicts(alarm({ region: "us-east-1" }, "us-west-2")), ["pass region"]);
    assert.deepEqual(verdicts(alarm({ region: "us-west-2" })), ["fail region"]);
    const arn = (code: string) => `arn:aws:cloudwatch:${code}:123456789012:alarm:unhealthy`;
    assert.deepEqual(verdicts(alarm({ arn: arn("us-east-1") }, "gone")), ["pass region"]);
    assert.deepEqual(verdicts(alarm({ arn: arn("us-east-2") }, "gone")), ["fail region"]);
    assert.deepEqual(verdicts(alarm({}, "gone")), ["unknown region"]);
  });

  it("leaves other namespaces alone, however alike their names", () => {
    for (const namespace of [
      "AWS/Route53Resolver",
      "AWS/DynamoDB",
      "AWS/Billing",
      "Custom/AWS/Route53",
      "",
      undefined,
    ]) {
      assert.deepEqual(verdicts(alarm({ namespace }, "us-west-2")), ["notApplicable "], String(namespace));
    }
  });

  it("judges further namespaces that the settings name", () => {
    const found = (usEast1Namespaces: string[], code: string) =>
      judgements([alarm({ namespace: "AWS/Billing" }, code)], { usEast1Namespaces }).map(
        ({ verdict }) => verdict,
      );
    assert.deepEqual(found(["AWS/Billing"], "us-west-2"), ["fail"]);
    assert.deepEqual(found(["AWS/Billing"], "us-east-1"), ["pass"]);
    assert.deepEqual(found(["AWS/Other"], "us-west-2"), ["notApplicable"]);
    assert.match(
      judgements([alarm()], { usEast1Namespaces: [7] })[0]?.message ?? "",
      /^setting usEast1Namespaces is \[7\]; allowed: a list of texts/,
    );
  });

  it("reads metric queries, and the namespaces that a Metrics Insights query names", () => {
    const metric = (namespace: PropertyValue): Properties => ({
      id: "m",
      metric: { namespace, metricName: "x", period: 60, stat: "Sum" },
    });
    const queries = (...metricQueries: PropertyValue[]) =>
      alarm({ namespace: undefined, metricQueries }, "us-west-2");
    assert.deepEqual(verdicts(queries(metric("AWS/Lambda"), metric("AWS/Route53"))), ["fail region"]);
    assert.deepEqual(verdicts(queries(metric("AWS/Route53"), metric("AWS/Route53"))), ["fail region"]);
    assert.deepEqual(verdicts(queries(metric("AWS/Route53"), metric("AWS/CloudFront"))), [
      "fail region",
      "fail region",
    ]);
    assert.deepEqual(verdicts(queries(metric("AWS/Lambda"), { id: "e", expression: "m / 2" })), [
      "notApplicable ",
    ]);
    for (const [from, verdict] of [
      ['SCHEMA("AWS/Route53", HealthCheckId)', "fail region"],
      ['"AWS/CloudFront"', "fail region"],
      ['SCHEMA("AWS/Route53Resolver", EndpointId)', "notApplicable "],
    ] as const) {
      const expression = `SELECT MIN(HealthCheckStatus) FROM ${from}`;
      assert.deepEqual(verdicts(queries({ id: "q", expression })), [verdict], from);
    }
  });

  it("passes a check that looks for its alarm where it is", () => {
    const pass = {
      verdict: "pass",
      urn: checkUrn,
      path: "cloudwatchAlarmRegion",
      message: `${FOLLOWER} looks for its alarm in us-east-1, where it is`,
    };
    const lambda = { namespace: "AWS/Lambda" };
    assert.deepEqual(judgements([alarm(lambda), follower()]), [pass]);
    // Two alarms of one name in two regions: the check means the one that it names.
    const elsewhere = { ...alarm({ ...lambda, region: "us-west-2" }), urn: urn(ALARM, "elsewhere") };
    assert.deepEqual(judgements([elsewhere, alarm(lambda), follower()]), [pass]);
    const unborn = alarm({ ...lambda, name: UNKNOWN });
    const byDependency = follower({ cloudwatchAlarmName: UNKNOWN }, { cloudwatchAlarmName: [alarmUrn] });
    assert.deepEqual(judgements([unborn, byDependency], {}, "preview"), [pass]);
  });

  it("refuses a check that looks in another region", () => {
    const lambda = { namespace: "AWS/Lambda" };
    const fail = {
      verdict: "fail",
      urn: checkUrn,
      path: "cloudwatchAlarmRegion",
      message: `${FOLLOWER} looks for its alarm in us-east-1, and alarm "unhealthy" is in us-west-2; allowed: us-west-2; set it to us-west-2 (no price)`,
    };
    assert.deepEqual(judgements([alarm(lambda, "us-west-2"), follower()]), [fail]);
    assert.deepEqual(
      judgements([
        alarm({ ...lambda, name: UNKNOWN }, "us-west-2"),
        follower({ cloudwatchAlarmName: UNKNOWN }, { cloudwatchAlarmName: [alarmUrn] }),
      ]),
      [fail],
    );
  });

  it("refuses a check without the name or the region of an alarm", () => {
    const lambda = { namespace: "AWS/Lambda" };
    assert.deepEqual(
      [
        [follower({ cloudwatchAlarmName: undefined })],
        [follower({ cloudwatchAlarmRegion: undefined })],
        [alarm(lambda, "us-west-2"), follower({ cloudwatchAlarmRegion: "" })],
      ].flatMap((stack) => judgements(stack).map(({ path, message }) => [path, message])),
      [
        [
          "cloudwatchAlarmName",
          `${FOLLOWER} has no cloudwatchAlarmName, so there is nothing to follow; allowed: the name of an alarm; set it to the alarm's name`,
        ],
        [
          "cloudwatchAlarmRegion",
          `${FOLLOWER} has no cloudwatchAlarmRegion, which Route 53 requires; allowed: the region of the alarm; set it to the region of the alarm (no price)`,
        ],
        [
          "cloudwatchAlarmRegion",
          `${FOLLOWER} has no cloudwatchAlarmRegion, which Route 53 requires; allowed: the region of the alarm; set it to us-west-2 (no price)`,
        ],
      ],
    );
  });

  it("does not apply to a check whose alarm is elsewhere, nor to a stack without either", () => {
    assert.deepEqual(judgements([follower()]), [
      {
        verdict: "notApplicable",
        urn: checkUrn,
        path: "",
        message: `${FOLLOWER} follows alarm unhealthy in us-east-1, which is not of this stack`,
      },
    ]);
    assert.deepEqual(judgements([resource(CHECK, "https", { type: "HTTPS", fqdn: "origin.example.com" })]), [
      {
        verdict: "notApplicable",
        urn: "",
        path: "",
        message:
          "the stack has no alarm on Route 53 or CloudFront metrics and no health check that follows an alarm",
      },
    ]);
  });

  for (const [path, of, stack] of [
    ["namespace", TITLE, [alarm({ namespace: UNKNOWN })]],
    ["region", TITLE, [alarm({ region: UNKNOWN })]],
    ["metricQueries", TITLE, [alarm({ namespace: undefined, metricQueries: UNKNOWN })]],
    [
      "metricQueries[0].metric.namespace",
      TITLE,
      [alarm({ namespace: undefined, metricQueries: [{ metric: { namespace: UNKNOWN } }] })],
    ],
    [
      "metricQueries[0].expression",
      TITLE,
      [alarm({ namespace: undefined, metricQueries: [{ expression: UNKNOWN }] })],
    ],
    ["cloudwatchAlarmRegion", FOLLOWER, [follower({ cloudwatchAlarmRegion: UNKNOWN })]],
    ["cloudwatchAlarmName", FOLLOWER, [follower({ cloudwatchAlarmName: UNKNOWN })]],
    ["region", TITLE, [alarm({ namespace: "AWS/Lambda", region: UNKNOWN }), follower()]],
  ] as [string, string, StackResource[]][]) {
    it(`does not know an unknown ${path} of ${of}, and says when it will`, () => {
      const found = (phase: "preview" | "settled") =>
        judgements(stack, {}, phase).map(({ verdict, message }) => [verdict, message]);
      assert.deepEqual(found("preview"), [
        ["unknown", `unknown: ${path} of ${of}; known after the update; judged again at \`pulumi up\``],
      ]);
      assert.deepEqual(found("settled"), [
        [
          "unknown",
          `unknown: ${path} of ${of}; nothing here will tell it, so it is refused; give the value in plain text, or judge at \`pulumi up\``,
        ],
      ]);
    });
  }

  it("passes the profile API before and after it exists", () => {
    for (const preview of [true, false]) {
      assert.deepEqual(
        judged(alarmRegion, profileApiStack({ preview }), {}, preview ? "preview" : "settled").map(
          ({ verdict }) => verdict,
        ),
        ["pass"],
      );
    }
  });

  it("tells its two fixtures apart", () => {
    const found = (name: "good" | "bad") =>
      judged(alarmRegion, fixtureResources("alarm-region", name)).map(
        ({ verdict, path }) => `${verdict} ${path}`,
      );
    assert.deepEqual([found("good"), found("bad")], [["pass region"], ["fail region"]]);
  });

  it("stands any value in any place", () => {
    for (const value of ABSURD_VALUES) {
      const stacks = [
        ...["name", "namespace", "region", "arn", "metricQueries"].map((place) => [
          alarm({ [place]: value }),
        ]),
        [
          alarm({
            metricQueries: [value, { metric: value, expression: value }, { metric: { namespace: value } }],
          }),
        ],
        ...["cloudwatchAlarmName", "cloudwatchAlarmRegion"].map((place) => [
          alarm(),
          follower({ [place]: value }),
        ]),
      ];
      for (const stack of stacks) {
        const found = judgements(stack, {}, "preview");
        assert.ok(found.length > 0);
        assert.deepEqual(
          found.filter(({ message }) => /NaN|undefined|\[object|Symbol|rule itself failed/.test(message)),
          [],
        );
      }
    }
  });
});
