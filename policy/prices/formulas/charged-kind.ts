import { isPresent } from "../../../model/property";
import { isUnknown } from "../../../model/unknown";
import { type Formula, unknownInput, unpriced } from "./formula";
import { Inputs } from "./inputs";
import { at } from "./read";

/** The flow in which a machine signs in, and the only one whose clients are charged (Amazon Cognito pricing). */
const MACHINE_FLOW = "client_credentials";

/** A client is free; its users are charged as they sign in. */
export const userPoolClientMeters: Formula = (client, stack) => {
  const path = "allowedOauthFlows";
  const place = stack.regionOf(client);
  const inputs = new Inputs(client.properties, place);
  const flows = inputs.list(path);
  if (flows.some(isUnknown)) inputs.unknown(path);
  if (flows.includes(MACHINE_FLOW)) {
    inputs.refuse(
      `a client of the ${MACHINE_FLOW} flow is charged by the month, and its price is not in the list`,
      path,
    );
  }
  return inputs.or([]);
};

/**
 * Add-ons that bill nothing of their own: AWS's for networks, storage and identity, and those of the community that
 * AWS builds (Amazon EKS user guide, "AWS add-ons" and "Community add-ons"; EKS pricing has no charge for them). They
 * run on the nodes of the cluster, which bill anyway. AWS's agents of CloudWatch, GuardDuty, Network Flow Monitor and
 * OpenTelemetry send what is charged, and are not among them.
 */
const FREE_ADDONS: readonly string[] = [
  "aws-ebs-csi-driver",
  "aws-efs-csi-driver",
  "aws-fsx-csi-driver",
  "aws-mountpoint-s3-csi-driver",
  "aws-secrets-store-csi-driver-provider",
  "cert-manager",
  "coredns",
  "eks-node-monitoring-agent",
  "eks-pod-identity-agent",
  "external-dns",
  "kube-proxy",
  "kube-state-metrics",
  "metrics-server",
  "prometheus-node-exporter",
  "snapshot-controller",
  "vpc-cni",
];

/** Free by its name; what is sold in the marketplace or sends what is charged has no price here. */
export const addonMeters: Formula = (addon, stack) => {
  const inputs = new Inputs(addon.properties, stack.regionOf(addon));
  const name = inputs.text("addonName");
  if (inputs.sound && !FREE_ADDONS.includes(name)) {
    inputs.refuse(`${name} is not one of the add-ons that are known to be free`, "addonName");
  }
  return inputs.or([]);
};

/** Where each destination says that it lies in a VPC (Firehose API reference, CreateDeliveryStream). */
const VPC_DELIVERIES = [
  ["elasticsearchConfiguration", "vpcConfig"],
  ["opensearchConfiguration", "vpcConfig"],
  ["opensearchserverlessConfiguration", "vpcConfig"],
  ["snowflakeConfiguration", "snowflakeVpcConfiguration"],
] as const;

/** Charged by the GB that it takes in; delivery into a VPC by the hour and zone too (Amazon Data Firehose pricing). */
export const deliveryStreamMeters: Formula = ({ properties }) => {
  for (const path of VPC_DELIVERIES) {
    const delivery = at(properties, ...path);
    if (isUnknown(delivery)) return [unknownInput(path.join("."))];
    if (isPresent(delivery) && !(Array.isArray(delivery) && delivery.length === 0)) {
      const why = "delivery into a VPC is charged by the hour and zone, at a price that is not in the list";
      return [unpriced(why, path.join("."))];
    }
  }
  return [];
};

/** What outsiders can reach is analysed for nothing (IAM Access Analyzer pricing). */
const FREE_ANALYSES: readonly string[] = ["ACCOUNT", "ORGANIZATION"];

/** Unused and internal access are charged by the month for every role, user and resource that is watched. */
export const analyzerMeters: Formula = (analyzer, stack) => {
  const inputs = new Inputs(analyzer.properties, stack.regionOf(analyzer));
  const type = inputs.text("type", "ACCOUNT");
  if (!FREE_ANALYSES.includes(type)) {
    inputs.refuse(
      `an analysis of ${type} is charged by the month for what it watches in the account, which this stack does not show`,
      "type",
    );
  }
  return inputs.or([]);
};

/** A schedule runs what it runs without any request; only a disabled one is idle. */
export const scheduleMeters: Formula = (schedule, stack) => {
  const inputs = new Inputs(schedule.properties, stack.regionOf(schedule));
  if (inputs.text("state", "ENABLED") === "DISABLED" || !inputs.sound) return inputs.or([]);
  inputs.refuse(
    "it is charged by what its schedule starts, with or without requests, so no price is known beforehand; set state to DISABLED",
    "state",
  );
  return inputs.or([]);
};
