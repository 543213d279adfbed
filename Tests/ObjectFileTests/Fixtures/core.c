// All kinds of CO-RE relocations.
#include "fixture.h"

#define CORE __attribute__((preserve_access_index))

struct inner_type {
    int numbers[4];
    u32 flag : 3;
    s32 signed_flag : 5;
} CORE;

struct task {
    int pid;
    struct inner_type inner;
    struct task *parent;
} CORE;

enum colour { RED = 1, GREEN = 2 };

SEC("raw_tp/task") int core(struct task *task) {
    u64 sum = task->pid;
    sum += task->parent->inner.numbers[2];
    sum += __builtin_preserve_field_info(task->inner.signed_flag, 0);  // byte offset
    sum += __builtin_preserve_field_info(task->inner.flag, 1);         // byte size
    sum += __builtin_preserve_field_info(task->pid, 2);                // exists
    sum += __builtin_preserve_field_info(task->inner.signed_flag, 3);  // signed
    sum += __builtin_preserve_field_info(task->inner.flag, 4);         // left shift
    sum += __builtin_preserve_field_info(task->inner.flag, 5);         // right shift
    sum += __builtin_btf_type_id(*(struct task *)0, 0);
    sum += __builtin_btf_type_id(*(struct task *)0, 1);
    sum += __builtin_preserve_type_info(*(struct task *)0, 0);         // exists
    sum += __builtin_preserve_type_info(*(struct task *)0, 1);         // size
    sum += __builtin_preserve_type_info(*(struct task *)0, 2);         // matches
    sum += __builtin_preserve_enum_value(*(enum colour *)GREEN, 0);    // exists
    sum += __builtin_preserve_enum_value(*(enum colour *)RED, 1);      // value
    return sum;
}

char _license[] SEC("license") = "GPL";
