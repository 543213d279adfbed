// The other side of bench-swift: the same work with libbpf, the same output.
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

// The processor's time, which other processes of a busy machine do not add to.
static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec * 1e9 + time.tv_nsec;
}

static void report(const char *name, double nanoseconds)
{
    printf("%s %.2f\n", name, nanoseconds);
    fflush(stdout);
}

static struct bpf_object *load(const char *path)
{
    struct bpf_object *object = bpf_object__open_file(path, NULL);
    if (!object || bpf_object__load(object)) {
        fprintf(stderr, "cannot load %s\n", path);
        exit(1);
    }
    return object;
}

static uint64_t sum;

static int take(void *context, void *data, size_t size)
{
    (void)context, (void)size;
    sum += *(uint64_t *)data;
    return 0;
}

static void produce(int program, uint64_t count)
{
    LIBBPF_OPTS(bpf_test_run_opts, options, .ctx_in = &count, .ctx_size_in = sizeof count);
    bpf_prog_test_run_opts(program, &options);
}

static void maps(struct bpf_object *object)
{
    int hash = bpf_object__find_map_fd_by_name(object, "hash");
    int array = bpf_object__find_map_fd_by_name(object, "array");
    const uint32_t entries = 100000, operations = 200000;
    double start = now();
    for (uint32_t i = 0; i < entries; i++) {
        uint64_t value = i;
        bpf_map_update_elem(hash, &i, &value, 0);
    }
    report("insert", (now() - start) / entries);
    start = now();
    for (uint32_t i = 0; i < operations; i++) {
        uint32_t key = i % entries;
        uint64_t value = i;
        bpf_map_update_elem(hash, &key, &value, 0);
    }
    report("update", (now() - start) / operations);
    start = now();
    for (uint32_t i = 0; i < operations; i++) {
        uint32_t key = i % entries;
        uint64_t value;
        if (!bpf_map_lookup_elem(hash, &key, &value)) sum += value;
    }
    report("lookup", (now() - start) / operations);
    start = now();
    for (uint32_t i = 0; i < operations; i++) {
        uint32_t key = i % 1024;
        uint64_t value;
        if (!bpf_map_lookup_elem(array, &key, &value)) sum += value;
    }
    report("array-lookup", (now() - start) / operations);

    uint32_t *keys = malloc(4096 * sizeof *keys);
    uint64_t *values = malloc(4096 * sizeof *values);
    uint32_t count, seen = 0, place;
    void *in = NULL;
    int error;
    start = now();
    do {
        count = 4096;
        error = bpf_map_lookup_batch(hash, in, &place, keys, values, &count, NULL);
        for (uint32_t i = 0; i < count; i++) sum += keys[i] + values[i];
        seen += count;
        in = &place;
    } while (!error);
    report("walk", (now() - start) / seen);
    if (seen != entries) exit(2);
}

static size_t written;

static void write_text(void *context, const char *format, va_list arguments)
{
    static char text[1 << 16];
    (void)context;
    written += vsnprintf(text, sizeof text, format, arguments);
}

static void types(void)
{
    double start = now();
    struct btf *btf = btf__load_vmlinux_btf();
    int task = btf__find_by_name_kind(btf, "task_struct", BTF_KIND_STRUCT);
    report("name", now() - start);
    start = now();
    struct btf_dump *dump = btf_dump__new(btf, write_text, NULL, NULL);
    for (uint32_t id = 1; id < btf__type_cnt(btf); id++) btf_dump__dump_type(dump, id);
    report("header", now() - start);
    if (task < 1 || written < 1 << 20) exit(2);
}

static long resident(const char *field)
{
    char line[256];
    long kilobytes = 0;
    FILE *file = fopen("/proc/self/status", "r");
    while (fgets(line, sizeof line, file))
        if (!strncmp(line, field, strlen(field))) kilobytes = atol(line + strlen(field));
    fclose(file);
    return kilobytes;
}

int main(int count, char **arguments)
{
    if (count < 3) return 1;
    const char *mode = arguments[1], *path = arguments[2];
    if (!strcmp(mode, "load")) {
        for (int i = 0; i < 12; i++) {
            double start = now();
            struct bpf_object *object = load(path);
            report(i ? "load-again" : "load", now() - start);
            bpf_object__close(object);
        }
        return 0;
    }
    if (!strcmp(mode, "types")) {
        types();
        return 0;
    }
    struct bpf_object *object = load(path);
    if (!strcmp(mode, "maps")) {
        maps(object);
        return 0;
    }
    int program = bpf_program__fd(bpf_object__find_program_by_name(object, "produce"));
    struct ring_buffer *ring = ring_buffer__new(
        bpf_object__find_map_fd_by_name(object, "events"), take, NULL, NULL);
    if (!strcmp(mode, "memory")) {
        produce(program, 1000);
        ring_buffer__consume(ring);
        report("memory-anonymous", resident("RssAnon:"));
        report("memory-all", resident("VmRSS:"));
        return 0;
    }
    double time = 0;
    long read = 0;
    for (int round = 0; round < 1000; round++) {
        produce(program, 1024);
        double start = now();
        read += ring_buffer__consume(ring);
        time += now() - start;
    }
    report("consume", time / read);
    double start = now();
    read = 0;
    for (int round = 0; round < 2000; round++) {
        produce(program, 16);
        ring_buffer__poll(ring, 100);
        read += 16;
    }
    report("produce-poll-consume", (now() - start) / read);
    if (sum == 0) return 2;
    return 0;
}
