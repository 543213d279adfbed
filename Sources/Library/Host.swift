public import EBPFExecution
public import EBPFKernel
public import EBPFObjectFile

/// Where programs run: in this process, or in the Linux kernel.
///
/// ```swift
/// let object = try Host.userSpace.load(objectFileAt: "drop.bpf.o")
/// ```
///
/// What an object's programs and maps can do is the same on both; only attaching to a live system
/// needs the kernel.
public struct Host: Sendable {
    enum Kind: Sendable {
        case userSpace(UserSpaceHost)
        case kernel(KernelHost)
    }

    let kind: Kind

    /// A new machine in this process: it needs neither root nor a kernel.
    public static var userSpace: Host { .userSpace(UserSpaceHost.Options()) }

    /// A new machine in this process with CPUs, a clock and random numbers of one's choice.
    public static func userSpace(_ options: UserSpaceHost.Options) -> Host {
        .userSpace(UserSpaceHost(options))
    }

    /// A machine in this process that others use, too: what is loaded into it shares its CPUs.
    public static func userSpace(_ host: UserSpaceHost) -> Host { Host(kind: .userSpace(host)) }

    /// The kernel that this process runs on; loading takes root or `CAP_BPF`.
    public static var kernel: Host { .kernel(KernelHost.Options()) }

    /// The kernel that this process runs on, loaded into in a way of one's choice.
    public static func kernel(_ options: KernelHost.Options) -> Host {
        Host(kind: .kernel(KernelHost(options)))
    }
}

extension Host {
    /// Makes an object's maps, fills them, and makes its programs ready to run.
    ///
    /// Nothing is attached yet.
    ///
    /// - Parameter specs: what an object file describes, as edited.
    /// - Throws: ``LoadError``, naming the map or program; nothing stays loaded then.
    public func load(_ specs: ObjectSpecs) throws(LoadError) -> LoadedObject {
        switch kind {
        case .userSpace(let host):
            do throws(UserSpaceLoadError) {
                return LoadedObject(try host.load(specs))
            } catch {
                throw .userSpace(error)
            }
        case .kernel(let host):
            do throws(LoadFailure) {
                return LoadedObject(try host.load(specs))
            } catch {
                throw .kernel(error)
            }
        }
    }

    /// Reads an object file and loads all that it describes.
    ///
    /// - Throws: ``LoadError``, also if the file cannot be read.
    public func load(objectFileAt path: String) throws(LoadError) -> LoadedObject {
        let specs: ObjectSpecs
        do throws(ObjectFileError) {
            specs = try ObjectFile(contentsOf: path).specs()
        } catch {
            throw .objectFile(error)
        }
        return try load(specs)
    }
}

extension Host: CustomStringConvertible {
    /// "user space" or "kernel".
    public var description: String {
        switch kind {
        case .userSpace: "user space"
        case .kernel: "kernel"
        }
    }
}
