import * as pulumi from "@pulumi/pulumi";

/**
 * Options of a component's child: the parent, what the component itself waits for (Pulumi does not hand that on
 * to children), and what this child adds.
 */
export function childOptions(
  parent: pulumi.ComponentResource,
  componentOptions: pulumi.ComponentResourceOptions | undefined,
  own: pulumi.CustomResourceOptions = {},
): pulumi.CustomResourceOptions {
  return pulumi.mergeOptions({ parent, dependsOn: componentOptions?.dependsOn }, own);
}
