"""Print what is shipped, and what builds it, as CycloneDX JSON: each locked package with version and hashes.

Made from the lock files alone, so the same locks give the same bytes, and no address is named. The scope
is "required" for what runs or is served, "excluded" for what only builds the front end.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
# npm packages that reach a browser, or stand in a PDF
SERVED = ("govuk-frontend", "@fontsource/atkinson-hyperlegible-next", "@fontsource/noto-emoji")
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
Part = dict[str, Any]


def python_packages(lock: str, *, scope: str) -> Iterator[Part]:
    """Each may be installed from one of several files: there is a hash for each."""
    for name, version, rest in LOCKED.findall((ROOT / lock).read_text()):
        purl = f"pkg:pypi/{name}@{version}"
        hashes = [_hash("SHA-256", digest) for digest in re.findall(r"sha256:([0-9a-f]{64})", rest)]
        files = [{"type": "distribution", "url": purl, "hashes": hashes}]
        yield _part(purl, name, version, scope) | {"externalReferences": files}


def npm_packages() -> Iterator[Part]:
    packages: dict[str, Part] = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for place, package in packages.items():
        if not place:  # ourselves
            continue
        whole = place.rpartition("node_modules/")[2]
        scope = "required" if whole in SERVED else "excluded"
        group, _, name = whole.rpartition("/")
        part = _part(f"pkg:npm/{quote(whole)}@{package['version']}", name, package["version"], scope)
        algorithm, _, digest = package["integrity"].partition("-")
        hashes = [_hash(algorithm.replace("sha", "SHA-"), base64.b64decode(digest).hex())]
        licences = [{"license": {"id": package["license"]}}]
        yield part | ({"group": group} if group else {}) | {"hashes": hashes, "licenses": licences}


def _part(purl: str, name: str, version: str, scope: str) -> Part:
    part = {"type": "library", "bom-ref": purl, "name": name, "version": version}
    return part | {"scope": scope, "purl": purl}


def _hash(algorithm: str, digest: str) -> Part:
    return {"alg": algorithm, "content": digest}


def bom() -> Part:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    us = {"type": "application", "bom-ref": "us", "name": project["name"], "version": project["version"]}
    parts = [
        *python_packages("requirements.txt", scope="required"),
        *python_packages("requirements-node.txt", scope="excluded"),
        *npm_packages(),
    ]
    components = list({part["purl"]: part for part in parts}.values())
    content = json.dumps([us, components], sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, content)}",
        "version": 1,
        "metadata": {"lifecycles": [{"phase": "pre-build"}], "component": us},
        "components": components,
    }


if __name__ == "__main__":
    json.dump(bom(), sys.stdout, indent=1)
    print()
