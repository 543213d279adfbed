import EBPFBytecode

/// The parts of `linux/bpf.h` of Linux 6.18: every constant, enumeration and structure of the
/// interface between programs, applications and the kernel.
enum LinuxBPF {
    /// The whole header.
    static var text: String {
        """
        #ifndef __LINUX_BPF_H__
        #define __LINUX_BPF_H__

        #include <linux/types.h>
        #include <linux/bpf_common.h>

        \(constants)
        \(kinds)
        \(functionNumbers)
        \(flags)
        \(attributes)
        \(contexts)
        #endif

        """
    }

    /// `BPF_FUNC_…`, in the order of `Helper.all`.
    static var functionNumbers: String {
        var text = "enum bpf_func_id {\n    BPF_FUNC_unspec = 0,\n"
        for helper in Helper.all {
            text += "    BPF_FUNC_\(helper.name) = \(helper.id.rawValue),\n"
        }
        return text + "    __BPF_FUNC_MAX_ID,\n};\n"
    }
}

extension HeaderFile {
    /// The interface of BPF.
    static let linuxBPF = HeaderFile("linux/bpf.h", LinuxBPF.text)

    /// The instruction fields that classic and extended BPF share.
    static let linuxBPFCommon = HeaderFile(
        "linux/bpf_common.h",
        #"""
        #ifndef __LINUX_BPF_COMMON_H__
        #define __LINUX_BPF_COMMON_H__

        #define BPF_CLASS(code) ((code) & 0x07)
        #define BPF_LD 0x00
        #define BPF_LDX 0x01
        #define BPF_ST 0x02
        #define BPF_STX 0x03
        #define BPF_ALU 0x04
        #define BPF_JMP 0x05
        #define BPF_RET 0x06
        #define BPF_MISC 0x07

        #define BPF_SIZE(code) ((code) & 0x18)
        #define BPF_W 0x00
        #define BPF_H 0x08
        #define BPF_B 0x10

        #define BPF_MODE(code) ((code) & 0xe0)
        #define BPF_IMM 0x00
        #define BPF_ABS 0x20
        #define BPF_IND 0x40
        #define BPF_MEM 0x60
        #define BPF_LEN 0x80
        #define BPF_MSH 0xa0

        #define BPF_OP(code) ((code) & 0xf0)
        #define BPF_ADD 0x00
        #define BPF_SUB 0x10
        #define BPF_MUL 0x20
        #define BPF_DIV 0x30
        #define BPF_OR 0x40
        #define BPF_AND 0x50
        #define BPF_LSH 0x60
        #define BPF_RSH 0x70
        #define BPF_NEG 0x80
        #define BPF_MOD 0x90
        #define BPF_XOR 0xa0

        #define BPF_JA 0x00
        #define BPF_JEQ 0x10
        #define BPF_JGT 0x20
        #define BPF_JGE 0x30
        #define BPF_JSET 0x40

        #define BPF_SRC(code) ((code) & 0x08)
        #define BPF_K 0x00
        #define BPF_X 0x08

        #ifndef BPF_MAXINSNS
        #define BPF_MAXINSNS 4096
        #endif

        #endif
        """#
    )
}
