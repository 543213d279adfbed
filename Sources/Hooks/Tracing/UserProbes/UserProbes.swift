import EBPFBytecode
public import EBPFKernel
import EBPFObjectFile

/// Where to attach a program in many places of one file, with one link.
public enum UserProbePlaces: Hashable, Sendable {
    /// All functions whose names match a pattern with `*` and `?`.
    case matching(String)
    /// Functions by name.
    case functions([String])
    /// Instructions by their offsets in the file.
    case fileOffsets([UInt64])
}

extension KernelProgram {
    /// Runs the program at many places of an application, with one link (`uprobe.multi`,
    /// `uprobe.session`; Linux 6.6 and 6.13).
    ///
    /// - Parameters:
    ///   - places: functions, by pattern or name, or offsets.
    ///   - binary: a path, the name of a program in `PATH`, or of a library.
    ///   - cookies: one number for each place, in order, or none.
    ///   - counterOffsets: one offset of a reference counter for each place, or none.
    ///   - options: entry or return (a session runs at both), which process; cookie and counter of
    ///     single probes do not count here.
    /// - Throws: ``KernelError``: `ENOENT` if nothing matches, `E2BIG` for more than a million.
    public func attachUserProbes(
        _ places: UserProbePlaces, in binary: String, cookies: [UInt64] = [],
        counterOffsets: [UInt64] = [], options: UserProbeOptions = UserProbeOptions()
    ) throws(KernelError) -> Link {
        let path = try BinarySearch(system: system, process: options.process).path(of: binary)
        let offsets = try offsets(of: places, in: path)
        let hook = "\(offsets.count) places of \(path)"
        let countsAgree =
            [0, offsets.count].contains(cookies.count)
            && [0, offsets.count].contains(counterOffsets.count)
        guard countsAgree else {
            throw KernelError(
                "attaching \(self) to \(hook)", .invalidArgument,
                reason: "there must be one cookie and one counter for each place, or none")
        }
        var memory = CallMemory()
        var attributes = UprobeMultiLinkAttributes()
        attributes.program = number
        let isSession = spec?.attachType == .traceUprobeSession
        let attachType: AttachType = isSession ? .traceUprobeSession : .traceUprobeMulti
        attributes.attachType = attachType.rawValue
        attributes.path = memory.string(path)
        attributes.offsets = memory.array(offsets)
        attributes.cookies = memory.array(cookies)
        attributes.referenceCounters = memory.array(counterOffsets)
        attributes.count = UInt32(clamping: offsets.count)
        let returns: UInt32 = 1
        attributes.probeFlags = options.moment == .exit && !isSession ? returns : 0
        attributes.process =
            try options.process.map { process throws(KernelError) in
                process > 0 ? UInt32(process) : try ownProcess()
            } ?? 0
        let link = try BPFLink.create(attributes, hook: hook, program: self)
        memory.keep()
        return link
    }

    private func offsets(
        of places: UserProbePlaces, in path: String
    ) throws(KernelError) -> [UInt64] {
        switch places {
        case .fileOffsets(let offsets): return offsets
        case .matching(let pattern):
            return try ExecutableFile(path, system: system).functions(matching: pattern)
                .map(\.fileOffset)
        case .functions(let names):
            let file = try ExecutableFile(path, system: system)
            var offsets: [UInt64] = []
            for name in names { offsets.append(try file.function(named: name).fileOffset) }
            return offsets
        }
    }

    private func ownProcess() throws(KernelError) -> UInt32 {
        let id = try attempting("asking for this process's number") { () throws(KernelErrno) in
            try system.call(.getProcessID)
        }
        return UInt32(clamping: id)
    }
}
