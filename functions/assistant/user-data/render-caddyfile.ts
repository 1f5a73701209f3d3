import { APPLICATION_PORT, type StandbyHost } from "./standby-host";

/**
 * The resolver of every VPC. Of all name servers it alone can be asked from a host that may connect to port 443 only:
 * security groups do not filter it (VPC user guide, "Understanding Amazon DNS" and "Control traffic to your AWS
 * resources using security groups").
 */
const VPC_RESOLVER = "169.254.169.253";

/**
 * TLS for the standby. The certificate must be there before the first failover, while the failover name still leads
 * to the closet: so it is proven by DNS-01, in Route 53, which needs no visitor to come here. With a DNS provider
 * set, Caddy uses no other challenge.
 *
 * That the proof is there is asked of Route 53 (GetChange says INSYNC when all of its servers have the record) and not
 * of DNS: left alone, Caddy asks each server of the zone on port 53. Asked in their place, the resolver would say for
 * up to 15 minutes (the SOA of a Route 53 zone) that there is no such name, because Caddy looks for the zone by the
 * challenge's name before the record is there.
 *
 * Changes generally reach all of its servers within 60 s (Route 53 API reference, ChangeResourceRecordSets). The
 * module asks at once, then 30 s apart or more, and gives up when less than 30 s of its wait are left: its own wait of
 * a minute is over after the second question, so a change of 31 s would cost the certificate an attempt.
 *
 * HTTP/3 is off: visitors are let in by TCP only, and Caddy tells them to remember it for 30 days, when the name
 * leads to the closet again.
 */
export function renderCaddyfile(host: StandbyHost): string {
  const { hostNames, hostedZoneId, acmeEmail, acmeDirectory } = host;
  return `{
	admin off
${acmeEmail === undefined ? "" : `	email ${acmeEmail}\n`}${acmeDirectory === undefined ? "" : `	acme_ca ${acmeDirectory}\n`}	servers {
		protocols h1 h2
		timeouts {
			read_header 10s
			read_body 15s
			idle 2m
		}
		max_header_size 16KB
	}
}

${hostNames.join(", ")} {
	tls {
		dns route53 {
			region ${host.region}
			hosted_zone_id ${hostedZoneId}
			wait_for_route53_sync true
			route53_max_wait 5m
		}
		propagation_timeout -1
		resolvers ${VPC_RESOLVER}
	}
	header {
		Strict-Transport-Security "max-age=31536000"
		-Server
	}
	request_body {
		max_size 64KB
	}
	reverse_proxy 127.0.0.1:${APPLICATION_PORT} {
		transport http {
			# Shorter than the application's own, so that it never closes one that is about to be used.
			keepalive 30s
			response_header_timeout 30s
		}
	}
}
`;
}
