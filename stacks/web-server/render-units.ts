import { PLACE } from "./server-host";

/** A server that ended comes back; the health check only sends visitors elsewhere. */
export function renderRestartDropIn(): string {
  return `[Unit]
StartLimitIntervalSec=0

[Service]
Restart=always
RestartSec=2
`;
}

export function renderCertificateUnit(): string {
  return `[Unit]
Description=Gets or renews the web server's certificate
Wants=network-online.target
After=network-online.target nginx.service

[Service]
Type=oneshot
ExecStart=${PLACE.certificate}
TimeoutStartSec=300
`;
}

/** Three tries an hour: Let's Encrypt takes five failed ones of a name (Let's Encrypt, "Rate Limits"). */
export function renderCertificateTimer(): string {
  return `[Unit]
Description=Tries for the web server's certificate

[Timer]
OnBootSec=2min
OnUnitInactiveSec=20min
RandomizedDelaySec=1min

[Install]
WantedBy=timers.target
`;
}
