import { arnRegion } from "../../../model/arn";
import { isUnknown } from "../../../model/unknown";
import { notApplicable, resourceTitle, stackUrn, unknown } from "../../judgement";
import type { Judgement, Phase, Rule } from "../../rule";
import { type GlobalTableCopies, replicatedTables, type StrayReplica } from "./global-table";
import { note } from "./note";
import { alike, inOwnRegion, judgeReplica } from "./replica";
import { judgeStream } from "./stream";

export interface ReplicaParitySettings {
  readonly requireTags: boolean;
}

export const replicaParity: Rule<ReplicaParitySettings> = {
  id: "replica-parity",
  title:
    "Every replica of a global table is protected as its primary copy is, so that failing over loses none of it",
  level: "mandatory",
  settings: {
    requireTags: {
      type: "boolean",
      default: true,
      description:
        "Whether a replica must have every tag key of its primary copy, as cost reports and access rules need.",
    },
  },
  note,
  judge: ({ resources, joins, phase }, settings) => {
    const { tables, strays } = replicatedTables({ resources, joins });
    const judged = [
      ...tables.flatMap((table) => judgeTable(table, settings, phase)),
      ...strays.map((stray) => judgeStray(stray, phase)),
    ];
    if (judged.length > 0) return judged;
    return [notApplicable(stackUrn(resources), "the stack has no table with a replica")];
  },
};

function judgeTable(
  { primary, replicas }: GlobalTableCopies,
  settings: ReplicaParitySettings,
  phase: Phase,
): Judgement[] {
  const title = `table "${primary.name}"`;
  if (isUnknown(replicas)) return [unknown(primary.urn, "replicas", title, phase)];
  return [
    ...judgeStream(primary, replicas, phase),
    ...replicas.flatMap((replica) => {
      const found = judgeReplica(primary, replica, settings, phase);
      return found.length > 0 ? found : [alike(primary, replica)];
    }),
  ];
}

/** A replica resource whose table is elsewhere shows its own region at most. */
function judgeStray({ urn, region, globalTableArn }: StrayReplica, phase: Phase): Judgement {
  const title = resourceTitle(urn);
  if (globalTableArn === undefined || isUnknown(globalTableArn)) {
    return unknown(urn, "globalTableArn", title, phase);
  }
  if (region !== undefined && region === arnRegion(globalTableArn))
    return inOwnRegion(urn, "region", title, region);
  return notApplicable(urn, `${title} is a replica of ${globalTableArn}, which is not of this stack`);
}
