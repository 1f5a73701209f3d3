import { type Formula, monthly } from "./formula";
import { Inputs } from "./inputs";

/** Bills per request only, unless it holds addresses of its own for old clients. */
export const distributionMeters: Formula = ({ properties }) => {
  const inputs = new Inputs(properties, "global");
  const method = inputs.text("viewerCertificate.sslSupportMethod", "sni-only");
  if (method !== "vip") return inputs.or([]);
  return inputs.or(
    monthly("dedicated addresses for old TLS clients", "cloudfront/dedicated-ip", "global", 1, {
      lever: "set sslSupportMethod to sni-only",
    }),
  );
};

export const anycastListMeters: Formula = () =>
  monthly("list of anycast addresses", "cloudfront/anycast-list", "global");
