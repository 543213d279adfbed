// Lets libbpf put types together and remove what is there twice.
//
//   deduplicate OUTPUT INPUT…
//
// All are files of raw type information.
#include <bpf/btf.h>
#include <stdio.h>

int main(int count, char **arguments) {
    struct btf *all = btf__new_empty();
    for (int i = 2; i < count; i++) {
        struct btf *part = btf__parse_raw(arguments[i]);
        if (!part || btf__add_btf(all, part) < 0) return 1;
        btf__free(part);
    }
    if (btf__dedup(all, NULL)) return 2;
    __u32 size;
    const void *bytes = btf__raw_data(all, &size);
    FILE *file = fopen(arguments[1], "wb");
    return !file || fwrite(bytes, 1, size, file) != size || fclose(file) ? 3 : 0;
}
