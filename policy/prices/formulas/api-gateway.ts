import { HOURS_PER_MONTH } from "../../../model/money";
import { stringAt } from "../../../model/property";
import { isUnknown } from "../../../model/unknown";
import { type Formula, unknownInput, unpriced } from "./formula";
import { Inputs } from "./inputs";

/** A REST stage is free unless it has a cache, which bills by the hour and by its size. */
export const restStageMeters: Formula = (resource, stack) => {
  const { properties } = resource;
  const place = stack.regionOf(resource);
  const inputs = new Inputs(properties, place);
  const cached = inputs.flag("cacheClusterEnabled", false);
  if (!inputs.sound || !cached) return inputs.or([]);
  // A number in some programs, text in the provider's own schema.
  const size = stringAt(properties, "cacheClusterSize") ?? properties.cacheClusterSize;
  if (isUnknown(size)) return [unknownInput("cacheClusterSize", place)];
  if (typeof size !== "string" && typeof size !== "number") {
    return [unpriced("cacheClusterSize is not set", "cacheClusterSize", place)];
  }
  return [
    {
      kind: "metered",
      item: `stage cache, ${size} GB`,
      price: `api-gateway/rest-cache/${size}`,
      place,
      quantity: HOURS_PER_MONTH,
      lever: "set cacheClusterEnabled to false",
    },
  ];
};
