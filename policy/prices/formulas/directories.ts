import type { StackResource } from "../../../model/stack-resource";
import type { Place } from "../meter";
import type { PricedStack } from "../priced-stack";
import { amountText, type Formula, hourly, monthly, stored, unpriced } from "./formula";
import { Inputs } from "./inputs";

const DIRECTORY = "aws:directoryservice/directory:Directory";
const NO_DIRECTORY = "its directory is not in this stack, so its edition cannot be read";

/** Prices are for the two controllers that every directory has. */
const CONTROLLERS_INCLUDED = 2;

/** Directory Service sells Microsoft's directory by edition, the others by size; its defaults are the dear ones. */
export const directoryMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const kind = directoryKind(inputs);
  const controllers = kind.microsoft
    ? inputs.number("desiredNumberOfDomainControllers", 2)
    : CONTROLLERS_INCLUDED;
  return inputs.or(controllerMeters(kind, Math.max(controllers, CONTROLLERS_INCLUDED), place));
};

/** The same controllers once more in another region. */
export const directoryRegionMeters: Formula = (resource, stack) => {
  const directory = directoryOf(resource, stack);
  const here = stack.regionOf(resource);
  if (!directory) return [unpriced(NO_DIRECTORY, "directoryId", here)];
  const inputs = new Inputs(resource.properties, here);
  const region = inputs.text("regionName");
  const controllers = inputs.number("desiredNumberOfDomainControllers", 2);
  const ofDirectory = new Inputs(stack.asWritten(directory).properties, region);
  const kind = directoryKind(ofDirectory);
  if (!inputs.sound) return inputs.or([]);
  return ofDirectory
    .or(controllerMeters(kind, Math.max(controllers, CONTROLLERS_INCLUDED), region))
    .map((meter) => ({ ...meter, replica: true }));
};

/** Bills for every account that it is shared with. */
export const sharedDirectoryMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const directory = directoryOf(resource, stack);
  if (!directory) return [unpriced(NO_DIRECTORY, "directoryId", place)];
  const inputs = new Inputs(stack.asWritten(directory).properties, place);
  const { size } = directoryKind(inputs);
  return inputs.or(
    monthly(`directory shared with an account, ${size}`, `directory-service/sharing/${size}`, place),
  );
};

interface DirectoryKind {
  readonly microsoft: boolean;
  readonly family: string;
  readonly size: string;
}

const FAMILIES = new Map([
  ["SimpleAD", "simple-ad"],
  ["ADConnector", "ad-connector"],
]);

function directoryKind(inputs: Inputs): DirectoryKind {
  const type = inputs.text("type", "SimpleAD");
  if (type === "MicrosoftAD") {
    return {
      microsoft: true,
      family: "microsoft-ad",
      size: inputs.text("edition", "Enterprise").toLowerCase(),
    };
  }
  return {
    microsoft: false,
    family: FAMILIES.get(type) ?? type.toLowerCase(),
    size: inputs.text("size", "Large").toLowerCase(),
  };
}

function controllerMeters({ microsoft, family, size }: DirectoryKind, controllers: number, place: Place) {
  return stored(
    `${family} ${size}, ${controllers} controllers`,
    `directory-service/${family}/${size}`,
    place,
    controllers / CONTROLLERS_INCLUDED,
    microsoft && size === "enterprise"
      ? { lever: "set edition to Standard", leaves: { price: `directory-service/${family}/standard` } }
      : {},
  );
}

function directoryOf(resource: StackResource, stack: PricedStack): StackResource | undefined {
  return stack.reference(resource, "directoryId", DIRECTORY);
}

/** GB of the volumes that a desktop's bundle includes. */
const DESKTOP_ROOT_GB = 80;
const DESKTOP_USER_GB = new Map([
  ["VALUE", 10],
  ["STANDARD", 50],
]);

/** A desktop by the month. One that stops by itself bills a base and its hours, which have no row. */
export const workspaceMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  if (!inputs.has("workspaceProperties")) inputs.refuse("its bundle decides its size", "workspaceProperties");
  const compute = inputs.text("workspaceProperties.computeTypeName", "VALUE");
  const mode = inputs.text("workspaceProperties.runningMode", "ALWAYS_ON");
  const root = inputs.extras.number("workspaceProperties.rootVolumeSizeGib", DESKTOP_ROOT_GB);
  const included = DESKTOP_USER_GB.get(compute) ?? Number.POSITIVE_INFINITY;
  const user = inputs.extras.number("workspaceProperties.userVolumeSizeGib", 0);
  if (root > DESKTOP_ROOT_GB || user > included) {
    inputs.extras.refuse("volumes larger than the bundle's have no price in the list", "workspaceProperties");
  }
  const price = `workspaces/${mode}/${compute}`.toLowerCase().replace("_", "-");
  return inputs.or(monthly(`${compute} desktop, ${mode}`, price, place));
};

/** Instances that wait for users; On-Demand ones wait at a lower rate, which has no row. */
export const streamingFleetMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const fleet = inputs.text("fleetType", "ON_DEMAND");
  const type = inputs.text("instanceType");
  if (fleet === "ELASTIC") inputs.refuse("an Elastic fleet has no price in the list", "fleetType");
  const path = inputs.has("computeCapacity.desiredSessions") ? "desiredSessions" : "desiredInstances";
  if (path === "desiredSessions") {
    inputs.refuse(
      "sessions are not instances, and their number is not told",
      "computeCapacity.desiredSessions",
    );
  }
  const count =
    path === "desiredInstances" && fleet !== "ELASTIC" ? inputs.number(`computeCapacity.${path}`) : 0;
  const note = "priced as running; an On-Demand fleet costs less while nobody is connected";
  return inputs.or(
    hourly(`${type} instance of a fleet`, `appstream/instance/${type}`, place, count, {
      ...(fleet === "ALWAYS_ON" ? { lever: "set fleetType to ON_DEMAND" } : { note }),
    }),
  );
};

/** Editors and viewers bill by the head in each month in which they sign in. */
export const grafanaMeters: Formula = (resource, stack) => {
  const users = stack.assumptions.workspaceUsers;
  return stored(
    `Grafana editors, ${amountText(users, users === 1 ? "user" : "users")} assumed`,
    "grafana/editor",
    stack.regionOf(resource),
    users,
    { note: "a workspace that nobody signs in to in a month is free" },
  );
};
