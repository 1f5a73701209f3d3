import type { PropertyValue } from "../../../model/unknown";
import type { Meter, Place } from "../meter";
import type { PricedStack } from "../priced-stack";
import { amountText, type Formula, hourly, stored, unpriced } from "./formula";
import { Inputs } from "./inputs";
import { at } from "./read";

const CONFIGURATION = "aws:sagemaker/endpointConfiguration:EndpointConfiguration";
const NOTEBOOK_GB = 5;

/** Runs until it is stopped, and keeps its volume after that. */
export const notebookMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const type = inputs.text("instanceType");
  const gb = inputs.number("volumeSize", NOTEBOOK_GB);
  return inputs.or([
    ...hourly(`${type} notebook`, `sagemaker/notebook/${type}`, place, 1, {
      lever: "stop it while it is idle",
    }),
    ...volume("notebook volume", gb, place),
  ]);
};

/** The instances of an endpoint are those of its configuration's variants, shadows included. */
export const endpointMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const configuration = stack.reference(resource, "endpointConfigName", CONFIGURATION);
  if (!configuration) {
    return [
      unpriced(
        "its configuration is not in this stack, so its instances cannot be read",
        "endpointConfigName",
        place,
      ),
    ];
  }
  const { properties } = stack.asWritten(configuration);
  const inputs = new Inputs(properties, place);
  const meters = ["productionVariants", "shadowProductionVariants"].flatMap((path) =>
    inputs.list(path).flatMap((variant, index) => variantMeters(variant, `${path}[${index}].`, stack, place)),
  );
  if (inputs.sound && inputs.list("productionVariants").length === 0) {
    inputs.refuse("its configuration has no variants", "endpointConfigName");
  }
  return inputs.or(meters);
};

function variantMeters(variant: PropertyValue, path: string, stack: PricedStack, place: Place): Meter[] {
  const inputs = new Inputs(at(variant), place, path);
  if (inputs.has("serverlessConfig")) {
    if (inputs.number("serverlessConfig.provisionedConcurrency", 0) > 0) {
      inputs.refuse(
        "provisioned concurrency has no price in the list",
        "serverlessConfig.provisionedConcurrency",
      );
    }
    return inputs.or([]);
  }
  const type = inputs.text("instanceType");
  const scaled = inputs.number("managedInstanceScaling.minInstanceCount", 0);
  const count = Math.max(inputs.number("initialInstanceCount", 1), scaled);
  const set = inputs.has("volumeSizeInGb");
  const gb = set ? inputs.number("volumeSizeInGb") : stack.assumptions.rootVolumeGb;
  return inputs.or([
    ...hourly(`${type} of an endpoint`, `sagemaker/hosting/${type}`, place, count, {
      lever: "use a serverless variant, which bills by request",
    }),
    ...volume(`endpoint volume${set ? "" : " (size assumed)"}`, gb * count, place),
  ]);
}

/** A bill of 2023 shows one rate for the volumes of notebooks and endpoints; the row is that of notebooks. */
function volume(what: string, gb: number, place: Place): Meter[] {
  return stored(`${what}, ${amountText(gb, "GB")}`, "sagemaker/storage", place, gb);
}
