import { isUnknown } from "../../../model/unknown";
import { fail, pass, unknown } from "../../judgement";
import type { Judgement, Phase } from "../../rule";
import type { PrimaryCopy, ReplicaCopy } from "./global-table";

const VIEW_TYPE = "NEW_AND_OLD_IMAGES";

/**
 * Asynchronous replicas are fed from the table's stream. DynamoDB turns it on with the first replica and refuses
 * to turn it off; a program that leaves it out tries just that with its next update.
 */
export function judgeStream(
  primary: PrimaryCopy,
  replicas: readonly ReplicaCopy[],
  phase: Phase,
): Judgement[] {
  const { urn, streamEnabled, streamViewType } = primary;
  const title = `table "${primary.name}"`;
  // Strongly consistent replicas are written together and need no stream.
  if (replicas.some(({ consistencyMode }) => consistencyMode === "STRONG")) return [];
  if (streamEnabled === true && streamViewType === VIEW_TYPE) {
    return [pass(urn, "streamEnabled", `${title} has a stream of ${VIEW_TYPE}, from which it is replicated`)];
  }
  const untold = replicas.find(({ consistencyMode }) => isUnknown(consistencyMode));
  if (untold) return [unknown(urn, `${untold.prefix}consistencyMode`, title, phase)];
  if (isUnknown(streamEnabled)) return [unknown(urn, "streamEnabled", title, phase)];
  if (!streamEnabled) {
    return [
      fail(
        urn,
        "streamEnabled",
        `${title} has replicas and no stream, from which DynamoDB feeds them; allowed: a stream of ${VIEW_TYPE}; set streamEnabled to true and streamViewType to ${VIEW_TYPE} (no price for replication's own reads)`,
      ),
    ];
  }
  if (isUnknown(streamViewType)) return [unknown(urn, "streamViewType", title, phase)];
  return [
    fail(
      urn,
      "streamViewType",
      `${title} has replicas and ${streamViewType === undefined ? "no streamViewType" : `streamViewType ${streamViewType}`}; allowed: ${VIEW_TYPE}; set streamViewType to ${VIEW_TYPE} (no price for replication's own reads)`,
    ),
  ];
}
