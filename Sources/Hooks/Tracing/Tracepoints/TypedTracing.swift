import EBPFBytecode
public import EBPFKernel
import EBPFObjectFile

extension KernelProgram {
    /// Runs the program at the kernel function, tracepoint or security hook that it was loaded for
    /// (`tp_btf`, `fentry`, `fexit`, `fmod_ret`, `lsm`).
    ///
    /// The place is a part of the loaded program (`attach_btf_id`), so nothing is left to say here.
    ///
    /// - Parameter cookie: a number the program can ask for (`bpf_get_attach_cookie`, Linux 5.19).
    /// - Throws: ``KernelError``.
    public func attachTyped(cookie: UInt64 = 0) throws(KernelError) -> Link {
        let hook =
            spec?.attachTarget.map { "\(kindOfTracing) \($0)" } ?? "the hook it was loaded for"
        var attributes = TracingLinkAttributes()
        attributes.program = number
        attributes.attachType = spec?.attachType?.rawValue ?? 0
        attributes.cookie = cookie
        return try attachTyped(attributes, hook: hook)
    }

    /// Replaces a global function of another program by this one (`freplace`).
    ///
    /// - Parameters:
    ///   - target: the program whose function is replaced; `nil` for the one it was loaded for.
    ///   - function: the function's type in the target's BTF; 0 for the one it was loaded for.
    ///   - cookie: a number the program can ask for.
    /// - Throws: ``KernelError``.
    public func attachReplacing(
        in target: KernelProgram? = nil, function: UInt32 = 0, cookie: UInt64 = 0
    ) throws(KernelError) -> Link {
        var attributes = TracingLinkAttributes()
        attributes.program = number
        attributes.target = target?.number ?? 0
        attributes.targetType = function
        attributes.cookie = cookie
        let name = spec?.attachTarget ?? "a function"
        let hook = target.map { "\(name) of \($0)" } ?? "\(name) of the program it was loaded for"
        return try attachTyped(attributes, hook: hook)
    }

    /// Kernels before 5.8, 5.10 for extensions, have no such links, only the older call.
    private func attachTyped(
        _ attributes: TracingLinkAttributes, hook: String
    ) throws(KernelError) -> Link {
        let knowsType = type == .programExtension || attributes.attachType != 0
        do throws(KernelError) {
            guard knowsType else { throw KernelError("", .invalidArgument) }
            return try BPFLink.create(attributes, hook: hook, program: self)
        } catch {
            guard error.errno == .invalidArgument, attributes.cookie == 0, attributes.target == 0
            else { throw error }
            let descriptor = try attempting("attaching \(self) to \(hook)") {
                () throws(KernelErrno) in
                try system.openRawTracepoint(nil, program: number, cookie: 0)
            }
            return Link(BPFLink(owning: descriptor, hook: hook))
        }
    }

    private var kindOfTracing: String {
        switch spec?.attachType {
        case .traceRawTracepoint: "tracepoint"
        case .traceFunctionEntry: "the entry of"
        case .traceFunctionExit: "the return of"
        case .modifyReturn: "the result of"
        case .lsmMAC: "security hook"
        default: "function"
        }
    }
}
