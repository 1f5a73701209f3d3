import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../model/unknown";
import { isOpenToAll } from "../../../rehearsal/loopback/open-ports";
import { resource } from "../../model/stack-fixture";

const RULE: Properties = { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" };
const isOpen = (change: Properties, port = 443) =>
  isOpenToAll(
    [resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "rule", { ...RULE, ...change })],
    port,
  );

describe("rehearsal/loopback/open-ports", () => {
  it("finds a port inside a rule's range, both ends included", () => {
    const range = { fromPort: 440, toPort: 450 };
    assert.deepEqual(
      [439, 440, 450, 451].map((port) => isOpen(range, port)),
      [false, true, true, false],
    );
  });

  it("takes no rule for everybody that is not, or is not known", () => {
    const changes: readonly Properties[] = [
      { cidrIpv4: "198.51.100.0/24" },
      { cidrIpv4: undefined },
      { ipProtocol: "udp" },
      { fromPort: UNKNOWN },
    ];
    for (const change of changes) {
      assert.equal(isOpen(change), false, JSON.stringify(change));
    }
    assert.equal(isOpenToAll([], 443), false);
  });
});
