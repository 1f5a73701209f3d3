import { checkerCount } from "../../model/health-check";
import { formatUsd, HOURS_PER_MONTH, toUsd } from "../../model/money";
import { SUPPORT_DATES_AS_OF } from "./formulas/extended-support";
import { queriesMicroUsd } from "./route53-price";

/** Every checker may ask for the name before each probe (API reference, HealthCheckConfig FullyQualifiedDomainName). */
function queriesText(intervalSeconds: number): string {
  return formatUsd(
    toUsd(queriesMicroUsd((checkerCount(undefined) * HOURS_PER_MONTH * 3600) / intervalSeconds)),
  );
}

/** How far the idle costs follow what the stack shows, for the notes of both cost rules. */
export const COUNTED_AS: readonly string[] = [
  `A version of EKS, RDS, Aurora, ElastiCache, DocumentDB or OpenSearch pays for extended support from the day after its standard support ends, by the calendars of AWS as of ${SUPPORT_DATES_AS_OF}; of Aurora MySQL 3, DocumentDB 4.0 and later, Redis OSS 7, Valkey and OpenSearch 3 no such day was known then. One that is newer than these calendars is priced as supported. Extended support of databases counts at the price of its third year, twice that of the first two.`,
  "Instances are priced as Linux on demand. A licence is refused where the stack itself tells it: `getPasswordData` or `passwordData`, which only Windows has, an image of the stack with other `platformDetails`, a Windows platform of Elastic Beanstalk, an EKS node group or an ECS task. What another image brings is not seen.",
  "Elastic IPs of a pool that the account brought itself (`publicIpv4Pool`: `ipv4pool-ec2-...`) are free. Nodes of Valkey count at the price of Redis OSS, the bound.",
  "What probes of health checks cost is followed to functions behind integrations, aliases, OpenAPI texts, function URLs, load balancers and uncached distributions, all functions of an API together. One that is named and cannot be found is refused by the property that names it. Of an EC2 instance that a check asks itself, the reads of the tables count that the policies of its role name by ARN; not those of instances behind a load balancer, which roles from outside the stack admit, or through `*`.",
  "An Aurora Serverless v2 instance at a minimum of 0 ACU is taken to pause and to cost nothing. An RDS Proxy before its cluster, a global database whose primary it is (either of its clusters where no credentials tell), a zero-ETL integration and the parameters `rds.logical_replication` and `binlog_format` of the stack keep it awake, at 0.5 ACU; so do open connections, which are not seen.",
  "Probes are charged to the web ACL of a balancer, a REST API's stage or a distribution where the stack associates it, and to the capacity units of application and network balancers. Not counted: web ACLs that another stack or Firewall Manager associates, web ACL capacity beyond 1,500 units, data through classic balancers, and connections of TCP checks.",
  "An App Runner service that a check asks keeps its instances active: the vCPU of all that `minSize` keeps counts for every hour of the month, the bound.",
  `AWS says nowhere whether the DNS queries bill that the checkers themselves ask for a checked host name; they are not counted. If they do, a name with records of its own (no alias of AWS) in a zone of yours costs ${queriesText(30)} a month at 30 s and ${queriesText(10)} at 10 s.`,
  "Requests of checkers to a distribution are priced as of the United States, the cheapest place; five of the eight checker regions are elsewhere.",
  "Metrics of S3 replication count four for each rule that has them or time control on, where the copy is; the data that is copied counts as use.",
  "EMR nodes count with the root volume, disks and public addresses that EMR gives them; an Elastic Beanstalk environment that streams logs or publishes metrics is refused.",
];
