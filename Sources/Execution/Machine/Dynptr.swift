import EBPFBytecode

/// A dynptr: a part of some bytes, and what may be done with them.
struct Dynptr: Hashable, Sendable {
    /// Where the bytes are.
    enum Storage: Hashable, Sendable {
        /// Nowhere: what made the dynptr failed.
        case null
        /// Memory of the program, at an address.
        case memory(UInt64)
        /// A ring buffer record, in a temporary region.
        case record(region: Int)
        /// The packet.
        case packet
    }

    var storage: Storage
    /// The first byte that it shows.
    var offset: UInt32 = 0
    /// How many bytes it shows.
    var byteCount: UInt32
    var isReadOnly = false
    /// The number that the program's structure must hold; set when it is put there.
    var serial: UInt32 = 0

    /// What a failed call leaves behind.
    static var null: Dynptr { Dynptr(storage: .null, byteCount: 0) }

    var isNull: Bool { storage == .null }
}

extension Dynptr {
    /// Where bytes of it lie in its storage, or `nil` if it does not have them.
    func offset(of start: UInt32, count: UInt32) -> UInt32? {
        guard count <= byteCount, start <= byteCount - count else { return nil }
        return offset &+ start
    }

    /// The program's address of a byte of the storage, where there is one.
    func address(of offset: UInt32) -> UInt64? {
        switch storage {
        case .memory(let address): address &+ UInt64(offset)
        case .record(let region): Address.start(ofRegion: region) + UInt64(offset)
        case .null, .packet: nil
        }
    }
}

extension HelperCall {
    /// The dynptr in a structure that an argument points to.
    func dynptr(_ argument: Argument) throws(Fault) -> Dynptr {
        guard let dynptr = machine.holdings.dynptrs[self[argument]],
            let structure = unsafe machine.memory.readable(self[argument], size: 16),
            unsafe structure.loadUnaligned(as: UInt64.self) == dynptr.mark
        else { throw .badArgument(argument.rawValue, .dynptr) }
        return dynptr
    }

    /// Puts a dynptr into a structure on the stack.
    func putDynptr(_ dynptr: Dynptr, _ argument: Argument) throws(Fault) {
        let address = self[argument]
        guard Address.isOnStack(address), address.isMultiple(of: 8),
            let structure = unsafe machine.memory.writable(address, size: 16)
        else { throw .badArgument(argument.rawValue, .uninitialisedDynptr) }
        if case .record(let region)? = machine.holdings.dynptrs[address]?.storage,
            machine.holdings.records.contains(where: { $0.region == region }),
            unsafe structure.loadUnaligned(as: UInt64.self)
                == machine.holdings.dynptrs[address]?.mark
        {
            throw .badArgument(argument.rawValue, .uninitialisedDynptr)
        }
        unsafe machine.put(
            dynptr,
            at: address,
            UnsafeMutableRawBufferPointer(start: structure, count: 16)
        )
    }

    /// Gives a structure on the stack back to the program.
    func forgetDynptr(_ argument: Argument) {
        machine.holdings.dynptrs[self[argument]] = nil
        if let structure = unsafe machine.memory.writable(self[argument], size: 16) {
            unsafe structure.initializeMemory(as: UInt8.self, repeating: 0, count: 16)
        }
    }

    /// The bytes of a dynptr's storage.
    func bytes(
        of dynptr: Dynptr,
        at offset: UInt32,
        count: Int,
        _ argument: Argument
    ) throws(Fault) -> UnsafeMutableRawBufferPointer {
        guard count > 0 else { return unsafe UnsafeMutableRawBufferPointer(start: nil, count: 0) }
        if let address = dynptr.address(of: offset) {
            guard let start = unsafe machine.memory.readable(address, size: UInt64(count))
            else { throw .badArgument(argument.rawValue, .dynptr) }
            return unsafe UnsafeMutableRawBufferPointer(start: start, count: count)
        }
        guard dynptr.storage == .packet, Int(offset) + count <= packet.byteCount
        else { throw .badArgument(argument.rawValue, .dynptr) }
        let bytes = unsafe packet.bytes
        return unsafe UnsafeMutableRawBufferPointer(
            rebasing: bytes[Int(offset)..<Int(offset) + count]
        )
    }
}

extension Machine {
    /// Writes a dynptr into the 16 bytes that stand for it.
    func put(_ dynptr: Dynptr, at address: UInt64, _ structure: UnsafeMutableRawBufferPointer) {
        var dynptr = dynptr
        dynptr.serial = holdings.nextSerial
        holdings.nextSerial &+= 1
        holdings.dynptrs[address] = dynptr
        unsafe structure.storeBytes(of: dynptr.mark, as: UInt64.self)
        unsafe structure.storeBytes(
            of: UInt64(dynptr.byteCount),
            toByteOffset: 8,
            as: UInt64.self
        )
    }
}

extension Dynptr {
    /// What the program's structure holds: a tag that spells "DYNP", and the serial number.
    fileprivate var mark: UInt64 { 0x4459_4e50 << 32 | UInt64(serial) }
}
