/** Where AWS's global services publish their metrics. */
export const GLOBAL_METRICS_REGION = "us-east-1";

/**
 * Namespaces that exist in that region only. Route 53: metrics of health checks are in us-east-1 (developer
 * guide, monitoring health checks using CloudWatch). CloudFront: us-east-1 must be used (developer guide, types
 * of metrics).
 */
const GLOBAL_NAMESPACES: readonly string[] = ["AWS/Route53", "AWS/CloudFront"];

/** How the regions of AWS's other partitions begin: China, GovCloud, the isolated ones and the European one. */
const OTHER_PARTITIONS: readonly string[] = ["cn-", "us-gov-", "us-iso", "eu-iso", "eusc-"];

/** Whether the region shares a partition with us-east-1; the others have no such region, and services of their own. */
export function isBesideMetricRegion(region: string): boolean {
  return !OTHER_PARTITIONS.some((start) => region.startsWith(start));
}

/** The one region that holds the namespace's metrics; undefined where every region has its own. */
export function metricRegion(namespace: string): string | undefined {
  return GLOBAL_NAMESPACES.includes(namespace) ? GLOBAL_METRICS_REGION : undefined;
}
