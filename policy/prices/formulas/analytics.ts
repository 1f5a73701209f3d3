import { amountText, type Formula, hourly, monthly, stored } from "./formula";
import { Inputs } from "./inputs";

/** Processing units of one worker of a development endpoint. */
const WORKER_DPUS = new Map([
  ["Standard", 1],
  ["G.1X", 1],
  ["G.2X", 2],
]);
const ENDPOINT_DPUS = 5;

/** Runs until it is deleted. */
export const devEndpointMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const worker = inputs.text("workerType", "");
  const perWorker = worker === "" ? 1 : WORKER_DPUS.get(worker);
  if (perWorker === undefined) inputs.refuse(`a ${worker} worker has no price in the list`, "workerType");
  const count =
    worker === "" ? inputs.number("numberOfNodes", ENDPOINT_DPUS) : inputs.number("numberOfWorkers");
  return inputs.or(
    hourly("DPU of a development endpoint", "glue/dpu", place, count * (perWorker ?? 0), {
      lever: "use an interactive session, which stops by itself",
    }),
  );
};

/** Reserved units bill by the hour until the reservation is cancelled. */
export const queryCapacityMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const units = inputs.number("targetDpus");
  return inputs.or(hourly("reserved query DPU", "athena/dpu", place, units));
};

const WORKERS_INCLUDED = 1;
const SCHEDULERS_INCLUDED = 2;
const WEB_SERVERS_INCLUDED = 2;

/** The environment with one worker, two schedulers and two web servers; more of them bill by the hour. */
export const workflowMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const size = inputs.text("environmentClass", "mw1.small");
  const workers = inputs.number("minWorkers", WORKERS_INCLUDED);
  const schedulers = inputs.number("schedulers", SCHEDULERS_INCLUDED);
  if (inputs.extras.number("minWebservers", WEB_SERVERS_INCLUDED) > WEB_SERVERS_INCLUDED) {
    inputs.extras.refuse("further web servers have no price in the list", "minWebservers");
  }
  const gb = stack.assumptions.databaseGb;
  return inputs.or([
    ...hourly(`${size} Airflow environment`, `mwaa/environment/${size}`, place),
    ...hourly("further worker", `mwaa/worker/${size}`, place, Math.max(workers - WORKERS_INCLUDED, 0), {
      lever: "set minWorkers to 1",
    }),
    ...hourly(
      "further scheduler",
      `mwaa/scheduler/${size}`,
      place,
      Math.max(schedulers - SCHEDULERS_INCLUDED, 0),
      {
        lever: "set schedulers to 2",
      },
    ),
    ...stored(`metadata database, ${amountText(gb, "GB")} assumed`, "mwaa/metadata-database", place, gb),
  ]);
};

/** By the month and edition; further capacity units have no row. */
export const searchIndexMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const { extras } = inputs;
  const edition = inputs.text("edition", "ENTERPRISE_EDITION");
  const further =
    extras.number("capacityUnits.queryCapacityUnits", 0) +
    extras.number("capacityUnits.storageCapacityUnits", 0);
  if (further > 0) extras.refuse("further capacity units have no price in the list", "capacityUnits");
  return inputs.or(
    monthly(`Kendra index, ${edition}`, `kendra/${edition.toLowerCase()}`, place, 1, {
      ...(edition === "ENTERPRISE_EDITION"
        ? { lever: "set edition to DEVELOPER_EDITION", leaves: { price: "kendra/developer_edition" } }
        : {}),
    }),
  );
};
