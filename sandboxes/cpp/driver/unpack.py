"""Fetches the compiler and unpacks what the guest is built from; the arguments are the compiler's URL and SHA-512, the runtime's wheel, and the folder to fill.

Writes llvm.wasm, and below tree/ the files as the compiler sees them: usr/ with headers and C library, runtime/ with the sources of the C++ library.
"""

import hashlib
import io
import pathlib
import sys
import tarfile
import urllib.request
import zipfile

url, sha512, wheel, folder = sys.argv[1:]
folder = pathlib.Path(folder)


def write(path, content):
    path = folder / path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def files(archive):
    """Paths and contents of a tar archive."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            if member.isfile():
                yield member.name.removeprefix("./"), tar.extractfile(member).read()


def wanted(path):
    """Leaves out headers of other targets and languages, and the C++ library that knows no exceptions."""
    name = path.rpartition("/")[2]
    if path.startswith("share/") or "/__cxx03/" in path or path.endswith((".json", ".modulemap")):
        return False
    if name.startswith(("libc++", "libclang_rt.profile")):
        return False
    if path.startswith(("include/c++/", "include/wasm32-wasip1/", "lib/")):
        return True
    # The compiler's own headers.
    return name.startswith(("std", "__std", "float", "__float", "limits", "inttypes", "iso646", "tgmath", "varargs", "unwind", "wasm_simd128", "mm_malloc"))


with urllib.request.urlopen(url) as response:
    package = response.read()
if hashlib.sha512(package).hexdigest() != sha512:
    sys.exit(f"{url} is not the file that guest.toml names")
for path, content in files(package):
    if path == "package/gen/llvm.core.wasm":
        write("llvm.wasm", content)
    elif path == "package/gen/llvm-resources.tar":
        for resource, content in files(content):
            if wanted(resource):
                write(f"tree/usr/{resource}", content)
with zipfile.ZipFile(wheel) as archive:
    for path in archive.namelist():
        parts = path.split("/")
        if parts[:2] != ["ziglang", "lib"] or len(parts) < 4 or parts[2] not in ("libcxx", "libcxxabi", "libunwind"):
            continue
        # The headers of libc++ are the compiler's own.
        if not path.endswith("/") and parts[2:4] != ["libcxx", "include"]:
            write("tree/runtime/" + "/".join(parts[2:]), archive.read(path))
