import EBPFBytecode
import Testing

@Suite struct VocabularyTypeTests {
    @Test func `the numbers of all types are dense and their names are unique and round-trip`() {
        #expect(ProgramType.allCases.map(\.rawValue) == Array(0..<33))
        #expect(AttachType.allCases.map(\.rawValue) == Array(0..<62))
        #expect(MapType.allCases.map(\.rawValue) == Array(0..<34))
        #expect(ProgramType.allCases.allSatisfy { ProgramType(name: $0.name) == $0 })
        #expect(AttachType.allCases.allSatisfy { AttachType(name: $0.name) == $0 })
        #expect(MapType.allCases.allSatisfy { MapType(name: $0.name) == $0 })
        #expect(ProgramType(name: "XDP") == nil)
    }

    @Test func `the kernel that brought a type never goes back, within what 6.18 has`() {
        let known = AttachType.allCases.filter { $0.since <= .vocabulary }
        #expect(known.count == 58)
        for (earlier, later) in zip(AttachType.allCases, AttachType.allCases.dropFirst()) {
            #expect(earlier.since <= later.since)
        }
        for (earlier, later) in zip(MapType.allCases, MapType.allCases.dropFirst()) {
            #expect(earlier.since <= later.since)
        }
        for (earlier, later) in zip(ProgramType.allCases, ProgramType.allCases.dropFirst()) {
            #expect(earlier.since <= later.since)
        }
    }

    @Test(arguments: [
        ("6.18", KernelVersion(6, 18)), ("6.18.44-fc-v445", KernelVersion(6, 18)),
        ("5.4-rc1", KernelVersion(5, 4)), ("6", nil), ("x.y", nil), ("", nil), ("6.999", nil),
    ])
    func `a release's name begins with its version`(text: String, version: KernelVersion?) {
        #expect(KernelVersion(text) == version)
    }
}
