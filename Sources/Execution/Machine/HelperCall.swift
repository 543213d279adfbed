import EBPFBytecode
import EBPFMaps

/// What a helper function does: it reads its arguments, and what it returns goes into r0.
typealias HelperBody = @Sendable (HelperCall) throws(Fault) -> UInt64

/// One call of a helper: its arguments, and the only door to the program's memory.
///
/// Every accessor checks what it is asked for; a wrong argument ends the run with a ``Fault`` that
/// names the argument, as the kernel's verifier would have refused the program.
struct HelperCall {
    let machine: Machine
    let registers: RegisterFile

    var first: UInt64 { registers[.r1] }
    var second: UInt64 { registers[.r2] }
    var third: UInt64 { registers[.r3] }
    var fourth: UInt64 { registers[.r4] }
    var fifth: UInt64 { registers[.r5] }

    /// An argument by number, 1…5.
    @inline(__always)
    subscript(argument: Argument) -> UInt64 { registers[argument.register] }

    /// The arguments of a helper.
    enum Argument: Int {
        case first = 1, second, third, fourth, fifth

        @inline(__always)
        var register: Register {
            switch self {
            case .first: .r1
            case .second: .r2
            case .third: .r3
            case .fourth: .r4
            case .fifth: .r5
            }
        }
    }

    /// The map that an argument points to.
    @inline(__always)
    func map(_ argument: Argument) throws(Fault) -> Map {
        guard let map = machine.map(self[argument])
        else { throw .badArgument(argument.rawValue, .map) }
        return map
    }

    /// Does something with the map that an argument points to; takes no reference to it.
    @inline(__always)
    func withMap<Result>(
        _ argument: Argument, _ body: (Map) throws(Fault) -> Result
    ) throws(Fault) -> Result {
        guard let index = Address.mapIndex(self[argument]),
            let result = try machine.maps.with(index, body)
        else { throw .badArgument(argument.rawValue, .map) }
        return result
    }

    /// The map of a certain kind that an argument points to.
    func map<Kind: Map>(_ argument: Argument, as kind: Kind.Type) throws(Fault) -> Kind {
        guard let map = try map(argument) as? Kind
        else { throw .badArgument(argument.rawValue, .map) }
        return map
    }

    /// An argument as a number of bytes, at most `limit`.
    func size(_ argument: Argument, limit: Int = 1 << 29) throws(Fault) -> Int {
        guard let size = Int(exactly: self[argument]), size <= limit
        else { throw .badArgument(argument.rawValue, .size) }
        return size
    }

    /// The address of bytes that the program may read.
    @inline(__always)
    func readable(_ argument: Argument, size: Int) throws(Fault) -> UnsafeRawPointer {
        guard size >= 0, size <= Int(Int32.max),
            let pointer = unsafe machine.memory.readable(self[argument], size: UInt64(size))
        else { throw .badArgument(argument.rawValue, .readableMemory) }
        return UnsafeRawPointer(pointer)
    }

    /// The address of bytes that the program may write.
    @inline(__always)
    func writable(_ argument: Argument, size: Int) throws(Fault) -> UnsafeMutableRawPointer {
        guard size >= 0, size <= Int(Int32.max),
            let pointer = unsafe machine.memory.writable(self[argument], size: UInt64(size))
        else { throw .badArgument(argument.rawValue, .writableMemory) }
        return unsafe pointer
    }

    /// Bytes that the program may read, by a pointer and a size argument; none if the size is 0.
    func readableBytes(
        _ pointer: Argument, size: Argument
    ) throws(Fault) -> UnsafeRawBufferPointer {
        let count = try self.size(size)
        guard count > 0 else { return unsafe UnsafeRawBufferPointer(start: nil, count: 0) }
        return try unsafe UnsafeRawBufferPointer(
            start: readable(pointer, size: count), count: count)
    }

    /// Bytes that the program may write, by a pointer and a size argument; none if the size is 0.
    func writableBytes(
        _ pointer: Argument, size: Argument
    ) throws(Fault) -> UnsafeMutableRawBufferPointer {
        let count = try self.size(size)
        guard count > 0 else { return unsafe UnsafeMutableRawBufferPointer(start: nil, count: 0) }
        return try unsafe UnsafeMutableRawBufferPointer(
            start: writable(pointer, size: count), count: count)
    }

    /// A text of the program up to its zero byte, at most `limit` bytes.
    func string(_ argument: Argument, limit: Int = 4096) throws(Fault) -> String {
        var bytes: [UInt8] = []
        var address = self[argument]
        while bytes.count < limit {
            guard let pointer = unsafe machine.memory.readable(address, size: 1)
            else { throw .badArgument(argument.rawValue, .string) }
            let byte = unsafe pointer.load(as: UInt8.self)
            if byte == 0 { break }
            bytes.append(byte)
            address &+= 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Checks that an argument is the pointer to the context.
    func requireContext(_ argument: Argument = .first) throws(Fault) {
        guard self[argument] == Address.start(ofRegion: Address.contextRegion)
        else { throw .badArgument(argument.rawValue, .context) }
    }

    /// Calls a function of the program, as `bpf_loop` does; returns its r0.
    func callBack(
        _ function: Argument, _ first: UInt64 = 0, _ second: UInt64 = 0, _ third: UInt64 = 0,
        _ fourth: UInt64 = 0, _ fifth: UInt64 = 0
    ) throws(Fault) -> UInt64 {
        try machine.callBack(
            self[function], argument: function.rawValue, first, second, third, fourth, fifth)
    }
}
