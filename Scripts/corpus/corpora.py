"""Builds the corpora from Debian packages: everything lands in a cache, nothing in the repository.

    libbpf-tools   the objects inside the programs of Debian's package libbpf-tools
    6.1, 6.12      tools/testing/selftests/bpf/progs of linux-source-6.1 and linux-source-6.12
    verifier-6.1   the tables verifier/*.c of linux-source-6.1, a test a program
"""

import concurrent.futures
import json
import os
import pathlib
import shutil
import struct
import subprocess
import sys

import tables

NAMES = ["libbpf-tools", "6.1", "6.12", "verifier-6.1"]
HERE = pathlib.Path(__file__).resolve().parent
# Whose libbpf judges, and whose headers the tables' objects are compiled with.
NEWEST = "6.12"
WANTED = ["*/tools/testing/selftests/bpf", "*/tools/lib", "*/tools/include", "*/tools/bpf",
          "*/tools/arch/x86/include", "*/tools/scripts", "*/tools/build", "*/scripts/bpf_doc.py",
          "*/tools/perf/perf-sys.h"]


def say(text):
    print(text, file=sys.stderr, flush=True)


def run(*command, **options):
    return subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True,
                          **options)


class Corpora:
    def __init__(self, cache, jobs):
        self.cache = pathlib.Path(cache)
        self.jobs = jobs
        self.cache.mkdir(parents=True, exist_ok=True)

    def objects(self, name):
        """The directory of a corpus's objects; builds it the first time."""
        directory = self.cache / "objects" / name
        if not (directory / ".complete").exists():
            directory.mkdir(parents=True, exist_ok=True)
            {"libbpf-tools": self.take_tools, "verifier-6.1": self.compile_tables}.get(
                name, self.compile_programs)(name, directory)
            (directory / ".complete").touch()
        return directory

    # MARK: Sources and tools

    def sources(self, version):
        """The parts of a kernel's sources that hold tests, libbpf and bpftool."""
        directory = self.cache / f"src-{version}"
        if directory.exists():
            return directory
        debs = self.cache / "debs"
        debs.mkdir(exist_ok=True)
        if not list(debs.glob(f"linux-source-{version}_*.deb")):
            say(f"downloading linux-source-{version}")
            run("apt-get", "download", f"linux-source-{version}", cwd=debs)
        deb = next(debs.glob(f"linux-source-{version}_*.deb"))
        say(f"unpacking {deb.name}")
        fresh = directory.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        member = f"./usr/src/linux-source-{version}.tar.xz"
        patterns = " ".join(f"'{pattern}'" for pattern in WANTED)
        run("sh", "-c", f"dpkg-deb --fsys-tarfile '{deb}' | tar -xO '{member}'"
            f" | tar -C '{fresh}' --strip-components=1 -xJ --wildcards {patterns}")
        fresh.rename(directory)
        return directory

    def bpftool(self):
        """bpftool and libbpf of the newest sources: the neutral judge."""
        build = self.cache / "bpftool"
        if not (build / "bpftool").exists():
            source = self.sources(NEWEST)
            say("building libbpf and bpftool")
            build.mkdir(exist_ok=True)
            absent = [f"feature-{name}=0" for name in ("clang-bpf-co-re", "llvm", "libbfd", "libcap")]
            run("make", "-s", "-C", source / "tools/bpf/bpftool", f"OUTPUT={build}/",
                f"-j{self.jobs}", *absent)
        return build

    def program(self, name, *arguments, version=NEWEST):
        """A C program of this directory, linked with libbpf."""
        binary = self.cache / "bin" / name
        binary.parent.mkdir(exist_ok=True)
        source = HERE / f"{name}.c"
        if binary.exists() and binary.stat().st_mtime > source.stat().st_mtime:
            return binary
        build = self.bpftool() / "libbpf"
        uapi = self.sources(version) / "tools/include/uapi"
        run("cc", "-O1", "-w", "-o", binary, source, *arguments, f"-I{build}/include", f"-I{uapi}",
            build / "libbpf.a", "-lelf", "-lz")
        return binary

    def kernel_header(self):
        """vmlinux.h of the running kernel."""
        directory = self.cache / f"vmlinux-{os.uname().release}"
        header = directory / "vmlinux.h"
        if not header.exists():
            directory.mkdir(exist_ok=True)
            dump = run(self.bpftool() / "bpftool", "btf", "dump", "file",
                       "/sys/kernel/btf/vmlinux", "format", "c")
            header.write_text(dump.stdout)
        return directory

    def headers(self, version):
        """libbpf's headers of a kernel's sources."""
        directory = self.cache / f"headers-{version}"
        if not directory.exists():
            build = self.cache / f"libbpf-{version}"
            build.mkdir(exist_ok=True)
            run("make", "-s", "-C", self.sources(version) / "tools/lib/bpf", f"OUTPUT={build}/",
                f"DESTDIR={directory}", "prefix=", "install_headers")
        return directory / "include"

    # MARK: Corpora

    def take_tools(self, name, directory):
        listing = pathlib.Path("/var/lib/dpkg/info/libbpf-tools.list")
        if not listing.exists():
            sys.exit("verdicts: the package libbpf-tools is not installed")
        for path in map(pathlib.Path, listing.read_text().splitlines()):
            if path.parent.name != "sbin" or path.is_symlink():
                continue
            for number, found in enumerate(embedded_objects(path.read_bytes())):
                suffix = f".{number}" if number else ""
                (directory / f"{path.name}{suffix}.o").write_bytes(found)

    def compile_programs(self, version, directory):
        root = self.sources(version)
        tests = root / "tools/testing/selftests/bpf"
        common = ["clang", "-g", "-O2", "--target=bpf", "-D__TARGET_ARCH_x86", "-mlittle-endian",
                  f"-I{self.kernel_header()}", f"-I{self.headers(version)}", f"-I{tests}",
                  f"-I{tests}/progs", f"-I{root}/tools/include/uapi",
                  "-I/usr/include/x86_64-linux-gnu", "-Wno-everything", "-DENABLE_ATOMICS_TESTS",
                  "-c"]
        # The first that compiles counts: prototypes of vmlinux.h may contradict a test's own.
        variants = [["-mcpu=v3"], ["-mcpu=v3", "-DBPF_NO_KFUNC_PROTOTYPES"], ["-mcpu=v4"],
                    ["-mcpu=v4", "-DBPF_NO_KFUNC_PROTOTYPES"]]

        def compile_one(source):
            target = directory / f"{source.stem}.o"
            extra = ["-fno-inline"] if source.stem in ("test_l4lb_noinline", "test_xdp_noinline") else []
            errors = None
            for variant in variants:
                done = subprocess.run([*common, *variant, *extra, str(source), "-o", str(target)],
                                      capture_output=True, text=True)
                if done.returncode == 0:
                    return None
                errors = errors or done.stderr
            target.unlink(missing_ok=True)
            return f"{source.name}\n{errors}"

        files = sorted((tests / "progs").glob("*.c"))
        say(f"compiling {len(files)} files of {version}")
        with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:
            failures = [failure for failure in pool.map(compile_one, files) if failure]
        (directory / "failed.txt").write_text("\n".join(failures))
        say(f"{len(files) - len(failures)} compiled; the others are in {directory}/failed.txt")

    # MARK: Tables

    def table_tests(self):
        """All tests of the tables, with the running kernel's verdicts."""
        version = "6.1"
        tests = self.sources(version) / "tools/testing/selftests/bpf"
        room = self.cache / "tables"
        (room / "verifier").mkdir(parents=True, exist_ok=True)
        (room / "verifier/tests.h").write_text("")
        names = sorted(path.stem for path in (tests / "verifier").glob("*.c"))
        identifiers = {name: "tests_" + name.replace("-", "_") for name in names}
        lines = [f"static struct bpf_test {identifiers[name]}[] = {{\n#define FILL_ARRAY\n"
                 f'#include "verifier/{name}.c"\n#undef FILL_ARRAY\n}};' for name in names]
        rows = "".join(f'{{"{name}", {identifiers[name]}, ARRAY_SIZE({identifiers[name]})}},\n'
                       for name in names)
        lines.append(f"static struct table tables[] = {{\n{rows}}};\n")
        (room / "tables.h").write_text("\n".join(lines))
        binary = self.program(
            "tables", f'-DTABLES="{room}/tables.h"', f"-I{room}", f"-I{tests}",
            f"-I{tests.parents[2]}/include", tests / "cap_helpers.c", "-O0", version=version)
        say("asking the kernel about the tables")
        return [json.loads(line) for line in run(binary).stdout.splitlines()]

    def compile_tables(self, name, directory):
        tests = self.table_tests()
        by_table = {}
        for test in tests:
            obstacle = tables.obstacle(test)
            if obstacle:
                test["obstacle"] = obstacle
            else:
                test["object"], test["program"] = f"{test['table']}.o", tables.name(test)
                by_table.setdefault(test["table"], []).append(test)
        sources = self.cache / "tables/sources"
        sources.mkdir(exist_ok=True)
        for table, members in by_table.items():
            source = sources / f"{table}.c"
            source.write_text(tables.source(members))
            run("clang", "-g", "-O2", "--target=bpf", "-mcpu=v4", "-w",
                f"-I{self.headers(NEWEST)}", f"-I{self.sources(NEWEST)}/tools/include/uapi",
                "-I/usr/include/x86_64-linux-gnu", "-c", source, "-o", directory / f"{table}.o")
        with open(directory / "tests.jsonl", "w") as file:
            file.writelines(json.dumps(test) + "\n" for test in tests)
        say(f"{sum(map(len, by_table.values()))} of {len(tests)} tests are programs of objects")


def embedded_objects(data):
    """The BPF objects inside a file: libbpf's skeletons carry theirs as constants."""
    start = 4
    while (start := data.find(b"\x7fELF\x02\x01", start)) >= 0:
        type_, machine = struct.unpack_from("<HH", data, start + 16)
        if (type_, machine) != (1, 247):
            start += 4
            continue
        (sections,) = struct.unpack_from("<Q", data, start + 40)
        (count,) = struct.unpack_from("<H", data, start + 60)
        end = sections + 64 * count
        for index in range(count):
            header = start + sections + 64 * index
            (kind,) = struct.unpack_from("<I", data, header + 4)
            offset, size = struct.unpack_from("<QQ", data, header + 24)
            if kind != 8:
                end = max(end, offset + size)
        yield data[start:start + end]
        start += end
