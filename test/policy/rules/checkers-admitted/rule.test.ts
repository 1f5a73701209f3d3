import assert from "node:assert/strict";
import { CHECKER_CIDRS } from "../../../../model/checker-addresses";
import { type Properties, type PropertyValue, UNKNOWN } from "../../../../model/unknown";
import { checkersAdmitted } from "../../../../policy/rules/checkers-admitted/rule";
import { fixtureResources } from "../../../../policy/rules/rule-docs";
import { resource, urn } from "../../../model/stack-fixture";
import { profileApiStack } from "../../profile-api-stack";
import { judged } from "../judged";
import {
  ALLOWED,
  GROUP,
  GROUP_RULE,
  group,
  PROBE,
  permission,
  probe,
  REFUSED,
  SERVER_URN,
  STACK,
  server,
  verdict,
  withPermission,
} from "./server";

describe("policy/rules/checkers-admitted", () => {
  it("passes a group that lets everybody in on the port", () => {
    assert.deepEqual(judged(checkersAdmitted, [STACK, probe(), server(), group([permission()])]), [
      {
        verdict: "pass",
        urn: SERVER_URN,
        path: "vpcSecurityGroupIds",
        message: `${PROBE}, which is open to 0.0.0.0/0`,
      },
    ]);
  });

  it("refuses a group that lets in an office only, or nobody", () => {
    for (const ingress of [[permission({ cidrBlocks: ["198.51.100.0/24"] })], [], undefined]) {
      assert.deepEqual(judged(checkersAdmitted, [STACK, probe(), server(), group(ingress)]), [
        { verdict: "fail", urn: SERVER_URN, path: "vpcSecurityGroupIds", message: REFUSED },
      ]);
    }
  });

  it("demands every published range, and says how many are let in", () => {
    assert.equal(withPermission({ cidrBlocks: [...CHECKER_CIDRS] }), "pass");
    assert.equal(withPermission({ cidrBlocks: ["15.177.0.0/18", ...CHECKER_CIDRS.slice(16)] }), "pass");
    const some = permission({ cidrBlocks: [...CHECKER_CIDRS.slice(1)] });
    assert.match(
      judged(checkersAdmitted, [probe(), server(), group([some])])[0]?.message ?? "",
      /where security group web lets in 31 of the 32 ranges of the health checkers only, so the others call it unhealthy; allowed/,
    );
  });

  for (const [expected, properties] of [
    ["pass", { protocol: "-1", fromPort: 0, toPort: 0 }],
    ["pass", { protocol: -1 }],
    ["pass", { protocol: "6" }],
    ["pass", { protocol: 6 }],
    ["pass", { protocol: "TCP", fromPort: "80", toPort: "80" }],
    ["pass", { fromPort: 1, toPort: 80 }],
    ["pass", { fromPort: 80, toPort: 65535 }],
    ["fail", { fromPort: 1, toPort: 79 }],
    ["fail", { fromPort: 81, toPort: 65535 }],
    ["fail", { protocol: "udp" }],
    ["fail", { protocol: "17" }],
    ["fail", { protocol: undefined }],
    ["fail", { fromPort: undefined }],
    ["fail", { cidrBlocks: undefined, ipv6CidrBlocks: ["::/0"] }],
    ["fail", { cidrBlocks: undefined, securityGroups: ["sg-0b"], self: true }],
  ] as const) {
    it(`gives ${expected} for ${JSON.stringify(properties)}`, () => {
      assert.equal(withPermission(properties as unknown as Properties), expected);
    });
  }

  it("reads the port of the check, or its type's own", () => {
    const open = (port: number) => [server(), group([permission({ fromPort: port, toPort: port })])];
    for (const [type, port] of [
      ["HTTP", 80],
      ["HTTP_STR_MATCH", 80],
      ["HTTPS", 443],
      ["HTTPS_STR_MATCH", 443],
    ] as const) {
      assert.equal(verdict([probe({ type, port: undefined }), ...open(port)])[0], "pass");
      assert.equal(verdict([probe({ type, port: undefined }), ...open(port + 1)])[0], "fail");
    }
    assert.equal(verdict([probe({ type: "TCP", port: 8080 }), ...open(8080)])[0], "pass");
    assert.deepEqual(verdict([probe({ type: "TCP", port: undefined }), ...open(80)]), ["unknown", "port"]);
  });

  it("takes the groups of a host together", () => {
    const ssh = resource(GROUP, "ssh", { ingress: [permission({ fromPort: 22, toPort: 22 })] });
    const both = server({ vpcSecurityGroupIds: ["ssh-id", "web-id"] });
    assert.equal(verdict([probe(), both, ssh, group([permission()])])[0], "pass");
    assert.match(
      judged(checkersAdmitted, [probe(), both, ssh, group([])])[0]?.message ?? "",
      /where its security groups ssh, web let in none of the health checkers/,
    );
  });

  it("does not know what a group of another stack lets in, and how to say it", () => {
    const stack = [probe(), server({ vpcSecurityGroupIds: ["sg-0f"] })];
    assert.deepEqual(judged(checkersAdmitted, stack), [
      {
        verdict: "unknown",
        urn: SERVER_URN,
        path: "vpcSecurityGroupIds",
        message:
          `unknown: ${PROBE}, and the stack does not show what sg-0f lets in; ${ALLOWED}; name a group that does in ` +
          "admittingIds, or add a group of this stack (free)",
      },
    ]);
    assert.equal(verdict(stack, { admittingIds: ["sg-0f"] })[0], "pass");
    const rule = resource(GROUP_RULE, "rule", {
      type: "ingress",
      securityGroupId: "sg-0f",
      ...permission(),
    });
    assert.equal(verdict([...stack, rule])[0], "pass");
  });

  it("does not know a host with the VPC's default group only", () => {
    for (const vpcSecurityGroupIds of [undefined, []]) {
      const [found] = judged(checkersAdmitted, [probe(), server({ vpcSecurityGroupIds })]);
      assert.equal(found?.verdict, "unknown");
      assert.match(
        found?.message ?? "",
        /it has only its VPC's default security group, which the stack does not/,
      );
    }
  });

  for (const [path, properties] of [
    ["ingress", UNKNOWN],
    ["ingress[0].protocol", [permission({ protocol: UNKNOWN })]],
    ["ingress[0].fromPort", [permission({ fromPort: UNKNOWN })]],
    ["ingress[0].toPort", [permission({ toPort: UNKNOWN })]],
    ["ingress[0].cidrBlocks", [permission({ cidrBlocks: [UNKNOWN] })]],
  ] as const) {
    it(`does not know an unknown ${path}, and says when it will`, () => {
      const of = (phase: "preview" | "settled") =>
        judged(checkersAdmitted, [probe(), server(), group(properties as PropertyValue)], {}, phase);
      const [found, ...others] = of("preview");
      assert.deepEqual(others, []);
      assert.deepEqual(found, {
        verdict: "unknown",
        urn: urn(GROUP, "web"),
        path,
        message:
          `unknown: ${path} of web (aws:ec2/securityGroup:SecurityGroup), on which it depends whether ${PROBE} in vain; ` +
          "known after the update; judged again at `pulumi up`",
      });
      assert.match(of("settled")[0]?.message ?? "", /nothing here will tell it, so it is refused/);
    });
  }

  it("lets what is surely open outweigh what is unknown", () => {
    assert.equal(
      verdict([probe(), server(), group([permission({ cidrBlocks: UNKNOWN }), permission()])])[0],
      "pass",
    );
  });

  it("does not apply where no check probes a host of the stack", () => {
    const expected = [
      {
        verdict: "notApplicable",
        urn: STACK.urn,
        path: "",
        message: "no health check of the stack probes an instance or a load balancer of the stack",
      },
    ];
    for (const stack of [
      [],
      [server(), group([])],
      [probe({ ipAddress: "198.51.100.9" }), server()],
      [probe({ type: "CALCULATED" }), server()],
    ]) {
      assert.deepEqual(judged(checkersAdmitted, [STACK, ...stack]), expected);
    }
    for (const preview of [true, false]) {
      const phase = preview ? "preview" : "settled";
      assert.deepEqual(
        judged(checkersAdmitted, profileApiStack({ preview }), {}, phase).map(({ verdict: of }) => of),
        ["notApplicable"],
      );
    }
  });

  it("fails on ids that are none", () => {
    assert.deepEqual(
      judged(checkersAdmitted, [], { admittingIds: ["0.0.0.0/0"] }).map(({ message }) => message),
      ['setting admittingIds is ["0.0.0.0/0"]; allowed: a list of texts that match ^(pl|sg)-[0-9a-z]+$'],
    );
  });

  it("takes values of any kind without falling over, and never for open", () => {
    for (const value of [null, "", "x", 700, Number.NaN, [null], {}, [{}], [[]], true] as PropertyValue[]) {
      assert.equal(verdict([probe(), server(), group(value)])[0], "fail");
      assert.notEqual(verdict([probe(), server({ vpcSecurityGroupIds: value }), group([])])[0], "pass");
      for (const name of ["protocol", "fromPort", "cidrBlocks"]) {
        assert.equal(withPermission({ [name]: value }), "fail", `${name} ${JSON.stringify(value)}`);
      }
    }
  });

  it("has fixtures that it tells apart", () => {
    const verdicts = (name: "good" | "bad") =>
      judged(checkersAdmitted, fixtureResources("checkers-admitted", name)).map(({ verdict: of }) => of);
    assert.deepEqual([verdicts("good"), verdicts("bad")], [["pass"], ["fail"]]);
  });
});
