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
}
