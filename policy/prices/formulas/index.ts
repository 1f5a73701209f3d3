import type { Formula } from "./formula";
import { INFRASTRUCTURE_FORMULAS } from "./infrastructure";
import { SERVICE_FORMULAS } from "./services";

/** Every type whose idle price depends on its inputs. Types without one are in the tables of `../classes/`. */
export const FORMULAS: Readonly<Record<string, Formula>> = {
  ...INFRASTRUCTURE_FORMULAS,
  ...SERVICE_FORMULAS,
};
