#!/usr/bin/env bash
# openssl on our raw signatures: it verifies what we signed with Ed25519 and with
# SM2 (SM3, the default identifier), refuses a changed text, and signs for us to
# verify. FOLDER is what `cargo test --test note export` writes.
set -euo pipefail
cd "$1"
mkdir -p theirs
sed 's/2/3/' message.txt >changed.txt

verify() { # name, message, signature, more options
    local name=$1 message=$2 signature=$3
    shift 3
    openssl pkeyutl -verify -pubin -keyform DER -inkey "$name.pub.der" -rawin -in "$message" -sigfile "$signature" "$@"
}

sm2=(-digest sm3 -pkeyopt distid:1234567812345678)
verify ed25519 message.txt ed25519.sig
verify sm2 message.txt sm2.sig.der "${sm2[@]}"
if verify ed25519 changed.txt ed25519.sig || verify sm2 changed.txt sm2.sig.der "${sm2[@]}"; then
    echo "a changed text verifies" >&2
    exit 1
fi
openssl pkeyutl -sign -keyform DER -inkey ed25519.key.der -rawin -in message.txt -out theirs/ed25519.sig
openssl pkeyutl -sign -keyform DER -inkey sm2.key.der -rawin -in message.txt -out theirs/sm2.sig.der "${sm2[@]}"
echo "openssl: agreed"
