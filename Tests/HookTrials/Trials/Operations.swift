import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Structs of functions that the kernel calls.
extension HookTrial {
    static let operations: [HookTrial] = [
        HookTrial(hook: "struct_ops, tcp_congestion_ops") { _ in
            let types = try KernelTypes.shared.vmlinux()
            let name = "bpf_struct_ops_tcp_congestion_ops"
            guard types.first(named: name, kind: .structure) != nil
            else { throw Skip("this kernel was built without \(name)") }
            let proof = try Proof()
            let object = try load(congestionControl(proof.counter))
            return try proof(
                attach: { try object.attachStructOperations("trial") }, trigger: connect)
        }
    ]

    /// The name under which sockets ask for it.
    private static let controlName = "swift_trial"

    /// An object with a way to control congestion that counts the connections it is chosen for.
    private static func congestionControl(_ counter: Counter) throws -> ObjectSpecs {
        // `init` is called once for each connection; the kernel insists on the others.
        let members = ["init", "ssthresh", "undo_cwnd", "cong_avoid"]
        var builder = BTFBuilder()
        let byte = builder.add(.integer(IntegerType(name: "char", size: 1)))
        let name = builder.add(.array(ArrayType(element: byte, index: byte, count: 16)))
        let prototype = builder.add(
            .functionPrototype(PrototypeType(result: .void, parameters: [])))
        let function = builder.add(.pointer(prototype))
        let size = 8 * members.count + 16
        let fields =
            members.enumerated().map {
                CompositeType.Member($1, function, bitOffset: 64 * $0)
            } + [CompositeType.Member("name", name, bitOffset: 64 * members.count)]
        let type = builder.add(
            .structure(CompositeType(name: "tcp_congestion_ops", size: size, members: fields)))
        var map = MapSpec(
            name: "trial", type: .structOperations, keySize: 4, valueSize: UInt32(size),
            maxEntries: 1, valueType: type)
        map.contents = [UInt8](repeating: 0, count: 8 * members.count)
        map.contents? += Array(controlName.utf8)
        map.contents? += [UInt8](repeating: 0, count: 16 - controlName.utf8.count)
        var specs = ObjectSpecs(programs: [:], license: "GPL", types: try builder.build())
        for (index, member) in members.enumerated() {
            map.initialValues.append(.init(index: 8 * index, content: .program(member)))
            var program = try counter.spec(
                "struct_ops/\(member)", counting: .everyone, returning: "w0 = 2", before: "")
            if member != "init" {
                program.instructions = try Assembler().assemble("w0 = 2\nexit")
            }
            program.name = member
            specs.programs[member] = program
        }
        specs.maps["trial"] = map
        return specs
    }

    private static func load(_ specs: ObjectSpecs) throws -> KernelObject {
        do {
            return try KernelHost().load(specs)
        } catch LoadFailure.program(_, let error) where error.errno == .notPermitted {
            throw Skip("this machine does not permit such programs, not even to root")
        }
    }

    /// Connects to a socket of this process; congestion is controlled as the trial says, if the
    /// kernel knows that way.
    private static func connect() throws {
        let server = try TrialSocket(AF_INET, SOCK_STREAM)
        try server.bind(.ip4())
        try server.listen()
        let client = try TrialSocket(AF_INET, SOCK_STREAM)
        let congestionOption: Int32 = 13
        var name = [UInt8](repeating: 0, count: 16)
        name.replaceSubrange(0..<controlName.utf8.count, with: Array(controlName.utf8))
        // Once it is detached, there is no such way.
        try? client.set(
            Int32(IPPROTO_TCP), congestionOption,
            unsafe name.withUnsafeBytes {
                unsafe $0.loadUnaligned(as: (UInt64, UInt64).self)
            })
        try client.connect(try server.ownAddress)
        _ = try server.accept()
    }
}
