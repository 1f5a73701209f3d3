import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import type { RequestIntervalSeconds } from "../model/health-check";
import { childOptions } from "./child-options";
import { dnsTags } from "./dns-tags";

/** What checkers ask: an endpoint's own name or address, never the name that fails over, which would follow itself. */
export type ProbedEndpoint =
  | { readonly kind: "host"; readonly hostName: pulumi.Input<string> }
  | {
      readonly kind: "address";
      readonly ipAddress: pulumi.Input<string>;
      /**
       * What the endpoint is called as: Host header and, over TLS, server name. It is not looked up, so it may be the
       * name that fails over (API reference, HealthCheckConfig FullyQualifiedDomainName). @default the address
       */
      readonly hostName?: pulumi.Input<string>;
    };

export interface EndpointHealthCheckArgs {
  readonly endpoint: ProbedEndpoint;
  /** What the console calls the check. */
  readonly displayName: pulumi.Input<string>;
  readonly path: string;
  /** @default 443 for HTTPS, 80 for HTTP */
  readonly port?: number;
  readonly timing: {
    readonly type: "HTTPS" | "HTTP";
    readonly requestIntervalSeconds: RequestIntervalSeconds;
    /** 1 to 10 consecutive results. */
    readonly failureThreshold: number;
  };
}

/** Route 53's checkers on one HTTP or HTTPS endpoint. They validate no certificate (developer guide). */
export class EndpointHealthCheck extends pulumi.ComponentResource {
  readonly healthCheckId: pulumi.Output<string>;

  constructor(name: string, args: EndpointHealthCheckArgs, opts?: pulumi.ComponentResourceOptions) {
    super("warm-standby:components:EndpointHealthCheck", name, {}, opts);
    const isHttps = args.timing.type === "HTTPS";
    const { endpoint } = args;
    const check = new route53.HealthCheck(
      `${name}-check`,
      {
        type: args.timing.type,
        ...(endpoint.kind === "address" ? { ipAddress: endpoint.ipAddress } : {}),
        ...(endpoint.hostName === undefined ? {} : { fqdn: endpoint.hostName }),
        port: args.port ?? (isHttps ? 443 : 80),
        resourcePath: args.path,
        // API Gateway and CloudFront answer nothing without the server name in the handshake.
        ...(isHttps ? { enableSni: endpoint.hostName !== undefined } : {}),
        requestInterval: args.timing.requestIntervalSeconds,
        failureThreshold: args.timing.failureThreshold,
        tags: { ...dnsTags("global"), Name: args.displayName },
      },
      childOptions(this, opts),
    );

    this.healthCheckId = check.id;
    this.registerOutputs({ healthCheckId: this.healthCheckId });
  }
}
