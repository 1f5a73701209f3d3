import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { healthCheckStuck } from "../../../../policy/rules/health-check-stuck/rule";
import { fixtureResources } from "../../../../policy/rules/rule-docs";
import { resource } from "../../../model/stack-fixture";
import { profileApiStack } from "../../profile-api-stack";
import { judged } from "../judged";
import { CHECK, check, checkUrn, record } from "../records";

const PREVIEW_TEXT = "known after the update; judged again at `pulumi up`";
const SETTLED_TEXT =
  "nothing here will tell it, so it is refused; give the value in plain text, or judge at `pulumi up`";

const stuck = (properties: Properties, settings = {}, phase: "preview" | "settled" = "settled") =>
  judged(healthCheckStuck, [check(properties)], settings, phase);

const brief = (properties: Properties, settings = {}, phase: "preview" | "settled" = "settled") =>
  stuck(properties, settings, phase).map(
    ({ verdict, path, advisory }) => `${advisory ? "advice" : verdict} ${path}`,
  );

const METRIC = { type: "CLOUDWATCH_METRIC", fqdn: undefined, cloudwatchAlarmName: "errors" };
const calculated = (childHealthThreshold: unknown, childHealthchecks: unknown = ["hc-a", "hc-b"]) =>
  ({ type: "CALCULATED", fqdn: undefined, childHealthThreshold, childHealthchecks }) as Properties;

describe("policy/rules/health-check-stuck", () => {
  it("passes a check that can turn both ways", () => {
    const expected = (message: string) => [{ verdict: "pass", urn: checkUrn, path: "", message }];
    assert.deepEqual(stuck({}), expected('HTTPS health check "check" can turn both ways'));
    assert.deepEqual(
      stuck({ disabled: false, invertHealthcheck: "false" }),
      expected('HTTPS health check "check" can turn both ways'),
    );
    assert.deepEqual(
      stuck({ type: "RECOVERY_CONTROL", fqdn: undefined, routingControlArn: "arn" }),
      expected('RECOVERY_CONTROL health check "check" follows a routing control'),
    );
  });

  for (const preview of [true, false]) {
    it(`passes the profile API ${preview ? "before" : "after"} it exists`, () => {
      const verdicts = judged(
        healthCheckStuck,
        profileApiStack({ preview }),
        {},
        preview ? "preview" : "settled",
      );
      assert.deepEqual(
        verdicts.map(({ verdict }) => verdict),
        ["pass"],
      );
    });
  }

  it("refuses a disabled check, whatever its type", () => {
    assert.deepEqual(stuck({ disabled: true }), [
      {
        verdict: "fail",
        urn: checkUrn,
        path: "disabled",
        message:
          'HTTPS health check "check" is disabled, so it is always healthy and nothing fails over; allowed: disabled ' +
          "false; set it to false (in place, no price: a disabled check is billed like any other); to take traffic " +
          "away, invert it",
      },
    ]);
    assert.deepEqual(brief({ type: "RECOVERY_CONTROL", fqdn: undefined, disabled: "true" }), [
      "fail disabled",
    ]);
  });

  it("refuses an inverted check", () => {
    assert.deepEqual(stuck({ invertHealthcheck: true }), [
      {
        verdict: "fail",
        urn: checkUrn,
        path: "invertHealthcheck",
        message:
          'HTTPS health check "check" is inverted, so its record leaves the answers while its endpoint works and ' +
          "comes back when it fails; allowed: invertHealthcheck false; set it to false (in place, no price), or name " +
          "it in invertedOnPurpose if a person moves the traffic with it",
      },
    ]);
  });

  it("refuses disabled and inverted together as a case of its own", () => {
    assert.deepEqual(stuck({ disabled: true, invertHealthcheck: true }), [
      {
        verdict: "fail",
        urn: checkUrn,
        path: "invertHealthcheck",
        message:
          'HTTPS health check "check" is disabled and inverted, so it is always unhealthy and nothing fails back to ' +
          "its record; allowed: neither; set disabled and invertHealthcheck to false, or name it in " +
          "invertedOnPurpose if a person moves the traffic with it (no price: a disabled check is billed like any other)",
      },
    ]);
  });

  it("takes inversion on purpose from the settings, and disabling alone never", () => {
    const settings = { invertedOnPurpose: ["check"] };
    assert.deepEqual(stuck({ invertHealthcheck: true }, settings), [
      {
        verdict: "pass",
        urn: checkUrn,
        path: "invertHealthcheck",
        message: 'HTTPS health check "check" is inverted, as invertedOnPurpose says',
      },
    ]);
    assert.deepEqual(brief({ disabled: true, invertHealthcheck: true }, settings), [
      "pass invertHealthcheck",
    ]);
    assert.deepEqual(brief({ disabled: UNKNOWN, invertHealthcheck: true }, settings), [
      "pass invertHealthcheck",
    ]);
    assert.deepEqual(brief({ disabled: true }, settings), ["fail disabled"]);
    assert.deepEqual(brief({ disabled: true, invertHealthcheck: UNKNOWN }, settings), [
      "unknown invertHealthcheck",
    ]);
    assert.deepEqual(brief({}, settings), ["pass "]);
    assert.deepEqual(brief({ invertHealthcheck: true }, { invertedOnPurpose: ["other"] }), [
      "fail invertHealthcheck",
    ]);
    assert.deepEqual(brief({}, { invertedOnPurpose: "check" }), ["fail "]);
  });

  it("does not know an unknown switch, unless the other decides", () => {
    for (const [phase, when] of [
      ["preview", PREVIEW_TEXT],
      ["settled", SETTLED_TEXT],
    ] as const) {
      assert.deepEqual(stuck({ disabled: UNKNOWN }, {}, phase), [
        {
          verdict: "unknown",
          urn: checkUrn,
          path: "disabled",
          message: `unknown: disabled of HTTPS health check "check"; ${when}`,
        },
      ]);
      assert.deepEqual(brief({ invertHealthcheck: UNKNOWN }, {}, phase), ["unknown invertHealthcheck"]);
      assert.deepEqual(brief({ type: UNKNOWN }, {}, phase), ["unknown type"]);
    }
    assert.deepEqual(brief({ disabled: UNKNOWN, invertHealthcheck: true }), ["fail invertHealthcheck"]);
    assert.deepEqual(brief({ disabled: true, invertHealthcheck: UNKNOWN }), ["fail disabled"]);
    assert.deepEqual(brief({ type: UNKNOWN, disabled: true }), ["fail disabled", "unknown type"]);
  });

  describe("a check on a metric", () => {
    it("passes where missing data is unhealthy", () => {
      assert.deepEqual(brief({ ...METRIC, insufficientDataHealthStatus: "Unhealthy" }), ["pass "]);
    });

    it("is refused where missing data is healthy", () => {
      assert.deepEqual(stuck({ ...METRIC, insufficientDataHealthStatus: "Healthy" }), [
        {
          verdict: "fail",
          urn: checkUrn,
          path: "insufficientDataHealthStatus",
          message:
            'CLOUDWATCH_METRIC health check "check" calls missing data healthy, so a region that is gone with its ' +
            "metrics never fails over; allowed: Unhealthy; set insufficientDataHealthStatus to Unhealthy (in place, no price)",
        },
      ]);
      assert.deepEqual(brief({ type: UNKNOWN, insufficientDataHealthStatus: "Healthy" }), [
        "fail insufficientDataHealthStatus",
      ]);
      assert.deepEqual(brief({ ...METRIC, insufficientDataHealthStatus: "healthy" }), [
        "fail insufficientDataHealthStatus",
      ]);
    });

    it("passes with advice where the last status is kept, by choice or by default", () => {
      const lever =
        "its last status while data is missing, which is healthy for a region that goes silent at once; allowed: " +
        "Unhealthy; set insufficientDataHealthStatus to Unhealthy (in place, no price)";
      const advice = (what: string) => [
        {
          verdict: "pass",
          urn: checkUrn,
          path: "",
          message: 'CLOUDWATCH_METRIC health check "check" can turn both ways',
        },
        {
          verdict: "fail",
          advisory: true,
          urn: checkUrn,
          path: "insufficientDataHealthStatus",
          message: `CLOUDWATCH_METRIC health check "check" ${what} ${lever}`,
        },
      ];
      assert.deepEqual(
        stuck({ ...METRIC, insufficientDataHealthStatus: "LastKnownStatus" }),
        advice("keeps"),
      );
      assert.deepEqual(stuck(METRIC), advice("has no insufficientDataHealthStatus, so it keeps"));
    });

    it("knows what is unknown from what the provider fills in", () => {
      const missing: Properties = { ...METRIC, insufficientDataHealthStatus: UNKNOWN };
      assert.deepEqual(brief(missing), ["unknown insufficientDataHealthStatus"]);
      const unborn = { ...check(missing), id: UNKNOWN, givenUnknown: [] } as const;
      const verdicts = (resources: Parameters<typeof judged>[1]) =>
        judged(healthCheckStuck, resources, {}, "preview").map(
          ({ verdict, advisory }) => advisory ?? verdict,
        );
      assert.deepEqual(verdicts([unborn]), ["pass", true]);
      const computed = { ...unborn, propertyDependencies: { insufficientDataHealthStatus: ["urn"] } };
      assert.deepEqual(verdicts([computed]), ["unknown"]);
      const given = { ...unborn, givenUnknown: ["insufficientDataHealthStatus"] };
      assert.deepEqual(verdicts([given]), ["unknown"]);
    });

    it("has nothing to say on other types", () => {
      assert.deepEqual(brief({ insufficientDataHealthStatus: "Healthy" }), ["pass "]);
    });
  });

  describe("a calculated check", () => {
    it("passes with a threshold from 1 to the number of children", () => {
      assert.deepEqual(brief(calculated(1)), ["pass "]);
      assert.deepEqual(brief(calculated(2)), ["pass "]);
      assert.deepEqual(brief(calculated("2", [UNKNOWN, UNKNOWN]), {}, "preview"), ["pass "]);
    });

    it("is refused at 0 and above the number of children", () => {
      const lever =
        "allowed: 1 to 2; set childHealthThreshold to the number of children that must be healthy (in place, no price)";
      const refused = (message: string) => [
        { verdict: "fail", urn: checkUrn, path: "childHealthThreshold", message },
      ];
      assert.deepEqual(
        stuck(calculated(0)),
        refused(
          `CALCULATED health check "check" has childHealthThreshold 0, so it is always healthy; ${lever}`,
        ),
      );
      assert.deepEqual(
        stuck(calculated(3)),
        refused(
          `CALCULATED health check "check" has childHealthThreshold 3 and 2 children, so it is never healthy; ${lever}`,
        ),
      );
      assert.deepEqual(
        stuck(calculated(undefined)),
        refused(
          `CALCULATED health check "check" has no childHealthThreshold, for which AWS documents no default; ${lever}`,
        ),
      );
    });

    it("counts a child that is listed twice once", () => {
      assert.deepEqual(brief(calculated(2, ["hc-a", "hc-a"])), ["fail childHealthThreshold"]);
      assert.deepEqual(brief(calculated(2, ["hc-a", ""])), ["fail childHealthThreshold"]);
    });

    it("is refused without children", () => {
      for (const children of [null, [], "hc-a", 7]) {
        assert.deepEqual(brief(calculated(1, children)), ["fail childHealthchecks"]);
      }
      assert.deepEqual(brief({ type: "CALCULATED", childHealthThreshold: 1 }), ["fail childHealthchecks"]);
    });

    it("does not know an unknown threshold or number of children", () => {
      assert.deepEqual(brief(calculated(UNKNOWN)), ["unknown childHealthThreshold"]);
      assert.deepEqual(brief(calculated(1, UNKNOWN)), ["unknown childHealthchecks"]);
      assert.deepEqual(brief(calculated(0, UNKNOWN)), ["fail childHealthThreshold"]);
    });
  });

  it("says every reason of one check", () => {
    assert.deepEqual(brief({ ...METRIC, disabled: true, insufficientDataHealthStatus: "Healthy" }), [
      "fail disabled",
      "fail insufficientDataHealthStatus",
    ]);
  });

  it("does not apply without health checks", () => {
    assert.deepEqual(judged(healthCheckStuck, [record("plain")]), [
      { verdict: "notApplicable", urn: "", path: "", message: "the stack has no health check" },
    ]);
  });

  it("stands absurd values", () => {
    const keys = ["type", "disabled", "invertHealthcheck", "childHealthThreshold", "childHealthchecks"];
    for (const absurd of [null, 7, "x", [], {}, Number.NaN, [null], [[]]]) {
      for (const key of [...keys, "insufficientDataHealthStatus"]) {
        for (const base of [METRIC, calculated(1)]) {
          const verdicts = judged(healthCheckStuck, [
            resource(CHECK, "odd", { ...base, [key]: absurd } as never),
          ]);
          assert.ok(verdicts.length > 0);
          assert.doesNotMatch(verdicts.map(({ message }) => message).join(), /the rule itself failed|NaN/);
        }
      }
    }
  });

  it("tells its fixtures apart by the one field in which they differ", () => {
    const verdicts = (name: "good" | "bad") =>
      judged(healthCheckStuck, fixtureResources("health-check-stuck", name)).map(
        ({ verdict, path }) => `${verdict} ${path}`,
      );
    assert.deepEqual([verdicts("good"), verdicts("bad")], [["pass "], ["fail disabled"]]);
  });
});
