import { APPLICATION_PORT, type StandbyHost } from "./standby-host";

/**
 * TLS for the standby. The certificate must be there before the first failover, while the failover name still leads
 * to the closet: so it is proven by DNS-01, in Route 53, which needs no visitor to come here. With a DNS provider
 * set, Caddy uses no other challenge.
 */
export function renderCaddyfile(host: StandbyHost): string {
  const { hostNames, hostedZoneId, acmeEmail, acmeDirectory } = host;
  return `{
	admin off
${acmeEmail === undefined ? "" : `	email ${acmeEmail}\n`}${acmeDirectory === undefined ? "" : `	acme_ca ${acmeDirectory}\n`}	servers {
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
		}
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
