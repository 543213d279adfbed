import EBPFBytecode
import EBPFMachineCode

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The memory that the programs of one virtual CPU may touch: a table of regions.
///
/// The table has its full size from the start (untouched pages cost nothing), so it never moves
/// under a running program while another thread loads a map.
@safe
struct AddressSpace: ~Copyable {
    private let regions: UnsafeMutablePointer<Region>
    /// The same for machine code.
    private let state: RunState

    /// - Throws: ENOMEM when the host has no memory for the table.
    init() throws(KernelErrno) {
        // All zeros is `Region.none`, and zeroed pages cost nothing until they are written.
        // One entry more than there are regions says whether the host's own memory may be used.
        guard let memory = unsafe calloc(Address.regionCount + 1, MemoryLayout<Region>.stride)
        else { throw .noMemory }
        guard let block = unsafe calloc(1, RunState.byteCount) else {
            unsafe free(memory)
            throw .noMemory
        }
        unsafe regions = memory.bindMemory(to: Region.self, capacity: Address.regionCount + 1)
        unsafe state = RunState(base: block)
    }

    deinit {
        unsafe free(regions)
        unsafe free(state.base)
    }

    /// A view that can be copied, for the loop and the helpers.
    var view: View { unsafe View(regions: regions, state: state) }

    /// The table as the interpreter and the helpers see it; valid as long as its owner.
    @safe
    struct View {
        private let regions: UnsafeMutablePointer<Region>
        /// What machine code knows of the regions, and all else that it shares with the runtime.
        let state: RunState

        @unsafe
        init(regions: UnsafeMutablePointer<Region>, state: RunState) {
            unsafe self.regions = regions
            self.state = state
        }

        /// A region by number.
        subscript(region: Int) -> Region {
            get {
                guard (0..<Address.regionCount).contains(region) else { return .none }
                return unsafe regions[region]
            }
            nonmutating set {
                guard (0..<Address.regionCount).contains(region),
                    unsafe !regions[region].isSameObject(as: newValue)
                else { return }
                unsafe regions[region] = newValue
                // Of regions with many objects, machine code asks.
                unsafe state.setRegion(
                    region, at: newValue.base, start: newValue.start, readable: newValue.readable,
                    writable: newValue.writable)
            }
        }

        /// The host's address of bytes that may be read, or `nil`.
        @inline(__always)
        func readable(_ address: UInt64, size: UInt64) -> UnsafeMutableRawPointer? {
            let region = address >> 32
            guard region < UInt64(Address.regionCount) else { return unsafe hostMemory(address) }
            // SAFETY: the table has `regionCount` entries.
            return unsafe regions[Int(region)].readable(address, size: size)
        }

        /// The host's address of bytes that may be written, or `nil`.
        @inline(__always)
        func writable(_ address: UInt64, size: UInt64) -> UnsafeMutableRawPointer? {
            let region = address >> 32
            guard region < UInt64(Address.regionCount) else { return unsafe hostMemory(address) }
            // SAFETY: the table has `regionCount` entries.
            return unsafe regions[Int(region)].writable(address, size: size)
        }

        /// Whether helpers reach the host's own memory, because the program runs natively.
        var admitsHostMemory: Bool {
            // SAFETY: there is an entry more than there are regions.
            get { unsafe regions[Address.regionCount].readable != 0 }
            nonmutating set { unsafe regions[Address.regionCount].readable = newValue ? 1 : 0 }
        }

        private func hostMemory(_ address: UInt64) -> UnsafeMutableRawPointer? {
            unsafe admitsHostMemory ? Address.hostPointer(address) : nil
        }

        /// Where an address lies in the host's memory, whether or not it may be touched: also just
        /// behind the end of an object. `nil` if there is nothing in its region.
        func place(of address: UInt64) -> UnsafeMutableRawPointer? {
            guard address >> 32 < UInt64(Address.regionCount) else {
                return unsafe hostMemory(address)
            }
            let region = unsafe regions[Int(address >> 32)]
            guard let base = unsafe region.base else { return nil }
            let offset = Int(UInt32(truncatingIfNeeded: address)) - Int(region.start)
            return unsafe base + offset
        }
    }
}
