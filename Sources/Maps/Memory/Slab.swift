import EBPFBytecode

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Zeroed memory at a fixed place that costs nothing until it is touched.
///
/// Large slabs are mapped without reserving pages, so a map with ten million possible entries
/// takes memory only for those that are used. What is larger than the machine's memory is
/// refused with ENOMEM, which is the kernel's rule for its own map areas too.
@safe
final class Slab: @unchecked Sendable {
    /// The first byte, aligned to 64.
    let base: UnsafeMutableRawPointer
    /// The number of usable bytes.
    let byteCount: Int
    private let isMapped: Bool

    /// From this size on pages are mapped instead of taken from the heap.
    private static let mappingThreshold = 65_536
    private static let physicalByteCount: Int = {
        let pages = sysconf(Int32(_SC_PHYS_PAGES))
        return pages > 0 ? pages &* pageByteCount : Int.max
    }()

    /// The size of a page in bytes.
    static let pageByteCount: Int = {
        let size = sysconf(Int32(_SC_PAGESIZE))
        return size > 0 ? size : 4096
    }()

    /// Memory for `count` elements of `stride` bytes each.
    init(count: Int, stride: Int) throws(KernelErrno) {
        let (product, overflow) = count.multipliedReportingOverflow(by: stride)
        guard !overflow, product >= 0, product <= Slab.physicalByteCount else { throw .noMemory }
        byteCount = product
        isMapped = product >= Slab.mappingThreshold
        guard let memory = unsafe isMapped ? Slab.map(product) : Slab.allocate(product) else {
            throw .noMemory
        }
        unsafe base = memory
    }

    deinit {
        if isMapped { unsafe munmap(base, byteCount) } else { unsafe free(base) }
    }

    private static func map(_ byteCount: Int) -> UnsafeMutableRawPointer? {
        #if canImport(Darwin)
        let flags = MAP_PRIVATE | MAP_ANON | MAP_NORESERVE
        #else
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        #endif
        let memory = unsafe mmap(nil, byteCount, PROT_READ | PROT_WRITE, flags, -1, 0)
        guard let memory = unsafe memory, unsafe memory != MAP_FAILED else { return nil }
        return unsafe memory
    }

    private static func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer? {
        var memory: UnsafeMutableRawPointer?
        let size = max(byteCount, 64)
        guard unsafe posix_memalign(&memory, 64, size) == 0, let memory = unsafe memory else {
            return nil
        }
        unsafe memset(memory, 0, size)
        return unsafe memory
    }
}
