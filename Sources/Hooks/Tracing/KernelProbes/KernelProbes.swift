import EBPFBytecode
public import EBPFKernel
import EBPFObjectFile

/// Where to attach a program in many places of the kernel, with one link.
public enum KernelProbePlaces: Hashable, Sendable {
    /// All traceable functions whose names match a pattern with `*` and `?`.
    case matching(String)
    /// Functions by name.
    case functions([String])
    /// Functions by the address of their entry.
    case addresses([UInt64])
}

extension KernelProgram {
    /// Runs the program at many functions of the kernel, with one link (`kprobe.multi`, Linux 5.18;
    /// `kprobe.session`, Linux 6.10, at entry and return).
    ///
    /// - Parameters:
    ///   - places: functions, by pattern, name or address.
    ///   - cookies: one number for each function, in order, or none; a pattern takes none.
    ///   - moment: entry or return; a session runs at both.
    /// - Throws: ``KernelError``: `ENOENT` if nothing matches, `EADDRNOTAVAIL` if one of the
    ///   functions is not there or cannot be traced.
    public func attachKernelProbes(
        _ places: KernelProbePlaces, cookies: [UInt64] = [], at moment: ProbeMoment = .entry
    ) throws(KernelError) -> Link {
        var memory = CallMemory()
        var attributes = KprobeMultiLinkAttributes()
        attributes.program = number
        let isSession = spec?.attachType == .traceKprobeSession
        let attachType: AttachType = isSession ? .traceKprobeSession : .traceKprobeMulti
        attributes.attachType = attachType.rawValue
        let returns: UInt32 = 1
        attributes.probeFlags = moment == .exit && !isSession ? returns : 0
        let functions = try TraceableFunctions(places, system, cookieCount: cookies.count)
        switch functions.found {
        case .addresses(let addresses): attributes.addresses = memory.array(addresses)
        case .names(let names):
            attributes.symbols = memory.array(names.map { memory.string($0) })
        }
        attributes.count = UInt32(clamping: functions.count)
        attributes.cookies = memory.array(cookies)
        do throws(KernelError) {
            let link = try BPFLink.create(
                attributes, hook: functions.hook, program: self)
            memory.keep()
            return link
        } catch {
            throw functions.explained(error, system)
        }
    }
}

/// The functions that a link on many of them is for.
private struct TraceableFunctions {
    enum Found {
        case addresses([UInt64])
        case names([String])
    }

    let found: Found
    let hook: String

    var count: Int {
        switch found {
        case .addresses(let addresses): addresses.count
        case .names(let names): names.count
        }
    }

    init(
        _ places: KernelProbePlaces, _ system: SystemCalls, cookieCount: Int
    ) throws(KernelError) {
        switch places {
        case .addresses(let addresses): found = .addresses(addresses)
        case .functions(let names): found = .names(names)
        case .matching(let pattern): found = try TraceableList(system).functions(like: pattern)
        }
        switch (places, found) {
        case (.matching(let pattern), _): hook = "kernel functions \(pattern)"
        case (_, .names(let names)) where names.count == 1: hook = "kernel function \(names[0])"
        case (_, .names(let names)): hook = "\(names.count) kernel functions"
        case (_, .addresses(let addresses)): hook = "\(addresses.count) kernel functions"
        }
        let isPattern = if case .matching = places { true } else { false }
        guard cookieCount == 0 || cookieCount == count && !isPattern else {
            throw KernelError(
                "attaching to \(hook)", .invalidArgument,
                reason: "there must be one cookie for each function, or none")
        }
    }

    func explained(_ error: KernelError, _ system: SystemCalls) -> KernelError {
        var failure = error
        let addressNotAvailable = KernelErrno(rawValue: 99)
        switch error.errno {
        case addressNotAvailable, .noEntry:
            failure.reason = "one of the functions is not there, or cannot be traced"
            guard case .names(let names) = found else { return failure }
            let known = KernelNames(system).functions()
            let all = Set(known)
            guard !all.isEmpty, let missing = names.first(where: { !all.contains($0) })
            else { return failure }
            failure.reason = "the kernel has no function \(missing), or had it inlined"
            failure.remedy = Spelling.closest(to: missing, among: known).map {
                "did you mean \($0)?"
            }
        case .operationNotSupported, .invalidArgument:
            failure.reason =
                "this kernel has no links on many functions "
                + "(CONFIG_FPROBE and Linux 5.18; sessions 6.10)"
            failure.remedy = "attach to one function: kprobe/FUNCTION"
        default: break
        }
        return failure
    }
}

/// What ftrace can trace (`available_filter_functions`).
struct TraceableList {
    private let system: SystemCalls

    init(_ system: SystemCalls) { self.system = system }

    /// The functions that match a pattern: by address where the kernel lists addresses (Linux 6.5),
    /// as it would look every name up otherwise.
    fileprivate func functions(
        like pattern: String
    ) throws(KernelError) -> TraceableFunctions.Found {
        let action = "listing kernel functions \(pattern)"
        let tracefs = try Tracefs(system)
        let matcher = NamePattern(pattern)
        let (names, withAddresses) = (
            "available_filter_functions", "available_filter_functions_addrs"
        )
        if let text = try? system.contents(of: "\(tracefs.root)/\(withAddresses)") {
            let addresses = Self.entries(text, hasAddresses: true)
                .filter { $0.address > 0 && matcher.matches($0.name) }.map(\.address)
            if !addresses.isEmpty { return .addresses(addresses) }
        }
        let text: [UInt8]
        do throws(KernelErrno) {
            text = try system.contents(of: "\(tracefs.root)/\(names)")
        } catch {
            throw KernelError(
                action, error,
                reason: error == .noEntry
                    ? "this kernel cannot trace functions (CONFIG_DYNAMIC_FTRACE)"
                    : "\(names) cannot be read; kernel lockdown may forbid it to root, too",
                remedy: "name the functions, or attach to one")
        }
        var seen: Set<String> = []
        let found = Self.entries(text, hasAddresses: false).map(\.name).filter {
            matcher.matches($0) && !$0.hasPrefix("__ftrace_invalid_address__")
                && seen.insert($0).inserted
        }
        guard !found.isEmpty else {
            throw KernelError(
                action, .noEntry, reason: "no traceable function has a name like that")
        }
        return .names(found)
    }

    /// Lines such as `ffffffff81000000 do_unlinkat [module]`, with or without the address.
    static func entries(
        _ text: [UInt8], hasAddresses: Bool
    ) -> [(address: UInt64, name: String)] {
        text.split(separator: UInt8(ascii: "\n")).compactMap { line in
            let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2).map {
                String(decoding: $0, as: UTF8.self)
            }
            guard hasAddresses else { return words.first.map { (0, $0) } }
            guard words.count > 1, let address = UInt64(words[0], radix: 16) else { return nil }
            return (address, words[1])
        }
    }
}
