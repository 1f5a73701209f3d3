import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { machineImageId } from "../../components/machine-image";
import { PublicHost, type PublicHostArgs } from "../../components/public-host";
import { lines, named, record } from "./registrations";

const ARGS: PublicHostArgs = {
  instanceType: "t4g.nano",
  imageId: "ami-0123456789abcdef0",
  userData: "#cloud-config\n{}\n",
  admits: [
    { suffix: "a", port: 80, from: { kind: "ipv4", cidr: "0.0.0.0/0" }, description: "A" },
    { suffix: "b", port: 443, from: { kind: "ipv6", cidr: "::/0" }, description: "B" },
    { suffix: "c", port: 80, from: { kind: "prefix-list", id: "pl-1" }, description: "C" },
  ],
};

const build = (args: Partial<PublicHostArgs> = {}) =>
  record(() => {
    const provider = new Provider("primary", { region: "us-east-1" });
    return new PublicHost("web", { ...ARGS, ...args }, { provider });
  });
const inputsOf = async (name: string, args?: Partial<PublicHostArgs>) =>
  named((await build(args)).registrations, name).inputs;

describe("components/public-host", () => {
  it("is a network, a group with its rules, a role, an instance and its address", async () => {
    assert.deepEqual(lines((await build()).registrations), [
      "aws:ec2/eip:Eip web-address <- web @primary",
      "aws:ec2/instance:Instance web-instance <- web @primary",
      "aws:ec2/securityGroup:SecurityGroup web-group <- web @primary",
      "aws:iam/instanceProfile:InstanceProfile web-profile <- web @primary",
      "aws:iam/role:Role web-role <- web @primary",
      "aws:iam/rolePolicy:RolePolicy web-sessions <- web @primary",
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule web-to-https <- web @primary",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule web-from-a <- web @primary",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule web-from-b <- web @primary",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule web-from-c <- web @primary",
      "awsx:ec2:Vpc web-network <- web @-",
      "pulumi:providers:aws primary <- - @-",
      "warm-standby:components:PublicHost web <- - @-",
    ]);
  });

  it("has one public subnet, and nothing in the network that bills", async () => {
    assert.deepEqual(await inputsOf("web-network"), {
      cidrBlock: "10.0.0.0/24",
      numberOfAvailabilityZones: 1,
      subnetStrategy: "Auto",
      subnetSpecs: [{ type: "Public", cidrMask: 28 }],
      natGateways: { strategy: "None" },
      enableDnsHostnames: true,
      enableDnsSupport: true,
    });
  });

  it("takes no metadata without a token, encrypts its volume, and has no key for SSH", async () => {
    assert.deepEqual(await inputsOf("web-instance"), {
      instanceType: "t4g.nano",
      ami: "ami-0123456789abcdef0",
      subnetId: "subnet-of-web-network",
      vpcSecurityGroupIds: ["web-group-id"],
      iamInstanceProfile: "web-profile-1",
      userData: "#cloud-config\n{}\n",
      userDataReplaceOnChange: true,
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      rootBlockDevice: { volumeType: "gp3", volumeSize: 8, encrypted: true, deleteOnTermination: true },
      creditSpecification: { cpuCredits: "standard" },
      tags: { Name: "web-instance" },
    });
    const { computedFrom } = named((await build()).registrations, "web-instance");
    assert.deepEqual(computedFrom.iamInstanceProfile, ["web-profile"]);
    const { rootBlockDevice } = await inputsOf("web-instance", { rootVolumeGb: 20 });
    assert.equal((rootBlockDevice as { volumeSize: number }).volumeSize, 20);
  });

  it("says of every rule who, where and by which protocol", async () => {
    const { registrations } = await build();
    const rules = ["web-from-a", "web-from-b", "web-from-c", "web-to-https"].map((name) => {
      const { cidrIpv4, cidrIpv6, prefixListId, ipProtocol, fromPort, toPort, securityGroupId } = named(
        registrations,
        name,
      ).inputs;
      return [cidrIpv4 ?? cidrIpv6 ?? prefixListId, ipProtocol, fromPort, toPort, securityGroupId];
    });
    assert.deepEqual(rules, [
      ["0.0.0.0/0", "tcp", 80, 80, "web-group-id"],
      ["::/0", "tcp", 443, 443, "web-group-id"],
      ["pl-1", "tcp", 80, 80, "web-group-id"],
      ["0.0.0.0/0", "tcp", 443, 443, "web-group-id"],
    ]);
  });

  it("may do nothing in AWS but be reached by Session Manager, unless it is given more", async () => {
    const policy = (name: string, args?: Partial<PublicHostArgs>) =>
      inputsOf(name, args).then((inputs) => JSON.parse(String(inputs.policy)));
    const { Statement } = await policy("web-sessions");
    assert.deepEqual(Statement, [
      {
        Sid: "SessionManager",
        Effect: "Allow",
        Action: [
          "ssm:UpdateInstanceInformation",
          "ssmmessages:CreateControlChannel",
          "ssmmessages:CreateDataChannel",
          "ssmmessages:OpenControlChannel",
          "ssmmessages:OpenDataChannel",
        ],
        Resource: ["*"],
      },
    ]);
    const more = { Version: "2012-10-17" as const, Statement: [] };
    assert.deepEqual(await policy("web-policy", { policy: more }), more);
    const { assumeRolePolicy } = await inputsOf("web-role");
    assert.deepEqual(JSON.parse(String(assumeRolePolicy)).Statement[0].Principal, {
      Service: "ec2.amazonaws.com",
    });
  });

  it("gives the address out only when the network is whole", async () => {
    const { registrations, result } = await build();
    const { inputs, waitsFor } = named(registrations, "web-address");
    assert.deepEqual([inputs.domain, inputs.instance], ["vpc", "web-instance-id"]);
    assert.ok(waitsFor.includes("web-network"), waitsFor.join(" "));
    const told = await new Promise((resolve) =>
      pulumi.all([result.instanceId, result.ipAddress]).apply(resolve),
    );
    assert.deepEqual(told, ["web-instance-id", "203.0.113.48"]);
  });
});

describe("components/machine-image", () => {
  const lookUpIn = (answer: object | Error) => {
    const asked: unknown[] = [];
    return record(
      async () => {
        const provider = new Provider("primary", { region: "us-east-1" });
        return machineImageId("arm64", { provider }).catch((error: Error) => error.message);
      },
      {
        "aws:ssm/getParameter:getParameter": (inputs, provider) => {
          asked.push(inputs, provider);
          if (answer instanceof Error) throw answer;
          return answer;
        },
      },
    ).then(({ result }) => ({ result, asked }));
  };

  it("asks for the newest image of the processor by AWS's own parameter", async () => {
    const { result, asked } = await lookUpIn({ value: "ami-1", insecureValue: "ami-1" });
    assert.equal(result, "ami-1");
    assert.deepEqual(asked, [
      {
        name: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
        withDecryption: false,
      },
      "primary",
    ]);
  });

  it("says in one line what is missing", async () => {
    const { result } = await lookUpIn(new Error("ParameterNotFound"));
    assert.match(
      result,
      /^the Amazon Linux 2023 image cannot be looked up: .*; check the region and the permission ssm:GetParameter$/,
    );
  });
});
