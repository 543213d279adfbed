import CLinux
import EBPFBytecode
import EBPFTypeFormat
import Foundation
import Testing

/// Types as kernels take them: the running kernel is asked.
@Suite struct LoadableTests {
    /// One more feature in each row, from the oldest kernel to the newest.
    static let generations: [BTFFeatures] =
        [[]] + BTFFeatures.releases.map { BTFFeatures($0.since) }

    @Test(arguments: generations)
    func `only what a kernel knows is left`(_ features: BTFFeatures) throws {
        let types = try Fixture.kinds()
        let loadable = try types.loadable(with: features)
        #expect(loadable.count >= types.count)
        let kinds = Set(loadable.typeIDs.compactMap { loadable.kind(of: $0) })
        let rows: [(BTFFeatures, Set<TypeKind>)] = [
            (.functions, [.function, .functionPrototype]),
            (.dataSections, [.dataSection, .variable]),
            (.floats, [.float]), (.declarationTags, [.declarationTag]), (.typeTags, [.typeTag]),
            (.enumeration64, [.enumeration64]),
        ]
        for (feature, newKinds) in rows {
            #expect(kinds.isDisjoint(with: newKinds) == !features.contains(feature), "\(newKinds)")
        }
        for id in loadable.typeIDs {
            if case .function(_, _, let linkage) = try loadable.type(id) {
                #expect(linkage == .static || features.contains(.globalFunctions))
            }
        }
    }

    @Test(arguments: generations)
    func `structs keep their places and sizes`(_ features: BTFFeatures) throws {
        let types = try Fixture.kinds()
        let loadable = try types.loadable(with: features)
        for id in types.typeIDs {
            guard case .structure(let before) = try types.type(id) else { continue }
            guard case .structure(let after) = try loadable.type(id) else {
                Issue.record("\(before.name) is gone")
                continue
            }
            #expect(before == after)
            for member in before.members where types.kind(of: member.type) != .pointer {
                #expect(try types.size(of: member.type) == loadable.size(of: member.type))
            }
        }
    }

    @Test(
        .enabled(
            if: RunningKernel.takesTypes, "the running kernel takes no types from this process"),
        arguments: generations
    )
    func `the kernel takes them`(_ features: BTFFeatures) throws {
        for types in [try Fixture.kinds(), try BTF(Fixture.bytes("layouts")), try foreign()] {
            let types = try laidOut(types).loadable(with: features)
            let problem = RunningKernel.load(types.bytes)
            #expect(problem == nil, "\(problem ?? "")")
        }
    }

    @Test(
        .enabled(
            if: RunningKernel.takesTypes, "the running kernel takes no types from this process"))
    func `the kernel refuses what a loader has to change`() throws {
        #expect(RunningKernel.load(try foreign().bytes) != nil)
        #expect(RunningKernel.load([]) != nil)
    }

    /// Puts variables one behind the other, as the linker would.
    private func laidOut(_ types: BTF) throws -> BTF {
        var layouts: [TypeID: SectionLayout] = [:]
        for id in types.typeIDs {
            guard case .dataSection(let section) = try types.type(id), section.name != ".ksyms"
            else { continue }
            var layout = SectionLayout(size: 0, offsets: [])
            for variable in section.variables {
                layout.offsets.append(layout.size)
                layout.size += (variable.size + 15) / 16 * 16
            }
            layouts[id] = layout
        }
        return try types.layingOut(layouts)
    }

    /// What kernels refuse as it is: symbols of the kernel, names of other languages, parameters
    /// without names.
    private func foreign() throws -> BTF {
        var builder = BTFBuilder()
        let number = builder.add(.integer(IntegerType(name: "int", size: 4)))
        let prototype = builder.add(
            .functionPrototype(.init(result: .void, parameters: [.init("", number)]))
        )
        let function = builder.add(
            .function(name: "bpf_rdonly_cast", prototype: prototype, .external)
        )
        let symbol = builder.add(.variable(name: "bpf_prog_active", .void, .external))
        _ = builder.add(
            .dataSection(
                .init(
                    name: ".ksyms",
                    size: 0,
                    variables: [
                        .init(function, offset: 0, size: 0), .init(symbol, offset: 0, size: 0),
                    ]
                )
            )
        )
        let option = builder.add(.variable(name: "CONFIG_HZ", number, .external))
        _ = builder.add(
            .dataSection(
                .init(name: ".kconfig", size: 0, variables: [.init(option, offset: 0, size: 4)])
            )
        )
        _ = builder.add(
            .structure(
                .init(name: "Option<u32>", size: 4, members: [.init("0", number, bitOffset: 0)])
            )
        )
        return try builder.build()
    }

    @Test func `versions bring features`() {
        let rows: [(KernelVersion, BTFFeatures)] = [
            (KernelVersion(4, 19), []), (KernelVersion(5, 1), [.functions]),
            (KernelVersion(5, 10), [.functions, .dataSections, .globalFunctions]),
            (KernelVersion(6, 1), BTFFeatures.all.subtracting(.tagAttributes)),
            (KernelVersion(6, 18), .all),
        ]
        for (version, features) in rows { #expect(BTFFeatures(version) == features, "\(version)") }
    }
}

extension RunningKernel {
    /// Whether `BPF_BTF_LOAD` works here.
    static let takesTypes: Bool = {
        var builder = BTFBuilder()
        _ = builder.add(.integer(IntegerType(name: "int", size: 4)))
        guard let bytes = try? builder.bytes() else { return false }
        return load(bytes) == nil
    }()

    /// Gives types to the kernel.
    ///
    /// - Returns: what it says against them, or `nil` if it takes them.
    static func load(_ bytes: [UInt8]) -> String? {
        var log = [UInt8](repeating: 0, count: 1 << 16)
        let logSize = UInt32(log.count)
        let descriptor = unsafe bytes.withUnsafeBytes { bytes in
            unsafe log.withUnsafeMutableBytes { log in
                // union bpf_attr: btf, btf_log_buf, btf_size, btf_log_size, btf_log_level.
                var attributes: [UInt64] = [
                    UInt64(UInt(bitPattern: bytes.baseAddress)),
                    UInt64(UInt(bitPattern: log.baseAddress)),
                    UInt64(bytes.count) | UInt64(logSize) << 32, 1,
                ]
                return unsafe clinux_bpf(18, &attributes, 28)
            }
        }
        if descriptor >= 0 {
            close(Int32(descriptor))
            return nil
        }
        // The last lines name the fault.
        let text = String(decoding: log.prefix { $0 != 0 }, as: UTF8.self)
        return text.split(separator: "\n").suffix(2).joined(separator: "; ") + " \(descriptor)"
    }
}
