import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import type { RequestIntervalSeconds } from "../model/health-check";
import { childOptions } from "./child-options";
import { dnsTags } from "./dns-tags";

export interface EndpointHealthCheckArgs {
  /** The endpoint's own host name, never the name that fails over: that would follow the failover itself. */
  readonly hostName: string;
  readonly path: string;
  readonly timing: {
    readonly type: "HTTPS";
    readonly requestIntervalSeconds: RequestIntervalSeconds;
    /** 1 to 10 consecutive results. */
    readonly failureThreshold: number;
  };
}

/** Route 53's checkers on one HTTPS endpoint. The certificate is not validated by them (developer guide). */
export class EndpointHealthCheck extends pulumi.ComponentResource {
  readonly healthCheckId: pulumi.Output<string>;

  constructor(name: string, args: EndpointHealthCheckArgs, opts?: pulumi.ComponentResourceOptions) {
    super("warm-standby:components:EndpointHealthCheck", name, {}, opts);
    const check = new route53.HealthCheck(
      `${name}-check`,
      {
        type: args.timing.type,
        fqdn: args.hostName,
        port: 443,
        resourcePath: args.path,
        // API Gateway answers nothing without the server name in the handshake.
        enableSni: true,
        requestInterval: args.timing.requestIntervalSeconds,
        failureThreshold: args.timing.failureThreshold,
        tags: { ...dnsTags("global"), Name: args.hostName },
      },
      childOptions(this, opts),
    );

    this.healthCheckId = check.id;
    this.registerOutputs({ healthCheckId: this.healthCheckId });
  }
}
