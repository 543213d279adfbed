/// Text of at most so many bytes, ended by a zero, as the kernel's functions for text fill it.
///
/// ```swift
/// if Process.command == "nginx" { … }
/// guard name.hasPrefix("/etc/") else { return 0 }
/// ```
/// What lies behind the first zero does not count when texts are compared; in a key of a map it
/// does.
@frozen
public struct FixedString<let capacity: Int>: BitwiseCopyable, Sendable {
    /// The bytes, with zeros behind the text.
    public var bytes: InlineArray<capacity, UInt8>

    /// No text.
    @inline(__always)
    public init() { bytes = InlineArray(repeating: 0) }

    /// A text that is written in the source. What does not fit is cut off.
    @inline(__always)
    public init(_ text: StaticString) {
        bytes = InlineArray(repeating: 0)
        let count = min(text.utf8CodeUnitCount, capacity)
        withUnsafeMutablePointer(to: &bytes) {
            UnsafeMutableRawPointer($0).copyMemory(from: text.utf8Start, byteCount: count)
        }
    }
}

extension FixedString: ExpressibleByStringLiteral {
    /// A text that is written in the source. What does not fit is cut off.
    @inline(__always)
    public init(stringLiteral text: StaticString) { self.init(text) }
}

extension FixedString {
    /// Reads text from the memory of the process that runs; returns whether it could be read
    /// (`bpf_probe_read_user_str`, Linux 5.5).
    @inline(__always) @discardableResult
    public mutating func readUserString(at address: UInt) -> Bool {
        withUnsafeMutablePointer(to: &self) {
            Helpers.probeReadUserStr($0, UInt32(truncatingIfNeeded: capacity), address)
        } >= 0
    }

    /// Reads text from the kernel's memory; returns whether it could be read
    /// (`bpf_probe_read_kernel_str`, Linux 5.5).
    @inline(__always) @discardableResult
    public mutating func readKernelString(at address: UInt) -> Bool {
        withUnsafeMutablePointer(to: &self) {
            Helpers.probeReadKernelStr($0, UInt32(truncatingIfNeeded: capacity), address)
        } >= 0
    }

    /// The name of the program that the current thread runs (`bpf_get_current_comm`).
    @inline(__always)
    public mutating func readCurrentCommand() {
        withUnsafeMutablePointer(to: &self) {
            _ = Helpers.getCurrentComm($0, UInt32(truncatingIfNeeded: capacity))
        }
    }
}
