import { isPresent } from "../../../model/property";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown, type PropertyValue } from "../../../model/unknown";
import type { Meter, Place } from "../meter";
import type { PricedStack } from "../priced-stack";
import { attachedVolumes, rootVolumeMeters } from "./ebs";
import { unknownInput, unpriced } from "./formula";
import { imageLicence } from "./licence";
import {
  addressMeters,
  mappedVolumes,
  monitoringMeters,
  type OwnDevices,
  optimizedMeters,
  tenancyProblem,
} from "./machine";
import { at, booleanAt, stringAt } from "./read";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
/** Where a template declares its volumes. */
export const TEMPLATE_DEVICES = "blockDeviceMappings";
const CONFIGURATION = "aws:ec2/launchConfiguration:LaunchConfiguration";

/** What a launch template or configuration of the stack says about the machines that it starts. */
export interface Launch {
  readonly instanceType: MaybeUnknown<string> | undefined;
  /** Everything besides the hours: volumes, addresses, monitoring. */
  readonly extras: (count: number, subnets: MaybeUnknown<boolean>, own?: OwnSettings) => Meter[];
}

/** What a machine says itself, which then counts there and not here. */
export interface OwnSettings {
  readonly devices: OwnDevices;
  readonly tenancy: boolean;
  readonly monitoring: boolean;
  readonly image: boolean;
}

/** Where a resource names its template: the object, and its properties with the id and the name. */
export interface TemplateReference {
  readonly path: string;
  readonly id: string;
  readonly name: string;
}

/** By id or by what it was computed from, else by name. */
export function launchTemplate(
  resource: StackResource,
  reference: TemplateReference,
  stack: PricedStack,
  holder: PropertyValue = at(resource.properties, ...reference.path.split(".")),
): StackResource | undefined {
  const [property = reference.path] = reference.path.split(".");
  const name = stringAt(holder, reference.name);
  if (typeof name === "string" && name !== "") {
    const named = stack.named(resource, TEMPLATE, "name", name);
    if (named) return stack.asWritten(named);
  }
  const id = stringAt(holder, reference.id);
  const found = isPresent(id) ? stack.references(resource, property, TEMPLATE, id) : [];
  const candidates = found.length > 0 ? found : stack.sourcesOf(resource, property, TEMPLATE);
  const [only] = candidates;
  return candidates.length === 1 && only ? stack.asWritten(only) : undefined;
}

export function templateLaunch(template: StackResource, place: Place, stack: PricedStack): Launch {
  const { properties } = template;
  const asked = booleanAt(properties, "networkInterfaces", 0, "associatePublicIpAddress");
  const instanceType = stringAt(properties, "instanceType");
  const optimized = booleanAt(properties, "ebsOptimized");
  return {
    instanceType,
    extras: (count, subnets, own) => [
      ...optimizedMeters(instanceType, optimized, "ebsOptimized", place, stack, count),
      ...(own?.image || count === 0 ? [] : imageLicence(template, "imageId", place, stack)),
      ...(own?.tenancy
        ? []
        : tenancyProblem(stringAt(properties, "placement", "tenancy"), "placement.tenancy", place)),
      ...mappedVolumes(properties, TEMPLATE_DEVICES, {
        place,
        count,
        rootGb: stack.assumptions.rootVolumeGb,
        own: own?.devices,
      }),
      ...(own?.monitoring
        ? []
        : monitoringMeters(
            booleanAt(properties, "monitoring", "enabled") ?? false,
            "monitoring.enabled",
            place,
            count,
          )),
      ...addressMeters(asked ?? subnets, "networkInterfaces[0].associatePublicIpAddress", place, count),
    ],
  };
}

/** A launch configuration turns detailed monitoring on unless told otherwise. */
export function configurationLaunch(configuration: StackResource, place: Place, stack: PricedStack): Launch {
  const { properties } = configuration;
  const asked = booleanAt(properties, "associatePublicIpAddress");
  const instanceType = stringAt(properties, "instanceType");
  const optimized = booleanAt(properties, "ebsOptimized");
  return {
    instanceType,
    extras: (count, subnets) => [
      ...optimizedMeters(instanceType, optimized, "ebsOptimized", place, stack, count),
      ...(count === 0 ? [] : imageLicence(configuration, "imageId", place, stack)),
      ...tenancyProblem(stringAt(properties, "placementTenancy"), "placementTenancy", place),
      ...rootVolumeMeters(at(properties, "rootBlockDevice"), stack, {
        place,
        path: "rootBlockDevice.",
        count,
      }),
      ...attachedVolumes(properties, place, count),
      ...monitoringMeters(
        booleanAt(properties, "enableMonitoring") ?? true,
        "enableMonitoring",
        place,
        count,
      ),
      ...addressMeters(asked ?? subnets, "associatePublicIpAddress", place, count),
    ],
  };
}

/** The launch configuration that a group names. */
export function launchConfiguration(resource: StackResource, stack: PricedStack): StackResource | undefined {
  const name = stringAt(resource.properties, "launchConfiguration");
  const found =
    stack.reference(resource, "launchConfiguration", CONFIGURATION) ??
    (typeof name === "string" ? stack.named(resource, CONFIGURATION, "name", name) : undefined);
  return found ? stack.asWritten(found) : undefined;
}

/** The type's text, or the meter that says why there is none. */
export function instanceTypeOf(launch: Launch, path: string, place: Place): string | Meter {
  const { instanceType } = launch;
  if (isUnknown(instanceType)) return unknownInput(path, place);
  return instanceType ? instanceType : unpriced("its launch template names no instance type", path, place);
}
