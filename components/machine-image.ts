import * as ssm from "@pulumi/aws/ssm";
import type * as pulumi from "@pulumi/pulumi";
import { lookUp } from "./look-up";

export type MachineArchitecture = "arm64" | "x86_64";

/**
 * The newest Amazon Linux 2023 image of the provider's region, by AWS's public parameter (Systems Manager user
 * guide, "Calling AMI public parameters").
 *
 * @throws pulumi.RunError when the region has no such parameter.
 */
export async function machineImageId(
  architecture: MachineArchitecture,
  opts: { readonly provider: pulumi.ProviderResource },
): Promise<string> {
  const name = `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`;
  const { insecureValue, value } = await lookUp(
    "the Amazon Linux 2023 image",
    ssm.getParameter({ name, withDecryption: false }, opts),
    "check the region and the permission ssm:GetParameter",
  );
  // `value` is marked as a secret whatever it holds; an image's id is none.
  return insecureValue === "" ? value : insecureValue;
}
