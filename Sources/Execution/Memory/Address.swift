import EBPFBytecode

/// How the address space of programs is divided.
///
/// ```
///  upper 32 bits      what lies there
///  0                  the packet; so `data` and `data_end` fit into 32 bits, as UAPI has them
///  2                  the context
///  3                  objects of the machine: the running task, the network device
///  4                  memory of the process that programs seem to run in, if it has any
///  8 … 15             the stack frames, a region each
///  16 … 63            ring buffer records and dynptr slices while the program holds them
///  64 … 65535         maps, as they are loaded
///  0x4d415053 "MAPS"  no memory: handles of maps
///  0x46554e43 "FUNC"  no memory: addresses of functions
///  0x80000000 …       the host's own memory, for programs that run natively and no others
/// ```
enum Address {
    /// How many regions there can be.
    static let regionCount = 65536

    static let packetRegion = 0
    static let contextRegion = 2
    static let objectRegion = 3
    static let processRegion = 4
    static let frameRegions = 8..<16
    static let temporaryRegions = 16..<64
    static let firstMapRegion = 64

    /// Where packet memory begins; below it, an address is a null pointer plus an offset.
    static let packetStart: UInt64 = 0x1_0000

    private static let mapTag: UInt64 = 0x4d41_5053
    private static let functionTag: UInt64 = 0x4655_4e43

    /// The first address of a region.
    static func start(ofRegion region: Int) -> UInt64 { UInt64(region) << 32 }

    /// What a program holds as "pointer to map".
    static func handle(ofMap index: Int) -> UInt64 { mapTag << 32 | UInt64(index) }

    /// The map index in a handle.
    static func mapIndex(_ handle: UInt64) -> Int? {
        handle >> 32 == mapTag ? Int(handle & 0xffff_ffff) : nil
    }

    /// The address of the function that begins at an operation.
    static func function(atOperation index: Int) -> UInt64 { functionTag << 32 | UInt64(index) }

    /// The address that stands for a closure of this process, which a native program wants called.
    static let nativeFunction = functionTag << 32 | 0xffff_ffff

    private static let hostTag: UInt64 = 1 << 63

    /// The address by which helpers reach the host's own memory.
    static func host(_ pointer: UInt) -> UInt64 { UInt64(pointer) | hostTag }

    /// The place in the host's own memory that an address means.
    static func hostPointer(_ address: UInt64) -> UnsafeMutableRawPointer? {
        guard address & hostTag != 0 else { return nil }
        return unsafe UnsafeMutableRawPointer(bitPattern: UInt(address & ~hostTag))
    }

    /// Whether an address is on the stack; that of a native program is the host's.
    static func isOnStack(_ address: UInt64) -> Bool {
        address & hostTag != 0 || frameRegions.contains(Int(address >> 32))
    }

    /// The operation at which the function with an address begins.
    static func operation(ofFunction address: UInt64) -> Int? {
        address >> 32 == functionTag ? Int(address & 0xffff_ffff) : nil
    }
}
