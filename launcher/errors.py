"""Failures as one sentence that says what to do."""

import re

NO_SPACE = "the disk is full; free about 2 GB and run this again"
NO_NETWORK = (
    "the package server cannot be reached; check the network or proxy settings and run this again"
)
NOT_TRUSTED = (
    "the package server's certificate is not trusted; if a proxy is in between, set "
    "SSL_CERT_FILE, PIP_CERT and NODE_EXTRA_CA_CERTS to a file with its certificate"
)

# What package managers print, and what it means for the person in front of the screen
_CAUSES = (
    (r"No space left on device|ENOSPC|Disk quota exceeded", NO_SPACE),
    (
        r"Could not get lock|Unable to acquire the dpkg frontend lock",
        "another program is installing system packages; wait for it and run this again",
    ),
    (
        r"EINTEGRITY|[Hh]ash mismatch|DO NOT MATCH THE HASHES|Hash Sum mismatch",
        "a download does not have the expected content; run this again, "
        "and distrust the package server if it stays so",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT|UNABLE_TO_(GET_ISSUER|VERIFY)"
        r"|invalid peer certificate|UnknownIssuer|certificate verif",
        NOT_TRUSTED,
    ),
    (
        r"Temporary failure (in name resolution|resolving)|Name or service not known"
        r"|Could not (resolve|connect)|Network is unreachable|Failed to fetch"
        r"|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED"
        r"|dns error|error sending request|client error \(Connect\)|Request failed after"
        r"|Connection (refused|timed out|reset)|Tunnel connection failed|ProxyError"
        r"|NewConnectionError|Cannot connect to proxy|Unable to connect",
        NO_NETWORK,
    ),
)


class LauncherError(Exception):
    """Ends the command; its text is one sentence for the user: what happened and what to do."""


def explain(output: str) -> str:
    """Say in plain words why a program failed.

    :param output: all that the program printed
    :return: half a sentence: a known cause and its cure, else the last line that was printed
    """
    for pattern, meaning in _CAUSES:
        if re.search(pattern, output):
            return meaning
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "it printed nothing"
