// Runs machine code of arm64 under qemu-aarch64: what the tests of the arm64 back end compare with
// the interpreter. Standard input has the code and a list of runs, standard output their results.
//
//   input    magic, bytes of code, words of runs, number of runs; the code; the runs
//   a run    target, budget, number of functions, (address, place in the code) each,
//            bytes of the context, the context in words
//   output   a result each: r0, ending, site, the context in words
//
// The address space is that of ARM64Runner.swift; what the machine code asks of the runtime is
// answered as the interpreter would.

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long u64;

// The layout of RunState.swift.
enum { regionCount = 65536, differences = 512 };
enum field {
    target = 16, frame, exitStack, ending, site, budget, loopBudget, stackTop, frameTop,
    stackLimit, callingFrame, machine, callHelper, callRegister, tailCall, afterCall, load, store,
    atomic, loadPacket,
};
enum { none, fault, exhausted };

static union { u64 words[64 + 3 * regionCount]; } state __attribute__((aligned(4096)));

static u64 *fields(void) { return state.words; }

// System calls ------------------------------------------------------------------------------------

static long call6(long number, long a, long b, long c, long d, long e, long f) {
    register long x8 __asm__("x8") = number;
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d;
    register long x4 __asm__("x4") = e;
    register long x5 __asm__("x5") = f;
    __asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
                     : "memory");
    return x0;
}

static void leave(int status) {
    for (;;) call6(94, status, 0, 0, 0, 0, 0);
}

static void *allocate(u64 size, int protection) {
    long memory = call6(222, 0, (long)size, protection, 0x22, -1, 0);
    if (memory < 0 && memory > -4096) leave(10);
    return (void *)memory;
}

static void readAll(void *to, u64 size) {
    for (u64 done = 0; done < size;) {
        long count = call6(63, 0, (long)to + done, size - done, 0, 0, 0);
        if (count <= 0) leave(11);
        done += count;
    }
}

static void writeAll(const void *from, u64 size) {
    for (u64 done = 0; done < size;) {
        long count = call6(64, 1, (long)from + done, size - done, 0, 0, 0);
        if (count <= 0) leave(12);
        done += count;
    }
}

void *memset(void *to, int byte, u64 size) {
    for (u64 at = 0; at < size; at++) ((volatile u8 *)to)[at] = byte;
    return to;
}

void *memcpy(void *to, const void *from, u64 size) {
    for (u64 at = 0; at < size; at++) ((volatile u8 *)to)[at] = ((const u8 *)from)[at];
    return to;
}

// Memory of programs ------------------------------------------------------------------------------

struct region {
    u32 number, start, readable, writable;  // one object
    u32 byteCount, size, stride;            // many
    u8 *base;
};

static u64 context[512] __attribute__((aligned(16)));
static u8 frames[8 * 512] __attribute__((aligned(16)));
static u8 objects[4 * 64] __attribute__((aligned(16)));
static u8 constants[48] __attribute__((aligned(16)));

enum { contextRegion = 2, firstFrame = 8, objectRegion = 64, constantRegion = 65, regionsInUse = 11 };
static struct region regions[regionsInUse];

static void show(int place, struct region region) {
    u64 address = (u64)region.number << 32 | region.start;
    regions[place] = region;
    state.words[64 + region.number] = (u64)region.base - address;
    state.words[64 + regionCount + region.number] = region.start | (u64)region.readable << 32;
    state.words[64 + 2 * regionCount + region.number] = region.writable;
}

static void showMemory(void) {
    for (int depth = 0; depth < 8; depth++)
        show(1 + depth,
             (struct region){firstFrame + depth, 0, 512, 512, 0, 0, 0, frames + 512 * depth});
    show(9, (struct region){objectRegion, 0, 0, 0, sizeof objects, 40, 64, objects});
    show(10, (struct region){constantRegion, 256, sizeof constants, 0, 0, 0, 0, constants});
}

// The host's address of an access, or null.
static u8 *judge(u64 address, u64 size, int isWrite) {
    for (int place = 0; place < regionsInUse; place++) {
        struct region *region = &regions[place];
        if (address >> 32 != region->number) continue;
        u64 offset = (u32)((u32)address - region->start);
        u32 limit = isWrite ? region->writable : region->readable;
        if (offset + size <= limit) return region->base + offset;
        if (offset < region->byteCount && offset % region->stride + size <= region->size)
            return region->base + offset;
        return 0;
    }
    return 0;
}

static u64 fail(u64 why) {
    if (fields()[ending] == none) fields()[ending] = why;
    return 0;
}

static void checkStack(void) {
    if ((u64)__builtin_frame_address(0) & 15) leave(13);
}

// What machine code asks of the runtime -----------------------------------------------------------

static u64 loadBytes(u64 *words, u64 address, u64 access) {
    checkStack();
    u64 size = access & 255;
    u8 *place = judge(address, size, 0);
    if (!place || (access & 256 && address % size)) return fail(fault);
    u64 value = 0;
    for (u64 at = 0; at < size; at++) value |= (u64)place[at] << 8 * at;
    return value;
}

static u64 storeBytes(u64 *words, u64 address, u64 access, u64 value) {
    checkStack();
    u64 size = access & 255;
    u8 *place = judge(address, size, 1);
    if (!place || (access & 256 && address % size)) return fail(fault);
    for (u64 at = 0; at < size; at++) place[at] = value >> 8 * at;
    return 0;
}

static u64 changeBytes(u64 *words, u64 address, u64 kind, u64 value) {
    u64 size = kind >> 8;
    u64 old = loadBytes(words, address, size | 256);
    if (fields()[ending] || !judge(address, size, 1)) return fail(fault);
    u64 mask = size == 4 ? 0xffffffff : ~0ul;
    u64 now = value;
    switch (kind & 255) {
    case 0: case 1: now = old + value; break;
    case 2: case 3: now = old | value; break;
    case 4: case 5: now = old & value; break;
    case 6: case 7: now = old ^ value; break;
    case 8: break;
    case 9:
        if (old != (words[0] & mask)) now = old;
        break;
    default: return fail(fault);
    }
    storeBytes(words, address, size, now);
    return old;
}

static u64 code;
static u64 functionCount;
static u64 *functions;

static u64 functionAt(u64 address) {
    for (u64 at = 0; at < functionCount; at++)
        if (functions[2 * at] == address) return code + functions[2 * at + 1];
    return 0;
}

typedef u64 (*gate)(u64, u64, u64, u64, u64, u64 *);

static u64 enter(u64 place, u64 top, u64 r1, u64 r2, u64 r3, u64 r4, u64 r5) {
    u64 bank[16];
    memcpy(bank, fields(), sizeof bank);
    fields()[target] = place;
    fields()[frame] = top;
    u64 result = ((gate)code)(r1, r2, r3, r4, r5, fields());
    memcpy(fields(), bank, sizeof bank);
    return result;
}

// `bpf_loop(count, callback, context, flags)`, as in ControlHelpers.swift.
static u64 loop(u64 count, u64 callback, u64 value, u64 flags) {
    count = (u32)count;
    if (flags) return -22;
    if (count > 8 * 1024 * 1024) return -7;
    u64 top = fields()[callingFrame] + 512;
    for (u64 index = 0; index < count; index++) {
        u64 place = functionAt(callback);
        if (!place) return fail(fault);
        if (top > fields()[stackLimit]) return fail(3);
        fields()[budget]--;
        if ((long)fields()[budget] < 0) return fail(exhausted);
        u64 result = enter(place, top, index, value, 0, 0, 0);
        if (fields()[ending]) return 0;
        if (result) return index + 1;
    }
    return count;
}

// Helper 25 mixes its arguments, as in ARM64Runner.swift.
static u64 help(u64 *words, u64 number) {
    checkStack();
    u64 r1 = words[1], r2 = words[2], r3 = words[3], r4 = words[4], r5 = words[5];
    switch (number) {
    case 5: return r1;
    case 25: return r1 * 3 ^ (r2 << 7 | r2 >> 57) ^ (r3 + r4 * 5) ^ ~r5;
    case 181: return loop(r1, r2, r3, r4);
    default: return fail(fault);
    }
}

static u64 helpOrFind(u64 *words, u64 address) {
    u64 place = functionAt(address);
    if (place) return place;
    if (address != 5 && address != 25 && address != 181) return fail(fault);
    words[0] = help(words, address);
    return 0;
}

static u64 replace(u64 *words) {
    checkStack();
    // The "map" is the address of a function; index 33 and above is a missing program.
    return words[3] < 33 ? functionAt(words[2]) : 0;
}

static void goOn(u64 *words) { checkStack(); }

// The packet is empty, but for a place where a test asks what it was asked for.
static u64 loadFromPacket(u64 *words, u64 offset, u64 size) {
    checkStack();
    return offset >> 12 == 1 ? offset * 16 + size : ~0ul;
}

// Runs --------------------------------------------------------------------------------------------

static void run(u64 place, u64 steps, u32 size, u64 *result) {
    u64 *field = fields();
    memset(frames, 0, sizeof frames);
    for (u32 at = 0; at < sizeof objects; at++) objects[at] = at * 7;
    for (u32 at = 0; at < sizeof constants; at++) constants[at] = at * 11 + 1;
    memset(field, 0, 128);
    show(0, (struct region){contextRegion, 0, size, size, 0, 0, 0, (u8 *)context});
    field[ending] = none;
    field[site] = 0;
    field[budget] = steps;
    field[loopBudget] = 8 * 1024 * 1024;
    field[stackTop] = (u64)frames + 512;
    field[frameTop] = (u64)firstFrame << 32 | 512;
    field[stackLimit] = (u64)frames + 8 * 512;
    u64 start = size ? (u64)contextRegion << 32 : 0;
    result[0] = enter(code + place, (u64)frames + 512, start, size, 0, 0, 0);
    result[1] = field[ending];
    result[2] = field[site];
    if (field[exitStack]) leave(14);
}

static void prepare(void) {
    u64 *field = fields();
    field[callHelper] = (u64)help;
    field[callRegister] = (u64)helpOrFind;
    field[tailCall] = (u64)replace;
    field[afterCall] = (u64)goOn;
    field[load] = (u64)loadBytes;
    field[store] = (u64)storeBytes;
    field[atomic] = (u64)changeBytes;
    field[loadPacket] = (u64)loadFromPacket;
}

void start(void) {
    u64 header[4];
    readAll(header, sizeof header);
    if (header[0] != 0x34364d5241) leave(15);
    u64 runs = header[3];
    u8 *memory = allocate(header[1] + 4096, 7);
    readAll(memory, header[1]);
    __asm__ volatile("dsb ish\n isb" ::: "memory");
    code = (u64)memory;
    u64 *words = allocate(header[2] * 8 + 4096, 3);
    readAll(words, header[2] * 8);
    u64 *results = allocate(runs * 24 + header[2] * 8 + 4096, 3);
    u64 *result = results;
    showMemory();
    prepare();
    for (u64 at = 0; at < runs; at++) {
        u64 place = words[0], steps = words[1];
        functionCount = words[2];
        functions = words + 3;
        words += 3 + 2 * functionCount;
        u64 size = *words++;
        u64 rounded = (size + 7) & ~7ul;
        if (size > sizeof context) leave(16);
        memcpy(context, words, rounded);
        words += rounded / 8;
        run(place, steps, size, result);
        memcpy(result + 3, context, rounded);
        result += 3 + rounded / 8;
    }
    writeAll(results, (u64)result - (u64)results);
    leave(0);
}

__asm__(".globl _start\n_start:\n mov x29, xzr\n bl start\n");
