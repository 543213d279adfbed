import EBPFBytecode
public import EBPFKernel
import EBPFObjectFile
import Testing

/// A number that a test's programs count up, so that it is seen when they run.
public struct TestCounter: Sendable {
    /// The array map with one 64-bit element.
    public let map: KernelMap

    /// A counter at zero.
    public init() throws {
        map = try LiveKernel.map(.array, key: 4, value: 8, entries: 1, name: "test_counter")
    }

    /// How often programs ran so far.
    public var count: UInt64 {
        get throws {
            let bytes = try map.value(of: [0, 0, 0, 0]) ?? []
            return bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    /// Assembly that counts; it uses r1 and r2.
    public var assembly: String {
        """
        r1 = map[fd:\(map.descriptor.number)][0]+0 ll
        r2 = 1
        lock *(u64 *)(r1 + 0) += r2

        """
    }

    /// A program that counts its runs and returns a number.
    ///
    /// - Parameters:
    ///   - section: says the kind of program and where it attaches.
    ///   - result: what it returns.
    ///   - before: assembly that runs first, with the context in r1.
    public func program(
        _ section: String, returning result: Int32 = 0, before: String = "", name: String = "test"
    ) throws -> KernelProgram {
        let sectionName = try #require(SectionName(section))
        let text = before + "\n" + assembly + "w0 = \(result)\nexit"
        let spec = ProgramSpec(
            name: name, section: section, type: sectionName.programType,
            attachType: sectionName.attachType, attachTarget: sectionName.target,
            instructions: try Assembler().assemble(text))
        let object = try KernelHost().load(ObjectSpecs(programs: [name: spec], license: "GPL"))
        return try #require(object.programs[name])
    }
}
