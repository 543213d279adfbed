public import EBPFTypeFormat

/// What becomes of all CO-RE relocations of an object on one kernel, without loading anything.
///
/// Whether an object runs on a kernel can so be told from a file of the kernel's types.
public struct CORECheck: Sendable {
    /// The programs that have relocations, in the order of the object.
    public let programs: [Program]

    /// The relocations of one program.
    public struct Program: Sendable {
        /// The name of the program.
        public let name: String
        /// What becomes of each relocation, in the order of ``ProgramSpec/coreRelocations``.
        public let outcomes: [COREOutcome]
    }

    /// Looks for all that an object wants in a kernel's types.
    ///
    /// - Parameters:
    ///   - specs: the object; it is not changed.
    ///   - target: the types of the kernel.
    ///   - modules: the types of the kernel's modules, asked for only if the kernel lacks something.
    /// - Throws: ``BTFError`` never for objects that were read; the types of others may be missing.
    public init(
        _ specs: ObjectSpecs,
        against target: BTF,
        modules: @escaping () throws -> [BTF] = { [] }
    ) throws(BTFError) {
        let local: BTF
        if let types = specs.types { local = types } else { local = try BTFBuilder().build() }
        var relocator = CORERelocator(local: local, target: target, modules: modules)
        programs = specs.programs.values.filter { !$0.coreRelocations.isEmpty }.map {
            Program(name: $0.name, outcomes: relocator.check($0))
        }
    }

    /// The relocations whose answer the kernel does not have; programs that guard them run anyway.
    public var missing: [COREOutcome] {
        programs.flatMap(\.outcomes).filter {
            if case .missing = $0.result { true } else { false }
        }
    }

    /// The relocations that cannot be applied: with one of them the object does not load.
    public var failed: [COREOutcome] {
        programs.flatMap(\.outcomes).filter {
            if case .failed = $0.result { true } else { false }
        }
    }
}
