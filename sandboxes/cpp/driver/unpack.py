"""Unpacks what the guest is built from; the arguments are the compiler's archive of headers and libraries, the runtime's wheel, and the folder to fill.

Writes the files as the compiler sees them below tree/: usr/ with headers and C library, runtime/ with the sources of the C++ library.
"""

import pathlib
import sys
import tarfile
import zipfile

resources, wheel, folder = sys.argv[1:]
folder = pathlib.Path(folder)


def write(path, content):
    path = folder / path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


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


with tarfile.open(resources) as archive:
    for member in archive:
        path = member.name.removeprefix("./")
        if member.isfile() and wanted(path):
            write(f"tree/usr/{path}", archive.extractfile(member).read())
with zipfile.ZipFile(wheel) as archive:
    for path in archive.namelist():
        parts = path.split("/")
        if parts[:2] != ["ziglang", "lib"] or len(parts) < 4 or parts[2] not in ("libcxx", "libcxxabi", "libunwind"):
            continue
        # The headers of libc++ are the compiler's own.
        if not path.endswith("/") and parts[2:4] != ["libcxx", "include"]:
            write("tree/runtime/" + "/".join(parts[2:]), archive.read(path))
