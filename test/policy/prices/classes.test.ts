import assert from "node:assert/strict";
import { listedClass, listedTypes } from "../../../policy/prices/class-list";
import { CLASSED_PACKAGE, classCounts, classifiedTypes, idleClass } from "../../../policy/prices/classes";
import { currentType } from "../../../policy/prices/former-types";
import { FORMULAS } from "../../../policy/prices/formulas";
import { projectFiles, readProjectFile } from "../../repo/source-files";
import { profileApiStack } from "../profile-api-stack";
import { type PackageTypes, packageTypes } from "./package-types";

const classOf = (type: string, custom = true) => idleClass({ type, custom });
const kindOf = (type: string) => classOf(type).kind;
const repeated = (all: readonly string[]) => all.filter((one, index) => all.indexOf(one) !== index);

describe("policy/prices/classes", () => {
  let types: PackageTypes["types"];
  let aliases: PackageTypes["aliases"];
  before(() => ({ types, aliases } = packageTypes()));

  it("has a class for every type of the package, and for no other", () => {
    const { name, version } = require("@pulumi/aws/package.json");
    assert.equal(CLASSED_PACKAGE, `${name} ${version}`);
    const classed = new Set(classifiedTypes());
    assert.deepEqual(
      {
        withoutClass: [...types].filter((type) => !classed.has(type)).sort(),
        notInPackage: [...classed].filter((type) => !types.has(type)).sort(),
      },
      { withoutClass: [], notInPackage: [] },
    );
  });

  it("is asked, by every rule, formula and model, for types that the package has or had", () => {
    const sources = projectFiles().filter((file) => /^(policy|model)\/.*\.ts$/.test(file));
    const strange = sources.flatMap((file) =>
      [...readProjectFile(file).matchAll(/"(aws:[\w-]+\/[\w-]+:\w+)"/g)].flatMap(([, type = ""]) =>
        types.has(type) || aliases.has(type) || types.has(currentType(type)) ? [] : [`${file}: ${type}`],
      ),
    );
    assert.deepEqual(strange, []);
  });

  it("lists a type once, and none that has a formula", () => {
    const listed = listedTypes();
    assert.deepEqual(
      { twice: repeated(listed), listedAndPriced: listed.filter((type) => type in FORMULAS) },
      { twice: [], listedAndPriced: [] },
    );
  });

  it("counts every type in one class", () => {
    const { free, priced, usage, continuous, unknown } = classCounts();
    assert.equal(free + priced + usage + continuous + unknown, types.size);
    assert.equal(priced, Object.keys(FORMULAS).length);
    assert.ok(priced >= 160, `${priced} types have a formula`);
    const unpriced = listedTypes().filter((type) => !(type in FORMULAS));
    const count = (kind: string) => unpriced.filter((type) => listedClass(type)?.kind === kind).length;
    assert.deepEqual(
      { free, usage, continuous, unknown },
      {
        free: count("free"),
        usage: count("usage"),
        continuous: count("continuous"),
        unknown: count("unknown"),
      },
    );
  });

  it("gives each listed type a reason, as a clause", () => {
    const reasons = new Set(listedTypes().map((type) => listedClass(type)?.reason ?? ""));
    const odd = [...reasons].filter(
      (reason) => reason.length < 15 || reason.endsWith(".") || /[;\n]|^\s|\s$/.test(reason),
    );
    assert.deepEqual(odd, []);
  });

  it("passes no type that bills while idle, although other price lists hold it for free or charged by use", () => {
    const traps = [
      "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation",
      "aws:s3/bucketMetric:BucketMetric",
      "aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter",
      "aws:accessanalyzer/analyzer:Analyzer",
      "aws:ecs/taskSet:TaskSet",
      "aws:servicediscovery/service:Service",
      "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace",
      "aws:lambda/eventSourceMapping:EventSourceMapping",
      "aws:cloudformation/stack:Stack",
      "aws:cloudformation/stackSetInstance:StackSetInstance",
      "aws:cloudcontrol/resource:Resource",
      "aws:servicecatalog/provisionedProduct:ProvisionedProduct",
      "aws:serverlessrepository/cloudFormationStack:CloudFormationStack",
      "aws:autoscaling/policy:Policy",
      "aws:autoscaling/schedule:Schedule",
      "aws:appautoscaling/policy:Policy",
      "aws:appautoscaling/scheduledAction:ScheduledAction",
      "aws:waf/webAcl:WebAcl",
      "aws:kms/externalKey:ExternalKey",
      "aws:kms/replicaExternalKey:ReplicaExternalKey",
      "aws:kinesis/streamConsumer:StreamConsumer",
      "aws:directconnect/hostedConnection:HostedConnection",
      "aws:acm/certificate:Certificate",
      "aws:dynamodb/contributorInsights:ContributorInsights",
      "aws:cognito/userPoolClient:UserPoolClient",
      "aws:eks/addon:Addon",
      "aws:eks/fargateProfile:FargateProfile",
    ];
    assert.deepEqual(
      traps.filter((type) => !types.has(type) || ["free", "usage"].includes(kindOf(type))),
      [],
    );
  });

  it("has a class for every type of the profile API", () => {
    assert.deepEqual(
      profileApiStack().filter((resource) => idleClass(resource).kind === "unknown"),
      [],
    );
  });

  it("says why a type is undecided, and what drives one that bills while idle", () => {
    assert.deepEqual(classOf("aws:cloudwatch/metricStream:MetricStream"), {
      kind: "unknown",
      cause: "continuous",
      why: "it is charged by the updates of every metric that exists, with or without requests, so no price is known beforehand",
    });
    assert.deepEqual(classOf("aws:cloudformation/stack:Stack"), {
      kind: "unknown",
      cause: "undecided",
      why: "it holds resources of any type, which this stack does not show",
    });
    assert.deepEqual(classOf("aws:opsworks/stack:Stack"), {
      kind: "unknown",
      cause: "unlisted",
      why: "@pulumi/aws 7.48.0, whose types are classed here, has no such type",
    });
    assert.deepEqual(classOf("kubernetes:core/v1:Service"), {
      kind: "unknown",
      cause: "unlisted",
      why: "only the types of @pulumi/aws 7.48.0 are classed here",
    });
  });

  it("knows no type that it does not list, however alike", () => {
    for (const type of [
      "aws:ec2/natgateway:NatGateway",
      "aws:ec2/natGateway:NatGatewayV2",
      "aws:sns/topic:Topic ",
      "aws:sns/topicV2:Topic",
      "own:sns/topic:Topic",
      "aws:elasticloadbalancingv3/listener:Listener",
      "aws:constructor/x:constructor",
      "aws-native:s3:Bucket",
      "constructor",
      "",
    ]) {
      assert.equal(kindOf(type), "unknown", type);
    }
  });

  it("takes components, providers and the stack for containers", () => {
    assert.equal(classOf("pulumi:pulumi:Stack", false).kind, "container");
    assert.equal(kindOf("pulumi:providers:aws"), "container");
    assert.equal(kindOf("pulumi:pulumi:StackReference"), "container");
    assert.equal(classOf("awsx:ec2:Vpc", false).kind, "container");
    assert.equal(kindOf("awsx:ec2:Vpc"), "unknown");
  });

  it("takes what exists in the state only for free", () => {
    assert.equal(kindOf("random:index/randomId:RandomId"), "free");
    assert.equal(kindOf("tls:index/privateKey:PrivateKey"), "free");
  });

  describe("names of older versions", () => {
    it("knows every one that the package still takes, by the class of its new name", () => {
      const former = [...aliases].filter(([alias]) => !types.has(alias));
      assert.ok(former.length >= 20, String(former.length));
      assert.deepEqual(
        former.filter(([alias, current]) => !current.has(currentType(alias))).map(([alias]) => alias),
        [],
      );
    });

    it("keeps what a type costs, whatever its name", () => {
      assert.equal(kindOf("aws:elasticloadbalancingv2/loadBalancer:LoadBalancer"), "priced");
      assert.deepEqual(
        classOf("aws:applicationloadbalancing/listener:Listener"),
        classOf("aws:alb/listener:Listener"),
      );
      // Of version 6, which the package's aliases no longer name.
      for (const name of ["DataProtectionSettings", "IpAccessSettings", "UserAccessLoggingSettings"]) {
        const type = currentType(`aws:workspaces/web${name}:Web${name}`);
        assert.ok(types.has(type), type);
      }
    });

    it("leaves a current name as it is", () => {
      assert.deepEqual(
        [...types].filter((type) => currentType(type) !== type),
        [],
      );
      assert.equal(currentType("kubernetes:core/v1:Service"), "kubernetes:core/v1:Service");
    });
  });
});
