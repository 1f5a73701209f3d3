import { isPresent } from "../../../model/property";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown } from "../../../model/unknown";
import type { Meter, Place } from "../meter";
import type { PricedStack } from "../priced-stack";
import { unknownInput, unpriced } from "./formula";
import { booleanAt, stringAt } from "./read";

export const WINDOWS_LICENCE = "a Windows instance's licence has no price in the list";

/**
 * What a licence adds to the hours of a machine whose own properties say that it runs Windows: only Windows instances
 * have password data (EC2 API, GetPasswordData). Absent or false says nothing.
 */
export function windowsLicence({ properties }: StackResource, place: Place): Meter[] {
  const asked = booleanAt(properties, "getPasswordData");
  const data = stringAt(properties, "passwordData");
  if (typeof data === "string" && data !== "") return [unpriced(WINDOWS_LICENCE, "passwordData", place)];
  if (isUnknown(asked)) return [unknownInput("getPasswordData", place)];
  return asked ? [unpriced(WINDOWS_LICENCE, "getPasswordData", place)] : [];
}

const IMAGES: readonly string[] = [
  "aws:ec2/ami:Ami",
  "aws:ec2/amiCopy:AmiCopy",
  "aws:ec2/amiFromInstance:AmiFromInstance",
];
/** Platforms that bill as Linux does (EC2 user guide, "AMI billing information fields"). */
const WITHOUT_LICENCE: readonly string[] = ["", "Linux/UNIX", "Windows BYOL"];

/** The same where an image of the stack says it; what image an id stands for is not told otherwise. */
export function imageLicence(
  machine: StackResource,
  property: "ami" | "imageId",
  place: Place,
  stack: PricedStack,
): Meter[] {
  if (!isPresent(machine.properties[property])) return [];
  for (const type of IMAGES) {
    const image = stack.reference(machine, property, type);
    const platform = image && stringAt(stack.asWritten(image).properties, "platformDetails");
    if (typeof platform !== "string" || WITHOUT_LICENCE.includes(platform)) continue;
    return [unpriced(`the licence of an image of ${platform} has no price in the list`, property, place)];
  }
  return [];
}
