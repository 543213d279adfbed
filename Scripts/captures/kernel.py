"""Runs loaded programs in this kernel without attaching them (BPF_PROG_TEST_RUN)."""
import ctypes
import os
import struct

BPF_OBJ_GET, BPF_PROG_TEST_RUN = 7, 10
SYSCALL_BPF = {"x86_64": 321, "aarch64": 280}[os.uname().machine]
libc = ctypes.CDLL(None, use_errno=True)


def bpf(command, attributes):
    buffer = ctypes.create_string_buffer(attributes, 128)
    result = libc.syscall(SYSCALL_BPF, command, buffer, len(attributes))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result, buffer.raw


def pinned(path):
    """The descriptor of a pinned program."""
    name = ctypes.create_string_buffer(path.encode())
    return bpf(BPF_OBJ_GET, struct.pack("=QII", ctypes.addressof(name), 0, 0))[0]


def run(program, packet=b""):
    """Runs once; returns the program's result and the packet that it left."""
    given = ctypes.create_string_buffer(packet, max(len(packet), 1))
    left = ctypes.create_string_buffer(len(packet) + 512)
    attributes = struct.pack(
        "=IIIIQQIIIIQQIII", program, 0, len(packet), len(left) if packet else 0,
        ctypes.addressof(given) if packet else 0, ctypes.addressof(left) if packet else 0,
        1 if packet else 0, 0, 0, 0, 0, 0, 0, 0, 0)
    _, result = bpf(BPF_PROG_TEST_RUN, attributes)
    returned, _, size = struct.unpack_from("=III", result, 4)
    return returned, left.raw[:size]
