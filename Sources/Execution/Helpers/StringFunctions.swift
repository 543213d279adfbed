import EBPFBytecode

/// The kernel functions about strings (`bpf_strlen`, `bpf_strstr` …, since Linux 6.17).
///
/// They read any address: a null pointer is ERANGE, what else cannot be read EFAULT, what has no end within 64 KiB E2BIG, and what
/// is not found ENOENT.
enum StringFunctions {
    static func install(in table: inout HelperTable) {
        func add(
            _ name: String,
            _ body: @escaping @Sendable (HelperCall) throws(KernelErrno) -> Int
        ) {
            table.add(kernelFunction: name) { call in
                do throws(KernelErrno) {
                    // The results are 32-bit numbers.
                    return UInt64(UInt32(truncatingIfNeeded: try body(call)))
                } catch {
                    return error.helperResult & 0xffff_ffff
                }
            }
        }
        add("bpf_strcmp") { (call) throws(KernelErrno) in try compare(call) { $0 } }
        add("bpf_strcasecmp") { (call) throws(KernelErrno) in
            try compare(call) { $0.isLetter ? $0 | 0x20 : $0 }
        }
        add("bpf_strlen") { (call) throws(KernelErrno) in try length(call, limit: .max) }
        add("bpf_strnlen") { (call) throws(KernelErrno) in
            try length(call, limit: call.word(.second))
        }
        add("bpf_strchr") { (call) throws(KernelErrno) in
            try find(call, limit: .max, call.byte(.second))
        }
        add("bpf_strnchr") { (call) throws(KernelErrno) in
            try find(call, limit: call.word(.second), call.byte(.third))
        }
        add("bpf_strchrnul") { (call) throws(KernelErrno) in
            let wanted = call.byte(.second)
            return try call.string(.first).firstIndex { $0 == 0 || $0 == wanted }
        }
        add("bpf_strrchr") { (call) throws(KernelErrno) in try findLast(call) }
        add("bpf_strspn") { (call) throws(KernelErrno) in try span(call, isIn: true) }
        add("bpf_strcspn") { (call) throws(KernelErrno) in try span(call, isIn: false) }
        add("bpf_strstr") { (call) throws(KernelErrno) in try search(call, limit: .max) }
        add("bpf_strnstr") { (call) throws(KernelErrno) in
            try search(call, limit: call.word(.third))
        }
    }

    private static func compare(
        _ call: HelperCall,
        _ fold: (UInt8) -> UInt8
    ) throws(KernelErrno) -> Int {
        let first = call.string(.first)
        let second = call.string(.second)
        for index in 0..<UnboundedString.limit {
            let (one, other) = (fold(try first.byte(index)), fold(try second.byte(index)))
            if one != other { return one < other ? -1 : 1 }
            if one == 0 { return 0 }
        }
        throw .tooBig
    }

    private static func length(_ call: HelperCall, limit: UInt32) throws(KernelErrno) -> Int {
        let string = call.string(.first)
        let count = min(Int(limit), UnboundedString.limit)
        for index in 0..<count where try string.byte(index) == 0 { return index }
        guard count < UnboundedString.limit else { throw .tooBig }
        return count
    }

    private static func find(
        _ call: HelperCall,
        limit: UInt32,
        _ wanted: UInt8
    ) throws(KernelErrno) -> Int {
        let string = call.string(.first)
        let count = min(Int(limit), UnboundedString.limit)
        for index in 0..<count {
            let byte = try string.byte(index)
            if byte == wanted { return index }
            if byte == 0 { throw .noEntry }
        }
        throw count == UnboundedString.limit ? .tooBig : .noEntry
    }

    private static func findLast(_ call: HelperCall) throws(KernelErrno) -> Int {
        let string = call.string(.first)
        let wanted = call.byte(.second)
        var last: Int?
        for index in 0..<UnboundedString.limit {
            let byte = try string.byte(index)
            if byte == wanted { last = index }
            guard byte == 0 else { continue }
            guard let last else { throw .noEntry }
            return last
        }
        throw .tooBig
    }

    /// How many bytes of a string at its beginning are in a set, or are not.
    private static func span(_ call: HelperCall, isIn: Bool) throws(KernelErrno) -> Int {
        let string = call.string(.first)
        let set = call.string(.second)
        return try string.firstIndex { (byte) throws(KernelErrno) in
            if byte == 0 { return true }
            let place = try set.firstIndex { $0 == byte || $0 == 0 }
            return (try set.byte(place) == byte) != isIn
        }
    }

    private static func search(_ call: HelperCall, limit: UInt32) throws(KernelErrno) -> Int {
        let text = call.string(.first)
        let wanted = call.string(.second)
        let wantedCount = try wanted.firstIndex { $0 == 0 }
        guard wantedCount > 0 else { return 0 }
        let end = min(Int(limit), UnboundedString.limit)
        var start = 0
        while start + wantedCount <= end {
            var matched = 0
            while matched < wantedCount {
                let byte = try text.byte(start + matched)
                if byte != (try wanted.byte(matched)) {
                    if byte == 0 { throw .noEntry }
                    break
                }
                matched += 1
            }
            if matched == wantedCount { return start }
            start += 1
        }
        throw end == UnboundedString.limit ? .tooBig : .noEntry
    }
}

/// A string of a program, whose end is not known.
private struct UnboundedString {
    /// How far is looked (`XATTR_SIZE_MAX`).
    static let limit = 65536

    let memory: AddressSpace.View
    let address: UInt64

    /// A byte; ERANGE at a null pointer, EFAULT where else it cannot be read.
    func byte(_ index: Int) throws(KernelErrno) -> UInt8 {
        guard address >= Address.packetStart else { throw .outOfRange }
        guard let byte = memory.byte(at: address &+ UInt64(index)) else { throw .badAddress }
        return byte
    }

    /// The first byte that fits; E2BIG if there is none.
    func firstIndex(
        where fits: (UInt8) throws(KernelErrno) -> Bool
    ) throws(KernelErrno) -> Int {
        for index in 0..<Self.limit where try fits(try byte(index)) { return index }
        throw .tooBig
    }
}

extension HelperCall {
    /// A string that an argument points to.
    fileprivate func string(_ argument: Argument) -> UnboundedString {
        UnboundedString(memory: machine.memory, address: self[argument])
    }

    /// The lowest byte of an argument.
    fileprivate func byte(_ argument: Argument) -> UInt8 {
        UInt8(truncatingIfNeeded: self[argument])
    }
}
