import CLinux
import EBPFBytecode

/// The way to the elements of a map in the kernel without a stop: plain numbers, so that nobody has
/// to be asked, held or let go on the way.
///
/// It is good as long as the map is open, which whoever keeps one sees to by keeping the map.
public struct DirectMapCalls: BitwiseCopyable, Sendable {
    private let map: UInt32

    /// The way to a map; `nil` if a test answers instead of Linux.
    init?(_ descriptor: borrowing Descriptor) {
        guard !descriptor.system.isSubstitute else { return nil }
        map = UInt32(bitPattern: descriptor.number)
    }

    /// One of the commands on an element, again whenever a signal interrupted it.
    ///
    /// - Parameters:
    ///   - command: `BPF_MAP_LOOKUP_ELEM` and its like.
    ///   - key: as many bytes as a key has, or nothing for maps without keys.
    ///   - value: as many bytes as a look-up gives, which look-ups fill, or nothing to remove a key.
    ///   - flags: as the command has them.
    /// - Returns: 0, or the kernel's error number.
    // SAFETY: the caller has checked the sizes of what is pointed to.
    @unsafe
    @inline(__always)
    func callAsFunction(
        _ command: BPFCommand, _ key: UnsafeRawPointer?, _ value: UnsafeMutableRawPointer?,
        _ flags: UInt64
    ) -> Int32 {
        var attributes = unsafe MapElementAttributes(map: map, key, value, flags)
        while true {
            let result = unsafe clinux_bpf(
                Int32(truncatingIfNeeded: command.rawValue), &attributes,
                UInt32(truncatingIfNeeded: MemoryLayout<MapElementAttributes>.size))
            guard result < 0 else { return 0 }
            guard result == -Int(KernelErrno.interrupted.rawValue)
            else { return Int32(truncatingIfNeeded: -result) }
        }
    }

    /// The same, for other modules.
    // SAFETY: as above.
    @unsafe
    public func element(
        _ command: BPFCommand, _ key: UnsafeRawPointer?, _ value: UnsafeMutableRawPointer?,
        _ flags: UInt64
    ) -> Int32 {
        unsafe self(command, key, value, flags)
    }
}
