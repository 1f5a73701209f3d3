import { CERTIFICATE, PLACE, type ServerHost } from "./server-host";

const HEAD = `#!/usr/bin/env bash
set -euo pipefail
umask 022

readonly root="\${WEB_ROOT:-}"
`;

/**
 * The script that brings an instance of Amazon Linux 2023 up. It may run at any time and any number of times; what
 * is there already it leaves alone. Packages come from Amazon's repositories, whose signatures dnf checks.
 */
export function renderSetupScript(): string {
  return `${HEAD}
ensure_packages() {
  if [[ ! -x "\${root}/usr/sbin/nginx" || ! -x "\${root}/usr/bin/certbot" ]]; then
    dnf install --assumeyes --quiet --setopt=install_weak_deps=False nginx certbot
  fi
}

main() {
  ensure_packages
  mkdir -p "\${root}${PLACE.challenges}"
  install -m 644 "\${root}${PLACE.configuration}" "\${root}/etc/nginx/nginx.conf"
  nginx -t -q
  systemctl enable --now --quiet nginx.service web-certificate.timer
}

main
`;
}

/**
 * Gets the certificate and renews it, by a file on port 80: the authority has to reach this server by the name, so
 * the first one comes after the name leads here. A month before its end certbot has no say yet and nothing is asked.
 */
export function renderCertificateScript({ hostName }: Pick<ServerHost, "hostName">): string {
  return `${HEAD}
readonly chain="\${root}/etc/letsencrypt/live/${CERTIFICATE}/fullchain.pem"
readonly month_seconds=2592000

is_current() {
  [[ -f "\${chain}" ]] && openssl x509 -checkend "\${month_seconds}" -noout -in "\${chain}" >/dev/null
}

main() {
  if ! is_current; then
    certbot certonly --non-interactive --agree-tos --register-unsafely-without-email --quiet \\
      --webroot --webroot-path '${PLACE.challenges}' --cert-name '${CERTIFICATE}' --domain '${hostName}' \\
      --keep-until-expiring
  fi
  install -m 644 "\${root}${PLACE.tlsPrepared}" "\${root}${PLACE.tls}"
  nginx -t -q
  systemctl reload nginx.service
}

main
`;
}
