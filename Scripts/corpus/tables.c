// The kernel's tables of verifier tests (Linux 6.1, `verifier/*.c`), as data: a line of JSON a
// test, with the verdict of the running kernel.
//
// Compiled where the kernel's sources lie: it takes in `test_verifier.c`, whose own `main` is put
// aside, for the tables' macros and for the maps that the tests name. TABLES is a file that makes
// an array of each file of tests: `TABLE(name, "name.c")`.
#define main main_of_the_tests
#include "test_verifier.c"
#undef main

struct table {
    const char *name;
    struct bpf_test *tests;
    size_t count;
};

#include TABLES

// Where the lines go; complaints of the tests' own code about maps go elsewhere.
static FILE *out;
static char table_log[16 << 20];

static void print_text(const char *key, const char *text, size_t length) {
    fprintf(out, ", \"%s\": \"", key);
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = text[i];
        if (byte == '"' || byte == '\\') fprintf(out, "\\%c", byte);
        else if (byte < 32 || byte > 126) fprintf(out, "\\u%04x", byte);
        else fputc(byte, out);
    }
    fputc('"', out);
}

static const char *tail_of(const char *text, int lines) {
    const char *start = text + strlen(text);
    if (start > text && start[-1] == '\n') start--;
    while (start > text && (start[-1] != '\n' || --lines > 0)) start--;
    return start;
}

static void print_fixups(const struct bpf_test *test) {
    const struct { const char *name; const int *slots; } kinds[] = {
#define KIND(name) {#name, test->fixup_##name},
        KIND(map_hash_8b) KIND(map_hash_48b) KIND(map_hash_16b) KIND(map_array_48b)
        KIND(map_sockmap) KIND(map_sockhash) KIND(map_xskmap) KIND(map_stacktrace)
        KIND(prog1) KIND(prog2) KIND(map_in_map) KIND(cgroup_storage)
        KIND(percpu_cgroup_storage) KIND(map_spin_lock) KIND(map_array_ro)
        KIND(map_array_wo) KIND(map_array_small) KIND(sk_storage_map)
        KIND(map_event_output) KIND(map_reuseport_array) KIND(map_ringbuf)
        KIND(map_timer) KIND(map_kptr)
#undef KIND
    };
    const char *separator = "";
    fprintf(out, ", \"maps\": [");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        for (int j = 0; j < MAX_FIXUPS && kinds[i].slots[j]; j++, separator = ", ")
            fprintf(out, "%s[\"%s\", %d]", separator, kinds[i].name, kinds[i].slots[j]);
    fprintf(out, "], \"functions\": [");
    separator = "";
    for (int j = 0; j < MAX_FIXUPS && test->fixup_kfunc_btf_id[j].kfunc; j++, separator = ", ")
        fprintf(out, "%s[\"%s\", %d]", separator, test->fixup_kfunc_btf_id[j].kfunc,
               test->fixup_kfunc_btf_id[j].insn_idx);
    fprintf(out, "]");
}

// The maps' types name structures of a module for tests; where it is missing the kernel takes none
// of them. Without their pointers to them the others stand; says whether they had to go.
static bool drop_missing_types(void) {
    int types = load_btf();
    bool whole = types >= 0;
    for (size_t i = 0; !whole && i + 2 < ARRAY_SIZE(btf_raw_types); i++)
        if (!btf_raw_types[i] && btf_raw_types[i + 1] == BTF_INFO_ENC(BTF_KIND_PTR, 0, 0))
            btf_raw_types[i + 2] = 0;
    if (whole) close(types);
    return !whole;
}

static bool without_kernel_pointers;

static long last_slot(const char *log) {
    long found = -1;
    for (const char *line = log; line; line = strchr(line, '\n')) {
        char *end;
        if (*line == '\n') line++;
        long slot = strtol(line, &end, 10);
        if (end != line && end[0] == ':' && end[1] == ' ' && end[2] == '(') found = slot;
    }
    return found;
}

static void examine(const char *table, int number, struct bpf_test *test) {
    int maps[MAX_NR_MAPS], types = -1;
    enum bpf_prog_type type = test->prog_type ?: BPF_PROG_TYPE_SOCKET_FILTER;
    struct bpf_insn *code = test->insns;
    int count = 0, error = 0;
    LIBBPF_OPTS(bpf_prog_load_opts, options);

    fprintf(out, "{\"table\": \"%s\", \"number\": %d", table, number);
    print_text("description", test->descr, strlen(test->descr));
    print_fixups(test);
    for (int i = 0; i < MAX_NR_MAPS; i++) maps[i] = -1;
    int skipped = skips;
    int holes = 0;
    for (int j = 0; j < MAX_FIXUPS && test->fixup_kfunc_btf_id[j].kfunc; j++) holes++;
    do_test_fixup(test, type, code, maps);
    bool map_missing = skips != skipped;
    if (test->fill_insns) {
        code = test->fill_insns;
        count = test->prog_len;
    } else {
        count = probe_filter_length(code);
    }
    options.prog_flags = (test->flags & F_LOAD_WITH_STRICT_ALIGNMENT ? BPF_F_STRICT_ALIGNMENT : 0)
        | (test->flags & F_NEEDS_EFFICIENT_UNALIGNED_ACCESS ? BPF_F_ANY_ALIGNMENT : 0)
        | (test->flags & ~3);
    options.expected_attach_type = test->expected_attach_type;
    const char *why = map_missing ? "a map of the test is not available" : NULL;
    if (without_kernel_pointers && *test->fixup_map_kptr)
        why = "the types of the test's map are not in the kernel";
    for (int j = 0; j < holes; j++)
        if (!code[test->fixup_kfunc_btf_id[j].insn_idx].imm) why = "a kfunc is not in the kernel";
    if (test->kfunc) {
        print_text("target", test->kfunc, strlen(test->kfunc));
        int id = libbpf_find_vmlinux_btf_id(test->kfunc, options.expected_attach_type);
        if (id < 0) why = "the target is not in the kernel";
        else options.attach_btf_id = id;
    }
    if (test->btf_types[0]) options.prog_btf_fd = types = load_btf_for_test(test);
    if (test->func_info_cnt) {
        options.func_info = test->func_info;
        options.func_info_cnt = test->func_info_cnt;
        options.func_info_rec_size = sizeof *test->func_info;
    }
    options.log_buf = table_log;
    options.log_size = sizeof table_log;
    options.log_level = 4;
    table_log[0] = 0;
    int program = why ? -1 : bpf_prog_load(type, NULL, "GPL", code, count, &options);
    if (program < 0) error = why ? 0 : errno;
    long processed = -1, time = -1;
    const char *found = strstr(table_log, "processed ");
    if (found) sscanf(found, "processed %ld", &processed);
    if ((found = strstr(table_log, "verification time ")))
        sscanf(found, "verification time %ld", &time);
    bool refused = why || (program < 0 && (error == EPERM || !table_log[0]));
    fprintf(out, ", \"type\": %d, \"attach_type\": %d, \"flags\": %u, \"function_info\": %d", type,
           test->expected_attach_type, options.prog_flags, test->func_info_cnt);
    fprintf(out, ", \"expected\": \"%s\"", test->result == REJECT ? "rejected" : "accepted");
    if (test->errstr) print_text("expected_message", test->errstr, strlen(test->errstr));
    fprintf(out, ", \"verdict\": \"%s\", \"errno\": %d, \"processed\": %ld, \"microseconds\": %ld",
           program >= 0 ? "accepted" : refused ? "refused" : "rejected", error, processed, time);
    if (refused && !why) why = strerror(error);
    if (why) print_text("reason", why, strlen(why));
    if (program < 0 && !refused) {
        const char *text = tail_of(table_log, 12);
        print_text("error", text, strlen(text));
        options.log_level = 1;
        table_log[0] = 0;
        bpf_prog_load(type, NULL, "GPL", code, count, &options);
        fprintf(out, ", \"instruction\": %ld", last_slot(table_log));
        text = tail_of(table_log, 12);
        print_text("log", text, strlen(text));
    }
    fprintf(out, ", \"code\": \"");
    for (int i = 0; i < count && count <= 1 << 20; i++) {
        unsigned long long word;
        memcpy(&word, code + i, sizeof word);
        fprintf(out, "%016llx", word);
    }
    fprintf(out, "\"}\n");
    for (int i = 0; i < MAX_NR_MAPS; i++) if (maps[i] >= 0) close(maps[i]);
    if (program >= 0) close(program);
    if (types >= 0) close(types);
    free(test->fill_insns);
}

int main(void) {
    out = fdopen(dup(1), "w");
    if (!out || dup2(2, 1) < 0) return 2;
    libbpf_set_print(NULL);
    bpf_semi_rand_init();
    without_kernel_pointers = drop_missing_types();
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        for (size_t j = 0; j < tables[i].count; j++)
            examine(tables[i].name, j, &tables[i].tests[j]);
    return fclose(out) ? 2 : 0;
}
