import { type PropertyValue, UNKNOWN } from "../../../model/unknown";

/** What stands in no property that AWS defines, and what nobody knows: rules have to stand all of it anywhere. */
export const ABSURD_VALUES: readonly PropertyValue[] = [
  null,
  true,
  -1,
  Number.NaN,
  1e300,
  "",
  " ",
  "\0",
  [],
  [null, 7],
  [null, {}],
  {},
  { a: [] },
  UNKNOWN,
];
