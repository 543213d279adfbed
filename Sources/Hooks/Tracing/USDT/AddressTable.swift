import EBPFBytecode
import EBPFKernel

/// Where programs find the description of a tracepoint's arguments by the address at which they were
/// stopped: the map `__bpf_usdt_ip_to_spec_id` of libbpf's `usdt.bpf.h`.
///
/// Objects that were compiled for kernels without cookies (before Linux 5.15) look there, on newer
/// kernels, too. Addresses are the process's: of a file that can be loaded anywhere they are known
/// for a process that runs, and of others for all.
struct AddressTable {
    private let map: KernelMap
    private static let name = "__bpf_usdt_ip_to_spec_id"

    /// Finds the table among the maps of a program; `nil` if it has none.
    ///
    /// - Throws: ``KernelError`` if the program's maps cannot be opened.
    init?(of program: KernelProgram) throws(KernelError) {
        let name = ObjectName(Self.name).text
        var found: KernelMap?
        for id in try program.details().maps {
            let map = try KernelMap(id: id, system: program.system)
            if map.shape.name == name, map.shape.keySize == 8, map.shape.valueSize == 4 {
                found = map
            }
        }
        guard let found else { return nil }
        map = found
    }

    /// Notes which description belongs to an address.
    ///
    /// - Throws: ``KernelError``; `E2BIG` if there are too many addresses.
    func add(_ address: UInt64, _ entry: UInt32) throws(KernelError) {
        try map.update(address.littleEndianBytes, entry.littleEndianBytes)
    }

    /// Forgets addresses.
    func remove(_ addresses: [UInt64]) {
        for address in addresses { _ = try? map.remove(address.littleEndianBytes) }
    }
}

/// Where a file is in the memory of a process.
struct LoadedFile {
    private let parts: [Part]

    private struct Part {
        let address: UInt64
        let offset: UInt64
        let size: UInt64
    }

    /// The executable parts of a file in a process (`/proc/PID/maps`); of a file that is always
    /// loaded at the same addresses (`ET_EXEC`) no process is needed.
    ///
    /// - Returns: `nil` if nobody knows where the file is.
    init?(_ file: ExecutableFile, process: Int32?, _ system: SystemCalls) {
        if file.hasFixedAddresses {
            parts = file.segments.map {
                Part(address: $0.address, offset: $0.offset, size: $0.fileSize)
            }
            return
        }
        guard let process else { return nil }
        let own = process == 0 ? "self" : "\(process)"
        guard let opened = try? system.open(file.path), let inode = try? system.inode(of: opened),
            let text = try? system.text(of: "/proc/\(own)/maps")
        else { return nil }
        let found = text.split(separator: "\n").compactMap { line -> Part? in
            let fields = line.split(separator: " ", omittingEmptySubsequences: true)
            guard fields.count >= 6, fields[1].contains("x"), UInt64(fields[4]) == inode
            else { return nil }
            let range = fields[0].split(separator: "-")
            guard range.count == 2, let start = UInt64(range[0], radix: 16),
                let end = UInt64(range[1], radix: 16), end > start,
                let offset = UInt64(fields[2], radix: 16)
            else { return nil }
            return Part(address: start, offset: offset, size: end - start)
        }
        guard !found.isEmpty else { return nil }
        parts = found
    }

    /// Where a byte of the file is; `nil` if it is not loaded.
    func address(ofOffset offset: UInt64) -> UInt64? {
        for part in parts where offset >= part.offset && offset - part.offset < part.size {
            return part.address &+ (offset - part.offset)
        }
        return nil
    }
}
