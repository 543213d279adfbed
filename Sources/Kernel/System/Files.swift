public import EBPFBytecode

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What open(2) is asked for.
public struct OpenFlags: OptionSet, Sendable {
    /// The bits, `O_…` in `fcntl.h`.
    public let rawValue: Int32

    /// Flags from bits.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// For reading (`O_RDONLY`).
    public static let read: OpenFlags = []
    /// For writing (`O_WRONLY`).
    public static let write = OpenFlags(rawValue: O_WRONLY)
    /// For both (`O_RDWR`).
    public static let readWrite = OpenFlags(rawValue: O_RDWR)
    /// A directory (`O_DIRECTORY`).
    public static let directory = OpenFlags(rawValue: O_DIRECTORY)
    /// At its end (`O_APPEND`).
    public static let append = OpenFlags(rawValue: O_APPEND)
    /// Calls return at once instead of waiting (`O_NONBLOCK`).
    public static let nonBlocking = OpenFlags(rawValue: O_NONBLOCK)
}

extension SystemCalls {
    /// Opens a file that exists; the descriptor is not inherited by other programs.
    ///
    /// - Throws: the kernel's error number.
    public func open(
        _ path: String, _ flags: OpenFlags = .read
    ) throws(KernelErrno) -> Descriptor {
        var memory = CallMemory()
        let name = memory.string(path)
        let closeOnExec = Int(O_CLOEXEC)
        let number = try call(
            .open, currentDirectory, Int(name), Int(flags.rawValue) | closeOnExec)
        memory.keep()
        return Descriptor(owning: number, system: self)
    }

    /// The content of a file, which may be one of `/proc` or `/sys` whose size nobody knows.
    ///
    /// - Throws: the kernel's error number; `EFBIG` beyond `limit` bytes.
    public func contents(
        of path: String, limit: Int = 1 << 28
    ) throws(KernelErrno) -> [UInt8] {
        let file = try open(path)
        var content: [UInt8] = []
        while true {
            // Most files of /proc and /sys are short; room for more is made as it is needed.
            let part = try file.read(count: min(max(content.count, 1 << 12), 1 << 20))
            guard !part.isEmpty else { return content }
            content = content.isEmpty ? part : content + part
            guard content.count <= limit else { throw KernelErrno(rawValue: EFBIG) }
        }
    }

    /// The content of a text file, without spaces and line ends around it.
    ///
    /// - Throws: the kernel's error number.
    public func text(of path: String) throws(KernelErrno) -> String {
        var bytes = try contents(of: path)[...]
        let isBlank = { (byte: UInt8) in byte == 0x20 || (0x09...0x0d).contains(byte) }
        while let last = bytes.last, isBlank(last) { bytes.removeLast() }
        return String(decoding: bytes.drop(while: isBlank), as: UTF8.self)
    }

    /// What a symbolic link points to; at most 4 KB of it.
    ///
    /// - Throws: the kernel's error number.
    public func symbolicLink(at path: String) throws(KernelErrno) -> String {
        var memory = CallMemory()
        let name = memory.string(path)
        let size = 4096
        let buffer = memory.buffer(count: size)
        let count = try call(.readSymbolicLink, currentDirectory, Int(name), Int(buffer), size)
        return String(decoding: memory.contents(of: buffer, count: count), as: UTF8.self)
    }

    /// Whether there is something at a path.
    public func exists(_ path: String) -> Bool {
        let onlyThePath = OpenFlags(rawValue: 0o10000000)
        return (try? open(path, onlyThePath)) != nil
    }

    /// The names in a directory, sorted, without `.` and `..`.
    ///
    /// - Throws: the kernel's error number.
    public func entries(ofDirectory path: String) throws(KernelErrno) -> [String] {
        let directory = try open(path, .directory)
        var names: [String] = []
        while true {
            var memory = CallMemory()
            let size = 1 << 15
            let buffer = memory.buffer(count: size)
            let count = try call(
                .getDirectoryEntries, Int(directory.number), Int(buffer), size)
            guard count > 0 else { return names.sorted() }
            names += Self.directoryNames(memory.contents(of: buffer, count: count))
        }
    }

    /// The names in records of `struct linux_dirent64`.
    private static func directoryNames(_ records: [UInt8]) -> [String] {
        var names: [String] = []
        var rest = records[...]
        while rest.count > 19 {
            let start = rest.startIndex
            let length = Int(rest[start + 16]) | Int(rest[start + 17]) << 8
            guard length > 19, length <= rest.count else { break }
            let name = rest[(start + 19)..<(start + length)].prefix { $0 != 0 }
            let text = String(decoding: name, as: UTF8.self)
            if text != "." && text != ".." { names.append(text) }
            rest = rest.dropFirst(length)
        }
        return names
    }

    private var currentDirectory: Int { Int(AT_FDCWD) }
}

extension Descriptor {
    /// Reads at most so many bytes; empty at the end.
    ///
    /// - Throws: the kernel's error number; `EAGAIN` if it would wait and may not.
    public func read(count: Int) throws(KernelErrno) -> [UInt8] {
        var failure: KernelErrno?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            do throws(KernelErrno) {
                filled = try system.call(
                    .read, Int(number), Int(bitPattern: buffer.baseAddress), count)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Writes all bytes.
    ///
    /// - Throws: the kernel's error number.
    public func write(_ bytes: some Collection<UInt8>) throws(KernelErrno) {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            var memory = CallMemory()
            let address = memory.bytes(rest)
            let count = try system.call(.write, Int(number), Int(address), rest.count)
            memory.keep()
            rest = rest.dropFirst(count)
        }
    }
}

func systemPageSize() -> Int { Int(sysconf(Int32(_SC_PAGESIZE))) }
