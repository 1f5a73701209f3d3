import type { RuleNote } from "../../rule";

export const note: RuleNote = {
  refuses:
    "A public hosted zone without accelerated recovery. It is advice unless the configuration says otherwise.",
  why: "Route 53 answers and fails over from its data plane, which runs everywhere; records are changed through a control plane in us-east-1. While that region is away no record can be corrected, which is when somebody will want to. With accelerated recovery the control plane of the zone moves to us-west-2 within about 60 minutes, for nothing. It has to be on beforehand. An hour is beyond any objective of minutes, so it is a net under the failover and no part of it.",
  sources: [
    {
      title: "Route 53 developer guide, accelerated recovery of public hosted zones",
      url: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/accelerated-recovery.html",
    },
    {
      title: "AWS Fault Isolation Boundaries, global services and their control planes",
      url: "https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html",
    },
  ],
  lever:
    "Set `enableAcceleratedRecovery: true` on the zone (`@pulumi/aws` 7.48). It costs nothing. While it is switched on, changes are refused for a few minutes; while it is on, the zone cannot be deleted, so a teardown begins with setting it to `false` explicitly.",
  whenUnknown:
    "A value that is computed from a resource which does not exist yet is reported as an advisory at preview and judged again at `pulumi up`. A property that the program leaves out is not unknown: the default is off.",
  limits: [
    "Zones that are looked up, or that another stack owns, are not seen.",
    "A zone with `forceDestroy` is taken for one that a drill or a test tears down, and is not judged unless `judgeEphemeralZones` is set.",
    "What else needs us-east-1 to be changed (CloudFront, IAM, certificates for CloudFront) has no such switch.",
  ],
  whenNotToUse:
    "For zones that are created and deleted by drills: the switch stands in the way of their teardown.",
};
