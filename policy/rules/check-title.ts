import type { HealthCheck } from "../../model/failover-plan";
import { parseUrn } from "../../model/stack-resource";
import { isUnknown } from "../../model/unknown";

/** `HTTPS health check "web"`. */
export function checkTitle({ type, urn }: Pick<HealthCheck, "type" | "urn">): string {
  return `${isUnknown(type) ? "" : `${type} `}health check "${parseUrn(urn).name}"`;
}
