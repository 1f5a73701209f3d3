import { HOURS_PER_MONTH } from "../../../model/money";
import type { Formula } from "./formula";
import { Inputs } from "./inputs";

/** A REST stage is free unless it has a cache, which bills by the hour and by its size. */
export const restStageMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const cached = inputs.flag("cacheClusterEnabled", false);
  if (!inputs.sound || !cached) return inputs.or([]);
  const size = inputs.numeral("cacheClusterSize");
  return inputs.or([
    {
      kind: "metered",
      item: `stage cache, ${size} GB`,
      price: `api-gateway/rest-cache/${size}`,
      place,
      quantity: HOURS_PER_MONTH,
      lever: "set cacheClusterEnabled to false",
    },
  ]);
};
