import { HOURS_PER_MONTH } from "../../../model/money";
import type { Place } from "../meter";
import type { PricedStack } from "../priced-stack";
import { type Formula, hourly, monthly, stored } from "./formula";
import { Inputs } from "./inputs";
import { stringAt } from "./read";

/** Bills by the day from its first day. */
export const budgetActionMeters: Formula = () =>
  stored("budget action", "budgets/action", "us-east-1", HOURS_PER_MONTH / 24, {
    note: "the first two of an account are free, which is not counted on",
  });

export const responsePlanMeters: Formula = (resource, stack) =>
  monthly("incident response plan", "incident-manager/response-plan", stack.regionOf(resource));

const SETTING = "aws:ssm/serviceSetting:ServiceSetting";
const TIER_SETTING = "/ssm/managed-instance/activation-tier";
/** Nodes that an account can have in the standard tier. */
const STANDARD_NODES = 1000;

const standardTiers = new WeakMap<PricedStack, ReadonlySet<Place>>();

/** Regions in which the stack itself chooses the standard tier. */
function standardTierPlaces(stack: PricedStack): ReadonlySet<Place> {
  const known = standardTiers.get(stack);
  if (known) return known;
  const chosen = stack
    .ofType(SETTING)
    .filter(({ properties }) => {
      const id = stringAt(properties, "settingId");
      return (
        typeof id === "string" &&
        id.endsWith(TIER_SETTING) &&
        stringAt(properties, "settingValue") === "standard"
      );
    })
    .map((setting) => stack.regionOf(setting))
    .filter((place) => typeof place === "string");
  const places = new Set<Place>(chosen);
  standardTiers.set(stack, places);
  return places;
}

/**
 * Nodes outside AWS are free in the standard tier and bill by the hour in the advanced one. The tier is a
 * setting of the account and region, so the dearer one is taken unless the stack sets it.
 */
export const activationMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const nodes = inputs.number("registrationLimit", 1);
  if (standardTierPlaces(stack).has(place) && nodes <= STANDARD_NODES) return inputs.or([]);
  return inputs.or(
    hourly("managed node outside AWS", "ssm/advanced-node", place, nodes, {
      note: "priced in the advanced tier, which the account may not have, at the registration limit",
      lever: "set the service setting activation-tier to standard, or lower registrationLimit",
    }),
  );
};

/** Every protocol bills by the hour, stopped or not. */
export const transferServerMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const protocols = Math.max(inputs.list("protocols").length, 1);
  return inputs.or(
    hourly("protocol of a transfer server", "transfer/protocol", place, protocols, {
      note: "billed while it is stopped, too",
      lever: "serve one protocol, or delete the server while it is not needed",
    }),
  );
};

export const transferAppMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const units = inputs.number("webAppUnits.0.provisioned", 1);
  return inputs.or(hourly("unit of a transfer web app", "transfer/web-app-unit", place, units));
};
