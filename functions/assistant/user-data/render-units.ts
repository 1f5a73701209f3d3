import { PLACE } from "./standby-host";

/** Longer than the application's own limit for requests in flight (SHUTDOWN_SECONDS, 20 unless set). */
const STOP_SECONDS = 30;

/** What both services are kept from. V8 compiles at run time, so memory may be executable. */
const HARDENING = `DynamicUser=yes
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
RestrictSUIDSGID=yes
RestrictRealtime=yes
RestrictNamespaces=yes
LockPersonality=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
SystemCallArchitectures=native`;

/**
 * Runs a setup script at every start, again after 30 s when it failed: a role that was just made may take a
 * moment to count. What an earlier start has put in place serves meanwhile.
 */
export function renderSetupUnit({ description, setup }: { description: string; setup: string }): string {
  return `[Unit]
Description=${description}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=${setup}
Restart=on-failure
RestartSec=30
TimeoutStartSec=900

[Install]
WantedBy=multi-user.target
`;
}

/** The application, in at most 200 MiB: the instance has 512. */
export function renderAssistantUnit(): string {
  return `[Unit]
Description=Standby assistant
Wants=network-online.target
After=network-online.target assistant-setup.service
ConditionPathExists=${PLACE.application}
StartLimitIntervalSec=0

[Service]
EnvironmentFile=${PLACE.environment}
Environment=NODE_ENV=production
ExecStart=/usr/bin/node-22 --max-old-space-size=128 ${PLACE.application}
Restart=always
RestartSec=2
TimeoutStopSec=${STOP_SECONDS}
MemoryMax=200M
CapabilityBoundingSet=
${HARDENING}

[Install]
WantedBy=multi-user.target
`;
}

/** Caddy, which alone may bind ports below 1024; its state directory keeps the certificate over restarts. */
export function renderCaddyUnit(): string {
  return `[Unit]
Description=TLS for the standby assistant
Wants=network-online.target
After=network-online.target assistant-setup.service
ConditionPathExists=${PLACE.caddy}
StartLimitIntervalSec=0

[Service]
Type=notify
Environment=XDG_DATA_HOME=/var/lib/caddy XDG_CONFIG_HOME=/var/lib/caddy
StateDirectory=caddy
ExecStart=${PLACE.caddy} run --config ${PLACE.caddyfile} --adapter caddyfile
Restart=always
RestartSec=5
TimeoutStopSec=${STOP_SECONDS}
MemoryMax=150M
LimitNOFILE=65536
AmbientCapabilities=CAP_NET_BIND_SERVICE
CapabilityBoundingSet=CAP_NET_BIND_SERVICE
${HARDENING}

[Install]
WantedBy=multi-user.target
`;
}
