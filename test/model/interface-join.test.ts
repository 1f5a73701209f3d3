import assert from "node:assert/strict";
import { givenInterface, hasElasticIp, hostOfAddress, hostOfInterface } from "../../model/interface-join";
import { StackJoins } from "../../model/stack-joins";
import type { StackResource } from "../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../model/unknown";
import { resource } from "./stack-fixture";

const INSTANCE = "aws:ec2/instance:Instance";
const ELASTIC_IP = "aws:ec2/eip:Eip";

describe("model/interface-join", () => {
  const first = resource("aws:ec2/networkInterface:NetworkInterface", "first");
  const second = resource("aws:ec2/networkInterface:NetworkInterface", "second");
  const server = (properties: Properties) => resource(INSTANCE, "server", properties);
  const both = server({
    networkInterfaces: [
      { deviceIndex: "1", networkInterfaceId: "second-id" },
      { deviceIndex: 0, networkInterfaceId: "first-id" },
    ],
  });
  const joinsOf = (...resources: StackResource[]) => new StackJoins([first, second, ...resources]);

  it("reads the interface of device 0, and the one of a list that tells no device", () => {
    const given = (properties: Properties) => givenInterface(server(properties), joinsOf());
    assert.deepEqual(givenInterface(both, joinsOf()), {
      property: "networkInterfaces",
      id: "first-id",
      found: first,
    });
    assert.equal(given({ networkInterfaces: [{ networkInterfaceId: "second-id" }] })?.found, second);
    assert.deepEqual(given({ primaryNetworkInterface: { networkInterfaceId: "eni-other" } }), {
      property: "primaryNetworkInterface",
      id: "eni-other",
    });
    assert.deepEqual(given({ primaryNetworkInterface: UNKNOWN }), {
      property: "primaryNetworkInterface",
      id: UNKNOWN,
    });
    assert.equal(given({ networkInterfaces: [], primaryNetworkInterface: null }), undefined);
  });

  it("gives an interface to the instance that starts with it, and else to itself", () => {
    const joins = joinsOf(both);
    assert.equal(hostOfInterface(first, joins), both);
    assert.equal(hostOfInterface(second, joins), second);
  });

  it("gives an address to what it is on, the interface before the instance", () => {
    const address = (properties: Properties) => resource(ELASTIC_IP, "eip", properties);
    const hostOf = (properties: Properties) => {
      const one = address(properties);
      const joins = joinsOf(both, one);
      return [hostOfAddress(one, joins)?.name, hasElasticIp(both, joins)];
    };
    assert.deepEqual(hostOf({ networkInterface: "first-id" }), ["server", true]);
    assert.deepEqual(hostOf({ networkInterface: "second-id" }), ["second", false]);
    assert.deepEqual(hostOf({ networkInterface: "second-id", instance: "server-id" }), ["second", false]);
    assert.deepEqual(hostOf({ networkInterface: "eni-other", instance: "server-id" }), ["server", true]);
    assert.deepEqual(hostOf({ networkInterface: "eni-other" }), [undefined, false]);
    assert.deepEqual(hostOf({}), [undefined, false]);
  });
});
