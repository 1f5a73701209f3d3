/** How far the idle costs follow what the stack shows, for the notes of both cost rules. */
export const COUNTED_AS: readonly string[] = [
  "What probes of health checks cost is followed to functions behind integrations, aliases, OpenAPI texts, function URLs, load balancers and uncached distributions, all functions of an API together. One that is named and cannot be found is refused by the property that names it. Of an EC2 instance that a check asks itself, the reads of the tables count that the policies of its role name by ARN; not those of instances behind a load balancer, which roles from outside the stack admit, or through `*`.",
  "Probes are charged to the web ACL of a balancer, a REST API's stage or a distribution where the stack associates it, and to the capacity units of application and network balancers. Not counted: web ACLs that another stack or Firewall Manager associates, web ACL capacity beyond 1,500 units, data through classic balancers, and connections of TCP checks.",
  "Metrics of S3 replication count four for each rule that has them or time control on, where the copy is; the data that is copied counts as use.",
  "EMR nodes count with the root volume, disks and public addresses that EMR gives them; an Elastic Beanstalk environment that streams logs or publishes metrics is refused.",
];
