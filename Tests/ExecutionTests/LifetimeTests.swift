import EBPFBytecode
import EBPFMaps
import EBPFObjectFile
import Testing

@testable import EBPFExecution

@Suite struct LifetimeTests {
    /// A program that tail-calls itself through the object's own prog array.
    private static func chain() throws -> ObjectSpecs {
        var specs = ObjectSpecs(name: "chain")
        specs.maps["next"] = MapSpec(
            name: "next", type: .programArray, keySize: 4, valueSize: 4, maxEntries: 1)
        specs.maps["next"]?.initialValues = [.init(index: 0, content: .program("again"))]
        var program = ProgramSpec(
            name: "again", section: "xdp", type: .xdp,
            instructions: try Assembler().assemble("r2 = 0 ll\nr3 = 0\ncall 12\nr0 = 2\nexit"))
        program.references = [ProgramReference(slot: 0, target: .map("next"))]
        specs.programs["again"] = program
        return specs
    }

    @Test func `a program keeps working when its object is gone`() throws {
        let host = UserSpaceHost()
        let program = try #require(try host.load(Self.chain()).programs["again"])
        #expect(try program.run(packet: [UInt8](repeating: 0, count: 64)).returned == 2)
    }

    @Test func `nothing is left of an object and its host, prog arrays or not`() throws {
        weak var map: Map?
        weak var host: UserSpaceHost?
        do {
            let made = UserSpaceHost()
            host = made
            let object = try made.load(Self.chain())
            map = object.maps["next"]
            _ = try object.programs["again"]?.run(packet: [UInt8](repeating: 0, count: 64))
        }
        #expect(map == nil)
        #expect(host == nil)
    }

    /// A program that counts in global data.
    private static func counter() throws -> ObjectSpecs {
        var specs = ObjectSpecs(name: "counter")
        specs.maps[".bss"] = MapSpec(
            name: ".bss", type: .array, keySize: 4, valueSize: 8, maxEntries: 1)
        var program = ProgramSpec(
            name: "count", section: "xdp", type: .xdp,
            instructions: try Assembler().assemble(
                "r1 = 0 ll\nr0 = *(u64 *)(r1 + 0)\nr0 += 1\n*(u64 *)(r1 + 0) = r0\nexit"))
        program.references = [
            ProgramReference(slot: 0, target: .mapValue(".bss", offset: 0))
        ]
        specs.programs["count"] = program
        return specs
    }

    @Test(arguments: [VerificationPolicy.never, .whenDecidable])
    func `a program that only a prog array holds keeps its global data`(
        _ policy: VerificationPolicy
    ) throws {
        let host = UserSpaceHost(UserSpaceHost.Options(verification: policy))
        let chain = try host.load(Self.chain())
        let next = try #require(chain.maps["next"])
        do {
            let counter = try host.load(Self.counter())
            try #require(counter.programs["count"]).put(into: next, at: 0)
        }
        let program = try #require(chain.programs["again"])
        let packet = [UInt8](repeating: 0, count: 64)
        #expect(try program.run(packet: packet).returned == 1)
        #expect(try program.run(packet: packet).returned == 2)
    }
}
