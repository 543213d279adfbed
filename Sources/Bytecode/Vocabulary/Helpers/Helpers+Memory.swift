extension Helper {
    /// Ring buffers, dynptrs, per-CPU variables and pointers kept in maps.
    static let memory: [Helper] = [
        Helper(
            .ringbufOutput, "ringbuf_output", since: 5, 8, "long", .integer,
            [
                .init("void *ringbuf", .map), .init("void *data", .memory(.read)),
                .init("__u64 size", .size(zeroAllowed: true)), .init("__u64 flags", .anything),
            ]),
        Helper(
            .ringbufReserve, "ringbuf_reserve", since: 5, 8,
            "void *", .pointerOrNull(.ringBufferRecord),
            [
                .init("void *ringbuf", .map), .init("__u64 size", .resultSize),
                .init("__u64 flags", .anything),
            ], .acquires),
        Helper(
            .ringbufSubmit, "ringbuf_submit", since: 5, 8, "void", .nothing,
            [
                .init("void *data", .ringBufferRecord, released: true),
                .init("__u64 flags", .anything),
            ]),
        Helper(
            .ringbufDiscard, "ringbuf_discard", since: 5, 8, "void", .nothing,
            [
                .init("void *data", .ringBufferRecord, released: true),
                .init("__u64 flags", .anything),
            ]),
        Helper(
            .ringbufQuery, "ringbuf_query", since: 5, 8, "__u64", .integer,
            [.init("void *ringbuf", .map), .init("__u64 flags", .anything)]),
        Helper(
            .perCpuPtr, "per_cpu_ptr", since: 5, 10, "void *", .pointerOrNull(.perCPUVariable),
            [.init("const void *percpu_ptr", .perCPUVariable), .init("__u32 cpu", .anything)]),
        Helper(
            .thisCpuPtr, "this_cpu_ptr", since: 5, 10, "void *", .pointer(.perCPUVariable),
            [.init("const void *percpu_ptr", .perCPUVariable)]),
        Helper(
            .kptrXchg, "kptr_xchg", since: 5, 19, "void *", .pointerOrNull(.kernelPointer),
            [
                .init("void *dst", .kernelPointerField),
                .init("void *ptr", .kernelPointer, nullable: true, released: true),
            ], .acquires),
        // Linux 6.18 takes only the value of a map as its memory.
        Helper(
            .dynptrFromMem, "dynptr_from_mem", since: 5, 19, "long", .integer,
            [
                .init("void *data", .memory(.write)),
                .init("__u32 size", .size(zeroAllowed: true)), .init("__u64 flags", .anything),
                .init("struct bpf_dynptr *ptr", .newDynptr(.local)),
            ]),
        Helper(
            .ringbufReserveDynptr, "ringbuf_reserve_dynptr", since: 5, 19, "long", .integer,
            [
                .init("void *ringbuf", .map), .init("__u32 size", .anything),
                .init("__u64 flags", .anything),
                .init("struct bpf_dynptr *ptr", .newDynptr(.ringBuffer)),
            ]),
        Helper(
            .ringbufSubmitDynptr, "ringbuf_submit_dynptr", since: 5, 19, "void", .nothing,
            [
                .init("struct bpf_dynptr *ptr", .dynptr(.ringBuffer), released: true),
                .init("__u64 flags", .anything),
            ]),
        Helper(
            .ringbufDiscardDynptr, "ringbuf_discard_dynptr", since: 5, 19, "void", .nothing,
            [
                .init("struct bpf_dynptr *ptr", .dynptr(.ringBuffer), released: true),
                .init("__u64 flags", .anything),
            ]),
        Helper(
            .dynptrRead, "dynptr_read", since: 5, 19, "long", .integer,
            [
                .init("void *dst", .memory(.write)), .init("__u32 len", .size(zeroAllowed: true)),
                .init("const struct bpf_dynptr *src", .dynptr(.any)),
                .init("__u32 offset", .anything), .init("__u64 flags", .anything),
            ]),
        Helper(
            .dynptrWrite, "dynptr_write", since: 5, 19, "long", .integer,
            [
                .init("const struct bpf_dynptr *dst", .dynptr(.any)),
                .init("__u32 offset", .anything), .init("void *src", .memory(.read)),
                .init("__u32 len", .size(zeroAllowed: true)), .init("__u64 flags", .anything),
            ]),
        Helper(
            .dynptrData, "dynptr_data", since: 5, 19, "void *", .pointerOrNull(.dynptrMemory),
            [
                .init("const struct bpf_dynptr *ptr", .dynptr(.any)),
                .init("__u32 offset", .anything), .init("__u32 len", .resultSize),
            ]),
        Helper(
            .userRingbufDrain, "user_ringbuf_drain", since: 6, 1, "long", .integer,
            [
                .init("void *map", .map), .init("void *callback_fn", .function),
                .init("void *ctx", .stack, nullable: true), .init("__u64 flags", .anything),
            ]),
    ]
}
