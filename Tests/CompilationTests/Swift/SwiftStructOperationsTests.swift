import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import EBPFTypeFormat
import Testing

@testable import EBPFCompilation

/// Structs of functions that the kernel calls, whose functions are programs in Swift.
@Suite(.enabled("a Swift toolchain that generates BPF") { await KernelSwift.isAvailable() })
struct SwiftStructOperationsTests {
    private static let fields = """
        struct tcp_congestion_ops { var name: FixedString<16>; var flags: UInt32 = 0 }
        @used let careful = StructOperations(tcp_congestion_ops(name: "swift_careful", flags: 2))

        """
    private static let programs = """
        let window = Global<UInt32>(0)
        @section("struct_ops/ssthresh") @used
        func threshold(_ context: ArgumentsContext) -> UInt32 {
            let socket: TrustedPointer<Socket> = context.object(0)
            window.value = socket.field("tcp_sock.snd_cwnd") + 1
            return max(window.value >> 1, 2)
        }
        @section("struct_ops/undo_cwnd") @used
        func undo(_ context: ArgumentsContext) -> UInt32 { 2 }
        @section("struct_ops/cong_avoid") @used
        func avoid(_ context: ArgumentsContext) { window.value &+= 1 }

        """

    @Test func `values and programs are members of the kernel's name`() async throws {
        let specs = try await KernelSwift.compile(Self.fields + Self.programs)
        let map = try #require(specs.maps["careful"])
        #expect(map.type == .structOperations && map.valueSize == 48)
        #expect(map.contents?.prefix(20) == [UInt8]("swift_careful\0\0\0\u{2}\0\0\0".utf8)[...])
        let programs = map.initialValues.map { "\($0.index) \($0.content)" }
        #expect(
            programs.sorted() == [
                "24 program(\"threshold\")", "32 program(\"undo\")", "40 program(\"avoid\")",
            ])
        let types = try #require(specs.types)
        let members = try types.members(of: try #require(map.valueType))
        #expect(try types.name(of: try #require(map.valueType)) == "tcp_congestion_ops")
        #expect(members.map(\.name) == ["name", "flags", "ssthresh", "undo_cwnd", "cong_avoid"])
    }

    @Test(
        .liveKernel,
        .enabled("the kernel calls TCP congestion control of programs") {
            try KernelTypes.shared.vmlinux().first(
                named: "bpf_struct_ops_tcp_congestion_ops", kind: .structure) != nil
        })
    func `the kernel takes the programs and the value`() async throws {
        let specs = try await KernelSwift.compile(
            Self.fields.replacing(", flags: 2", with: "") + Self.programs)
        let object = try KernelHost().load(specs)
        let map = try #require(object.maps["careful"])
        try map.update([0, 0, 0, 0], try #require(object.structOperations["careful"]))
    }

    private static let second = """
        struct sched_ext_ops { var name: FixedString<128> }
        @used let other = StructOperations(sched_ext_ops(name: "other"))

        """

    /// Sources, and what is wrong with them.
    private static let wrong: [(source: String, message: String)] = [
        (
            programs,
            "Program.swift:5: no struct of the kernel's is declared that has this function; declare it with its "
                + "name in the kernel and its values: struct tcp_congestion_ops { var name: "
                + "FixedString<16> }; @used let mine = StructOperations(tcp_congestion_ops(name: "
                + "\"mine\"))"
        ),
        (
            fields, "?:0: there is no program in this source"
        ),
        (
            fields + second + programs,
            "Program.swift:9: the section does not say which struct has this function; write "
                + "@section(\"struct_ops/careful.ssthresh\"): there are careful, other"
        ),
        (
            fields + second + programs.replacing("struct_ops/", with: "struct_ops/carefull."),
            "Program.swift:9: there is no StructOperations carefull; did you mean "
                + "\"struct_ops/careful.ssthresh\"?"
        ),
        (
            fields + second + programs.replacing("struct_ops/", with: "struct_ops/careful."),
            "Program.swift:5: no program is a function of other; mark one with "
                + "@section(\"struct_ops/other.FUNCTION\") @used"
        ),
        (
            fields + programs.replacing("undo_cwnd", with: "ssthresh"),
            "Program.swift:12: careful has a function ssthresh already; a function of a struct is one program"
        ),
        (
            fields + programs.replacing("struct_ops/ssthresh", with: "struct_ops"),
            "Program.swift:7: the section does not say which function of a kernel's struct this is; for "
                + "instance: @section(\"struct_ops/ssthresh\")"
        ),
    ]

    @Test(arguments: wrong.indices)
    func `what does not fit together is told at its line`(_ number: Int) async throws {
        let row = Self.wrong[number]
        let errors = try await KernelSwift.errors("\n" + row.source)
        #expect(errors.first?.hasPrefix(row.message) == true, "\(errors)")
    }
}
