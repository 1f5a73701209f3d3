import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "./child-options";
import { dnsTags } from "./dns-tags";

export interface AnyHealthyCheckArgs {
  /** 2 to 255 checks of endpoints (developer guide, values of calculated health checks). */
  readonly healthCheckIds: readonly pulumi.Input<string>[];
  /** What the console calls the check. */
  readonly displayName: pulumi.Input<string>;
}

/** A check that is healthy while any of several is: what an alarm on the loss of all of them asks. */
export class AnyHealthyCheck extends pulumi.ComponentResource {
  readonly healthCheckId: pulumi.Output<string>;

  constructor(name: string, args: AnyHealthyCheckArgs, opts?: pulumi.ComponentResourceOptions) {
    super("warm-standby:components:AnyHealthyCheck", name, {}, opts);
    const check = new route53.HealthCheck(
      `${name}-check`,
      {
        type: "CALCULATED",
        childHealthchecks: [...args.healthCheckIds],
        childHealthThreshold: 1,
        tags: { ...dnsTags("global"), Name: args.displayName },
      },
      childOptions(this, opts),
    );
    this.healthCheckId = check.id;
    this.registerOutputs({ healthCheckId: this.healthCheckId });
  }
}
