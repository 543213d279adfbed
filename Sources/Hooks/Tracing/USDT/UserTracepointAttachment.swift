import EBPFBytecode
public import EBPFKernel
import EBPFObjectFile
import Synchronization

extension KernelProgram {
    /// Runs the program at a static tracepoint of an application (USDT; kind kprobe), at all its
    /// places.
    ///
    /// Semaphores are raised meanwhile. Programs that include `bpf/usdt.bpf.h`, libbpf's or this
    /// package's, get the arguments: by the attachment's cookie (Linux 5.15), or by the address of the
    /// place, which is known if a process is given, or the file is always loaded at the same one.
    ///
    /// - Parameters:
    ///   - name: provider and name, `libc:setjmp`.
    ///   - binary: a path, the name of a program in `PATH`, or of a library.
    ///   - process: the process whose calls are seen; `nil` for all, 0 for this one.
    ///   - cookie: a number the program can ask for (`bpf_usdt_cookie`).
    /// - Throws: ``KernelError``: `ENOENT` with the closest name, `EOPNOTSUPP` if an argument is
    ///   where no program can read it.
    public func attach(
        toUserTracepoint name: String, in binary: String, process: Int32? = nil,
        cookie: UInt64 = 0
    ) throws(KernelError) -> Link {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts.contains("") else {
            throw KernelError(
                "attaching \(self) to tracepoint \(name) of \(binary)", .invalidArgument,
                reason: "a tracepoint has a provider and a name",
                remedy: "write PROVIDER:NAME, such as libc:setjmp")
        }
        let path = try BinarySearch(system: system, process: process).path(of: binary)
        let file = try ExecutableFile(path, system: system)
        let tracepoint = try file.userTracepoint(parts[0], parts[1])
        let attachment = UserTracepointAttachment(hook: "usdt \(path):\(name)")
        do throws(KernelError) {
            if let table = try ArgumentTable(of: self) {
                attachment.use(table, try AddressTable(of: self))
            }
            try attachment.attach(
                self, to: tracepoint, in: file, UserProbeOptions(process: process, cookie: cookie))
        } catch {
            attachment.detach()
            throw error
        }
        return Link(attachment)
    }
}

/// A program at all places of a tracepoint, and what describes their arguments to it.
public final class UserTracepointAttachment: Attachment {
    /// Where the program is attached.
    public let hook: String
    private let held = Mutex(Held())

    private struct Held {
        var probes: [any Attachment] = []
        var table: ArgumentTable?
        var entries: [UInt32] = []
        var addressTable: AddressTable?
        var addresses: [UInt64] = []
    }

    init(hook: String) { self.hook = hook }

    fileprivate func use(_ table: ArgumentTable, _ addresses: AddressTable?) {
        held.withLock { ($0.table, $0.addressTable) = (table, addresses) }
    }

    /// Attaches to every place; equal descriptions share an entry.
    fileprivate func attach(
        _ program: KernelProgram, to tracepoint: UserTracepoint, in file: ExecutableFile,
        _ options: UserProbeOptions
    ) throws(KernelError) {
        var known: [[String]: UInt64] = [:]
        var cookies: [UInt64] = []
        for site in tracepoint.sites {
            if known[site.arguments] == nil {
                known[site.arguments] = try describe(site.arguments, file, options.cookie)
            }
            cookies.append(known[site.arguments] ?? 0)
        }
        let areNoted = try noteAddresses(
            of: tracepoint, cookies, in: file, options.process, program)
        guard program.spec?.attachType != .traceUprobeMulti else {
            let counters = tracepoint.sites.map(\.semaphoreOffset)
            let link = try program.attachUserProbes(
                .fileOffsets(tracepoint.sites.map(\.fileOffset)), in: file.path, cookies: cookies,
                counterOffsets: counters.allSatisfy { $0 == 0 } ? [] : counters, options: options)
            return keep(link)
        }
        for (site, cookie) in zip(tracepoint.sites, cookies) {
            var probe = UserProbe(path: file.path, options: options)
            probe.options.cookie = cookie
            probe.options.counterOffset = site.semaphoreOffset
            probe.offset = site.fileOffset
            probe.name = "\(tracepoint.provider):\(tracepoint.name)"
            do throws(KernelError) {
                keep(try probe.attach(program))
            } catch {
                // A kernel without cookies; the program finds what it needs by the address.
                guard areNoted, cookie != 0, error.errno == .invalidArgument else { throw error }
                probe.options.cookie = 0
                keep(try probe.attach(program))
            }
        }
    }

    /// Notes which description belongs to the address of each place, for programs that look there.
    ///
    /// - Returns: whether all are noted; where the file is may be unknown.
    private func noteAddresses(
        of tracepoint: UserTracepoint, _ entries: [UInt64], in file: ExecutableFile,
        _ process: Int32?, _ program: KernelProgram
    ) throws(KernelError) -> Bool {
        guard let table = held.withLock({ $0.addressTable }),
            let loaded = LoadedFile(file, process: process, program.system)
        else { return false }
        var areAllKnown = true
        for (site, entry) in zip(tracepoint.sites, entries) {
            guard let address = loaded.address(ofOffset: site.fileOffset) else {
                areAllKnown = false
                continue
            }
            try table.add(address, UInt32(truncatingIfNeeded: entry))
            held.withLock { $0.addresses.append(address) }
        }
        return areAllKnown
    }

    private func keep(_ link: consuming Link) {
        let attachment = link.release()
        held.withLock { $0.probes.append(attachment) }
    }

    /// The cookie for places with these arguments: an entry's number, or the user's own where the
    /// program asks for no arguments.
    private func describe(
        _ arguments: [String], _ file: ExecutableFile, _ cookie: UInt64
    ) throws(KernelError) -> UInt64 {
        guard let table = held.withLock({ $0.table }) else { return cookie }
        let action = "attaching to \(hook)"
        guard let processor = TracepointArgument.Processor(rawValue: file.machine) else {
            throw KernelError(
                action, .operationNotSupported,
                reason: "arguments of processor \(file.machine) are not understood")
        }
        let entry: [UInt8]
        do throws(UnreadableArgument) {
            entry = try ArgumentTable.entry(arguments, cookie: cookie, for: processor)
        } catch {
            throw KernelError(
                action, .operationNotSupported,
                reason: "argument \(error.position) is \(error.text): \(error.reason)",
                remedy: "attach a program that asks for no arguments")
        }
        let number = try table.add(entry)
        held.withLock { $0.entries.append(number) }
        return UInt64(number)
    }

    /// Takes the program off all places, then frees what described them.
    public func detach() {
        let ended = held.withLock { held in
            defer { held = Held() }
            return held
        }
        // Probes end when they are closed, whatever they answer.
        for probe in ended.probes { try? probe.detach() }
        ended.addressTable?.remove(ended.addresses)
        ended.table?.remove(ended.entries)
    }

    /// Only a tracepoint with one place can outlive the process.
    public func persist(at path: String) throws(KernelError) {
        let probes = held.withLock { $0.probes }
        guard probes.count == 1, let probe = probes.first else {
            throw KernelError(
                "keeping the link to \(hook)", .operationNotSupported,
                reason: "the tracepoint has \(probes.count) places, each with a link of its own",
                remedy: "keep the process running, or load the program for uprobe.multi")
        }
        try probe.persist(at: path)
        // What describes the arguments stays with the link.
        held.withLock { ($0.entries, $0.addresses) = ([], []) }
    }

    deinit { detach() }
}
