import * as apigatewayv2 from "@pulumi/aws/apigatewayv2";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "./child-options";

export interface ApiDomainArgs {
  /** The host name that clients and checkers use. */
  readonly domainName: pulumi.Input<string>;
  /** A certificate of this region that is already validated. */
  readonly certificateArn: pulumi.Input<string>;
  readonly apiId: pulumi.Input<string>;
  readonly stageName: pulumi.Input<string>;
}

/** A host name of an HTTP API: a regional custom domain for IPv4 and IPv6, mapped to one stage. */
export class ApiDomain extends pulumi.ComponentResource {
  /** What an alias record for the name points at. */
  readonly target: { readonly dnsName: pulumi.Output<string>; readonly zoneId: pulumi.Output<string> };

  constructor(name: string, args: ApiDomainArgs, opts?: pulumi.ComponentResourceOptions) {
    super("warm-standby:components:ApiDomain", name, {}, opts);
    const domain = new apigatewayv2.DomainName(
      `${name}-name`,
      {
        domainName: args.domainName,
        domainNameConfiguration: {
          certificateArn: args.certificateArn,
          endpointType: "REGIONAL",
          securityPolicy: "TLS_1_2",
          ipAddressType: "dualstack",
        },
      },
      childOptions(this, opts),
    );
    new apigatewayv2.ApiMapping(
      `${name}-mapping`,
      { apiId: args.apiId, domainName: domain.id, stage: args.stageName },
      childOptions(this, opts),
    );

    this.target = {
      dnsName: domain.domainNameConfiguration.targetDomainName,
      zoneId: domain.domainNameConfiguration.hostedZoneId,
    };
    this.registerOutputs({ target: this.target });
  }
}
