// Prints the instructions that libbpf loads, with a custom kernel BTF if one is given.
//
//   libbpf [[-b BTF] OBJECT]…
//
// Nothing is loaded: BPF_PROG_LOAD is answered here. Output: "program NAME" for each, "load NAME
// WORD…" with words in hexadecimal for those that would be loaded, "object STATUS", and if that is
// not 0 the same for each program, with "single STATUS".
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

static int isLoading;
static const char *verbose;

long syscall(long number, ...) {
    va_list list;
    va_start(list, number);
    long a = va_arg(list, long), b = va_arg(list, long), c = va_arg(list, long);
    long d = va_arg(list, long), e = va_arg(list, long), f = va_arg(list, long);
    va_end(list);
    static long (*real)(long, ...);
    if (!real) real = dlsym(RTLD_NEXT, "syscall");
    if (number == SYS_bpf && a == BPF_PROG_LOAD && isLoading) {
        union bpf_attr *attr = (union bpf_attr *)b;
        // Probes of what the kernel can do are not the object's programs.
        if (attr->prog_btf_fd && strncmp(attr->prog_name, "libbpf_", 7)) {
            struct bpf_insn *instructions = (struct bpf_insn *)attr->insns;
            printf("load %.16s", attr->prog_name);
            for (unsigned i = 0; i < attr->insn_cnt; i++) {
                unsigned long long word;
                memcpy(&word, &instructions[i], 8);
                printf(" %llx", word);
            }
            printf("\n");
            return open("/dev/null", O_RDONLY);
        }
    }
    return real(number, a, b, c, d, e, f);
}

static int print(enum libbpf_print_level level, const char *format, va_list list) {
    if (verbose && (level != LIBBPF_DEBUG || *verbose == 'd')) vfprintf(stderr, format, list);
    return 0;
}

// Loads one program of an object, or all; returns what libbpf returns.
static int load(const char *path, const char *btf, int only) {
    LIBBPF_OPTS(bpf_object_open_opts, options, .btf_custom_path = btf);
    struct bpf_object *object = bpf_object__open_file(path, &options);
    if (!object) return -1;
    struct bpf_map *map;
    // What the tools would set themselves.
    bpf_object__for_each_map(map, object) {
        if (bpf_map__type(map) == BPF_MAP_TYPE_RINGBUF) {
            bpf_map__set_max_entries(map, 4096);
            bpf_map__set_key_size(map, 0);
            bpf_map__set_value_size(map, 0);
            continue;
        }
        if (!bpf_map__max_entries(map)) bpf_map__set_max_entries(map, 1);
        if (!bpf_map__value_size(map)) bpf_map__set_value_size(map, 8);
    }
    struct bpf_program *program;
    int index = 0;
    bpf_object__for_each_program(program, object) {
        int wanted = only < 0 || only == index++;
        bpf_program__set_autoload(program, wanted);
        if (wanted) printf("program %s\n", bpf_program__name(program));
    }
    isLoading = 1;
    int status = only < index ? bpf_object__load(object) : 1;
    isLoading = 0;
    bpf_object__close(object);
    return status;
}

int main(int count, char **arguments) {
    verbose = getenv("VERBOSE");
    libbpf_set_print(print);
    const char *sections[] = {"fentry+", "fexit+", "fmod_ret+", "lsm+", "tp_btf+", "iter+",
                              "fentry.s+", "fexit.s+", "lsm.s+", "iter.s+", "freplace+",
                              "struct_ops+"};
    for (unsigned i = 0; i < sizeof sections / sizeof *sections; i++)
        libbpf_register_prog_handler(sections[i], BPF_PROG_TYPE_KPROBE, 0, NULL);
    const char *btf = NULL;
    for (int i = 1; i < count; i++) {
        if (!strcmp(arguments[i], "-b")) {
            btf = arguments[++i];
            continue;
        }
        int status = load(arguments[i], btf, -1);
        printf("object %d\n", status);
        // One that fails lets all fail: each by itself, then.
        for (int only = 0; status != 0; only++) {
            int single = load(arguments[i], btf, only);
            if (single == 1) break;
            printf("single %d\n", single);
        }
    }
}
