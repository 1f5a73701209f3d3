import type { Place } from "../meter";
import { amountText, type Formula, monthly, stored } from "./formula";
import { Inputs } from "./inputs";

const LEVER = "use a smaller bundle";

/** One price by the month for each bundle; the bundle is the size. */
function bundled(what: string, kind: string): Formula {
  return (resource, stack) => {
    const place = stack.regionOf(resource);
    const inputs = new Inputs(resource.properties, place);
    const bundle = inputs.text("bundleId");
    return inputs.or(
      monthly(`Lightsail ${what}, ${bundle}`, `lightsail/${kind}/${bundle.toLowerCase()}`, place, 1, {
        lever: LEVER,
        leaves: "untold",
      }),
    );
  };
}

export const lightsailInstanceMeters = bundled("instance", "instance");
export const lightsailDatabaseMeters = bundled("database", "database");
export const lightsailDistributionMeters = bundled("distribution", "distribution");
export const lightsailBucketMeters = bundled("bucket", "bucket");

/** Every node of a container service; a disabled one is not billed. */
export const lightsailContainerMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const disabled = inputs.flag("isDisabled", false);
  const power = inputs.text("power");
  const scale = inputs.number("scale");
  const nodes = monthly(`Lightsail container node, ${power}`, `lightsail/container/${power}`, place, scale);
  return inputs.or(disabled ? [] : nodes);
};

export const lightsailDiskMeters: Formula = (resource, stack) => {
  const place: Place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const gb = inputs.number("sizeInGb");
  return inputs.or(stored(`Lightsail disk, ${amountText(gb, "GB")}`, "lightsail/disk", place, gb));
};

export const lightsailBalancerMeters: Formula = (resource, stack) =>
  monthly("Lightsail load balancer", "lightsail/load-balancer", stack.regionOf(resource));
