import type { StackResource } from "../../../model/stack-resource";
import type { Meter } from "../meter";
import type { PricedStack } from "../priced-stack";
import { searchSupportProblem } from "./extended-support";
import { amountText, type Formula, hourly, stored } from "./formula";
import { Inputs } from "./inputs";
import { managedSecret } from "./keys";
import { publicAddresses } from "./public-address";

/** Redshift nodes; RA3 ones keep their data apart from them. */
export const warehouseMeters: Formula = (cluster, stack) => {
  const place = stack.regionOf(cluster);
  const inputs = new Inputs(cluster.properties, place);
  const type = inputs.text("nodeType");
  const nodes = inputs.number("numberOfNodes", 1);
  const zones = inputs.flag("multiAz", false) ? 2 : 1;
  const count = Math.max(1, nodes) * zones;
  // Several nodes have a leader before them, which has an address too; an elastic IP is a resource of its own.
  const leaders = nodes > 1 ? zones : 0;
  const addressed = count + leaders - (inputs.has("elasticIp") ? 1 : 0);
  const lever = "use Redshift Serverless, which keeps storage only while idle";
  return inputs.or([
    ...hourly(`${type} Redshift node`, `redshift/node/${type}`, place, count, { lever }),
    ...(type.startsWith("ra3.") ? managedStorage("Redshift storage", cluster, stack) : []),
    ...managedSecret(inputs, "manageMasterPassword"),
    ...publicAddresses(addressed, inputs),
  ]);
};

/** Storage only while nobody asks; the base capacity bills by the second of use. */
export const serverlessWarehouseMeters: Formula = (namespace, stack) => {
  const inputs = new Inputs(namespace.properties, stack.regionOf(namespace));
  return inputs.or([
    ...managedStorage("Redshift Serverless storage", namespace, stack),
    ...managedSecret(inputs, "manageAdminPassword"),
  ]);
};

/** Its capacity bills by the second of use, the addresses of its interfaces by the hour. */
export const workgroupMeters: Formula = (workgroup, stack) => {
  const inputs = new Inputs(workgroup.properties, stack.regionOf(workgroup));
  // It is all that bills of a workgroup.
  if (inputs.flag("publiclyAccessible", false)) {
    const why = "how many public IPv4 addresses it has is not told; set publiclyAccessible to false";
    inputs.refuse(why, "publiclyAccessible");
  }
  return inputs.or([]);
};

function managedStorage(what: string, resource: StackResource, stack: PricedStack): Meter[] {
  const gb = stack.assumptions.databaseGb;
  const item = `${what}, ${amountText(gb, "GB")} assumed`;
  return stored(item, "redshift/managed-storage", stack.regionOf(resource), gb);
}

export const serverlessRecoveryMeters: Formula = (snapshot, stack) =>
  managedStorage("Redshift Serverless snapshot", snapshot, stack);

export const warehouseSnapshotMeters: Formula = (snapshot, stack) => {
  const gb = stack.assumptions.databaseGb;
  const item = `Redshift snapshot, ${amountText(gb, "GB")} assumed`;
  return stored(item, "redshift/snapshot", stack.regionOf(snapshot), gb);
};

/** What OpenSearch starts where a domain names no type. */
const SEARCH_TYPE = "m4.large.search";
const DEDICATED_MASTERS = 3;

/** Data, master and warm nodes, and storage on each data node. Elasticsearch domains cost the same. */
export const searchDomainMeters: Formula = (domain, stack) => {
  const place = stack.regionOf(domain);
  const inputs = new Inputs(domain.properties, place);
  const { extras } = inputs;
  refuseOldSearch(domain.type, extras, stack.asOf);
  const type = searchType(inputs.text("clusterConfig.instanceType", SEARCH_TYPE));
  const nodes = inputs.number("clusterConfig.instanceCount", 1);
  const meters = searchNodes("search node", type, nodes, inputs);
  if (inputs.flag("clusterConfig.dedicatedMasterEnabled", false)) {
    const master = searchType(inputs.text("clusterConfig.dedicatedMasterType", type));
    const masters = inputs.number("clusterConfig.dedicatedMasterCount", DEDICATED_MASTERS);
    meters.push(...searchNodes("dedicated master", master, masters, inputs));
  }
  if (inputs.flag("clusterConfig.warmEnabled", false)) {
    const warm = searchType(inputs.text("clusterConfig.warmType"));
    meters.push(...searchNodes("warm node", warm, inputs.number("clusterConfig.warmCount"), inputs));
    extras.refuse(
      "warm storage bills what it holds, which the program does not show",
      "clusterConfig.warmEnabled",
    );
  }
  if (extras.list("clusterConfig.nodeOptions").length > 0) {
    extras.refuse("coordinator nodes have no price in the list", "clusterConfig.nodeOptions");
  }
  return inputs.or([...meters, ...searchStorage(nodes, inputs)]);
};

/** Elasticsearch domains start 1.5 where they name no version, OpenSearch domains the newest. */
const ELASTICSEARCH_DEFAULT = "1.5";

function refuseOldSearch(type: string, extras: Inputs, day: string | undefined): void {
  const legacy = type.startsWith("aws:elasticsearch/");
  const path = legacy ? "elasticsearchVersion" : "engineVersion";
  const version = extras.numeral(path, legacy ? ELASTICSEARCH_DEFAULT : "");
  // An unknown version is told by the inputs already.
  if (version === "" || !extras.sound) return;
  const why = searchSupportProblem(legacy ? `Elasticsearch_${version}` : version, day);
  if (why !== undefined) extras.refuse(why, path);
}

/** `m4.large.elasticsearch` and `m4.large.search` are the same machine. */
function searchType(type: string): string {
  return type.replace(/\.elasticsearch$/, ".search");
}

function searchNodes(what: string, type: string, count: number, inputs: Inputs): Meter[] {
  return hourly(`${type} ${what}`, `opensearch/node/${type}`, inputs.place, count, {
    lever: "use a smaller type, or fewer nodes",
    leaves: "untold",
  });
}

function searchStorage(nodes: number, inputs: Inputs): Meter[] {
  if (!inputs.flag("ebsOptions.ebsEnabled", false)) return [];
  const type = inputs.text("ebsOptions.volumeType", "gp2");
  const gb = inputs.number("ebsOptions.volumeSize");
  const { extras } = inputs;
  if (type === "io1" || (type === "gp3" && extras.number("ebsOptions.iops", 0) > 3000)) {
    extras.refuse("provisioned operations have no price in the list", "ebsOptions.iops");
  }
  if (type === "gp3" && extras.number("ebsOptions.throughput", 0) > 125) {
    extras.refuse("provisioned throughput has no price in the list", "ebsOptions.throughput");
  }
  const item = `search storage, ${nodes} x ${amountText(gb, "GB")} ${type}`;
  return stored(item, `opensearch/storage/${type}`, inputs.place, gb * nodes);
}

/** Units for indexing and searching, twice over where a standby replica is kept; collections may share them. */
const COLLECTION_OCU = 1;
const HALF_OF_COLLECTION = { price: "opensearch/serverless-ocu", times: 1 / 2 };

export const searchCollectionMeters: Formula = (collection, stack) => {
  const place = stack.regionOf(collection);
  const inputs = new Inputs(collection.properties, place);
  const replicas = inputs.text("standbyReplicas", "ENABLED") !== "DISABLED";
  const units = replicas ? 2 * COLLECTION_OCU : COLLECTION_OCU;
  return inputs.or(
    hourly("", "opensearch/serverless-ocu", place, units, {
      note: "collections with the same key share their units, which is not counted on",
      ...(replicas ? { lever: "set standbyReplicas to DISABLED", leaves: HALF_OF_COLLECTION } : {}),
    }).map((meter) => ({ ...meter, item: `serverless search, ${amountText(units, "OCU")} at least` })),
  );
};

export const ingestionPipelineMeters: Formula = (pipeline, stack) => {
  const place = stack.regionOf(pipeline);
  const inputs = new Inputs(pipeline.properties, place);
  const units = inputs.number("minUnits");
  return inputs.or(
    hourly("", "opensearch/ingestion-ocu", place, units, {
      lever: "stop the pipeline while it is not needed",
    }).map((meter) => ({ ...meter, item: `ingestion pipeline, ${amountText(units, "OCU")} at least` })),
  );
};
