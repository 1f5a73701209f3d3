import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { type Properties, type PropertyValue, UNKNOWN } from "../../../../model/unknown";
import type { FixtureOptions } from "../../../model/stack-fixture";
import { costOf, priced, standby } from "../meters";

const INSTANCE = "aws:ec2/instance:Instance";
const EIP = "aws:ec2/eip:Eip";
const NANO = { instanceType: "t4g.nano" };

describe("policy/prices/formulas/ec2 on an interface that is there before", () => {
  const ENI = "aws:ec2/networkInterface:NetworkInterface";
  const ASSOCIATION = "aws:ec2/eipAssociation:EipAssociation";
  const eni = standby(ENI, "eni", {}, { id: "eni-1" });
  const starting = (properties: Properties, options: FixtureOptions = { id: "i-1" }) =>
    standby(INSTANCE, "one", { ...NANO, ...properties }, options);
  const primary = { primaryNetworkInterface: { networkInterfaceId: "eni-1" } };
  const listed = { networkInterfaces: [{ deviceIndex: 0, networkInterfaceId: "eni-1" }] };
  const billed = (...resources: StackResource[]) =>
    costOf(resources)
      .lines.filter(({ item }) => item === "public IPv4 address")
      .map(({ urn: of }) => of.split("::").at(-1));

  for (const [property, given] of Object.entries({ primary, listed })) {
    it(`charges no address of its own where the interface is ${property}`, () => {
      assert.deepEqual(billed(eni, starting(given)), []);
      // As after a start on an interface that AWS made.
      assert.deepEqual(billed(eni, starting({ ...given, publicIp: "192.0.2.1" })), ["one"]);
    });

    it(`charges the Elastic IP of an interface that is ${property} once, before the update and after`, () => {
      const after = starting({ ...given, publicIp: "192.0.2.1", associatePublicIpAddress: true });
      const eip = standby(EIP, "eip", { networkInterface: "eni-1", publicIp: "192.0.2.1" });
      assert.deepEqual(billed(eni, after, eip), ["eip"]);
      const loose = standby(EIP, "eip", {});
      const association = (networkInterfaceId: string) =>
        standby(ASSOCIATION, "association", { networkInterfaceId, allocationId: "eip-id" });
      assert.deepEqual(billed(eni, after, loose, association("eni-1")), ["eip"]);
      assert.deepEqual(billed(eni, after, loose, association("eni-2")), ["one", "eip"]);
      const gone = { id: UNKNOWN } as const;
      const [property = ""] = Object.keys(given);
      const value: PropertyValue =
        property === "networkInterfaces"
          ? [{ networkInterfaceId: UNKNOWN }]
          : { networkInterfaceId: UNKNOWN };
      const planned = standby(ENI, "eni", {}, gone);
      const before = starting({ [property]: value }, { ...gone, from: { [property]: [planned.urn] } });
      const promised = standby(
        EIP,
        "eip",
        { networkInterface: UNKNOWN },
        { ...gone, from: { networkInterface: [planned.urn] } },
      );
      assert.deepEqual(billed(planned, before, promised), ["eip"]);
    });
  }

  it("charges an address beside the Elastic IP of an interface that it does not start with", () => {
    const own = starting({ associatePublicIpAddress: true, primaryNetworkInterfaceId: "eni-9" });
    const on = (networkInterface: string) => standby(EIP, "eip", { networkInterface });
    assert.deepEqual(billed(eni, own, on("eni-1")), ["one", "eip"]);
    assert.deepEqual(billed(eni, own, on("eni-9")), ["eip"]);
  });

  it("does not know the address where nothing tells whether it brings an interface", () => {
    for (const property of ["primaryNetworkInterface", "networkInterfaces"]) {
      const path = "associatePublicIpAddress";
      assert.equal(
        priced(INSTANCE, { ...NANO, [property]: UNKNOWN })[`input ${path}`],
        `${path} is not known yet`,
      );
    }
  });
});
