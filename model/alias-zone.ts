/** The hosted zone of every CloudFront distribution (Route 53 API reference, AliasTarget, HostedZoneId). */
export const CLOUDFRONT_ZONE_ID = "Z2FDTNDATAQYW2";

/**
 * Hosted zones of the S3 website endpoints (AWS General Reference, "Amazon S3 endpoints and quotas", table of
 * website endpoints), read from the tables that the Terraform provider and the CDK keep of it. The two disagree
 * on af-south-1 and eu-south-1; either id is taken there.
 */
const S3_WEBSITE_ZONE_IDS: ReadonlyMap<string, readonly string[]> = new Map([
  ["us-east-1", ["Z3AQBSTGFYJSTF"]],
  ["us-east-2", ["Z2O1EMRO9K5GLX"]],
  ["us-west-1", ["Z2F56UZL2M1ACD"]],
  ["us-west-2", ["Z3BJ6K6RIION7M"]],
  ["af-south-1", ["Z83WF9RJE8B12", "Z11KHD8FBVPUYU"]],
  ["ap-east-1", ["ZNB98KWMFR0R6"]],
  ["ap-east-2", ["Z064739330DAH7WJVOO93"]],
  ["ap-northeast-1", ["Z2M4EHUR26P7ZW"]],
  ["ap-northeast-2", ["Z3W03O7B5YMIYP"]],
  ["ap-northeast-3", ["Z2YQB5RD63NC85"]],
  ["ap-south-1", ["Z11RGJOFQNVJUP"]],
  ["ap-south-2", ["Z02976202B4EZMXIPMXF7"]],
  ["ap-southeast-1", ["Z3O0J2DXBE1FTB"]],
  ["ap-southeast-2", ["Z1WCIGYICN2BYD"]],
  ["ap-southeast-3", ["Z01846753K324LI26A3VV"]],
  ["ap-southeast-4", ["Z0312387243XT5FE14WFO"]],
  ["ap-southeast-5", ["Z08660063OXLMA7F1FJHU"]],
  ["ap-southeast-7", ["Z0031014GXUMRZG6I14G"]],
  ["ca-central-1", ["Z1QDHH18159H29"]],
  ["ca-west-1", ["Z03565811Z33SLEZTHOUL"]],
  ["cn-north-1", ["Z5CN8UMXT92WN"]],
  ["cn-northwest-1", ["Z282HJ1KT0DH03"]],
  ["eu-central-1", ["Z21DNDUVLTQW6Q"]],
  ["eu-central-2", ["Z030506016YDQGETNASS"]],
  ["eu-north-1", ["Z3BAZG2TWCNX0D"]],
  ["eu-south-1", ["Z30OZKI7KPW7MI", "Z3IXVV8C73GIO3"]],
  ["eu-south-2", ["Z0081959F7139GRJC19J"]],
  ["eu-west-1", ["Z1BKCTXD74EZPE"]],
  ["eu-west-2", ["Z3GKZC51ZF0DB4"]],
  ["eu-west-3", ["Z3R1K369G5AVDG"]],
  ["il-central-1", ["Z09640613K4A3MN55U7GU"]],
  ["me-central-1", ["Z06143092I8HRXZRUZROF"]],
  ["me-south-1", ["Z1MPMWCPA7YB62"]],
  ["sa-east-1", ["Z7KQH4QJS55SO"]],
  ["us-gov-east-1", ["Z2NIFVYYW2VKV1"]],
  ["us-gov-west-1", ["Z31GFT0UA1I2HV"]],
]);

/** Ids that an alias to an S3 website of `region` may carry; undefined where the table lacks the region. */
export function s3WebsiteZoneIds(region: string): readonly string[] | undefined {
  return S3_WEBSITE_ZONE_IDS.get(region);
}

/** The region whose S3 website zone this is, for telling whose id was taken by mistake. */
export function s3WebsiteZoneRegion(zoneId: string): string | undefined {
  for (const [region, ids] of S3_WEBSITE_ZONE_IDS) if (ids.includes(zoneId)) return region;
  return undefined;
}
