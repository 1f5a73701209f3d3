import { optionPriceText } from "../../prices/route53-price";
import type { RuleNote } from "../../rule";

export const note: RuleNote = {
  refuses:
    "A health check of an endpoint that Route 53's checkers cannot reach (a private, loopback, link-local, multicast or otherwise special IPv4 or IPv6 address, a host name that public DNS can never know, a name of the stack's own zone that has AAAA records and no A record, an internal load balancer, a database, cache, broker or search domain of the stack that has private addresses only, a private REST API, a function URL that wants signatures, an API by its own name where that is turned off, no address and no name at all), or that they ask in a way that fails: HTTPS with a search string and without SNI, an interval other than 10 or 30 seconds, a failure threshold outside 1 to 10, a port outside 1 to 65535, a missing search string, a text over 255 characters, a space in the path, fewer than 3 checker regions.",
  why: "The checkers are outside every VPC. A check that can never turn healthy sends everyone to the standby for ever; one that AWS refuses stops an update half way, with the records that needed it not made. AWS refuses at creation what its API model and reference forbid: special addresses, an interval below 10 or above 30, threshold, port, lengths, regions, an unknown type, an fqdn beside the address of a TCP check. The provider notices the plain numbers before that and the addresses not. Nobody refuses a host name that no public DNS server knows, a missing SNI or a space in the path: such a check is created and stays unhealthy.",
  sources: [
    {
      title: "Route 53 API reference, HealthCheckConfig: address ranges, limits, EnableSNI",
      url: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html",
    },
    {
      title: "Route 53 developer guide, values that you specify when you create or update health checks",
      url: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html",
    },
    {
      title: "Route 53 API reference, CreateHealthCheck: health checkers are outside the VPC",
      url: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHealthCheck.html",
    },
    {
      title: "API Gateway developer guide, disable the default endpoint for REST APIs: clients receive 403",
      url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html",
    },
    {
      title:
        "RDS user guide, hiding a DB instance in a VPC from the internet: its name resolves to a private address",
      url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
    },
  ],
  lever: `Probe the endpoint's own public host name or its Elastic IP. \`enableSni: true\`, threshold, port, path, search string and regions change in place and cost nothing; the interval and the type replace the check, and the 10 second interval or a search string is an option at ${optionPriceText("aws")} for an endpoint in AWS and ${optionPriceText("other")} for another. A private endpoint is watched by an alarm on its metric and a check of type CLOUDWATCH_METRIC.`,
  whenUnknown:
    "An address or a name that is computed from a resource which does not exist yet is an advisory at preview and judged again at `pulumi up`. What the program leaves out and the provider fills in counts as left out.",
  limits: [
    "A public name is not resolved: whether it has an IPv4 address, and whether that is public, is judged only where the stack's own records tell. A name of the stack's own zone without any record is an advisory, because another stack may keep one.",
    "An internal load balancer of the stack is told by its `internal`, also behind a simple record. One of another stack is told by a name that begins with internal-, as those of Application Load Balancers do; an internal Network Load Balancer of another stack is not recognised.",
    "Of what the stack holds: RDS, Aurora, Neptune, Redshift and Amazon MQ without `publiclyAccessible: true`, RDS Proxy, DocumentDB, ElastiCache and MemoryDB always, OpenSearch in a VPC, App Runner that is not publicly accessible, Lambda function URLs with AWS_IAM, REST APIs of type PRIVATE, and the own name of an API with `disableExecuteApiEndpoint`. Authorizers, resource policies and WebSocket APIs are not read. A cluster is told by its instances in the stack: it passes where one of them is public, whichever of them a name of it leads to, and where there are none. Names of such services in another stack are not recognised.",
    "HTTPS without a search string and with enableSni false is refused only in front of API Gateway, CloudFront and Lambda function URLs, which need the name.",
    "The blocks kept for documentation (192.0.2.0/24 and its like) are an advisory by default, because examples and rehearsals use them; in production turn on refuseDocumentationAddresses.",
    "Whether the endpoint lets the checkers in is another rule's question.",
  ],
  whenNotToUse:
    "Where an endpoint is known to serve one certificate whatever the name, set `requireSni` to false rather than disabling the rule; the rest is refused by AWS or can never turn healthy.",
};
