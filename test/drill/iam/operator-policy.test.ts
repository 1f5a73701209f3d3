import assert from "node:assert/strict";
import { operatorPolicy, stackIdentity } from "../../../drill/iam/operator-policy";
import { TYPE_PERMISSIONS } from "../../../drill/iam/type-permissions";
import type { StackResource } from "../../../model/stack-resource";
import { provider, resource, urn } from "../../model/stack-fixture";

const ACCOUNT = "123456789012";
const IDENTITY = { accountId: ACCOUNT, tags: { system: "web-server", environment: "dev" } };
const PROVIDER = provider("primary", "us-east-1", "primary");
const own = (type: string, name: string, properties: StackResource["properties"] = {}) =>
  resource(type, name, properties, { provider: PROVIDER.urn });
const VPC = own("aws:ec2/vpc:Vpc", "network");
const INSTANCE = own("aws:ec2/instance:Instance", "server");
const ROLE = own("aws:iam/role:Role", "role", { arn: `arn:aws:iam::${ACCOUNT}:role/server-role-0a1b2c3` });

const policyOf = (...resources: StackResource[]) =>
  operatorPolicy([PROVIDER, ...resources], IDENTITY, []).Statement;
const named = (statements: ReturnType<typeof policyOf>, sid: string) => {
  const found = statements.filter(({ Sid }) => Sid === sid);
  assert.equal(found.length, 1, sid);
  return found[0]!;
};

describe("drill/iam/operator-policy", () => {
  it("allows what a network needs, where it is, and touches only what has the stack's tags", () => {
    assert.equal(VPC.provider, urn("pulumi:providers:aws", "primary"));
    const arn = [`arn:aws:ec2:us-east-1:${ACCOUNT}:vpc/*`];
    const tags = {
      StringEquals: { "aws:ResourceTag/system": ["web-server"], "aws:ResourceTag/environment": ["dev"] },
    };
    assert.deepEqual(policyOf(VPC), [
      {
        Sid: "Ec2Makes",
        Effect: "Allow",
        Action: ["ec2:CreateVpc"],
        Resource: arn,
        Condition: {
          StringEquals: { "aws:RequestTag/system": ["web-server"], "aws:RequestTag/environment": ["dev"] },
        },
      },
      {
        Sid: "Ec2TagsWhatItMakes",
        Effect: "Allow",
        Action: ["ec2:CreateTags"],
        Resource: arn,
        Condition: { StringEquals: { "ec2:CreateAction": ["CreateVpc"] } },
      },
      {
        Sid: "Ec2KeepsTagged",
        Effect: "Allow",
        Action: [
          "ec2:CreateTags",
          "ec2:DeleteTags",
          "ec2:DeleteVpc",
          "ec2:DescribeVpcAttribute",
          "ec2:ModifyVpcAttribute",
        ],
        Resource: arn,
        Condition: tags,
      },
      {
        Sid: "Ec2Looks",
        Effect: "Allow",
        Action: [
          "ec2:DescribeNetworkAcls",
          "ec2:DescribeRouteTables",
          "ec2:DescribeSecurityGroups",
          "ec2:DescribeVpcs",
        ],
        Resource: ["*"],
        Condition: { StringEquals: { "aws:RequestedRegion": ["us-east-1"] } },
      },
    ]);
  });

  it("lets an instance be made of Amazon's images, beside what has the stack's tags", () => {
    const statements = policyOf(INSTANCE);
    const arn = (kind: string) => `arn:aws:ec2:us-east-1:${ACCOUNT}:${kind}/*`;
    for (const sid of ["Ec2Makes", "Ec2TagsWhatItMakes"]) {
      assert.deepEqual(named(statements, sid).Resource, [arn("instance")]);
    }
    assert.deepEqual(named(statements, "Ec2KeepsTagged").Resource, [
      arn("instance"),
      arn("security-group"),
      arn("subnet"),
    ]);
    assert.deepEqual(
      statements.filter(({ Sid }) => Sid.startsWith("Ec2Touches")),
      [
        {
          Sid: "Ec2Touches1",
          Effect: "Allow",
          Action: ["ec2:RunInstances"],
          Resource: [arn("network-interface"), arn("volume")],
        },
        {
          Sid: "Ec2Touches2",
          Effect: "Allow",
          Action: ["ec2:RunInstances"],
          Resource: ["arn:aws:ec2:us-east-1::image/*"],
          Condition: { StringEquals: { "ec2:Owner": ["amazon"] } },
        },
      ],
    );
  });

  it("keeps what is made apart from what another action is judged within", () => {
    const statements = policyOf(
      VPC,
      INSTANCE,
      own("aws:ec2/subnet:Subnet", "subnet"),
      own("aws:ec2/eip:Eip", "address"),
    );
    assert.deepEqual(
      statements.filter(({ Sid }) => /^Ec2Makes/.test(Sid)).map(({ Action }) => Action),
      [["ec2:AllocateAddress", "ec2:CreateVpc", "ec2:RunInstances"], ["ec2:CreateSubnet"]],
    );
  });

  it("knows the names that Pulumi makes up by all but their end", () => {
    const statements = policyOf(ROLE);
    const role = [`arn:aws:iam::${ACCOUNT}:role/server-role-*`];
    assert.deepEqual(named(statements, "IamKeeps").Resource, role);
    const profile = own("aws:iam/instanceProfile:InstanceProfile", "profile", {
      arn: `arn:aws:iam::${ACCOUNT}:instance-profile/server-profile-0a1b2c3`,
    });
    const both = policyOf(ROLE, profile);
    assert.deepEqual(named(both, "IamKeeps1"), { ...named(statements, "IamKeeps"), Sid: "IamKeeps1" });
    assert.deepEqual(named(both, "IamKeeps2").Resource, [
      `arn:aws:iam::${ACCOUNT}:instance-profile/server-profile-*`,
    ]);
    assert.deepEqual(named(statements, "PassesTheRole"), {
      Sid: "PassesTheRole",
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: role,
      Condition: { StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com"] } },
    });
    assert.equal(policyOf(VPC).filter(({ Sid }) => Sid === "PassesTheRole").length, 0);
  });

  it("names buckets, zones and topics themselves", () => {
    const statements = policyOf(
      own("aws:s3/bucketObjectv2:BucketObjectv2", "page", { bucket: "web.example.com" }),
      own("aws:route53/record:Record", "record", { zoneId: "Z1", fqdn: "Web.example.com.", type: "A" }),
      own("aws:sns/topicSubscription:TopicSubscription", "mail", {
        topic: `arn:aws:sns:us-east-1:${ACCOUNT}:alerts-0a1b2c3`,
      }),
    );
    assert.deepEqual(named(statements, "S3Keeps").Resource, [
      "arn:aws:s3:::web.example.com",
      "arn:aws:s3:::web.example.com/*",
    ]);
    assert.deepEqual(named(statements, "Route53Keeps").Resource, [
      "arn:aws:route53:::change/*",
      "arn:aws:route53:::hostedzone/Z1",
    ]);
    assert.deepEqual(named(statements, "Route53Touches"), {
      Sid: "Route53Touches",
      Effect: "Allow",
      Action: ["route53:ChangeResourceRecordSets"],
      Resource: ["arn:aws:route53:::hostedzone/Z1"],
      Condition: {
        "ForAllValues:StringLike": {
          "route53:ChangeResourceRecordSetsNormalizedRecordNames": ["web.example.com"],
        },
        "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["A"] },
      },
    });
    assert.deepEqual(named(statements, "SnsKeeps").Resource, [`arn:aws:sns:us-east-1:${ACCOUNT}:alerts-*`]);
  });

  it("adds look-ups, those of one resource together", () => {
    const { Statement } = operatorPolicy([], IDENTITY, [
      { action: "ec2:B", resources: ["*"] },
      { action: "ssm:GetParameter", resources: ["arn:parameter"] },
      { action: "ec2:A", resources: ["*"] },
      { action: "ec2:C", resources: ["*"], region: "us-east-1" },
    ]);
    assert.deepEqual(Statement, [
      { Sid: "LooksUp1", Effect: "Allow", Action: ["ec2:A", "ec2:B"], Resource: ["*"] },
      { Sid: "LooksUp2", Effect: "Allow", Action: ["ssm:GetParameter"], Resource: ["arn:parameter"] },
      {
        Sid: "LooksUp3",
        Effect: "Allow",
        Action: ["ec2:C"],
        Resource: ["*"],
        Condition: { StringEquals: { "aws:RequestedRegion": ["us-east-1"] } },
      },
    ]);
  });

  it("refuses to leave a type out", () => {
    const unknown = own("aws:efs/fileSystem:FileSystem", "files");
    assert.throws(() => policyOf(VPC, unknown, unknown), {
      message:
        "no permissions are known for aws:efs/fileSystem:FileSystem; add them to drill/iam/type-permissions.ts",
    });
    const component = resource("warm-standby:components:PublicHost", "server", {}, { custom: false });
    assert.equal(policyOf(VPC, component).length, policyOf(VPC).length);
  });

  it("refuses a record that does not show its name, rather than to allow all names", () => {
    assert.throws(() => policyOf(own("aws:route53/record:Record", "record", { zoneId: "Z1", type: "A" })), {
      message: "a record shows no fqdn or type, so that its permission cannot be narrowed to it",
    });
  });

  it("has no wildcard in an action, and each action in one list of a type", () => {
    for (const [type, { makes, keeps = [], looks = [], touches = [], tags }] of Object.entries(
      TYPE_PERMISSIONS,
    )) {
      const actions = [...(makes?.actions ?? []), ...keeps, ...looks];
      const further = [...touches.flatMap((touch) => touch.actions), ...(tags?.actions ?? [])];
      for (const action of further) assert.match(action, /^[a-z0-9]+:[A-Z][A-Za-z0-9]+$/);
      assert.ok(actions.length > 0, type);
      assert.equal(new Set(actions).size, actions.length, type);
      for (const action of actions) assert.match(action, /^[a-z0-9]+:[A-Z][A-Za-z0-9]+$/);
    }
  });
});

describe("stackIdentity", () => {
  const tagged = own("aws:ec2/vpc:Vpc", "network", {
    arn: `arn:aws:ec2:us-east-1:${ACCOUNT}:vpc/vpc-1`,
    tagsAll: { system: "web-server", environment: "dev", role: "primary" },
  });

  it("reads account and tags off the first resource that shows both", () => {
    assert.deepEqual(stackIdentity([VPC, tagged]), IDENTITY);
  });

  it("passes over ARNs without an account, and says so where none has one", () => {
    const bucket = own("aws:s3/bucket:Bucket", "b", { ...tagged.properties, arn: "arn:aws:s3:::b" });
    assert.deepEqual(stackIdentity([bucket, tagged]), IDENTITY);
    assert.throws(() => stackIdentity([bucket]), {
      message: "no resource of the stack shows its account and the tags system and environment",
    });
  });
});
