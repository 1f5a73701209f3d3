import { PLACE, type StandbyHost } from "./standby-host";

/**
 * The script that brings an instance of Amazon Linux 2023 up: swap, Node.js, the application and Caddy, then their
 * services. It may run at any time and any number of times; what is right already it leaves alone.
 *
 * Downloads come from the artifact bucket through the instance's role and are used only when their sha256 is the
 * one given here. Packages come from Amazon's repositories, whose signatures dnf checks.
 */
export function renderSetupScript(host: StandbyHost): string {
  return `#!/usr/bin/env bash
set -euo pipefail
umask 022

readonly region='${host.region}'
readonly bucket='${host.artifactBucket}'
readonly root="\${ASSISTANT_ROOT:-}"
readonly metadata='http://169.254.169.254/latest'
changed=()

say() { printf 'assistant-setup: %s\\n' "$1"; }
fail() {
  say "$1" >&2
  exit 1
}

# IMDSv2: a session token first, and by stdin, where no list of processes shows it.
metadata_get() {
  local token
  token="$(curl --silent --show-error --fail --max-time 5 --request PUT \\
    --header 'X-aws-ec2-metadata-token-ttl-seconds: 60' "\${metadata}/api/token")"
  printf 'X-aws-ec2-metadata-token: %s\\n' "\${token}" |
    curl --silent --show-error --fail --max-time 5 --header @- "\${metadata}/meta-data/$1"
}

check_region() {
  local here
  here="$(metadata_get placement/region)" || fail 'the instance metadata do not answer'
  [[ "\${here}" == "\${region}" ]] || fail "this is \${here}; made for \${region}"
}

# 512 MB of memory do not carry dnf beside anything else.
ensure_swap() {
  local file="\${root}/swapfile"
  if [[ ! -f "\${file}" ]]; then
    dd if=/dev/zero of="\${file}.new" bs=1M count=512 status=none
    chmod 600 "\${file}.new"
    mkswap --quiet "\${file}.new"
    mv "\${file}.new" "\${file}"
  fi
  if ! grep --quiet "^\${file} " "\${root}/proc/swaps"; then
    swapon "\${file}"
  fi
  if ! grep --quiet "^\${file} " "\${root}/etc/fstab"; then
    printf '%s none swap sw 0 0\\n' "\${file}" >>"\${root}/etc/fstab"
  fi
}

ensure_node() {
  if [[ ! -x "\${root}/usr/bin/node-22" ]]; then
    dnf install --assumeyes --quiet --setopt=install_weak_deps=False nodejs22
  fi
}

has_digest() {
  [[ -f "$1" ]] && printf '%s  %s\\n' "$2" "$1" | sha256sum --check --status
}

# ensure_artifact <key> <sha256> <file> <mode> <service>
ensure_artifact() {
  local key="$1" digest="$2" file="\${root}$3" mode="$4" service="$5"
  if has_digest "\${file}" "\${digest}"; then
    chmod "\${mode}" "\${file}"
    return
  fi
  mkdir -p "$(dirname "\${file}")"
  rm -f "\${file}.new"
  aws s3 cp --region "\${region}" --only-show-errors "s3://\${bucket}/\${key}" "\${file}.new"
  if ! has_digest "\${file}.new" "\${digest}"; then
    rm -f "\${file}.new"
    fail "\${key} is not what was asked for; sha256 must be \${digest}"
  fi
  chmod "\${mode}" "\${file}.new"
  mv "\${file}.new" "\${file}"
  changed+=("\${service}")
  say "\${key} is in place"
}

check_caddy() {
  # Read to its end: who prints into a pipe that closes early dies of it, which pipefail takes for a failure.
  local modules
  modules="$("\${root}${PLACE.caddy}" list-modules)" || fail 'this Caddy does not list its modules'
  grep --quiet '^dns\\.providers\\.route53' <<<"\${modules}" ||
    fail 'this Caddy has no module dns.providers.route53'
}

# The services come after this one, so nothing here may wait for them.
start_services() {
  systemctl enable --quiet assistant.service caddy.service
  systemctl start --no-block assistant.service caddy.service
  local service
  for service in "\${changed[@]}"; do
    systemctl try-restart --no-block "\${service}"
  done
}

main() {
  check_region
  ensure_swap
  ensure_node
  ensure_artifact '${host.application.key}' '${host.application.sha256}' \\
    '${PLACE.application}' 644 assistant.service
  ensure_artifact '${host.caddy.key}' '${host.caddy.sha256}' \\
    '${PLACE.caddy}' 755 caddy.service
  check_caddy
  start_services
  say 'done'
}

if [[ "\${BASH_SOURCE[0]}" == "$0" ]]; then
  main
fi
`;
}
