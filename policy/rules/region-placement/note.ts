import type { RuleNote } from "../../rule";

export const note: RuleNote = {
  refuses:
    "A resource tagged `role: primary` in the standby's region or `role: standby` in the primary's, a `region` tag that names another region than the resource is in, and, in a stack that uses these tags, regional resources with tags that lack them.",
  why: "A standby in the region that it stands by for is lost together with the primary, and one wrong provider is enough for it: every preview looks right, and nothing fails until the day of the failover. The tags are also by which bills, drills and people tell the sides apart, so a tag that contradicts the region misleads all three.",
  sources: [
    {
      title: "Disaster recovery of workloads on AWS: warm standby in another Region",
      url: "https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html",
    },
    {
      title: "CloudFront developer guide: certificates for a distribution are requested in us-east-1",
      url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html",
    },
  ],
  lever:
    "Give the resource the provider of its side, and put `role` and `region` into `defaultTags` of each region's provider, so that no resource has to repeat them. Tags are free; moving a resource replaces it.",
  whenUnknown:
    "A region or a tag that is computed from a resource which does not exist yet is reported as an advisory at preview and judged again at `pulumi up`. So is every placement while the target of the SECONDARY is unknown.",
  limits: [
    "The sides' regions are those of the endpoints that the PRIMARY and the SECONDARY records lead to, of all names together, else those of a global table and its replica. Where neither tells them, or a region has both sides (of one name, or of names in opposite directions), only the tags are judged. A PRIMARY on CloudFront has no region; the standby's is then known alone, and no primary resource may be in it.",
    "A stack in which no resource is known to have a `role` of primary, standby or dns is not judged at all. Other values of `role`, and `region` in a stack without roles, are taken for somebody else's tags.",
    "Missing tags are reported in one finding for the whole stack. Only resources that show `tags` or `tagsAll` are known to take tags; global services (Route 53, IAM, CloudFront) need none. A tag is missed only where the stack uses it elsewhere.",
    "Certificates, web ACLs, alarms and topics may be in us-east-1 whatever their role, since CloudFront and Route 53's metrics take them from there only.",
    "A third region is not refused: where a side keeps its backups or its logs is not told by the records.",
  ],
  whenNotToUse:
    "Where `role` and `region` are tags of another meaning in the company and cannot be renamed; `requireTags: false` keeps the placement and drops the demand for tags.",
};
