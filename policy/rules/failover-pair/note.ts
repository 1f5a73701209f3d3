import type { RuleNote } from "../../rule";

export const note: RuleNote = {
  refuses:
    "A failover record that is not one half of a whole pair: a PRIMARY without a SECONDARY or the reverse, two of one kind, halves that differ in name, type or zone, halves that lead to the same target or address, failover records beside others of their name and type, a CNAME beside another type of its name, a record with a second routing policy, a missing setIdentifier or one that another record of the set has. So are failover records that no rule reads: those of `RecordsExclusive`, of a traffic policy and of the package `aws-native`. Advice: an A or AAAA record without failover routing beside a pair of the other type.",
  why: "A PRIMARY on its own is answered even while it is down, because Route 53 has nothing else to answer; a SECONDARY on its own is answered always. A PRIMARY that is a CNAME and a SECONDARY that is an A record are two sets to Route 53, not a pair. Clients on IPv6 follow the AAAA records: where only one side has one, they do not fail over. The rest Route 53 refuses, but only half-way through an update.",
  sources: [
    {
      title: "Route 53 API reference, ResourceRecordSet, Failover and SetIdentifier",
      url: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html",
    },
    {
      title: "Route 53 developer guide, active-passive failover",
      url: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-types.html",
    },
  ],
  lever:
    "Give both records one name, one type and one zone, with `failoverRoutingPolicies` PRIMARY and SECONDARY and a `setIdentifier` each. A record costs nothing while idle. A host name and an address cannot be a pair: give the side that has only an address a host name and make both CNAMEs, or use two A records.",
  whenUnknown:
    "Before a zone of the same stack exists, records are joined to it by what their `zoneId` was computed from, so a whole pair passes the first preview. A record whose zone, name, type or role is not known is reported as an advisory at preview, as is a half that it could complete, and judged again at `pulumi up`; where nothing will ever tell it, it is refused at the rule's level.",
  limits: [
    "Records in other stacks are not seen; name those in `halvesElsewhere` whose other half is in one.",
    "Failover records in the template of a CloudFormation stack are not seen.",
    "A public and a private zone of one name are different sets; so are two zones that hold the same name by mistake.",
    "Targets are told apart by name, address and the stack's own endpoints; two names of one machine elsewhere are two targets here.",
    "A record without failover routing whose name is not known yet is not taken for one that stands beside a pair.",
  ],
  whenNotToUse:
    "Where the two halves are always in different stacks; list their names in `halvesElsewhere` rather than disabling the rule.",
};
