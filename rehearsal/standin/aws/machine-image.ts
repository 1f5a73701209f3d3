import { hex } from "./identifier";
import { regionNames } from "./region";

export type Architecture = "arm64" | "x86_64";

/** An Amazon Linux 2023 image as one region offers it. */
export interface MachineImage {
  readonly id: string;
  readonly name: string;
  readonly architecture: Architecture;
  readonly region: string;
  /** Public parameters that name it (Systems Manager user guide, "Calling AMI public parameters"). */
  readonly parameters: readonly string[];
  readonly rootVolumeGb: number;
}

/** Amazon's account of public images (AL2023 user guide). */
export const AMAZON_ACCOUNT_ID = "137112412989";

/** The release that the stand-in plays: a fixed one, so that two runs are equal. */
const RELEASE = "2023.9.20251117.1";
const KERNELS = ["6.1", "6.12"];

const PARAMETER_ROOT = "/aws/service/ami-amazon-linux-latest";

/** The newest images of a region, as far as the stand-in knows them. */
export function machineImages(region: string): MachineImage[] {
  const architectures: readonly Architecture[] = ["arm64", "x86_64"];
  return architectures.flatMap((architecture) =>
    ["", "minimal-"].flatMap((variant) =>
      KERNELS.map((kernel, index) => {
        const parameter = (of: string) =>
          `${PARAMETER_ROOT}/al2023-ami-${variant}kernel-${of}-${architecture}`;
        const name = `al2023-ami-${variant}${RELEASE}-kernel-${kernel}-${architecture}`;
        return {
          id: `ami-0${hex(`${region} ${name}`, 16)}`,
          name,
          architecture,
          region,
          parameters: [...(index === 0 ? [parameter("default")] : []), parameter(kernel)],
          rootVolumeGb: variant === "" ? 8 : 2,
        };
      }),
    ),
  );
}

/** An image by id, in whichever region it is; undefined for one that the stand-in does not know. */
export function findImage(id: string): MachineImage | undefined {
  for (const region of regionNames()) {
    const image = machineImages(region).find((one) => one.id === id);
    if (image) return image;
  }
  return undefined;
}

/** Processors of Graviton families carry a g behind the generation (EC2 user guide, instance type names). */
export function architectureOf(instanceType: string): Architecture {
  return /^[a-z]+\d+g|^a1\./.test(instanceType) ? "arm64" : "x86_64";
}
