/** Longest name of a bucket, and so of a host name that an S3 website answers for. */
export const BUCKET_NAME_LENGTH_MAX = 63;

/** What S3 takes instead of a bucket name, or undefined (S3 user guide, "General purpose bucket naming rules"). */
export function bucketNameProblem(name: string): string | undefined {
  if (!/^[a-z0-9][a-z0-9.-]*[a-z0-9]$/.test(name) || name.length < 3 || name.length > BUCKET_NAME_LENGTH_MAX)
    return `3 to ${BUCKET_NAME_LENGTH_MAX} lower-case letters, digits, dots and hyphens, with a letter or digit at both ends`;
  if (name.includes("..")) return "a name without two dots in a row";
  if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) return "a name that is not written as an IP address";
  const prefix = ["xn--", "sthree-", "amzn-s3-demo-"].find((start) => name.startsWith(start));
  if (prefix !== undefined) return `a name that does not begin with ${prefix}`;
  const suffix = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"].find((end) => name.endsWith(end));
  return suffix === undefined ? undefined : `a name that does not end in ${suffix}`;
}
