"""Runs the benchmark programs in the running kernel (root, Linux 6.9 or later).

The programs take an address and go round as often as they like; the kernel's verifier wants to know both. So
the memory is an arena (`BPF_MAP_TYPE_ARENA`), whose addresses need no proof, and in front of every loop
stands a `may_goto`, which ends it after eight million rounds. A classifier around the same bytecode
gives it the arena's address; `BPF_PROG_TEST_RUN` says how long a run takes.
"""
import ctypes
import mmap
import os
import platform
import struct

SYSCALL = {"x86_64": 321, "aarch64": 280}
MAP_CREATE, PROG_LOAD, PROG_TEST_RUN = 0, 5, 10
ARENA, CLASSIFIER = 33, 3
MMAPABLE = 1 << 10
MARK, PRIORITY = 8, 32  # the offsets of these fields of __sk_buff
HIDDEN_ZERO = -512  # where on the stack a zero lies that the verifier does not know
WHERE = 1 << 44  # programs compute with addresses of this process; any free place will do

CALL, EXIT, JUMP, JUMP_LONG, MAY_GOTO, LOAD_CONSTANT = 0x85, 0x95, 0x05, 0x06, 0xE5, 0x18

LEAVE = [(0xB7, 0, 0, 0), (EXIT, 0, 0, 0)]  # r0 = 0; exit

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def bpf(command, attributes):
    """bpf(2); the attributes are changed in place."""
    result = libc.syscall(SYSCALL[platform.machine()], command, attributes, len(attributes))
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def instruction(opcode, target=0, source=0, offset=0, constant=0):
    return struct.pack("<BBhi", opcode, target | source << 4, offset, constant)


def move(register, constant):
    """Loads 64 bits."""
    low, high = constant & 0xFFFFFFFF, constant >> 32
    signed = lambda word: word - (1 << 32) if word >> 31 else word
    return instruction(LOAD_CONSTANT, register, constant=signed(low)) + instruction(
        0, constant=signed(high))


class Bytecode:
    """A program that can be taken apart: what jumps keeps its target when something is put in."""

    def __init__(self, code):
        self.slots = [struct.unpack_from("<BBhi", code, at) for at in range(0, len(code), 8)]

    def target(self, index):
        """Where the instruction in a slot jumps to, or which function it calls."""
        opcode, registers, offset, constant = self.slots[index]
        if opcode == CALL and registers >> 4 == 1 or opcode == JUMP_LONG:
            return index + 1 + constant
        if opcode & 7 in (5, 6) and opcode not in (CALL, EXIT):
            return index + 1 + offset
        return None

    def instructions(self):
        """The first slots of all instructions."""
        index = 0
        while index < len(self.slots):
            yield index
            index += 2 if self.slots[index][0] == LOAD_CONSTANT else 1

    def constants_to_hide(self):
        """Constants of the first function that are loaded outside of innermost loops."""
        loops = {
            range(self.target(index), index + 1) for index in self.instructions()
            if self.slots[index][0] != CALL
            and self.target(index) is not None and self.target(index) <= index
        }
        innermost = {
            loop for loop in loops
            if not any(other.start > loop.start and other.stop <= loop.stop for other in loops)
        }
        calls = {self.target(index) for index in self.instructions() if self.slots[index][0] == CALL}
        end = min((target for target in calls if target), default=len(self.slots))
        return {
            index for index in self.instructions()
            if self.slots[index][0] in (0xB7, 0xB4) and index < end
            and not any(index in loop for loop in innermost)
        }

    def bounded(self, hides=False):
        """The program with a `may_goto` at the head of every loop, which ends the function.

        Where the verifier knows how often a loop goes round, it goes round as often; constants that come
        out of memory hide it.
        """
        starts = list(self.instructions())
        hidden = self.constants_to_hide() if hides else set()
        calls = {self.target(index) for index in starts if self.slots[index][0] == CALL}
        ends = sorted(target for target in calls if target) + [len(self.slots)]
        heads = {
            self.target(index) for index in starts
            if self.slots[index][0] != CALL
            and self.target(index) is not None and self.target(index) <= index
        }
        # Behind every function with loops stand two instructions more.
        ends = {min(end for end in ends if end > head) for head in heads}
        place, count = {}, 0
        for index in range(len(self.slots) + 1):
            count += 2 if index in ends else 0
            place[index] = count
            count += (index in heads) + (index in hidden) + 1
        code = []
        for index, (opcode, registers, offset, constant) in enumerate(self.slots):
            if index in ends:
                code += LEAVE
            if index in heads:
                end = min(end for end in ends if end > index)
                code.append((MAY_GOTO, 0, place[end] - 2 - len(code) - 1, 0))
            target = self.target(index) if index in starts else None
            if target is not None:
                distance = place[target] - len(code) - 1
                if opcode in (CALL, JUMP_LONG):
                    constant = distance
                else:
                    offset = distance
            if index in hidden:
                code.append((0x79, registers & 15 | 0xA0, HIDDEN_ZERO, 0))
                opcode = 0x07 if opcode == 0xB7 else 0x04
            code.append((opcode, registers, offset, constant))
        code += LEAVE if len(self.slots) in ends else []
        return b"".join(struct.pack("<BBhi", *slot) for slot in code)


class Kernel:
    """An arena with the programs' input, and the programs that are run on it."""

    def __init__(self, data):
        self.length = len(data)
        pages = len(data) // mmap.PAGESIZE
        attributes = ctypes.create_string_buffer(
            struct.pack("<7I16s5IQ8x", ARENA, 0, 0, pages, MMAPABLE, 0, 0, b"arena",
                        0, 0, 0, 0, 0, WHERE))
        self.arena = bpf(MAP_CREATE, attributes)
        libc.mmap.restype = ctypes.c_void_p
        libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t] + 3 * [ctypes.c_int] + [
            ctypes.c_long]
        address = libc.mmap(WHERE, len(data), 3, mmap.MAP_SHARED | 0x10, self.arena, 0)
        if address != WHERE:
            raise OSError(ctypes.get_errno(), "the arena cannot be mapped")
        ctypes.memmove(address, bytes(data), len(data))

    def load(self, code):
        """Loads a program; returns its descriptor."""
        try:
            return self.load_bounded(code, False)
        except OSError:
            return self.load_bounded(code, True)

    def load_bounded(self, code, hides):
        start = (
            # The length comes with the packet: the verifier must not know it, or it would go through
            # every round of every loop.
            instruction(0x61, 2, 1, MARK)
            + instruction(0x61, 0, 1, PRIORITY) + instruction(0x7B, 10, 0, HIDDEN_ZERO)
            + instruction(LOAD_CONSTANT, 1, source=1, constant=self.arena) + instruction(0)
            + move(1, WHERE)
            # The kernel takes the number for an address of the arena from here on.
            + instruction(0xBF, 1, 1, 1, 1))
        program = start + Bytecode(code).bounded(hides)
        buffer = ctypes.create_string_buffer(program)
        licence = ctypes.create_string_buffer(b"Apache-2.0")
        attributes = ctypes.create_string_buffer(
            struct.pack("<IIQQIIQII16sI60x", CLASSIFIER, len(program) // 8,
                        ctypes.addressof(buffer), ctypes.addressof(licence), 0, 0, 0, 0, 0,
                        b"benchmark", 0))
        return bpf(PROG_LOAD, attributes)

    def run(self, program, count):
        """Runs a program; returns nanoseconds a run, and the lower half of what it returned."""
        packet = ctypes.create_string_buffer(64)
        context = ctypes.create_string_buffer(192)
        struct.pack_into("<I", context, MARK, self.length)
        attributes = ctypes.create_string_buffer(
            struct.pack("<IIIIQQIIIIQQ16x", program, 0, len(packet), 0, ctypes.addressof(packet), 0,
                        count, 0, len(context), 0, ctypes.addressof(context), 0))
        bpf(PROG_TEST_RUN, attributes)
        returned, = struct.unpack_from("<I", attributes.raw, 4)
        duration, = struct.unpack_from("<I", attributes.raw, 36)
        return duration, returned
