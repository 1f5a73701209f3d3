import type { RuleNote } from "../../rule";

export const note: RuleNote = {
  refuses:
    "An EC2 instance or a load balancer that a health check of the stack probes, whose security groups keep the health checkers out of the probed port.",
  why: "The checkers come from outside the VPC, from addresses of their own. A group that admits visitors through a load balancer or an office network only keeps them out; then the check never turns healthy, and a failover record answers with the standby from the first minute. A group that admits some of the ranges is worse, for the check flaps with the checkers that happen to get through.",
  sources: [
    {
      title: "Route 53 developer guide, router and firewall rules for health checks",
      url: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-router-firewall-rules.html",
    },
    {
      title: "VPC user guide, AWS-managed prefix lists and their weight",
      url: "https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html",
    },
  ],
  lever:
    "Admit the AWS-managed prefix list `com.amazonaws.<region>.route53-healthchecks` (for IPv6 `com.amazonaws.<region>.ipv6.route53-healthchecks`) on the check's port. It is free and takes up 25 of the group's rules.",
  whenUnknown:
    "Groups that do not exist yet are joined by what the program computed them from. A port, a protocol or a source that is still unknown is reported as an advisory at preview and judged again at `pulumi up`. Groups of another stack never become known: name those that admit the checkers in `admittingIds`. A record of a zone that is looked up may be named relative to it (`www`); until the provider tells the full name, it is such a value what a check of that name probes.",
  limits: [
    "A prefix list that the program looks up is a bare `pl-...` to the stack. Where nothing else admits the checkers, such a list is advice to compare it, not a refusal; named in `admittingIds`, or read in as an `aws:ec2/managedPrefixList:ManagedPrefixList` of AWS's name, it passes.",
    "The published IPv4 ranges are a dated copy of GetCheckerIpRanges; all of them are demanded, also of a check that names its regions. IPv6 ranges are not compared: only the prefix list and ::/0 are known to do.",
    "Network ACLs, routes, firewalls on the instance, and groups attached to an interface by an attachment of its own are out of sight.",
    "Judged are checks of the stack with an address or a name that leads to an instance, a network interface, an Elastic IP or a load balancer of the stack; an address on an instance or an interface of another stack is not judged, and a failover name leads to several and is not followed.",
  ],
  whenNotToUse:
    "Where the checked port is opened by something that is not a security group, such as a firewall appliance in front of the subnet.",
};
