import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import Testing

/// The shortest way through the room: a map and a program in the real kernel.
@Suite(.liveKernel) struct FirstLoadTests {
    @Test func `a hash map keeps what it is given`() throws {
        var attributes = MapCreateAttributes()
        attributes.type = MapType.hash.rawValue
        attributes.keySize = 4
        attributes.valueSize = 8
        attributes.maxEntries = 2
        attributes.name = ObjectName("first-load")
        let map = try KernelMap(attributes)
        #expect(map.shape.name == "first_load")
        #expect(try map.value(of: [1, 0, 0, 0]) == nil)
        try map.update([1, 0, 0, 0], [1, 2, 3, 4, 5, 6, 7, 8])
        #expect(try map.value(of: [1, 0, 0, 0]) == [1, 2, 3, 4, 5, 6, 7, 8])
        #expect(try map.key(after: nil) == [1, 0, 0, 0])
        #expect(try map.key(after: [1, 0, 0, 0]) == nil)
        #expect(try map.remove([1, 0, 0, 0]))
        #expect(try !map.remove([1, 0, 0, 0]))
    }

    @Test func `a program of two instructions is loaded`() throws {
        let instructions = try Assembler().assemble("r0 = 2\nexit")
        let spec = ProgramSpec(name: "pass", type: .socketFilter, instructions: instructions)
        let object = try KernelHost().load(ObjectSpecs(programs: ["pass": spec], license: "GPL"))
        #expect(object.programs["pass"]?.type == .socketFilter)
    }
}
