import EBPFBytecode
public import EBPFTypeFormat
import Synchronization

/// The type information of the running kernel and its modules, read when it is first asked for.
public final class KernelTypes: Sendable {
    /// That of the kernel this process runs on.
    public static let shared = KernelTypes(system: .linux)

    private let system: SystemCalls
    private let cached = Mutex<BTF?>(nil)

    /// Type information found through a system; nothing is read yet.
    public init(system: SystemCalls) { self.system = system }

    /// Whether the kernel shows its types (`CONFIG_DEBUG_INFO_BTF`).
    public static var areReadable: Bool { SystemCalls.linux.exists(path) }

    /// The types of the kernel that this process runs on; `nil` if it does not show them.
    ///
    /// - Throws: ``KernelError`` if it shows nonsense.
    public static func running() throws(KernelError) -> BTF? {
        areReadable ? try shared.vmlinux() : nil
    }

    /// The kernel's own types.
    ///
    /// - Throws: ``KernelError`` if the kernel does not show them, or shows nonsense.
    public func vmlinux() throws(KernelError) -> BTF {
        if let known = cached.withLock({ $0 }) { return known }
        let types = try Self.read(system)
        cached.withLock { $0 = types }
        return types
    }

    /// The modules that are loaded now and have types of their own.
    ///
    /// - Throws: ``KernelError`` if the kernel does not show them.
    public func modules() throws(KernelError) -> [KernelModule] {
        let base = try vmlinux()
        let names = try attempting("listing \(Self.directory)") { () throws(KernelErrno) in
            try system.entries(ofDirectory: Self.directory)
        }
        return names.filter { $0 != "vmlinux" }.map {
            KernelModule(name: $0, base: base, system: system)
        }
    }

    /// The kernel's types, since Linux 6.16 where it keeps them itself, without a copy.
    private static func read(_ system: SystemCalls) throws(KernelError) -> BTF {
        guard let memory = MappedTypes(path, system)
        else { return try system.types(at: path, base: nil) }
        do throws(BTFError) {
            return try BTF(memory: memory)
        } catch {
            throw KernelError("reading \(path)", .invalidArgument, reason: "\(error)")
        }
    }

    fileprivate static let directory = "/sys/kernel/btf"
    private static let path = directory + "/vmlinux"
}

/// A module of the kernel that has types.
public final class KernelModule: Sendable {
    /// Its name, as `lsmod` lists it.
    public let name: String
    private let base: BTF
    private let system: SystemCalls
    private let cached = Mutex<BTF?>(nil)
    private let opened = Mutex<SharedDescriptor?>(nil)

    init(name: String, base: BTF, system: SystemCalls) {
        self.name = name
        self.base = base
        self.system = system
    }

    /// The module's types, which go on where the kernel's end.
    ///
    /// - Throws: ``KernelError`` if they cannot be read.
    public func types() throws(KernelError) -> BTF {
        if let known = cached.withLock({ $0 }) { return known }
        let types = try system.types(at: KernelTypes.directory + "/" + name, base: base)
        cached.withLock { $0 = types }
        return types
    }

    /// A descriptor of the module's types, open as long as this object lives: what programs that
    /// use something of the module are loaded with.
    ///
    /// - Throws: ``KernelError``; listing descriptors takes `CAP_SYS_ADMIN`.
    public func descriptor() throws(KernelError) -> Int32 {
        if let known = opened.withLock({ $0 }) { return known.descriptor.number }
        let found = SharedDescriptor(try system.moduleTypes(named: name))
        opened.withLock { $0 = found }
        return found.descriptor.number
    }
}

/// A descriptor that several hold.
final class SharedDescriptor: Sendable {
    let descriptor: Descriptor

    init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }

    /// The number as attributes take it.
    var number: UInt32 { UInt32(bitPattern: descriptor.number) }
}

extension SystemCalls {
    fileprivate func types(at path: String, base: BTF?) throws(KernelError) -> BTF {
        let bytes = try attempting("reading \(path)") { () throws(KernelErrno) in
            try contents(of: path)
        }
        do throws(BTFError) {
            return try BTF(bytes, base: base)
        } catch {
            throw KernelError("reading \(path)", .invalidArgument, reason: "\(error)")
        }
    }

    /// Goes through all type information in the kernel (`BPF_BTF_GET_NEXT_ID`).
    fileprivate func moduleTypes(named wanted: String) throws(KernelError) -> Descriptor {
        let action = "opening the types of module \(wanted)"
        var next = ObjectIDAttributes()
        while (try attempting(action) { () throws(KernelErrno) in try advance(&next) }) {
            var attributes = ObjectIDAttributes()
            attributes.id = next.nextID
            next.id = next.nextID
            // What is gone since it was listed is skipped.
            guard let candidate = try? openBPF(.typesByID, &attributes) else { continue }
            var memory = CallMemory()
            var request = TypesInfo()
            let length = 64
            request.name = memory.buffer(count: length)
            request.nameSize = UInt32(length)
            let info: TypesInfo = try candidate.info(action, request)
            let name = memory.contents(of: request.name, count: length).prefix { $0 != 0 }
            guard info.isKernel != 0, Array(wanted.utf8) == Array(name) else { continue }
            return candidate
        }
        throw KernelError(action, .noEntry, remedy: "load it first: modprobe \(wanted)")
    }

    private func advance(_ attributes: inout ObjectIDAttributes) throws(KernelErrno) -> Bool {
        do throws(KernelErrno) {
            try bpf(.typesNextID, &attributes)
            return true
        } catch {
            guard error == .noEntry else { throw error }
            return false
        }
    }
}
