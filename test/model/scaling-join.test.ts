import assert from "node:assert/strict";
import { SCALING_TARGET, scaledIndex, scaledResource, scalingTargets } from "../../model/scaling-join";
import { StackJoins } from "../../model/stack-joins";
import type { StackResource } from "../../model/stack-resource";
import { UNKNOWN } from "../../model/unknown";
import { resource } from "./stack-fixture";

const SERVICE = "aws:ecs/service:Service";
const TABLE = "aws:dynamodb/table:Table";
const COUNT = "ecs:service:DesiredCount";

function target(name: string, resourceId: string, scalableDimension = COUNT, from: string[] = []) {
  return resource(
    SCALING_TARGET,
    name,
    { resourceId, scalableDimension, region: "us-west-2" },
    { from: { resourceId: from } },
  );
}

function service(name: string, cluster: StackResource["properties"][string], region = "us-west-2") {
  return resource(SERVICE, `${name}-${region}`, { name, cluster, region });
}

function scaled(one: StackResource, ...others: StackResource[]) {
  return scaledResource(one, new StackJoins([one, ...others]))?.name;
}

describe("model/scaling-join", () => {
  it("finds a service by its name within its cluster and region", () => {
    const own = target("own", "service/web/app");
    assert.equal(scaled(own, service("app", "web"), service("app", "web", "us-east-1")), "app-us-west-2");
    assert.equal(
      scaled(own, service("app", "arn:aws:ecs:us-west-2:123456789012:cluster/web")),
      "app-us-west-2",
    );
    assert.equal(scaled(own, service("app", UNKNOWN)), "app-us-west-2");
    assert.equal(scaled(own, service("app", "other")), undefined);
    assert.equal(scaled(own, service("other", "web")), undefined);
    assert.equal(scaled(target("own", "service/default/app"), service("app", undefined)), "app-us-west-2");
  });

  it("finds it by what the target was computed from, whatever the text says", () => {
    const one = service("app", "web");
    assert.equal(scaled(target("own", "service/x/y", COUNT, [one.urn]), one), one.name);
  });

  it("takes a dimension that it does not know, and two that may be meant, for nothing", () => {
    const one = service("app", "web");
    assert.equal(scaled(target("own", "service/web/app", "ecs:service:Other", [one.urn]), one), undefined);
    const twins = ["a", "b"].map((name) =>
      resource(SERVICE, name, { name: "app", cluster: "web", region: "us-west-2" }),
    );
    assert.equal(scaled(target("own", "service/web/app"), ...twins), undefined);
  });

  it("finds a table by the region of its replica, and the index of its id", () => {
    const table = resource(TABLE, "table", {
      name: "orders",
      region: "us-east-1",
      replicas: [{ regionName: "us-west-2" }],
    });
    const own = target("own", "table/orders", "dynamodb:table:WriteCapacityUnits");
    assert.equal(scaled(own, table), "table");
    assert.equal(scaledIndex(target("index", "table/orders/index/by-day")), "by-day");
    assert.equal(scaledIndex(own), undefined);
  });

  it("lists the targets of one dimension, among 20,000 in linear time", () => {
    const services = Array.from({ length: 20_000 }, (_, at) => service(`app-${at}`, "web"));
    const targets = services.map((_, at) => target(`target-${at}`, `service/web/app-${at}`));
    const joins = new StackJoins([...services, ...targets]);
    const started = performance.now();
    assert.deepEqual(scalingTargets(services[7] as StackResource, COUNT, joins), [targets[7]]);
    assert.deepEqual(scalingTargets(services[7] as StackResource, "ecs:service:Other", joins), []);
    assert.ok(performance.now() - started < 2_000);
  });
});
