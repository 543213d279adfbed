import EBPFBytecode
public import EBPFHooks
public import EBPFKernel
import EBPFObjectFile

extension LoadedObject {
    /// Attaches every program whose section says where: `tracepoint/sched/sched_switch`,
    /// `fentry/vfs_read`, `uprobe/libc:malloc` …
    ///
    /// Programs that need to be told a place, such as an interface or a control group, are left
    /// alone: ``programsWithoutPlace`` names them.
    ///
    /// - Throws: ``KernelError``, naming the program; nothing stays attached then.
    public func attach() throws(KernelError) -> Links {
        var links = Links()
        for (name, program) in programs {
            guard let link = try program.attachBySection() else { continue }
            links.add(link, of: name)
        }
        return links
    }

    /// The programs that ``attach()`` leaves alone, because their sections do not say where to
    /// attach them.
    public var programsWithoutPlace: [String] {
        programs.values.filter { (try? $0.attachPoint()) == .some(nil) }.map(\.name)
    }
}

extension AnyProgram {
    /// Attaches the program where its section says; nothing if the section says no place.
    ///
    /// - Throws: ``KernelError``, also for a section that is not well formed.
    public func attachBySection() throws(KernelError) -> Link? {
        guard let point = try attachPoint() else { return nil }
        switch point {
        case .tracepoint(let category, let name):
            return try TracepointProgram(checked: self).attach(to: "\(category):\(name)")
        case .rawTracepoint(let name):
            return try RawTracepointProgram(checked: self).attach(to: name)
        case .typedTarget:
            return try attachTyped()
        case .userFunction(let path, let name, let offset, let moment):
            return try UprobeProgram(checked: self).attach(
                to: .function(name, offset: offset), in: path,
                options: UserProbeOptions(at: moment == .exit ? .exit : .entry))
        case .userFunctions(let path, let pattern, let moment):
            return try UprobeProgram(checked: self).attach(
                to: .matching(pattern), in: path,
                options: UserProbeOptions(at: moment == .exit ? .exit : .entry))
        default:
            return nil
        }
    }

    /// The place that the program's section names.
    func attachPoint() throws(KernelError) -> SectionName.AttachPoint? {
        guard let section = spec.flatMap({ SectionName(legacy: $0.section) }) else { return nil }
        do throws(SectionName.MalformedTarget) {
            return try section.attachPoint()
        } catch {
            throw KernelError("attaching \(self)", .invalidArgument, reason: "\(error)")
        }
    }

    private func attachTyped() throws(KernelError) -> Link {
        switch type {
        case .lsm: try LSMProgram(checked: self).attach()
        case .programExtension: try ExtensionProgram(checked: self).attach()
        default: try TracingProgram(checked: self).attach()
        }
    }
}
