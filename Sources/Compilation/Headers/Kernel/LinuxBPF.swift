import EBPFBytecode

/// The parts of `linux/bpf.h` of Linux 6.18, printed from the tables of the vocabulary.
enum LinuxBPF {
    /// The whole header.
    static var text: String {
        """
        #ifndef __LINUX_BPF_H__
        #define __LINUX_BPF_H__

        #include <linux/types.h>
        #include <linux/bpf_common.h>

        \(macros)
        \(functionLikeMacros)

        \(enumerations)
        \(attributes)
        \(structures)
        #endif

        """
    }

    /// Every enumeration, as `vmlinux.h` has them too.
    static var enumerations: String {
        ConstantGroup.declarations(of: ConstantGroup.all.filter { !$0.areMacros })
    }

    /// Contexts and what helpers take, as `vmlinux.h` has them too.
    static var structures: String {
        StructureLayout.all.filter { !elsewhere.contains($0.name) }
            .map(\.declaration).joined(separator: "\n")
    }

    private static var macros: String {
        ConstantGroup.declarations(
            of: ConstantGroup.all.filter { group in
                group.areMacros && group != .instructionClasses && group != .trafficControlActions
            }
        )
    }

    /// Structures of other headers.
    private static let elsewhere: Set = [
        "bpf_nf_ctx", "bpf_perf_event_data", "pt_regs", "user_pt_regs",
    ]

    /// The macros that are no constants.
    private static let functionLikeMacros = #"""
        #define __MAX_BPF_MAP_TYPE (BPF_MAP_TYPE_ARENA + 1)
        #define __MAX_BPF_PROG_TYPE (BPF_PROG_TYPE_NETFILTER + 1)
        #define BPF_F_REDIRECT_FLAGS (BPF_F_INGRESS | BPF_F_BROADCAST | BPF_F_EXCLUDE_INGRESS)
        #define BPF_F_ADJ_ROOM_ENCAP_L2(length) \
            (((__u64)(length) & BPF_ADJ_ROOM_ENCAP_L2_MASK) << BPF_ADJ_ROOM_ENCAP_L2_SHIFT)
        #define BPF_LINE_INFO_LINE_NUM(position) ((position) >> 10)
        #define BPF_LINE_INFO_LINE_COL(position) ((position) & 0x3ff)

        /* a pointer that takes 64 bits on every machine */
        #define __bpf_md_ptr(type, name) \
            union { \
                type name; \
                __u64 : 64; \
            } __attribute__((aligned(8)))
        """#
}

extension HeaderFile {
    /// The interface of BPF.
    static let linuxBPF = HeaderFile("linux/bpf.h", LinuxBPF.text)

    /// The instruction fields that classic and extended BPF share.
    static let linuxBPFCommon = HeaderFile(
        "linux/bpf_common.h",
        """
        #ifndef __LINUX_BPF_COMMON_H__
        #define __LINUX_BPF_COMMON_H__

        #define BPF_CLASS(code) ((code) & 0x07)
        #define BPF_SIZE(code) ((code) & 0x18)
        #define BPF_MODE(code) ((code) & 0xe0)
        #define BPF_OP(code) ((code) & 0xf0)
        #define BPF_SRC(code) ((code) & 0x08)

        \(ConstantGroup.instructionClasses.declaration)
        #endif

        """
    )
}
