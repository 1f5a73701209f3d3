import { COUNTED_AS } from "../../prices/counted-as";
import type { RuleNote } from "../../rule";

export const note: RuleNote = {
  refuses:
    "A stack that costs its budget or more while nobody uses it, and, once a budget is set, any stack that holds a resource whose idle price is not known. Without a budget the rule refuses nothing, and tells by one advisory what has no price.",
  why: "The standby's limit says nothing of the primary, of the zone, or of what health checks cost on the side that they probe all day. A budget for the whole stack catches those before they are created; the same prices and the same assumptions stand behind both rules.",
  sources: [
    {
      title: "Route 53 pricing: hosted zones, health checks and their options",
      url: "https://aws.amazon.com/route53/pricing/",
    },
    {
      title: "VPC pricing: public IPv4 addresses, NAT gateways, endpoints",
      url: "https://aws.amazon.com/vpc/pricing/",
    },
  ],
  lever:
    'The message lists every line, dearest first, with the change that removes the dearest; what is assumed of a line or bounds it stands below the table, by its mark. Set the budget by `monthlyUsdLimit`; a type without a price is let in explicitly: `allowMonthlyUsd: {"aws:medialive/channel:Channel": 3}` counts 3 USD a month for each resource of it. Where only part of a resource has no price, the amount is for that part and is added to the rest.',
  whenUnknown:
    "An input that is computed from a resource which does not exist yet is reported as an advisory at preview and judged again at `pulumi up`. So is the region of a provider that takes it from its environment. An amount in `allowMonthlyUsd` does not stand in for such a value at preview; where nothing will ever tell it, it does. A type, size or region without a price never becomes known, so it is refused at once. A price from memory may refuse and never lets pass.",
  limits: [
    "A price older than 365 days is told as one advisory; `npm run prices:refresh` reads the current list. The dates of standard support are told so as well, where a line depends on them.",
    "A month is 730 hours without a single visitor: requests, data transfer and storage that grows are not in it, except what settings assume (GB in tables, logs and buckets) and what health checks themselves cause.",
    "Prices are list prices; taxes, discounts, reservations and free tiers, which belong to the account, are not counted.",
    "The assumptions are settings of each rule and have to be the same in both: `warm-standby check` and `rehearse` refuse a configuration in which `standby-idle-cost` and this rule, both judging, assume different things.",
    ...COUNTED_AS,
    "Only what the stack makes is counted: a zone that is looked up, or read by `.get()`, is another stack's, and the monthly rent of a phone number that is bought by hand is no line. States and `preview --json` mark what is only read, and the message says how many such resources it leaves out. The engine does not show them to a policy pack in `preview` and `up`; in `pulumi policy analyze` it does, unmarked, so there they are priced.",
  ],
  whenNotToUse:
    "Where the stack's cost is mostly use, or its budget is kept elsewhere (AWS Budgets): leave `monthlyUsdLimit` at 0.",
};
