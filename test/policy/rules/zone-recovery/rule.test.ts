import assert from "node:assert/strict";
import { type Properties, type PropertyValue, UNKNOWN } from "../../../../model/unknown";
import { fixtureResources } from "../../../../policy/rules/rule-docs";
import { zoneRecovery } from "../../../../policy/rules/zone-recovery/rule";
import { type FixtureOptions, resource, urn } from "../../../model/stack-fixture";
import { judged } from "../judged";

const ZONE = "aws:route53/zone:Zone";
const ZONE_URN = urn(ZONE, "zone");
const WITHOUT =
  "zone example.com has no accelerated recovery, so its records cannot be changed while the control plane in us-east-1 " +
  "is away; allowed: enableAcceleratedRecovery true; set it (free; changes are refused for a few minutes, and the zone " +
  "cannot be deleted while it is on)";

function of(
  properties: Properties,
  settings = {},
  phase: "preview" | "settled" = "settled",
  options: FixtureOptions = {},
) {
  return judged(
    zoneRecovery,
    [resource(ZONE, "zone", { name: "example.com", ...properties }, options)],
    settings,
    phase,
  );
}

function failed(message = WITHOUT) {
  return [{ verdict: "fail", urn: ZONE_URN, path: "enableAcceleratedRecovery", message }];
}

describe("policy/rules/zone-recovery", () => {
  it("is advice", () => {
    assert.equal(zoneRecovery.level, "advisory");
  });

  it("passes a zone with accelerated recovery", () => {
    for (const enabled of [true, "true"]) {
      assert.deepEqual(of({ enableAcceleratedRecovery: enabled }), [
        {
          verdict: "pass",
          urn: ZONE_URN,
          path: "enableAcceleratedRecovery",
          message: "zone example.com has accelerated recovery",
        },
      ]);
    }
  });

  it("refuses one without, or with anything else there", () => {
    for (const enabled of [undefined, false, null, 1, "yes", [], {}] as PropertyValue[]) {
      assert.deepEqual(of({ enableAcceleratedRecovery: enabled }), failed());
    }
    assert.deepEqual(of({ vpcs: [], name: UNKNOWN }), failed(WITHOUT.replace("example.com", '"zone"')));
  });

  it("does not apply to a private zone, nor to a stack without zones", () => {
    const expected = [
      {
        verdict: "notApplicable",
        urn: ZONE_URN,
        path: "",
        message: "zone example.com is private; accelerated recovery is for public zones",
      },
    ];
    assert.deepEqual(of({ vpcs: [{ vpcId: "vpc-1" }] }), expected);
    assert.deepEqual(of({ vpcs: { vpcId: "vpc-1" } }), expected);
    assert.deepEqual(judged(zoneRecovery, []), [
      { verdict: "notApplicable", urn: "", path: "", message: "the stack has no hosted zone" },
    ]);
  });

  it("leaves a zone with forceDestroy alone unless the settings do not", () => {
    assert.deepEqual(of({ forceDestroy: true }), [
      {
        verdict: "notApplicable",
        urn: ZONE_URN,
        path: "",
        message: "zone example.com has forceDestroy and is made to be torn down, which recovery forbids",
      },
    ]);
    assert.deepEqual(of({ forceDestroy: true }, { judgeEphemeralZones: true }), failed());
    assert.deepEqual(of({ forceDestroy: false }), failed());
    assert.equal(of({ forceDestroy: true, enableAcceleratedRecovery: true })[0]?.verdict, "pass");
  });

  for (const path of ["enableAcceleratedRecovery", "vpcs"]) {
    it(`does not know an unknown ${path}`, () => {
      const source: FixtureOptions = { from: { [path]: [urn("aws:ec2/vpc:Vpc", "vpc")] }, id: UNKNOWN };
      const unknown = (tail: string) => [
        { verdict: "unknown", urn: ZONE_URN, path, message: `unknown: ${path} of zone example.com; ${tail}` },
      ];
      assert.deepEqual(
        of({ [path]: UNKNOWN }, {}, "preview", source),
        unknown("known after the update; judged again at `pulumi up`"),
      );
      assert.deepEqual(
        of({ [path]: UNKNOWN }),
        unknown(
          "nothing here will tell it, so it is refused; give the value in plain text, or judge at `pulumi up`",
        ),
      );
    });
  }

  it("takes what the program left out as left out, before the zone exists", () => {
    assert.deepEqual(
      of({ enableAcceleratedRecovery: UNKNOWN, vpcs: UNKNOWN }, {}, "preview", { id: UNKNOWN }),
      failed(),
    );
  });

  it("has fixtures that it tells apart", () => {
    const verdicts = (name: "good" | "bad") =>
      judged(zoneRecovery, fixtureResources("zone-recovery", name)).map(({ verdict }) => verdict);
    assert.deepEqual([verdicts("good"), verdicts("bad")], [["pass"], ["fail"]]);
  });
});
