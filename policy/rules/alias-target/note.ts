import type { RuleNote } from "../../rule";

export const note: RuleNote = {
  refuses:
    "An alias to an S3 website whose bucket is not named as the record, or with another region's hosted zone id; an alias to CloudFront with evaluateTargetHealth, with another zone id than Z2FDTNDATAQYW2, or to a distribution that lacks the record's name; CloudFront on both sides of a failover pair; a CNAME that leads to either in the same way; an alias to a database, cache, broker or Lambda function URL of the stack, which are no alias targets; a CNAME of several records of one name that leads straight to a function URL, or to an App Runner service with which no `customDomainAssociation` associates the name; an AAAA alias to what has no IPv6 address (an S3 website, a distribution or a load balancer without it); an alias to a record of its own zone with another type or another zone's id; an alias, or a CNAME of a set, that leads back to itself or to a name of the stack's own zone with records of other types only. Where the stack has no record of that name at all, an advisory says so.",
  why: "Half of these stop the update when Route 53 rejects the change (zone id, type, target, evaluateTargetHealth); the other half are accepted and fail when they are needed: S3 chooses the bucket by the name that the visitor asked for, CloudFront refuses a name that no distribution claims, App Runner one that is not associated, a function URL every name but its own, and only one distribution can claim it. A standby that was never visited hides that until the failover.",
  sources: [
    {
      title:
        "Route 53 API reference, AliasTarget: what an alias leads to, zone ids, EvaluateTargetHealth, CloudFront in failover pairs",
      url: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html",
    },
    {
      title: "AWS General Reference, Amazon S3 website endpoints and their hosted zone ids",
      url: "https://docs.aws.amazon.com/general/latest/gr/s3.html",
    },
    {
      title: "S3 user guide, website hosting with a custom domain: bucket and record have one name",
      url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/website-hosting-custom-domain-walkthrough.html",
    },
    {
      title: "App Runner developer guide, custom domain names of a service",
      url: "https://docs.aws.amazon.com/apprunner/latest/dg/manage-custom-domains.html",
    },
    {
      title: "S3 user guide, features that are not supported over IPv6",
      url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ipv6-access.html",
    },
  ],
  lever:
    "Take name and zone id from the resource (`websiteDomain` and the bucket's `hostedZoneId`, `domainName` and `hostedZoneId` of the distribution). Name the bucket as the record, or put CloudFront before it. Make an alias to a database a CNAME of a name below the zone's own, and put CloudFront or a custom domain of API Gateway before a function URL. For two ways through CloudFront use an origin group inside one distribution. None of it has an idle price.",
  whenUnknown:
    "Names and zone ids of targets that do not exist yet are an advisory at preview and judged again at `pulumi up`; the service is told before that by what the alias was computed from. A record of a zone that is looked up may be named relative to it (`www`); until the provider tells the full name, its name is such a value.",
  limits: [
    "What another stack keeps in a zone of this one is not seen, so a name without a record is no refusal; a zone that is only read here is not judged, nor a simple CNAME, which may be there for other records than addresses.",
    "Zone ids of load balancers, API Gateway and other services are not compared; read them from the resource.",
    "An edge-optimised API Gateway name is a CloudFront name and is judged as one.",
    "A bucket in another stack is not seen; without a dependency, a website of the stack in the same region that no record is named as is taken for the target.",
    "Databases, caches, function URLs and App Runner services of another stack are not recognised, nor is a custom domain that another stack or the console associated. A simple CNAME to a function URL or an App Runner service is not judged, nor is an alias to App Runner.",
    "API Gateway domains and load balancers that do not say their address type are not judged for IPv6.",
    "The sources disagree on the S3 website zones of af-south-1 and eu-south-1; either id passes there.",
  ],
  whenNotToUse:
    "While a name is moved between distributions, set `requireAlternateName` to false for that update; the rest is refused by Route 53 or answers nobody.",
};
