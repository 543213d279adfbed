import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat

/// Programs that are run on demand, and those that replace a part of another one.
extension HookTrial {
    static let programs: [HookTrial] = [
        HookTrial(hook: "syscall, run on demand") { _ in
            let counter = try Counter()
            let program = try counter.program("syscall")
            _ = try program.run(context: [])
            guard try counter.count == 1 else { throw Failure("run, but did not count") }
            return "1 run"
        },
        HookTrial(hook: "freplace") { _ in
            let proof = try Proof()
            let types = try Prototypes()
            let target = try types.load(try types.target())
            var spec = try proof.counter.spec(
                "freplace/replaced", counting: .everyone, returning: "w0 = 2", before: "")
            spec.functions = [
                FunctionInfo(slot: 0, name: "replacement", type: types.replaced, linkage: .global)
            ]
            let program = try types.load(spec, replacing: target)
            return try proof(
                attach: { try program.attachReplacing() },
                trigger: { _ = try target.run(packet: [UInt8](repeating: 0, count: 64)) },
                runs: 1)
        },
    ]

    /// The types of `int main(struct xdp_md *)` and of a function of the same kind that it calls.
    private struct Prototypes {
        let main: TypeID
        let replaced: TypeID
        private let types: BTF

        init() throws {
            var builder = BTFBuilder()
            let number = builder.add(.integer(IntegerType(name: "int", size: 4, encoding: .signed)))
            let context = builder.add(
                .structure(CompositeType(name: "xdp_md", size: 0, members: [])))
            let pointer = builder.add(.pointer(context))
            let prototype = builder.add(
                .functionPrototype(
                    PrototypeType(result: number, parameters: [.init("context", pointer)])))
            main = builder.add(.function(name: "main", prototype: prototype, .global))
            replaced = builder.add(.function(name: "replaced", prototype: prototype, .global))
            types = try builder.build()
        }

        /// A program that returns what the function does.
        func target() throws -> ProgramSpec {
            let instructions = try Assembler().assemble(
                "call replaced\nexit\nreplaced:\nw0 = 1\nexit")
            let functions = [
                FunctionInfo(slot: 0, name: "main", type: main, linkage: .global),
                FunctionInfo(slot: 2, name: "replaced", type: replaced, linkage: .global),
            ]
            return ProgramSpec(
                name: "main", section: "xdp", type: .xdp, attachType: .xdp,
                instructions: instructions, functions: functions)
        }

        func load(
            _ spec: ProgramSpec, replacing target: KernelProgram? = nil
        ) throws -> KernelProgram {
            try Counter.load(spec, types: types, targets: target.map { [spec.name: $0] } ?? [:])
        }
    }
}
