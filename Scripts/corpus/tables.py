"""Objects of the kernel's tables of verifier tests: each test a program, each table an object."""

import re

# What `test_verifier.c` makes for each kind of map: type, and the rest of its definition.
MAPS = {
    "map_hash_8b": ("HASH", "__uint(map_flags, 1); __type(key, long long); __type(value, long long);"),
    "map_hash_48b": ("HASH", "__uint(map_flags, 1); __type(key, long long); __type(value, struct value48);"),
    "map_hash_16b": ("HASH", "__uint(map_flags, 1); __type(key, long long); __type(value, struct value16);"),
    "map_array_48b": ("ARRAY", "__type(key, int); __type(value, struct value48);"),
    "map_sockmap": ("SOCKMAP", "__uint(key_size, 4); __uint(value_size, 4);"),
    "map_sockhash": ("SOCKHASH", "__uint(key_size, 4); __uint(value_size, 4);"),
    "map_xskmap": ("XSKMAP", "__uint(key_size, 4); __uint(value_size, 4);"),
    "map_stacktrace": ("STACK_TRACE", "__uint(key_size, 4); __uint(value_size, 8);"),
    "prog1": ("PROG_ARRAY", "__uint(key_size, 4); __uint(value_size, 4);"),
    "prog2": ("PROG_ARRAY", "__uint(key_size, 4); __uint(value_size, 4);"),
    "map_in_map": ("ARRAY_OF_MAPS", "__uint(key_size, 4); __uint(value_size, 4); __array(values, struct inner);"),
    "cgroup_storage": ("CGROUP_STORAGE", "__type(key, struct bpf_cgroup_storage_key); __type(value, struct value64);"),
    "percpu_cgroup_storage": ("PERCPU_CGROUP_STORAGE", "__type(key, struct bpf_cgroup_storage_key); __type(value, struct value64);"),
    "map_spin_lock": ("ARRAY", "__type(key, int); __type(value, struct locked);"),
    "map_array_ro": ("ARRAY", "__uint(map_flags, 128); __type(key, int); __type(value, struct value48);"),
    "map_array_wo": ("ARRAY", "__uint(map_flags, 256); __type(key, int); __type(value, struct value48);"),
    "map_array_small": ("ARRAY", "__type(key, int); __type(value, char);"),
    "sk_storage_map": ("SK_STORAGE", "__uint(map_flags, 1); __type(key, int); __type(value, struct locked);"),
    "map_event_output": ("PERF_EVENT_ARRAY", "__uint(key_size, 4); __uint(value_size, 4);"),
    "map_reuseport_array": ("REUSEPORT_SOCKARRAY", "__uint(key_size, 4); __uint(value_size, 8);"),
    "map_ringbuf": ("RINGBUF", ""),
    "map_timer": ("ARRAY", "__type(key, int); __type(value, struct timed);"),
}
ENTRIES = {"prog1": 4, "prog2": 8, "map_ringbuf": 4096, "cgroup_storage": 0,
           "percpu_cgroup_storage": 0, "sk_storage_map": 0}

# Sections for what `enum bpf_prog_type` and `enum bpf_attach_type` count.
SECTIONS = {
    (1, 0): "socket", (2, 0): "kprobe", (3, 0): "tc", (4, 0): "action", (5, 0): "tracepoint",
    (6, 0): "xdp", (7, 0): "perf_event", (8, 0): "cgroup/skb", (9, 0): "cgroup/sock",
    (9, 12): "cgroup/post_bind4", (10, 0): "lwt_in", (11, 0): "lwt_out", (12, 0): "lwt_xmit",
    (13, 0): "sockops", (14, 0): "sk_skb", (15, 0): "cgroup/dev", (16, 0): "sk_msg",
    (17, 0): "raw_tp", (18, 10): "cgroup/connect4", (18, 15): "cgroup/sendmsg6",
    (21, 0): "sk_reuseport", (23, 0): "cgroup/sysctl", (24, 0): "raw_tp.w",
    (25, 22): "cgroup/setsockopt", (26, 24): "fentry", (26, 26): "fmod_ret", (26, 28): "iter",
    (29, 27): "lsm", (30, 36): "sk_lookup",
}

HEAD = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct value16 { long long first, second; };
struct value48 { unsigned index; int rest[11]; };
struct value64 { char bytes[64]; };
struct locked { int count; struct bpf_spin_lock lock; };
struct timed { struct bpf_timer timer; };
struct inner { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, int); __type(value, int); };
char _license[] SEC("license") = "GPL";
"""


CALL, FUNCTION = 1, 4  # what the source register says: BPF_PSEUDO_CALL, BPF_PSEUDO_FUNC


def words(test):
    return [test["code"][i:i + 16] for i in range(0, len(test["code"]), 16)]


def opcode(word):
    return int(word[14:], 16)


def signed(digits):
    number = int(digits, 16)
    return number - (1 << 4 * len(digits)) if number >> (4 * len(digits) - 1) else number


def functions(test):
    """Where the functions of a test begin, and which one each call or address is about: objects
    must name functions, while tables only know distances. None if that cannot be: a jump or a
    fall from one function into another, a call into nowhere."""
    code = words(test)
    targets = {}
    for slot, word in enumerate(code):
        source = int(word[12], 16)
        if (opcode(word) == 0x85 and source == CALL) or (opcode(word) == 0x18 and source == FUNCTION):
            targets[slot] = slot + 1 + signed(word[:8])
    starts = sorted({0} | set(targets.values()))
    if starts[0] < 0 or starts[-1] >= len(code):
        return None
    if 0 in targets.values():
        return None  # it calls itself
    if not targets:
        return starts, targets
    for start, end in zip(starts, starts[1:] + [len(code)]):
        if opcode(code[end - 1]) not in (0x95, 0x05):
            return None
        for slot in range(start, end):
            code_ = opcode(code[slot])
            if code_ & 7 in (5, 6) and code_ not in (0x85, 0x95, 0x8d):
                far = signed(code[slot][:8]) if code_ == 0x06 else signed(code[slot][8:12])
                if not start <= slot + 1 + far < end:
                    return None
    return starts, targets


def obstacle(test):
    """Why an object cannot hold a test; None if it can."""
    if (test["type"], test["attach_type"]) not in SECTIONS:
        return "no section says its type"
    if test["functions"]:
        return "it calls a kfunc by number"
    if test["function_info"]:
        return "it has types of its own"
    if len(test["code"]) // 16 > 100_000:
        return "it is too long for an assembler"
    code = words(test)
    for kind, slot in test["maps"]:
        if kind not in MAPS:
            return "its map has kernel pointers"
        # A relocation can only say "this map", not "this far into its value".
        if code[slot][14:] != "18" or code[slot][12] != "1" or int(code[slot][8:12], 16):
            return "it names a map in a way of its own"
        if slot + 1 >= len(code) or int(code[slot + 1], 16):
            return "it names a map in a way of its own"
    if functions(test) is None:
        return "its functions run into each other"
    return None


def name(test):
    text = re.sub(r"[^A-Za-z0-9]+", "_", test["description"]).strip("_")
    return f"t{test['number']}_{text}"[:60]


def body(test, start, end, targets):
    """The text of one function, and the maps that it names."""
    maps = {slot: kind for kind, slot in test["maps"]}
    code = words(test)
    lines = []
    used = set()
    slot = start
    while slot < end:
        word = code[slot]
        register = int(word[13], 16)
        if slot in maps:
            lines.append(f'"r{register} = %[{maps[slot]}] ll;"')
            used.add(maps[slot])
        elif slot in targets and opcode(word) == 0x85:
            lines.append(f'"call {function_name(test, targets[slot])};"')
        elif slot in targets:
            lines.append(f'"r{register} = {function_name(test, targets[slot])} ll;"')
        else:
            lines.append(f'".quad 0x{word};"')
        slot += 2 if slot in maps or (slot in targets and opcode(word) == 0x18) else 1
    return "\n    ".join(lines), sorted(used)


def function_name(test, slot):
    return f"{name(test)}_at_{slot}" if slot else name(test)


def source(tests):
    """The text of a C file that holds tests as programs."""
    lines = [HEAD]
    for kind in sorted({kind for test in tests for kind, _ in test["maps"]}):
        type_, rest = MAPS[kind]
        entries = ENTRIES.get(kind, 1)
        size = f"__uint(max_entries, {entries}); " if entries else ""
        lines.append(f'struct {{ __uint(type, BPF_MAP_TYPE_{type_}); {size}{rest} }} {kind} SEC(".maps");')
    for test in tests:
        section = SECTIONS[test["type"], test["attach_type"]]
        section += "/" + test["target"] if "target" in test else ""
        starts, targets = functions(test)
        for start, end in zip(starts, starts[1:] + [len(words(test))]):
            text, used = body(test, start, end, targets)
            inputs = ", ".join(f'[{kind}]"i"(&{kind})' for kind in used)
            linkage = "static " if start else f'SEC("{section}") '
            lines.append(f"__attribute__((naked, nodebug, used, noinline)) {linkage}int "
                         f"{function_name(test, start)}(void *context) {{\n"
                         f"  asm volatile(\n    {text}\n    :: {inputs} :);\n}}")
    return "\n".join(lines)
