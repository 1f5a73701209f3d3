import { numberAt } from "../../model/property";
import type { StackResource } from "../../model/stack-resource";

const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

/** Whether a security group of the stack admits everybody to a TCP port over IPv4. */
export function isOpenToAll(resources: readonly StackResource[], port: number): boolean {
  return resources.some(({ type, properties }) => {
    if (type !== INGRESS_RULE || properties.cidrIpv4 !== "0.0.0.0/0" || properties.ipProtocol !== "tcp") {
      return false;
    }
    const [from, to] = [numberAt(properties, "fromPort"), numberAt(properties, "toPort")];
    return typeof from === "number" && typeof to === "number" && from <= port && port <= to;
  });
}
