/// A feature of Swift in a program that gives one number.
struct Feature: Sendable, CustomStringConvertible {
    /// The feature, as a person would name it.
    let name: String
    /// What `run(64)` returns.
    let expected: Int
    /// `static func run(_ n: Int) -> Int`, and what it needs.
    let source: String

    init(_ name: String, _ expected: Int, _ source: String) {
        (self.name, self.expected, self.source) = (name, expected, source)
    }

    var description: String { name }

    /// All features.
    static let all = types + flow + arithmetic

    /// The length of the packet that the programs see, which is their `n`.
    static let packetLength = 64

    /// The features as a kernel program: one XDP program each.
    static func kernelSource(_ features: [Feature]) -> String {
        "import EBPFProgram\n\n" + namespaces(features)
            + features.indices.map { number in
                """
                @section("xdp") @used
                func feature\(number)(_ packet: XDPContext) -> Int32 {
                    Int32(truncatingIfNeeded: Feature\(number).run(packet.byteCount))
                }

                """
            }.joined()
    }

    /// The features as a program of this machine, which prints a number a line.
    static func nativeSource(_ features: [Feature]) -> String {
        namespaces(features)
            + "@main struct Main {\n    static func main() {\n        let n = CommandLine.arguments.count * \(packetLength)\n"
            + features.indices.map { "        print(Feature\($0).run(n))\n" }.joined()
            + "    }\n}\n"
    }

    private static func namespaces(_ features: [Feature]) -> String {
        features.enumerated().map { number, feature in
            let lines = feature.source.split(separator: "\n").map { "    \($0)\n" }.joined()
            return "/// \(feature.name)\nenum Feature\(number) {\n\(lines)}\n\n"
        }.joined()
    }
}
