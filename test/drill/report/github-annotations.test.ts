import assert from "node:assert/strict";
import { githubAnnotations } from "../../../drill/report/github-annotations";
import type { Finding } from "../../../policy/evaluate";

const URN = "urn:pulumi:dev::shop::aws:route53/record:Record::";

const annotations = (findings: readonly Finding[], notes: readonly string[] = []) =>
  githubAnnotations({
    system: "shop",
    stack: "dev",
    artifact: "state.json",
    policy: { rules: 4, findings },
    notes,
  });

const finding = (changes: Partial<Finding>): Finding => ({
  rule: "failover-ttl",
  level: "mandatory",
  verdict: "fail",
  urn: `${URN}www`,
  path: "ttl",
  message: "ttl is 300",
  ...changes,
});

describe("drill/report/github-annotations", () => {
  it("writes one command a finding, refusals first, and nothing for a pass", () => {
    assert.equal(
      annotations([
        finding({ level: "advisory", verdict: "unknown", message: "unknown: ttl" }),
        finding({ verdict: "pass" }),
        finding({ level: "advisory", rule: "zone-recovery", urn: "" }),
        finding({}),
      ]),
      "::error title=failover-ttl (www)::ttl is 300\n" +
        "::warning title=zone-recovery::ttl is 300\n" +
        "::notice title=failover-ttl (www)::unknown: ttl\n",
    );
    assert.equal(annotations([finding({ verdict: "notApplicable" })]), "");
  });

  it("keeps a finding on one line, whatever is in it", () => {
    assert.equal(
      annotations([finding({ urn: `${URN}a:b,c%::d`, message: "100% of a\r\nb: c, d::error::e" })]),
      "::error title=failover-ttl (a%3Ab%2Cc%25%3A%3Ad)::100%25 of a%0D%0Ab: c, d::error::e\n",
    );
  });

  it("writes out what a log would act on, and leaves other text as it is", () => {
    const name = "a\u001b[31mb\u0000\u007f\u009b\u202e";
    assert.equal(
      annotations(
        [finding({ urn: `${URN}${name}`, message: `${name}\tf\u00fcr \u65e5\u672c` })],
        ["c\u001b]8;;d\u0007"],
      ),
      "::error title=failover-ttl (a\\u001b[31mb\\u0000\\u007f\\u009b\\u202e)::" +
        "a\\u001b[31mb\\u0000\\u007f\\u009b\\u202e\tf\u00fcr \u65e5\u672c\n" +
        "::notice title=warm-standby::c\\u001b]8;;d\\u0007\n",
    );
  });

  it("tells what the source leaves out", () => {
    assert.equal(annotations([], ["encrypted: a"]), "::notice title=warm-standby::encrypted: a\n");
  });
});
