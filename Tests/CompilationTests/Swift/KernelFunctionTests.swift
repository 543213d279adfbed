import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import EBPFTypeFormat
import Testing

@testable import EBPFCompilation

/// Functions of the kernel that programs declare with `@_extern(c)`.
@Suite(
    .enabled("a Swift toolchain that generates BPF") { await KernelSwift.isAvailable() },
    .enabled("the kernel shows its types") { KernelTypes.areReadable })
struct KernelFunctionTests {
    private static func source(_ name: String) -> String {
        """

        @_extern(c, "\(name)") func acquire(_ id: Int32) -> UnsafeMutableRawPointer?
        @_extern(c, "bpf_task_release") func release(_ task: UnsafeMutableRawPointer)
        @section("tracepoint/syscalls/sys_enter_getpid") @used func f(_ context: TracepointContext<UInt64>) -> Int32 {
            guard let task = acquire(1) else { return 1 }
            release(task)
            return 0
        }
        """
    }

    private static func compile(
        _ source: String, _ types: BTF?
    ) async throws -> CompiledProgram {
        var program: CompiledProgram?
        try await withTemporaryDirectory { directory in
            let path = try directory.file("Program.swift", "import EBPFProgram; " + source)
            var compiler = try SwiftCompiler(module: KernelSwift.module)
            compiler.kernelTypes = types
            program = try await compiler.compile([path])
        }
        return try #require(program)
    }

    @Test func `prototypes are those of the kernel`() async throws {
        let kernel = try KernelTypes.shared.vmlinux()
        let program = try await Self.compile(Self.source("bpf_task_from_pid"), kernel)
        #expect(program.diagnostics.isEmpty)
        let specs = try ObjectFile(program.bytes).specs()
        let types = try #require(specs.types)
        for name in ["bpf_task_from_pid", "bpf_task_release"] {
            let ours = try #require(types.first(named: name, kind: .function))
            let theirs = try #require(kernel.first(named: name, kind: .function))
            let (left, right) = (try types.prototype(of: ours), try kernel.prototype(of: theirs))
            #expect(
                try types.declaration(of: left.result) == kernel.declaration(of: right.result))
            #expect(left.parameters.map(\.name) == right.parameters.map(\.name))
            for (left, right) in zip(left.parameters, right.parameters) {
                // Names of numbers may be typedefs there, such as `s32`.
                let resolved = try kernel.resolve(right.type)
                #expect(
                    try types.declaration(of: left.type) == kernel.declaration(of: resolved))
            }
        }
    }

    @Test(.liveKernel) func `the kernel takes the object`() async throws {
        let kernel = try KernelTypes.shared.vmlinux()
        let program = try await Self.compile(Self.source("bpf_task_from_pid"), kernel)
        let object = try KernelHost().load(ObjectFile(program.bytes).specs())
        #expect(object.programs["f"] != nil)
    }

    @Test func `a misspelt function is found when the program is built`() async throws {
        let kernel = try KernelTypes.shared.vmlinux()
        do {
            _ = try await Self.compile(Self.source("bpf_task_form_pid"), kernel)
            Issue.record("there is no such function")
        } catch CompilationError.rejected(let diagnostics, _) {
            #expect(diagnostics.first?.location?.line == 5)
            #expect(
                diagnostics.first?.message
                    == "the kernel has no function bpf_task_form_pid; did you mean "
                    + "bpf_task_from_pid?")
        }
    }

    @Test func `what nobody knows is a warning`() async throws {
        for types in [nil, try KernelTypes.shared.vmlinux()] {
            let program = try await Self.compile(Self.source("my_module_lends_a_task"), types)
            #expect(program.diagnostics.first?.severity == .warning)
            #expect(program.diagnostics.first?.location?.line == 5)
            #expect(program.output.contains("no function my_module_lends_a_task is known"))
        }
        let program = try await Self.compile(Self.source("bpf_task_form_pid"), nil)
        #expect(program.output.contains("warning:"))
        #expect(program.output.contains("did you mean bpf_task_from_pid?"))
    }
}
