// The kernel's verdict of each program of an object, with libbpf as a neutral loader.
//
//     judge [--as CAPABILITIES] OBJECT [PROGRAM]
//
// prints a line of JSON a program. Each program is loaded alone, together with those that the
// object marks as auxiliary (`comment:test_auxiliary`), with the flags that it asks for
// (`comment:test_prog_flags=`), as the kernel's own tests do. Nothing is attached or pinned.
//
// With --as, the process gives up first what decides how programs are looked at (CAP_BPF,
// CAP_PERFMON, CAP_NET_ADMIN and CAP_SYS_ADMIN), but for what is named: `bpf,net_admin`, or `user` for
// nothing at all.
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <elf.h>
#include <errno.h>
#include <linux/bpf.h>
#include <linux/capability.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { log_capacity = 16 << 20, message_capacity = 1 << 16, tail_lines = 12 };
enum { statistics = 4, trace = 1 };

static char verifier_log[log_capacity], messages[message_capacity];
static size_t messages_length;

static char *object_bytes, object_name[256];
static size_t object_size;

static int collect(enum libbpf_print_level level, const char *format, va_list arguments) {
    if (level == LIBBPF_DEBUG || messages_length >= sizeof messages - 1) return 0;
    int length = vsnprintf(messages + messages_length, sizeof messages - messages_length, format,
                           arguments);
    if (length > 0) messages_length += length;
    if (messages_length >= sizeof messages) messages_length = sizeof messages - 1;
    return 0;
}

static void forget(void) {
    messages_length = 0;
    messages[0] = verifier_log[0] = 0;
}

static void print_text(const char *text, size_t length) {
    putchar('"');
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = text[i];
        if (byte == '"' || byte == '\\') printf("\\%c", byte);
        else if (byte < 32 || byte > 126) printf("\\u%04x", byte);
        else putchar(byte);
    }
    putchar('"');
}

static void print_field(const char *key, const char *text) {
    printf(", \"%s\": ", key);
    print_text(text, strlen(text));
}

static bool read_object(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) || (long)(object_size = ftell(file)) < 0) return false;
    rewind(file);
    object_bytes = malloc(object_size + 1);
    const char *slash = strrchr(path, '/');
    snprintf(object_name, sizeof object_name, "%s", slash ? slash + 1 : path);
    bool whole = object_bytes && fread(object_bytes, 1, object_size, file) == object_size;
    fclose(file);
    return whole;
}

static struct bpf_object *open_object(void) {
    LIBBPF_OPTS(bpf_object_open_opts, options, .object_name = object_name);
    return bpf_object__open_mem(object_bytes, object_size, &options);
}

// Makes an undefined symbol weak, so that only programs that use it suffer from its absence.
static bool weaken(const char *name) {
    const Elf64_Ehdr *header = (void *)object_bytes;
    const Elf64_Shdr *sections = (void *)(object_bytes + header->e_shoff);
    bool changed = false;
    for (int i = 0; i < header->e_shnum; i++) {
        if (sections[i].sh_type != SHT_SYMTAB) continue;
        Elf64_Sym *symbols = (void *)(object_bytes + sections[i].sh_offset);
        const char *names = object_bytes + sections[sections[i].sh_link].sh_offset;
        for (size_t j = 1; j < sections[i].sh_size / sizeof *symbols; j++) {
            if (symbols[j].st_shndx != SHN_UNDEF || strcmp(names + symbols[j].st_name, name)
                || ELF64_ST_BIND(symbols[j].st_info) == STB_WEAK)
                continue;
            symbols[j].st_info = ELF64_ST_INFO(STB_WEAK, ELF64_ST_TYPE(symbols[j].st_info));
            changed = true;
        }
    }
    return changed;
}

// Makes weak what libbpf's words say is missing in this kernel.
static bool weaken_missing(void) {
    for (const char *line = messages; line && *line; line = strchr(line, '\n')) {
        if (*line == '\n') line++;
        size_t length = strcspn(line, "\n");
        char copy[512], name[256];
        snprintf(copy, sizeof copy, "%.*s", (int)length, line);
        char *start = strstr(copy, "extern ");
        if (!start || !(start = strchr(start, '\''))) continue;
        if (!strstr(copy, "not found") && !strstr(copy, "not resolved")
            && !strstr(copy, "couldn't find"))
            continue;
        snprintf(name, sizeof name, "%.*s", (int)strcspn(start + 1, "'"), start + 1);
        if (weaken(name)) return true;
    }
    return false;
}

// What an object says about a program in tags of its types.
struct request {
    unsigned flags, cleared;
    bool auxiliary, failure, success;
    const char *message;
};

static struct request requested(const struct btf *types, const char *program) {
    static const struct { const char *name; unsigned bit; } names[] = {
        {"BPF_F_STRICT_ALIGNMENT", 1}, {"BPF_F_ANY_ALIGNMENT", 2}, {"BPF_F_TEST_RND_HI32", 4},
        {"BPF_F_TEST_STATE_FREQ", 8}, {"BPF_F_SLEEPABLE", 16}, {"BPF_F_XDP_HAS_FRAGS", 32},
        {"BPF_F_TEST_REG_INVARIANTS", 128},
    };
    struct request request = {0};
    int function = types ? btf__find_by_name_kind(types, program, BTF_KIND_FUNC) : -1;
    for (unsigned id = 1; function > 0 && id < btf__type_cnt(types); id++) {
        const struct btf_type *type = btf__type_by_id(types, id);
        if (btf_kind(type) != BTF_KIND_DECL_TAG || (int)type->type != function
            || btf_decl_tag(type)->component_idx != -1)
            continue;
        const char *tag = btf__name_by_offset(types, type->name_off), *value;
        if (strncmp(tag, "comment:test_", 13)) continue;
        tag += 13;
        if (!strcmp(tag, "auxiliary")) request.auxiliary = true;
        if (!strcmp(tag, "expect_failure")) request.failure = true;
        if (!strcmp(tag, "expect_success")) request.success = true;
        if (!strncmp(tag, "expect_msg=", 11)) request.message = tag + 11;
        if (strncmp(tag, "prog_flags=", 11)) continue;
        value = tag + 11;
        bool clear = *value == '!';
        unsigned bits = strtoul(value += clear, NULL, 0);
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (!strcmp(value, names[i].name)) bits = names[i].bit;
        if (clear) request.cleared |= bits; else request.flags |= bits;
    }
    return request;
}

// Leaves in structures of operations only the program that is to be judged, and makes no maps of
// operations that do not hold it: others' programs would be loaded with it.
static void isolate_operations(struct bpf_object *object, const struct bpf_program *judged) {
    struct bpf_map *map;
    struct bpf_program *other;
    bpf_object__for_each_map(map, object) {
        if (bpf_map__type(map) != BPF_MAP_TYPE_STRUCT_OPS) continue;
        size_t size = 0;
        void **members = bpf_map__initial_value(map, &size);
        bool holds = false;
        for (size_t i = 0; members && i < size / sizeof *members; i++)
            bpf_object__for_each_program(other, object)
                if (members[i] == other && !(holds |= other == judged)) members[i] = NULL;
        for (size_t i = 0; members && i < size / sizeof *members; i++)
            bpf_object__for_each_program(other, object)
                if (members[i] == other && other != judged) members[i] = NULL;
        if (!holds) bpf_map__set_autocreate(map, false);
    }
}

// Sections such as `xdp_drop_vlan` say nothing to libbpf any more; their beginnings do.
static void guess_type(struct bpf_program *program) {
    char section[128];
    enum bpf_prog_type type;
    enum bpf_attach_type attach;
    if (bpf_program__type(program) != BPF_PROG_TYPE_UNSPEC) return;
    snprintf(section, sizeof section, "%s", bpf_program__section_name(program));
    for (size_t length = strlen(section); length > 1; section[--length] = 0) {
        if (libbpf_prog_type_by_name(section, &type, &attach)) continue;
        bpf_program__set_type(program, type);
        bpf_program__set_expected_attach_type(program, attach);
        return;
    }
}

// The kernel's answer for one program.
struct answer {
    int error;
    bool before; // the program's turn never came
    long processed, microseconds;
    unsigned flags, type;
    char failed_map[64];
};

// The name between the first two quotes of libbpf's words about a map that it could not make.
static void find_failed_map(char *name, size_t capacity) {
    const char *line = messages;
    name[0] = 0;
    while (line && *line) {
        const char *end = strchr(line, '\n'), *start;
        size_t length = end ? (size_t)(end - line) : strlen(line);
        if ((start = strstr(line, "map '")) && start < line + length
            && memmem(line, length, "failed to create", 16)) {
            start += 5;
            snprintf(name, capacity, "%.*s", (int)strcspn(start, "'"), start);
            return;
        }
        line = end ? end + 1 : NULL;
    }
}

static struct answer ask(const char *name, unsigned level, bool plain,
                         char skipped[][64], int skipped_count) {
    struct answer answer = {.processed = -1, .microseconds = -1};
    struct bpf_program *program, *judged = NULL;
    struct bpf_map *map;
    forget();
    struct bpf_object *object = open_object();
    if (!object) return (struct answer){.error = errno, .before = true};
    const struct btf *types = bpf_object__btf(object);
    bpf_object__for_each_program(program, object) {
        bool chosen = !strcmp(bpf_program__name(program), name);
        if (chosen) judged = program;
        struct request request = requested(types, bpf_program__name(program));
        bpf_program__set_autoload(program, chosen || (request.auxiliary && !plain));
        if (chosen || !plain)
            bpf_program__set_flags(program, plain ? bpf_program__flags(program)
                : ((bpf_program__flags(program) | request.flags) & ~request.cleared));
    }
    guess_type(judged);
    answer.flags = bpf_program__flags(judged);
    answer.type = bpf_program__type(judged);
    isolate_operations(object, judged);
    bpf_object__for_each_map(map, object) {
        bpf_map__set_pin_path(map, NULL);
        // Sizes that a program's own loader would set.
        enum bpf_map_type type = bpf_map__type(map);
        if (!bpf_map__max_entries(map)
            && (type == BPF_MAP_TYPE_RINGBUF || type == BPF_MAP_TYPE_USER_RINGBUF))
            bpf_map__set_max_entries(map, sysconf(_SC_PAGESIZE));
        else if (!bpf_map__max_entries(map) && (type == BPF_MAP_TYPE_HASH
                 || type == BPF_MAP_TYPE_ARRAY || type == BPF_MAP_TYPE_PERCPU_ARRAY
                 || type == BPF_MAP_TYPE_ARRAY_OF_MAPS || type == BPF_MAP_TYPE_HASH_OF_MAPS
                 || type == BPF_MAP_TYPE_STACK_TRACE || type == BPF_MAP_TYPE_ARENA))
            bpf_map__set_max_entries(map, 1);
        for (int i = 0; i < skipped_count; i++)
            if (!strcmp(bpf_map__name(map), skipped[i])) bpf_map__set_autocreate(map, false);
    }
    bpf_program__set_log_buf(judged, verifier_log, sizeof verifier_log);
    bpf_program__set_log_level(judged, level);
    int result = bpf_object__load(object);
    answer.error = result < 0 ? -result : 0;
    // What comes after the program, such as filling arrays of programs, says nothing about it.
    bool verified = verifier_log[0] && !strstr(messages, "BPF program load failed");
    if (bpf_program__fd(judged) >= 0 || verified) answer.error = 0;
    answer.before = answer.error && !verifier_log[0];
    const char *found;
    if ((found = strstr(verifier_log, "processed "))) sscanf(found, "processed %ld", &answer.processed);
    if ((found = strstr(verifier_log, "verification time ")))
        sscanf(found, "verification time %ld", &answer.microseconds);
    if (answer.before) find_failed_map(answer.failed_map, sizeof answer.failed_map);
    bpf_object__close(object);
    return answer;
}

static struct answer ask_patiently(const char *name, unsigned level, bool plain) {
    char skipped[16][64];
    int count = 0;
    for (;;) {
        struct answer answer = ask(name, level, plain, skipped, count);
        if (answer.before && weaken_missing()) continue;
        if (!answer.failed_map[0] || count == 16) return answer;
        for (int i = 0; i < count; i++)
            if (!strcmp(skipped[i], answer.failed_map)) return answer;
        strcpy(skipped[count++], answer.failed_map);
    }
}

// Whether a program fell over what is not there: libbpf calls functions of these numbers where a
// map was not made or a function of the kernel is missing.
static bool fell_over_absence(void) {
    return strstr(verifier_log, "invalid func unknown#2001")
        || strstr(verifier_log, "invalid func unknown#2002");
}

// The number of the last instruction in a traced log: `12: (85) call …`.
static long last_instruction(void) {
    long found = -1;
    for (const char *line = verifier_log; line; line = strchr(line, '\n')) {
        if (*line == '\n') line++;
        char *end;
        long slot = strtol(line, &end, 10);
        if (end != line && end[0] == ':' && end[1] == ' ' && end[2] == '(') found = slot;
    }
    return found;
}

static const char *tail(const char *text, int lines) {
    const char *start = text + strlen(text);
    if (start > text && start[-1] == '\n') start--;
    while (start > text && (start[-1] != '\n' || --lines > 0)) start--;
    return start;
}

static void judge(struct bpf_object *names, struct bpf_program *program) {
    const char *name = bpf_program__name(program);
    struct request request = requested(bpf_object__btf(names), name);
    struct answer answer = ask_patiently(name, statistics, false);
    bool missing = fell_over_absence();
    bool refused = answer.error && (answer.before || missing || answer.error == EPERM);
    printf("{\"program\": ");
    print_text(name, strlen(name));
    print_field("section", bpf_program__section_name(program));
    printf(", \"type\": %u, \"attach_type\": %d, \"flags\": %u, \"verdict\": \"%s\", \"errno\": %d",
           answer.type, bpf_program__expected_attach_type(program), answer.flags,
           !answer.error ? "accepted" : refused ? "refused" : "rejected", answer.error);
    printf(", \"processed\": %ld, \"microseconds\": %ld", answer.processed, answer.microseconds);
    if (request.failure || request.success)
        printf(", \"expected\": \"%s\"", request.failure ? "rejected" : "accepted");
    if (request.auxiliary) printf(", \"auxiliary\": true");
    if (request.message) print_field("expected_message", request.message);
    if (refused) {
        print_field("reason", missing ? "a map or a function of the kernel is missing"
                                      : tail(messages, tail_lines));
    } else if (answer.error) {
        print_field("error", tail(verifier_log, tail_lines));
        ask_patiently(name, trace, false);
        printf(", \"instruction\": %ld", last_instruction());
        print_field("log", tail(verifier_log, tail_lines));
    }
    if (request.flags | request.cleared | request.auxiliary) {
        struct answer plain = ask_patiently(name, statistics, true);
        printf(", \"plain\": {\"flags\": %u, \"verdict\": \"%s\", \"errno\": %d, "
               "\"processed\": %ld, \"microseconds\": %ld}", plain.flags,
               !plain.error ? "accepted"
               : plain.before || plain.error == EPERM || fell_over_absence()
               ? "refused" : "rejected",
               plain.error, plain.processed, plain.microseconds);
    }
    printf("}\n");
    fflush(stdout);
}

// Gives up capabilities that are not named; says whether it could.
static bool give_up(const char *kept) {
    static const struct { const char *name; unsigned number; } known[] = {
        {"bpf", CAP_BPF}, {"perfmon", CAP_PERFMON}, {"net_admin", CAP_NET_ADMIN},
        {"sys_admin", CAP_SYS_ADMIN},
    };
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[2];
    if (syscall(SYS_capget, &header, data)) return false;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        bool keep = false;
        const char *word = kept;
        size_t length;
        for (; *word; word += length + (word[length] == ',')) {
            length = strcspn(word, ",");
            keep |= length == strlen(known[i].name) && !strncmp(word, known[i].name, length);
        }
        if (!keep) data[known[i].number / 32].effective &= ~(1u << known[i].number % 32);
    }
    return !syscall(SYS_capset, &header, data);
}

int main(int count, char **arguments) {
    struct bpf_program *program;
    if (count > 2 && !strcmp(arguments[1], "--as")) {
        if (!give_up(arguments[2])) return 3;
        count -= 2;
        arguments += 2;
    }
    if (count < 2) return 2;
    libbpf_set_print(collect);
    if (!read_object(arguments[1])) return 2;
    struct bpf_object *names = open_object();
    if (!names) {
        printf("{\"program\": null, \"verdict\": \"refused\", \"errno\": %d", errno);
        print_field("reason", tail(messages, tail_lines));
        printf("}\n");
        return 0;
    }
    bpf_object__for_each_program(program, names)
        if (count < 3 || !strcmp(bpf_program__name(program), arguments[2]))
            judge(names, program);
    bpf_object__close(names);
    return 0;
}
