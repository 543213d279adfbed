/// The parts of `vmlinux.h`: the kernel's types, as a program finds them in a header generated from
/// a kernel's own type information.
///
/// Chosen by hand from Linux 6.18: the types and members that tracing programs use. Offsets need not
/// be right, as the loader finds them in the running kernel (CO-RE); what is the same on all kernels
/// (contexts, headers of packets) is complete and exact. As in a generated header there are no
/// macros. Who needs other members generates a header
/// (`bpftool btf dump file /sys/kernel/btf/vmlinux format c`) and names its directory: it wins.
enum VMLinux {
    /// The whole header.
    static var text: String {
        """
        #ifndef __VMLINUX_H__
        #define __VMLINUX_H__

        \(types)
        \(declarations)

        #define __bpf_md_ptr(type, name) \\
            union { type name; __u64 : 64; } __attribute__((aligned(8)))
        \(LinuxBPF.enumerations)
        \(LinuxBPF.attributes)
        \(LinuxBPF.structures)
        #undef __bpf_md_ptr

        \(network)

        \(enumerations)

        #ifndef BPF_NO_PRESERVE_ACCESS_INDEX
        #pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
        #endif

        \(tasks)

        \(namespaces)

        \(files)

        \(sockets)

        \(packets)

        \(registers)

        \(tracepoints)

        \(iterators)

        \(miscellany)

        #ifndef BPF_NO_PRESERVE_ACCESS_INDEX
        #pragma clang attribute pop
        #endif

        #ifndef BPF_NO_KFUNC_PROTOTYPES
        #ifndef __ksym
        #define __ksym __attribute__((section(".ksyms")))
        #endif
        #ifndef __weak
        #define __weak __attribute__((weak))
        #endif

        \(functions)
        #endif

        #endif

        """
    }
}

extension HeaderFile {
    /// The kernel's types.
    static let vmlinux = HeaderFile("vmlinux.h", VMLinux.text)
}
