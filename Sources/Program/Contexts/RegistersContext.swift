/// The argument of kprobes and uprobes: the registers of the processor (`struct pt_regs`).
///
/// Programs are compiled for the processor they run on; arguments are where its calling convention
/// puts them.
public struct RegistersContext: ProgramContext {
    /// Where it is.
    public let pointer: UnsafeRawPointer

    /// An argument of the function, counted from 0: six on x86-64, eight on arm64.
    @inline(__always)
    public func argument(_ index: Int) -> UInt {
        #if EBPF_TARGET_ARM64
        load(8 * index)
        #else
        switch index {
        case 0: load(112)
        case 1: load(104)
        case 2: load(96)
        case 3: load(88)
        case 4: load(72)
        default: load(64)
        }
        #endif
    }

    /// What the function returned, on `kretprobe` and `uretprobe`.
    @inline(__always)
    public var returnValue: UInt {
        #if EBPF_TARGET_ARM64
        load(0)
        #else
        load(80)
        #endif
    }

    /// The address of the instruction.
    @inline(__always)
    public var instruction: UInt {
        #if EBPF_TARGET_ARM64
        load(256)
        #else
        load(128)
        #endif
    }

    /// The stack pointer.
    @inline(__always)
    public var stack: UInt {
        #if EBPF_TARGET_ARM64
        load(248)
        #else
        load(152)
        #endif
    }

    /// The address of the probed function (`bpf_get_func_ip`, Linux 5.15).
    @inline(__always)
    public var function: UInt64 { Helpers.getFuncIp(pointer) }

    /// The number that the application gave with the attachment (`bpf_get_attach_cookie`,
    /// Linux 5.15).
    @inline(__always)
    public var cookie: UInt64 { Helpers.getAttachCookie(pointer) }
}
