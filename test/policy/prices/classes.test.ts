import assert from "node:assert/strict";
import { classifiedTypes, idleClass } from "../../../policy/prices/classes";
import table from "../../../policy/prices/classes.json";
import { FORMULAS } from "../../../policy/prices/formulas";
import { profileApiStack } from "../profile-api-stack";

const classOf = (type: string, custom = true) => idleClass({ type, custom }).kind;

describe("policy/prices/classes", () => {
  it("puts every type into one class only", () => {
    const listed = [...table.free, ...table.usage].flatMap(({ types }) => types);
    const all = [...listed, ...Object.keys(FORMULAS)];
    assert.deepEqual(
      all.filter((type, index) => all.indexOf(type) !== index),
      [],
    );
    assert.deepEqual(classifiedTypes(), [...all].sort());
  });

  it("names types by whole tokens and gives each list its evidence", () => {
    assert.deepEqual(
      classifiedTypes().filter((type) => !/^aws:[a-z0-9]+\/[A-Za-z0-9]+:[A-Z][A-Za-z0-9]*$/.test(type)),
      [],
    );
    assert.deepEqual(
      [...table.free, ...table.usage].filter(({ evidence }) => evidence.length < 20),
      [],
    );
  });

  it("has a class for every type of the profile API", () => {
    assert.deepEqual(
      profileApiStack().filter((resource) => idleClass(resource).kind === "unknown"),
      [],
    );
  });

  it("knows no type that it does not list, however alike", () => {
    for (const type of [
      "aws:ec2/natgateway:NatGateway",
      "aws:ec2/natGateway:NatGatewayV2",
      "aws:glue/devEndpoint:DevEndpoint",
      "aws:cloudwatch/metricStream:MetricStream",
      "aws:constructor/x:constructor",
      "aws-native:s3:Bucket",
      "kubernetes:core/v1:Service",
      "constructor",
      "",
    ]) {
      assert.equal(classOf(type), "unknown", type);
    }
  });

  it("takes components, providers and the stack for containers", () => {
    assert.equal(classOf("pulumi:pulumi:Stack", false), "container");
    assert.equal(classOf("pulumi:providers:aws"), "container");
    assert.equal(classOf("pulumi:pulumi:StackReference"), "container");
    assert.equal(classOf("awsx:ec2:Vpc", false), "container");
    assert.equal(classOf("awsx:ec2:Vpc", true), "unknown");
  });

  it("takes what exists in the state only for free", () => {
    assert.equal(classOf("random:index/randomId:RandomId"), "free");
    assert.equal(classOf("tls:index/privateKey:PrivateKey"), "free");
  });
});
