import { isPresent, stringAt } from "../../../model/property";
import { isUnknown } from "../../../model/unknown";
import { namingOf } from "./naming";
import type { ReadinessCheck } from "./readiness";

const STOPPED_STATUSES: readonly unknown[] = ["stopped", "stopping"];

/** A stopped database takes minutes to start (RDS user guide, stopping an instance temporarily). */
const databaseReadiness: ReadinessCheck = ({ properties }) => {
  const status = stringAt(properties, "status");
  if (isUnknown(status)) return { kind: "unknown", path: "status" };
  if (!STOPPED_STATUSES.includes(status)) {
    return { kind: "ready", path: "status", how: `it is ${status ?? "started"}` };
  }
  return {
    kind: "away",
    path: "status",
    what: `is ${status}, and starting it takes minutes and the control plane of its region`,
    allowed: "available",
    lever: "start it (it then bills by the hour, which standby-idle-cost counts)",
  };
};

/** A cluster without instances keeps its storage and answers nobody (Aurora user guide, headless clusters). */
const clusterReadiness: ReadinessCheck = (cluster, joins, plan) => {
  const { properties } = cluster;
  const mode = stringAt(properties, "engineMode");
  if (isUnknown(mode)) return { kind: "unknown", path: "engineMode" };
  if (mode === "serverless") return { kind: "ready", path: "engineMode", how: "it is serverless" };
  if (isPresent(properties.dbClusterInstanceClass)) {
    return { kind: "ready", path: "dbClusterInstanceClass", how: "it brings its own instances" };
  }
  return memberReadiness("rds")(cluster, joins, plan);
};

/** A cluster of the module's kind serves by its instances alone. */
const memberReadiness =
  (module: "rds" | "docdb" | "neptune"): ReadinessCheck =>
  (cluster, joins) => {
    const path = "clusterIdentifier";
    const naming = namingOf(
      cluster,
      {
        by: [`aws:${module}/clusterInstance:ClusterInstance`],
        property: path,
        of: [`aws:${module}/cluster:Cluster`],
        name: path,
      },
      joins,
    );
    if (naming === "named") return { kind: "ready", path, how: "it has an instance" };
    if (naming === "untold") return { kind: "unknown", path };
    return {
      kind: "away",
      path,
      what: "has no instance in this stack, so it keeps data and answers nobody",
      allowed: `an aws.${module}.ClusterInstance of this cluster`,
      lever: `add one (${SMALLEST[module]}it then bills by the hour, which standby-idle-cost counts)`,
    };
  };

const SMALLEST = {
  rds: "db.serverless with a low minimum is the smallest; ",
  docdb: "",
  neptune: "db.serverless with a low minimum is the smallest; ",
} as const;

export const DATABASE_CHECKS: Readonly<Record<string, ReadinessCheck>> = {
  "aws:rds/instance:Instance": databaseReadiness,
  "aws:rds/cluster:Cluster": clusterReadiness,
  "aws:docdb/cluster:Cluster": memberReadiness("docdb"),
  "aws:neptune/cluster:Cluster": memberReadiness("neptune"),
};
