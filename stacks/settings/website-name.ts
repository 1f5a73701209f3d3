import { bucketNameProblem } from "../../model/bucket-name";
import type { CrossRefusal } from "./declared-setting";

/** The name of an S3 website is that of its bucket, so it has to be one that S3 takes. */
export function nameIsBucketName({ domainName }: { readonly domainName?: string }): CrossRefusal[] {
  const problem = domainName === undefined ? undefined : bucketNameProblem(domainName);
  if (domainName === undefined || problem === undefined) return [];
  return [
    {
      name: "domainName",
      because: `which S3 does not take for the bucket of its website (${domainName.length} characters)`,
      allowed: problem,
      lever: `www.${domainName.split(".").slice(-2).join(".")}`,
    },
  ];
}
