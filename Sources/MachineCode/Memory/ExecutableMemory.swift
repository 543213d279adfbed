#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Machine code that the processor may run: written once, then never writable again.
///
/// A page that nobody may touch lies on either side, so that code which runs on, or reads past its
/// end, is stopped by the hardware.
@safe
public final class ExecutableMemory: @unchecked Sendable {
    private let mapping: UnsafeMutableRawPointer
    private let mappedByteCount: Int
    private let start: UnsafeMutableRawPointer
    /// How many bytes of code there are.
    public let byteCount: Int

    /// Copies code into fresh memory and makes it executable.
    ///
    /// - Throws: ``CompilationError/noMemory`` if the system refuses.
    public init(_ code: [UInt8]) throws(CompilationError) {
        let page = Int(getpagesize())
        let codeByteCount = max(page, (code.count + page - 1) / page * page)
        mappedByteCount = codeByteCount + 2 * page
        byteCount = code.count
        guard
            let memory = unsafe mmap(
                nil, mappedByteCount, PROT_NONE, MAP_PRIVATE | Self.anonymous, -1, 0),
            unsafe memory != MAP_FAILED
        else { throw .noMemory }
        unsafe mapping = memory
        unsafe start = memory + page
        guard unsafe mprotect(start, codeByteCount, PROT_READ | PROT_WRITE) == 0 else {
            unsafe munmap(memory, mappedByteCount)
            throw .noMemory
        }
        unsafe code.withUnsafeBytes { bytes in
            guard let first = bytes.baseAddress else { return }
            unsafe start.copyMemory(from: first, byteCount: bytes.count)
        }
        // Fetched instructions may be older than the copy on processors that do not keep both alike.
        unsafe Self.synchronise(start, byteCount: code.count)
        guard unsafe mprotect(start, codeByteCount, PROT_READ | PROT_EXEC) == 0 else {
            unsafe munmap(memory, mappedByteCount)
            throw .noMemory
        }
    }

    deinit { unsafe munmap(mapping, mappedByteCount) }

    /// The host's address of a byte of the code; valid as long as this object.
    public func address(of offset: Int) -> UInt64 {
        UInt64(UInt(bitPattern: unsafe start)) &+ UInt64(min(max(offset, 0), byteCount))
    }

    #if canImport(Darwin)
    private static let anonymous = MAP_ANON
    #else
    private static let anonymous = MAP_ANONYMOUS
    #endif

    private static func synchronise(_ start: UnsafeMutableRawPointer, byteCount: Int) {
        #if canImport(Darwin)
        unsafe sys_icache_invalidate(start, byteCount)
        #endif
        // x86-64 keeps them alike; on Linux, arm64's kernel does so when pages become executable.
    }
}

extension ExecutableMemory {
    /// A function of the code, as a C function.
    ///
    /// - Precondition: code of that type begins at `offset`; it runs only as long as this object lives.
    @unsafe
    public func function<Function>(at offset: Int, as type: Function.Type) -> Function {
        let pointer = unsafe UnsafeRawPointer(bitPattern: UInt(address(of: offset)))
        return unsafe unsafeBitCast(pointer, to: type)
    }
}
