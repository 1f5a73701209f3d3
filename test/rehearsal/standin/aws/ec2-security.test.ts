import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { MemoryAccount } from "../../../../rehearsal/standin/aws/account";
import { DEFAULT_SECURITY_GROUP } from "../../../../rehearsal/standin/aws/ec2-security-group";
import { INGRESS_RULE, SECURITY_GROUP_RULE } from "../../../../rehearsal/standin/aws/ec2-security-rule";
import { INSTANCE, SECURITY_GROUP, VPC } from "../../../../rehearsal/standin/aws/ec2-vpc";
import { managedPrefixLists } from "../../../../rehearsal/standin/aws/prefix-list";
import { made, reasonsOf, refusal, removed } from "./account-fixture";
import { MINIMAL } from "./minimal-inputs";

const HTTP = { protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"] };
const [CHECKERS, CHECKERS6] = managedPrefixLists("us-east-1").map(({ id }) => id);

const ingress = (...rules: Properties[]) => reasonsOf(SECURITY_GROUP, { ingress: rules });

describe("standin/aws/ec2-security", () => {
  it("makes a group with nothing open, in or out, unless it is written down", () => {
    const { id, outputs } = made(SECURITY_GROUP, { name: "web", vpcId: "vpc-1" }, { region: "us-west-2" });
    assert.match(id, /^sg-0[0-9a-f]{16}$/);
    assert.deepEqual(outputs, {
      arn: `arn:aws:ec2:us-west-2:123456789012:security-group/${id}`,
      description: "Managed by Pulumi",
      egress: [],
      ingress: [],
      name: "web",
      namePrefix: "",
      ownerId: "123456789012",
      region: "us-west-2",
      revokeRulesOnDelete: false,
      tagsAll: {},
      vpcId: "vpc-1",
    });
    assert.match(String(made(SECURITY_GROUP, {}).outputs.vpcId), /^vpc-0[0-9a-f]{16}$/);
  });

  it("judges ports, protocols, blocks and sources of rules", () => {
    assert.deepEqual(ingress(HTTP, { ...HTTP, protocol: "-1", fromPort: 0, toPort: 0 }), []);
    assert.deepEqual(ingress({ ...HTTP, fromPort: UNKNOWN, cidrBlocks: [UNKNOWN] }), []);
    for (const [change, reason] of [
      [
        { protocol: "http" },
        'ingress[0].protocol: AWS takes -1, tcp, udp, icmp, icmpv6 or a number, got "http"',
      ],
      [
        { toPort: 65_536 },
        "ingress[0].fromPort: AWS takes ports from 0 to 65535, the lower one first, got 80 to 65536",
      ],
      [
        { toPort: 79 },
        "ingress[0].fromPort: AWS takes ports from 0 to 65535, the lower one first, got 80 to 79",
      ],
      [
        { protocol: "-1" },
        "ingress[0].fromPort: protocol -1 is for all ports, got 80 to 80; name tcp or udp",
      ],
      [
        { cidrBlocks: ["10.0.0.1/24"] },
        'ingress[0].cidrBlocks[0]: "10.0.0.1/24" has bits outside its mask; write 10.0.0.0/24',
      ],
      [
        { cidrBlocks: [] },
        "ingress[0] says not who may pass; set one of cidrBlocks, ipv6CidrBlocks, prefixListIds, securityGroups or self",
      ],
      [{ protocol: undefined }, "ingress[0].protocol is missing, and AWS cannot do without it"],
    ] as [Properties, string][])
      assert.deepEqual(ingress({ ...HTTP, ...change }), [reason]);
    assert.deepEqual(
      ingress({ ...HTTP, toPort: 65_535, cidrBlocks: undefined, ipv6CidrBlocks: ["::/0"] }),
      [],
    );
    assert.deepEqual(reasonsOf(SECURITY_GROUP, { name: "sg-web" }), [
      'name: AWS takes 1 to 255 characters that do not begin with sg-, got "sg-web"',
    ]);
    assert.equal(reasonsOf(SECURITY_GROUP, { description: "visitors' ports" }).length, 1);
  });

  it("counts a prefix list for all that it may hold: 60 rules, and no more", () => {
    const lists = { ...HTTP, cidrBlocks: undefined, prefixListIds: [CHECKERS ?? "", CHECKERS6 ?? ""] };
    const others = (count: number) => Array.from({ length: count }, (_, index) => `10.0.${index}.0/24`);
    const group = (count: number) => () =>
      made(SECURITY_GROUP, { ingress: [lists, { ...HTTP, cidrBlocks: others(count) }] }).id;
    assert.match(group(10)(), /^sg-/);
    assert.deepEqual(refusal(group(11)), [
      `${SECURITY_GROUP} "x": ingress: its rules count for 61, and a group takes 60 (RulesPerSecurityGroupLimitExceeded); a prefix list counts for all that it may hold, move one to a second group`,
    ]);
    assert.deepEqual(
      refusal(() => made(SECURITY_GROUP, { ingress: [lists] }, { region: "us-west-2" })),
      [
        `${SECURITY_GROUP} "x": prefix list ${CHECKERS} is of us-east-1, not of us-west-2 (InvalidPrefixListID.NotFound); look it up with the provider of us-west-2`,
      ],
    );
  });

  it("gives a name once per VPC, in a VPC that exists", () => {
    const account = new MemoryAccount(true);
    const vpcId = made(VPC, { cidrBlock: "10.0.0.0/16" }, { account }).id;
    const { id } = made(SECURITY_GROUP, { name: "web", vpcId }, { account });
    assert.deepEqual(
      refusal(() => made(SECURITY_GROUP, { name: "web", vpcId }, { account, name: "again" })),
      [
        `${SECURITY_GROUP} "again": ${vpcId} has a group named web, ${id} (InvalidGroup.Duplicate); give it another name`,
      ],
    );
    assert.match(
      refusal(() => made(SECURITY_GROUP, { vpcId: "vpc-1" }, { account, name: "lost" }))[0] ?? "",
      /VPC vpc-1 does not exist in us-east-1 \(InvalidVpcID\.NotFound\)/,
    );
  });

  it("keeps a group that an instance or another group's rule needs", () => {
    const account = new MemoryAccount(true);
    const { id } = made(SECURITY_GROUP, { name: "web" }, { account });
    const instance = made(INSTANCE, { ...MINIMAL[INSTANCE], vpcSecurityGroupIds: [id] }, { account });
    assert.deepEqual(
      refusal(() => removed(SECURITY_GROUP, account)),
      [
        `${SECURITY_GROUP} "x": instance ${instance.id} is in it (DependencyViolation); terminate it or take it out first`,
      ],
    );
    removed(INSTANCE, account);
    const other = made(SECURITY_GROUP, { name: "other" }, { account, name: "other" });
    const rule = { ...MINIMAL[INGRESS_RULE], cidrIpv4: undefined, securityGroupId: other.id };
    made(INGRESS_RULE, { ...rule, referencedSecurityGroupId: id }, { account });
    assert.match(
      refusal(() => removed(SECURITY_GROUP, account))[0] ?? "",
      /speaks of it \(DependencyViolation\)/,
    );
    removed(INGRESS_RULE, account);
    removed(SECURITY_GROUP, account);
  });

  it("makes rules of their own, once each, for a group that exists", () => {
    const account = new MemoryAccount(true);
    const { id: securityGroupId } = made(SECURITY_GROUP, { name: "web" }, { account });
    const inputs = { ...MINIMAL[INGRESS_RULE], securityGroupId };
    const { id, outputs } = made(INGRESS_RULE, inputs, { account });
    assert.match(id, /^sgr-0[0-9a-f]{16}$/);
    assert.equal(outputs.arn, `arn:aws:ec2:us-east-1:123456789012:security-group-rule/${id}`);
    assert.equal(outputs.securityGroupRuleId, id);
    assert.deepEqual(
      refusal(() => made(INGRESS_RULE, inputs, { account, name: "again" })),
      [`${INGRESS_RULE} "again": ${id} says the same (InvalidPermission.Duplicate); leave one of them out`],
    );
    assert.match(
      refusal(() => made(INGRESS_RULE, { ...inputs, securityGroupId: "sg-1" }, { account }))[0] ?? "",
      /security group sg-1 does not exist/,
    );
    assert.deepEqual(reasonsOf(INGRESS_RULE, { ...inputs, prefixListId: "pl-1" }), [
      "cidrIpv4 and prefixListId exclude each other; keep one",
    ]);
    assert.deepEqual(reasonsOf(INGRESS_RULE, { ...inputs, fromPort: undefined }).length, 1);
    const old = MINIMAL[SECURITY_GROUP_RULE] ?? {};
    assert.match(made(SECURITY_GROUP_RULE, old).id, /^sgrule-\d+$/);
    assert.deepEqual(reasonsOf(SECURITY_GROUP_RULE, { ...old, type: "in" }), [
      'type: AWS takes ingress or egress, got "in"',
    ]);
    assert.equal(reasonsOf(SECURITY_GROUP_RULE, { ...old, cidrBlocks: undefined }).length, 1);
    assert.deepEqual(reasonsOf(SECURITY_GROUP_RULE, { ...old, cidrBlocks: undefined, self: true }), []);
  });

  it("takes over the group that a VPC comes with", () => {
    const account = new MemoryAccount(true);
    const vpc = made(VPC, { cidrBlock: "10.0.0.0/16" }, { account });
    const { id, outputs } = made(DEFAULT_SECURITY_GROUP, { vpcId: vpc.id }, { account });
    assert.equal(id, vpc.outputs.defaultSecurityGroupId);
    assert.equal(outputs.name, "default");
    assert.deepEqual([outputs.ingress, outputs.egress], [[], []]);
  });
});
