import { isUnknown } from "../../../model/unknown";
import { amountText, countedText, type Formula, hourly, stored, unknownInput } from "./formula";
import { Inputs } from "./inputs";
import { publicAddresses, serviceAddresses } from "./public-address";
import { at, numberAt, stringAt } from "./read";

const STREAM = "aws:kinesis/stream:Stream";

/** Hours that a shard keeps its records at no extra price. */
const RETENTION_INCLUDED_HOURS = 24;

/** Shards by the hour, or the hours of an on-demand stream. PROVISIONED is the provider's default. */
export const streamMeters: Formula = (stream, stack) => {
  const place = stack.regionOf(stream);
  const inputs = new Inputs(stream.properties, place);
  const mode = inputs.text("streamModeDetails.streamMode", "PROVISIONED");
  const { extras } = inputs;
  if (extras.number("retentionPeriod", RETENTION_INCLUDED_HOURS) > RETENTION_INCLUDED_HOURS) {
    extras.refuse("records kept above 24 hours have no price in the list", "retentionPeriod");
  }
  if (extras.list("shardLevelMetrics").length > 0) {
    extras.refuse("metrics of each shard bill by their number", "shardLevelMetrics");
  }
  if (mode === "ON_DEMAND") {
    const lever = "set streamMode to PROVISIONED with one shard";
    return inputs.or(
      hourly("on-demand stream", "kinesis/on-demand-stream", place, 1, {
        lever,
        leaves: { price: "kinesis/shard" },
      }),
    );
  }
  const shards = inputs.number("shardCount");
  return inputs.or(
    hourly("stream shard", "kinesis/shard", place, shards, { lever: "use fewer shards", leaves: "untold" }),
  );
};

/** Enhanced fan-out bills for every shard of its stream. */
export const streamConsumerMeters: Formula = (consumer, stack) => {
  const place = stack.regionOf(consumer);
  const arn = stringAt(consumer.properties, "streamArn");
  const stream =
    stack.reference(consumer, "streamArn", STREAM) ??
    (typeof arn === "string" ? stack.withText(STREAM, "arn", arn)[0] : undefined);
  const inputs = new Inputs(consumer.properties, place);
  const shards = numberAt(stream?.properties, "shardCount");
  if (isUnknown(shards)) return [unknownInput("shardCount", place)];
  if (shards === undefined) inputs.refuse("the shards of its stream cannot be read", "streamArn");
  const item = "fan-out consumer of one shard";
  return inputs.or(hourly(item, "kinesis/fan-out-consumer-shard", place, shards ?? 0));
};

/** No page of AWS's names brokers among what has billed addresses, nor as an exception. */
const UNSURE = "not sure that AWS bills these; the dearer";

/** Brokers and the storage that each reserves. */
export const kafkaMeters: Formula = (cluster, stack) => {
  const place = stack.regionOf(cluster);
  const inputs = new Inputs(cluster.properties, place);
  const brokers = inputs.number("numberOfBrokerNodes");
  const type = inputs.text("brokerNodeGroupInfo.instanceType");
  const storage = "brokerNodeGroupInfo.storageInfo.ebsStorageInfo";
  const express = type.startsWith("express.");
  const gb = express ? 0 : inputs.number(`${storage}.volumeSize`);
  const { extras } = inputs;
  if (extras.flag(`${storage}.provisionedThroughput.enabled`, false)) {
    extras.refuse("provisioned throughput has no price in the list", `${storage}.provisionedThroughput`);
  }
  if (extras.text("enhancedMonitoring", "DEFAULT") !== "DEFAULT") {
    extras.refuse("enhanced monitoring bills by its metrics", "enhancedMonitoring");
  }
  const access = "brokerNodeGroupInfo.connectivityInfo.publicAccess.type";
  const isPublic = extras.text(access, "DISABLED") !== "DISABLED";
  const item = `broker storage, ${countedText(brokers, amountText(gb, "GB"))}`;
  return inputs.or([
    ...(isPublic ? serviceAddresses(brokers, inputs, `set ${access} to DISABLED`, UNSURE) : []),
    ...hourly(`${type} broker`, `msk/broker/${type}`, place, brokers, {
      lever: "use kafka.t3.small",
      leaves: { price: "msk/broker/kafka.t3.small" },
    }),
    ...(gb > 0 ? stored(item, "msk/storage", place, gb * brokers) : []),
  ]);
};

export const kafkaServerlessMeters: Formula = (cluster, stack) =>
  hourly("serverless Kafka cluster", "msk/serverless-cluster", stack.regionOf(cluster), 1, {
    note: "every partition bills on top",
    lever: "use two kafka.t3.small brokers",
    leaves: "untold",
  });

export const kafkaReplicatorMeters: Formula = (replicator, stack) =>
  hourly("Kafka replicator", "msk/replicator", stack.regionOf(replicator));

/** A connector runs its units all the time: those of each worker, times the workers, at least. */
export const kafkaConnectorMeters: Formula = (connector, stack) => {
  const place = stack.regionOf(connector);
  const inputs = new Inputs(connector.properties, place);
  const scaled = at(connector.properties, "capacity", "autoscaling") !== undefined;
  const path = scaled ? "capacity.autoscaling" : "capacity.provisionedCapacity";
  const workers = inputs.number(scaled ? `${path}.minWorkerCount` : `${path}.workerCount`);
  const units = workers * inputs.number(`${path}.mcuCount`, 1);
  return inputs.or(hourly("connector unit", "msk/connect-unit", place, units));
};

/** A RabbitMQ cluster keeps every message on each of its nodes. */
const BROKER_NODES: Readonly<Record<string, number>> = {
  "active-standby-multi-az": 2,
  "cluster-multi-az": 3,
};

/** A broker's deployment has one price for all of its nodes. */
export const brokerMeters: Formula = (broker, stack) => {
  const place = stack.regionOf(broker);
  const inputs = new Inputs(broker.properties, place);
  const engine = inputs.text("engineType").toLowerCase();
  const type = inputs.text("hostInstanceType");
  const mode = inputs.text("deploymentMode", "SINGLE_INSTANCE").toLowerCase().replaceAll("_", "-");
  const item = `${type} ${engine} broker, ${mode.replaceAll("-", " ")}`;
  const hours = hourly(item, `mq/${engine}/${mode}/${type}`, place, 1, {
    note: "messages that wait come on top",
    lever: "use a single instance, or a smaller type",
    leaves: "untold",
  });
  const nodes = BROKER_NODES[mode] ?? 1;
  const addresses = publicAddresses(nodes, inputs, UNSURE);
  if (engine !== "rabbitmq") return inputs.or([...hours, ...addresses]);
  const gb = stack.assumptions.databaseGb;
  const storage = `broker storage, ${countedText(nodes, amountText(gb, "GB"))} assumed`;
  return inputs.or([...hours, ...stored(storage, "mq/rabbitmq-storage", place, gb * nodes), ...addresses]);
};

/** What AWS reserves where a replication instance names no size. */
const REPLICATION_STORAGE_GB = 50;

export const replicationInstanceMeters: Formula = (instance, stack) => {
  const place = stack.regionOf(instance);
  const inputs = new Inputs(instance.properties, place);
  const type = inputs.text("replicationInstanceClass");
  const zones = inputs.flag("multiAz", false);
  const gb = inputs.number("allocatedStorage", REPLICATION_STORAGE_GB);
  const addresses = publicAddresses(zones ? 2 : 1, inputs);
  const suffix = zones ? "-multi-az" : "";
  const where = zones ? ", Multi-AZ" : "";
  return inputs.or([
    ...hourly(`${type} replication instance${where}`, `dms/instance${suffix}/${type}`, place, 1, {
      lever: "delete it once the data is moved",
    }),
    ...stored(`replication storage, ${amountText(gb, "GB")}${where}`, `dms/storage${suffix}`, place, gb),
    ...addresses,
  ]);
};

/** Idle tables hold what has left the memory store, which is all of it once nothing is written. */
export const timestreamTableMeters: Formula = (table, stack) => {
  const gb = stack.assumptions.tableGb;
  const item = `time series storage, ${amountText(gb, "GB")} assumed`;
  return stored(item, "timestream/magnetic-storage", stack.regionOf(table), gb);
};
