import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import Testing

/// Maps and programs that outlive the process in a BPF file system.
@Suite(.liveKernel, .pinning) struct PinTests {
    /// A map that is shared by name, and a program that uses it.
    private static func specs() throws -> ObjectSpecs {
        let program = ProgramSpec(
            name: "pass", type: .socketFilter,
            instructions: try Assembler().assemble("r1 = map[fd:0] ll\nr0 = 2\nexit"),
            references: [ProgramReference(slot: 0, target: .map("flows"))])
        let map = MapSpec(
            name: "flows", type: .hash, keySize: 4, valueSize: 8, maxEntries: 16,
            pinning: .byName)
        let own = MapSpec(name: ".own", type: .array, keySize: 4, valueSize: 4, maxEntries: 1)
        return ObjectSpecs(
            programs: ["pass": program], maps: ["flows": map, ".own": own], license: "GPL")
    }

    private static func host(_ directory: String) -> KernelHost {
        KernelHost(KernelHost.Options(pinDirectory: directory))
    }

    @Test func `two objects share a map that is pinned by name`() throws {
        try LiveKernel.withPinDirectory { directory in
            let first = try Self.host(directory + "/deep").load(Self.specs())
            let path = directory + "/deep/flows"
            #expect(first.sharedPins == ["flows": path])
            try first.maps["flows"]?.update([1, 0, 0, 0], [7, 0, 0, 0, 0, 0, 0, 0])
            let second = try Self.host(directory + "/deep").load(Self.specs())
            #expect(second.maps["flows"]?.shape.id == first.maps["flows"]?.shape.id)
            #expect(try second.maps["flows"]?.value(of: [1, 0, 0, 0])?.first == 7)
            #expect(second.maps[".own"]?.shape.id != first.maps[".own"]?.shape.id)
            try second.unpinShared()
            #expect(!SystemCalls.linux.exists(path))
            try second.unpinShared()
        }
    }

    @Test func `a map is shared under a path of one's choice`() throws {
        try LiveKernel.withPinDirectory { directory in
            var specs = try Self.specs()
            specs.maps["flows"]?.pinning = .none
            specs.maps["flows"]?.pinPath = directory + "/elsewhere"
            let object = try KernelHost().load(specs)
            let found = try KernelMap(pinnedAt: directory + "/elsewhere")
            #expect(found.shape.id == object.maps["flows"]?.shape.id)
        }
    }

    struct Difference: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let edit: @Sendable (inout MapSpec) -> Void
        let message: String
    }

    private static let differences: [Difference] = [
        Difference(
            testDescription: "type", edit: { $0.type = .lruHash },
            message: "it is of type hash, not lru_hash (pinned: hash, key 4, value 8, 16 entries, "
                + "flags none; wanted: lru_hash, key 4, value 8, 16 entries, flags none)"),
        Difference(
            testDescription: "key", edit: { $0.keySize = 8 },
            message: "its keys have 4 bytes, not 8 (pinned: hash, key 4, value 8, 16 entries, "
                + "flags none; wanted: hash, key 8, value 8, 16 entries, flags none)"),
        Difference(
            testDescription: "value", edit: { $0.valueSize = 4 },
            message: "its values have 8 bytes, not 4 (pinned: hash, key 4, value 8, 16 entries, "
                + "flags none; wanted: hash, key 4, value 4, 16 entries, flags none)"),
        Difference(
            testDescription: "entries", edit: { $0.maxEntries = 17 },
            message: "it has room for 16 entries, not 17 (pinned: hash, key 4, value 8, "
                + "16 entries, flags none; wanted: hash, key 4, value 8, 17 entries, flags none)"),
        Difference(
            testDescription: "flags", edit: { $0.flags = .noPreallocation },
            message: "its flags are none, not BPF_F_NO_PREALLOC (pinned: hash, key 4, value 8, "
                + "16 entries, flags none; wanted: hash, key 4, value 8, 16 entries, "
                + "flags BPF_F_NO_PREALLOC)"),
    ]

    @Test(arguments: differences)
    func `a pinned map of another shape is not taken`(_ row: Difference) throws {
        try LiveKernel.withPinDirectory { directory in
            let object = try Self.host(directory).load(Self.specs())
            var specs = try Self.specs()
            if var map = specs.maps["flows"] {
                row.edit(&map)
                specs.maps["flows"] = map
            }
            let failure = #expect(throws: LoadFailure.self) {
                try Self.host(directory).load(specs)
            }
            let path = directory + "/flows"
            #expect(
                failure?.description
                    == "map flows: another map is pinned at \(path): \(row.message); "
                    + "unpin it (rm \(path)), or load with another pin directory")
            #expect(object.maps.count == 2)
        }
    }

    @Test func `device maps are found again although the kernel changes their flags`() throws {
        try LiveKernel.withPinDirectory { directory in
            let map = MapSpec(
                name: "devices", type: .deviceMap, keySize: 4, valueSize: 4, maxEntries: 4,
                pinning: .byName)
            let specs = ObjectSpecs(maps: ["devices": map])
            let first = try Self.host(directory).load(specs)
            let second = try Self.host(directory).load(specs)
            #expect(first.maps["devices"]?.shape.id == second.maps["devices"]?.shape.id)
        }
    }

    @Test func `an object that fails leaves no pins and no directories behind`() throws {
        try LiveKernel.withPinDirectory { directory in
            var specs = try Self.specs()
            specs.programs["pass"]?.instructions = try Assembler().assemble("r0 = r5\nexit")
            specs.programs["pass"]?.references = []
            #expect(throws: LoadFailure.self) {
                try Self.host(directory + "/new/deep").load(specs)
            }
            #expect(try SystemCalls.linux.entries(ofDirectory: directory).isEmpty)
        }
    }

    @Test func `maps and programs are pinned together, and unpinned`() throws {
        try LiveKernel.withPinDirectory { directory in
            let object = try Self.host(directory + "/shared").load(Self.specs())
            try object.pin(in: directory + "/all")
            let names = try SystemCalls.linux.entries(ofDirectory: directory + "/all")
            #expect(names == ["_own", "pass"])
            let program = try KernelProgram(pinnedAt: directory + "/all/pass")
            #expect(program.id == object.programs["pass"]?.id)
            try object.unpin(from: directory + "/all", .programs)
            #expect(try SystemCalls.linux.entries(ofDirectory: directory + "/all") == ["_own"])
            try object.unpin(from: directory + "/all")
            #expect(try SystemCalls.linux.entries(ofDirectory: directory + "/all").isEmpty)
        }
    }

    @Test func `pinning takes back what it did if one place is taken`() throws {
        try LiveKernel.withPinDirectory { directory in
            let object = try Self.host(directory).load(Self.specs())
            try object.programs["pass"]?.pin(at: directory + "/pass")
            let error = #expect(throws: KernelError.self) { try object.pin(in: directory) }
            #expect(
                error?.description
                    == "pinning program pass at \(directory)/pass: EEXIST: something is pinned "
                    + "there; unpin it first, or pin at another path")
            #expect(
                try SystemCalls.linux.entries(ofDirectory: directory) == ["flows", "pass"])
        }
    }

    @Test func `pins belong into a BPF file system`() throws {
        var specs = try Self.specs()
        specs.maps["flows"] = nil
        specs.programs = [:]
        let object = try KernelHost().load(specs)
        let error = #expect(throws: KernelError.self) { try object.pin(in: "/tmp") }
        #expect(
            error?.description
                == "pinning map .own at /tmp/_own: EPERM: /tmp is not in a BPF file system; "
                + "pin below /sys/fs/bpf, or mount one: mount -t bpf bpf DIRECTORY")
    }
}
