import EBPFKernel
import EBPFObjectFile
import Synchronization

/// The memory of an object's global variables, mapped when it is first asked for.
final class GlobalVariables: Sendable {
    let specs: ObjectSpecs
    private let sections = Mutex<[String: GlobalSection]>([:])

    init(_ specs: ObjectSpecs) { self.specs = specs }

    /// The section that a map of global data is.
    func section(_ map: AnyMap) throws(KernelError) -> GlobalSection {
        if let known = sections.withLock({ $0[map.name] }) { return known }
        let section = try GlobalSection(map, isFrozen: specs.maps[map.name]?.isFrozen ?? false)
        return sections.withLock { sections in
            // Somebody else may have been faster.
            if let known = sections[map.name] { return known }
            sections[map.name] = section
            return section
        }
    }
}
