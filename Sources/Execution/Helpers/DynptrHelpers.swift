import EBPFBytecode

/// Dynptrs: bytes with a length that is known at run time (`struct bpf_dynptr`).
///
/// The program's 16 bytes hold a serial number; what it stands for is kept in ``Holdings``, under the
/// address of the structure. One that was copied, overwritten or given up is a fault.
enum DynptrHelpers {
    static func install(in table: inout HelperTable) {
        table[.dynptrFromMem] = fromMemory
        table[.dynptrRead] = read
        table[.dynptrWrite] = write
        table[.dynptrData] = data
        table.add(kernelFunction: "bpf_dynptr_adjust", adjust)
        table.add(kernelFunction: "bpf_dynptr_is_null") { (call) throws(Fault) in
            try call.dynptr(.first).isNull ? 1 : 0
        }
        table.add(kernelFunction: "bpf_dynptr_is_rdonly") { (call) throws(Fault) in
            try call.dynptr(.first).isReadOnly ? 1 : 0
        }
        table.add(kernelFunction: "bpf_dynptr_size") { (call) throws(Fault) in
            let dynptr = try call.dynptr(.first)
            // The result is a u32 even when it is an error.
            return dynptr.isNull
                ? KernelErrno.invalidArgument.helperResult & 0xffff_ffff : UInt64(dynptr.byteCount)
        }
        table.add(kernelFunction: "bpf_dynptr_clone", clone)
        table.add(kernelFunction: "bpf_dynptr_slice") { (call) throws(Fault) in
            try slice(call, isWritable: false)
        }
        table.add(kernelFunction: "bpf_dynptr_slice_rdwr") { (call) throws(Fault) in
            try slice(call, isWritable: true)
        }
        table.add(kernelFunction: "bpf_dynptr_copy", copy)
        table.add(kernelFunction: "bpf_dynptr_memset", fill)
        table.add(kernelFunction: "bpf_dynptr_from_skb") { (call) throws(Fault) in
            try call.requireSocketBuffer()
            // Some types of program only look at packets; they may not change them.
            return try fromPacket(call, isReadOnly: !call.context.mayWritePacket)
        }
        table.add(kernelFunction: "bpf_dynptr_from_xdp") { (call) throws(Fault) in
            try call.requireXDP()
            return try fromPacket(call, isReadOnly: false)
        }
    }

    /// The greatest size of a dynptr (`DYNPTR_MAX_SIZE`).
    static let byteLimit: UInt32 = 1 << 24 - 1

    // MARK: Making them

    /// `long bpf_dynptr_from_mem(data, size, flags, ptr)`
    private static func fromMemory(_ call: HelperCall) throws(Fault) -> UInt64 {
        let size = call.word(.second)
        guard size <= byteLimit else { return try refuse(call, .fourth, .tooBig) }
        guard call.third == 0 else { return try refuse(call, .fourth, .invalidArgument) }
        if size > 0 { _ = try unsafe call.writable(.first, size: Int(size)) }
        try call.putDynptr(Dynptr(storage: .memory(call.first), byteCount: size), .fourth)
        return 0
    }

    /// `int bpf_dynptr_from_skb(s, flags, ptr)`, `int bpf_dynptr_from_xdp(x, flags, ptr)`
    private static func fromPacket(_ call: HelperCall, isReadOnly: Bool) throws(Fault) -> UInt64 {
        guard call.second == 0 else { return try refuse(call, .third, .invalidArgument) }
        let dynptr = Dynptr(
            storage: .packet,
            byteCount: UInt32(clamping: call.packet.byteCount),
            isReadOnly: isReadOnly
        )
        try call.putDynptr(dynptr, .third)
        return 0
    }

    private static func refuse(
        _ call: HelperCall,
        _ argument: HelperCall.Argument,
        _ error: KernelErrno
    ) throws(Fault) -> UInt64 {
        try call.putDynptr(.null, argument)
        return error.helperResult
    }

    /// `int bpf_dynptr_clone(p, clone__init)`
    private static func clone(_ call: HelperCall) throws(Fault) -> UInt64 {
        let dynptr = try call.dynptr(.first)
        guard !dynptr.isNull else { return try refuse(call, .second, .invalidArgument) }
        try call.putDynptr(dynptr, .second)
        return 0
    }

    /// `int bpf_dynptr_adjust(p, start, end)`
    private static func adjust(_ call: HelperCall) throws(Fault) -> UInt64 {
        var dynptr = try call.dynptr(.first)
        let start = call.word(.second)
        let end = call.word(.third)
        guard !dynptr.isNull, start <= end else { return KernelErrno.invalidArgument.helperResult }
        guard end <= dynptr.byteCount else { return KernelErrno.outOfRange.helperResult }
        dynptr.offset &+= start
        dynptr.byteCount = end - start
        call.machine.holdings.dynptrs[call.first] = dynptr
        return 0
    }

    // MARK: Their bytes

    /// `long bpf_dynptr_read(dst, len, src, offset, flags)`
    private static func read(_ call: HelperCall) throws(Fault) -> UInt64 {
        let target = try unsafe call.writableBytes(.first, size: .second)
        let dynptr = try call.dynptr(.third)
        guard !dynptr.isNull, call.fifth == 0
        else { return KernelErrno.invalidArgument.helperResult }
        guard let offset = dynptr.offset(of: call.word(.fourth), count: call.word(.second))
        else { return KernelErrno.tooBig.helperResult }
        let source = try unsafe call.bytes(of: dynptr, at: offset, count: target.count, .third)
        guard let source = source.baseAddress, let start = target.baseAddress
        else { return 0 }
        unsafe start.copyMemory(from: source, byteCount: target.count)
        return 0
    }

    /// `long bpf_dynptr_write(dst, offset, src, len, flags)`
    private static func write(_ call: HelperCall) throws(Fault) -> UInt64 {
        let dynptr = try call.dynptr(.first)
        let source = try unsafe call.readableBytes(.third, size: .fourth)
        guard !dynptr.isNull, !dynptr.isReadOnly
        else { return KernelErrno.invalidArgument.helperResult }
        guard let offset = dynptr.offset(of: call.word(.second), count: call.word(.fourth))
        else { return KernelErrno.tooBig.helperResult }
        guard call.fifth & ~knownWriteFlags(dynptr, call) == 0
        else { return KernelErrno.invalidArgument.helperResult }
        if call.fifth & 2 != 0 { call.context.hash = nil }
        let target = try unsafe call.bytes(of: dynptr, at: offset, count: source.count, .first)
        guard let source = source.baseAddress, let start = target.baseAddress
        else { return 0 }
        unsafe start.copyMemory(from: source, byteCount: target.count)
        return 0
    }

    /// A socket buffer's take `BPF_F_RECOMPUTE_CSUM` and `BPF_F_INVALIDATE_HASH`.
    private static func knownWriteFlags(_ dynptr: Dynptr, _ call: HelperCall) -> UInt64 {
        guard dynptr.storage == .packet, case .socketBuffer = call.context.kind else { return 0 }
        return 3
    }

    /// `void *bpf_dynptr_data(ptr, offset, len)`
    private static func data(_ call: HelperCall) throws(Fault) -> UInt64 {
        let dynptr = try call.dynptr(.first)
        guard !dynptr.isReadOnly, dynptr.storage != .packet,
            let offset = dynptr.offset(of: call.word(.second), count: call.word(.third))
        else { return 0 }
        return dynptr.address(of: offset) ?? 0
    }

    /// `void *bpf_dynptr_slice(p, offset, buffer__opt, buffer__szk)`: where the bytes are; only
    /// those of a packet that the program cannot reach are copied into the buffer.
    private static func slice(_ call: HelperCall, isWritable: Bool) throws(Fault) -> UInt64 {
        let dynptr = try call.dynptr(.first)
        let count = call.word(.fourth)
        guard !dynptr.isNull, !(isWritable && dynptr.isReadOnly),
            let offset = dynptr.offset(of: call.word(.second), count: count)
        else { return 0 }
        if let address = dynptr.address(of: offset) { return address }
        guard Int(offset) + Int(count) <= call.packet.byteCount else { return 0 }
        let address =
            Address.packetStart + UInt64(call.packet.data) + UInt64(offset)
        if unsafe call.machine.memory.readable(address, size: UInt64(count)) != nil {
            return address
        }
        guard call.third != 0 else { return 0 }
        let buffer = try unsafe call.writable(.third, size: Int(count))
        let source = try unsafe call.bytes(of: dynptr, at: offset, count: Int(count), .first)
        if let source = source.baseAddress {
            unsafe buffer.copyMemory(from: source, byteCount: Int(count))
        }
        return call.third
    }

    /// `int bpf_dynptr_copy(dst_ptr, dst_off, src_ptr, src_off, size)`
    private static func copy(_ call: HelperCall) throws(Fault) -> UInt64 {
        let target = try call.dynptr(.first)
        let source = try call.dynptr(.third)
        let size = call.word(.fifth)
        guard let targetOffset = target.offset(of: call.word(.second), count: size),
            let sourceOffset = source.offset(of: call.word(.fourth), count: size)
        else { return KernelErrno.tooBig.helperResult }
        guard !target.isNull, !source.isNull, !target.isReadOnly
        else { return KernelErrno.invalidArgument.helperResult }
        let from = try unsafe call.bytes(of: source, at: sourceOffset, count: Int(size), .third)
        let to = try unsafe call.bytes(of: target, at: targetOffset, count: Int(size), .first)
        if let from = from.baseAddress, let to = to.baseAddress {
            unsafe to.copyMemory(from: from, byteCount: Int(size))
        }
        return 0
    }

    /// `int bpf_dynptr_memset(p, offset, size, val)`
    private static func fill(_ call: HelperCall) throws(Fault) -> UInt64 {
        let dynptr = try call.dynptr(.first)
        let size = call.word(.third)
        guard !dynptr.isReadOnly else { return KernelErrno.invalidArgument.helperResult }
        guard let offset = dynptr.offset(of: call.word(.second), count: size)
        else { return KernelErrno.tooBig.helperResult }
        guard !dynptr.isNull else { return KernelErrno.invalidArgument.helperResult }
        let bytes = try unsafe call.bytes(of: dynptr, at: offset, count: Int(size), .first)
        unsafe bytes.initializeMemory(
            as: UInt8.self,
            repeating: UInt8(truncatingIfNeeded: call.fourth)
        )
        return 0
    }
}
