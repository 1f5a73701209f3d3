import { CERTIFICATE, PLACE, type ServerHost } from "./server-host";

/**
 * nginx as a whole. Port 80 answers whatever name it is asked by, since the health checkers come by the address.
 * Nothing is redirected to HTTPS and nothing asks browsers to insist on it: while the page in S3 stands in, only HTTP
 * is answered (S3 user guide, "Website endpoints").
 */
export function renderNginx(): string {
  return `user nginx;
worker_processes 1;
pid /run/nginx.pid;
error_log /var/log/nginx/error.log;

events {
	worker_connections 512;
}

http {
	include /etc/nginx/mime.types;
	default_type application/octet-stream;
	charset utf-8;
	server_tokens off;
	sendfile on;
	gzip on;
	gzip_types text/css text/javascript application/json image/svg+xml;
	access_log /var/log/nginx/access.log;

	# A slow sender holds one of few connections.
	client_body_timeout 10s;
	client_header_timeout 10s;
	client_max_body_size 64k;
	keepalive_timeout 30s;
	send_timeout 10s;

	server {
		listen 80 default_server;
		server_name _;

		location ^~ /.well-known/acme-challenge/ {
			root ${PLACE.challenges};
		}
		include ${PLACE.site};
	}

	# Not there before the first certificate.
	include ${PLACE.tls}*;
}
`;
}

/** What both ports serve. */
export function renderSite({ healthPath }: Pick<ServerHost, "healthPath">): string {
  return `root ${PLACE.root};
index index.html;
add_header X-Content-Type-Options nosniff always;

# A file and no constant: it is not found when the disk is not there.
location = ${healthPath} {
	access_log off;
	default_type text/plain;
	add_header Cache-Control no-store always;
	add_header X-Content-Type-Options nosniff always;
}

location / {
	try_files $uri $uri/ =404;
	add_header Cache-Control no-cache always;
	add_header X-Content-Type-Options nosniff always;
}
`;
}

export function renderTls({ hostName }: Pick<ServerHost, "hostName">): string {
  return `server {
	listen 443 ssl http2 default_server;
	server_name ${hostName};
	ssl_certificate /etc/letsencrypt/live/${CERTIFICATE}/fullchain.pem;
	ssl_certificate_key /etc/letsencrypt/live/${CERTIFICATE}/privkey.pem;
	ssl_protocols TLSv1.2 TLSv1.3;
	ssl_session_cache shared:tls:1m;
	include ${PLACE.site};
}
`;
}
