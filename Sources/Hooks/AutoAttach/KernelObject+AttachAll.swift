import EBPFBytecode
public import EBPFKernel
import EBPFObjectFile

extension KernelObject {
    /// Attaches every program whose section says where, and every map of operations (`struct_ops`).
    ///
    /// Programs that need an interface, a control group, a socket are left alone; so are those that
    /// are only called by others. ``Links/left`` names them and what they would need.
    ///
    /// - Parameter options: a cookie, a process, for all hooks that take them.
    /// - Throws: ``KernelError`` if one cannot be attached; then none is.
    public func attachAll(
        _ options: AttachOptions = AttachOptions()
    ) throws(KernelError) -> Links {
        var links = Links()
        for (name, program) in programs {
            if try program.attachPoint() != nil {
                links.add(try program.attach(options), named: name)
                continue
            }
            guard program.type != .structOperations, program.type != .syscall else { continue }
            do throws(KernelError) {
                links.add(try program.attach(options), named: name)
            } catch {
                links.left.append((name, error))
            }
        }
        for (name, map) in maps where map.shape.type == .structOperations {
            links.add(try attachStructOperations(name), named: name)
        }
        return links
    }
}
