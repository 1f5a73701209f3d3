import { COUNTED_AS } from "../../prices/counted-as";
import type { RuleNote } from "../../rule";

export const note: RuleNote = {
  refuses:
    "A standby that costs 50 USD a month or more while nobody uses it, and any standby that holds a resource whose idle price is not known.",
  why: "A standby is paid for every hour and used almost never. One NAT gateway, one load balancer or a table in provisioned mode eats the whole budget without a single request. Estimators that count what they do not know as nothing hide exactly those, so here an unknown price is a refusal that names the type.",
  sources: [
    {
      title: "Route 53 pricing: health checks and their options",
      url: "https://aws.amazon.com/route53/pricing/",
    },
    {
      title:
        "DynamoDB developer guide, global tables billing: replicated writes, storage and recovery per replica",
      url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/global-tables-billing.html",
    },
    {
      title: "VPC pricing: public IPv4 addresses, NAT gateways, endpoints",
      url: "https://aws.amazon.com/vpc/pricing/",
    },
  ],
  lever:
    'The message lists every line, dearest first, with the change that removes the dearest; what is assumed of a line or bounds it stands below the table, by its mark. A type without a price is let in explicitly: `allowMonthlyUsd: {"aws:medialive/channel:Channel": 3}` counts 3 USD a month for each resource of it. Where only part of a resource has no price, the amount is for that part and is added to the rest.',
  whenUnknown:
    "An input that is computed from a resource which does not exist yet (an instance type, a list of subnets) is reported as an advisory at preview and judged again at `pulumi up`, so that it neither stops the first preview of a sound stack nor passes unsaid. So is the region of a provider that takes it from its environment. An amount in `allowMonthlyUsd` does not stand in for such a value at preview; where nothing will ever tell it, it does. A type, size or region without a price never becomes known, so it is refused at once. A price from memory may refuse and never lets pass.",
  limits: [
    "A price older than 365 days is told as one advisory; `npm run prices:refresh` reads the current list. The dates of standard support are told so as well, where a line depends on them.",
    "Counted: every resource in the standby's region or tagged `role: standby`, copies of data outside the primary's region, health checks with their options, alarms on them and on the replication, and services that only switch regions. The zone, the primary and what probes cost on the primary are in the stack's total only.",
    "A standby is seen by failover records, by copies of a table and by the `role: standby` tag alone: a second side behind weights of 100 and 0, or a database replica in another region, counts once it is tagged so.",
    "A month is 730 hours. Prices are list prices of us-east-1 and us-west-2; any other region is refused. Taxes, discounts, reservations and free tiers are not counted: free tiers belong to the account, which one stack cannot see.",
    "An endpoint that is not surely of this account is priced as the dearer, and the line's note says so.",
    "What a program does not say is assumed by settings (GB that are stored, objects, users); a line whose quantity is assumed says so in its item, or in its note below the table.",
    "Types that bill by use only count nothing. Types that bill from account activity or a schedule (trails, flow logs, metric streams) are refused until declared.",
    ...COUNTED_AS,
    "What the stack only reads (`.get()`) is another stack's to pay: states and `preview --json` mark it, it is not priced, and the message says how many such resources it leaves out. `pulumi policy analyze` shows them to a pack unmarked, so there they are priced.",
    "Where names fail over in opposite directions, every region in which one of them stands by is a standby's: of what is there, only what is tagged `role: primary`, or what the records of a PRIMARY alone lead to, does not count. What runs behind those without a tag counts.",
    "Where neither the records nor tags tell which side a resource is on, it counts for the standby. Of other providers only `aws-native` has a region that tells it; whatever else they make needs a `role` tag or an amount in `allowMonthlyUsd`, which may be 0.",
  ],
  whenNotToUse:
    "Where the standby also serves traffic of its own (active-active): its cost then is not idle. Raise `monthlyUsdLimit` to what the second side may cost.",
};
