import EBPF
public import EBPFProgram
public import Testing

/// A map of places that packets are sent to, in a test's world: interfaces by their numbers,
/// processors by the length of their queue.
public struct TestTargets {
    let access: MapAccess

    /// What is at an index; `nil` if nothing is. Setting `nil` removes it.
    ///
    /// The kernel takes only interfaces that there are; 1 is the loopback interface.
    public subscript(_ index: UInt32) -> UInt32? {
        get {
            access.attempt { try $0.value(of: bytes(of: index)) }.flatMap { $0 }
                .map { plainValue(copying: $0) }
        }
        nonmutating set {
            guard let newValue else {
                access.attempt { _ = try $0.remove(bytes(of: index)) }
                return
            }
            access.attempt { map in
                let zeros = [UInt8](repeating: 0, count: max(0, map.valueSize - 4))
                try map.update(bytes(of: index), bytes(of: newValue) + zeros)
            }
        }
    }
}

extension TestWorld {
    /// A map of places that packets are sent to, by the global that declares it.
    public func map<Map: RedirectMap & ~Copyable>(
        _ global: borrowing Map, sourceLocation: SourceLocation = #_sourceLocation
    ) -> TestTargets {
        TestTargets(access: access(global, sourceLocation))
    }
}
