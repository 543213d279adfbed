import EBPFBytecode

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The kernel's table of functions and variables, `/proc/kallsyms`, read when it is first asked for.
///
/// Reading it takes some 70 ms, so that only those pay who want names.
public struct KernelSymbols: Sendable {
    /// Lines such as `ffffffff814ca4d0 T __bpf_call_base`; a module's name follows a tab.
    let text: [UInt8]

    /// Reads the table.
    ///
    /// - Throws: ``KernelError``.
    public init(system: SystemCalls = .linux) throws(KernelError) {
        let path = "/proc/kallsyms"
        text = try attempting("reading \(path)", .inspection, on: system) {
            () throws(KernelErrno) in
            try system.contents(of: path)
        }
    }

    /// The name at an address; `nil` if there is none, or the kernel hides addresses
    /// (`kernel.kptr_restrict`).
    public func name(at address: UInt64) -> String? {
        guard address != 0 else { return nil }
        let digits = String(address, radix: 16)
        let padded = String(repeating: "0", count: max(0, 16 - digits.count)) + digits
        guard let line = firstLine(with: padded + " ", at: 0) else { return nil }
        let name = text[(line + Self.nameColumn)...].prefix {
            $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\t")
        }
        return String(decoding: name, as: UTF8.self)
    }

    /// The address of a name of the kernel itself; `nil` if there is none or it is hidden.
    public func address(of name: String) -> UInt64? {
        guard let line = firstLine(with: name + "\n", at: Self.nameColumn) else { return nil }
        let digits = String(decoding: text[line..<(line + 16)], as: UTF8.self)
        let address = UInt64(digits, radix: 16)
        return address == 0 ? nil : address
    }

    /// Whether a name of the kernel itself is in the table, also where addresses are hidden.
    func contains(_ name: String) -> Bool {
        firstLine(with: name + "\n", at: Self.nameColumn) != nil
    }

    /// Sixteen digits, a blank, the kind, a blank.
    private static let nameColumn = 19

    /// Where the first line begins that has a text at a column.
    private func firstLine(with wanted: String, at column: Int) -> Int? {
        let wanted = Array(wanted.utf8)
        return unsafe text.withUnsafeBytes { text in
            unsafe wanted.withUnsafeBytes { wanted in
                guard let base = text.baseAddress, let part = wanted.baseAddress
                else { return nil }
                var start = 0
                // SAFETY: both buffers live as long as this closure; each call is given no more
                // bytes than are left.
                while start + max(column, Self.nameColumn) + wanted.count <= text.count {
                    if unsafe memcmp(base + start + column, part, wanted.count) == 0 {
                        return start
                    }
                    let rest = unsafe base + start
                    let end = unsafe memchr(rest, Int32(UInt8(ascii: "\n")), text.count - start)
                    guard let end = unsafe end else { return nil }
                    start = unsafe UnsafeRawPointer(end) - base + 1
                }
                return nil
            }
        }
    }
}
