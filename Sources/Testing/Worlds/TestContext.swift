import EBPFBytecode
import EBPFExecution
public import EBPFProgram

/// What a program of a kind gets, with the fields that a test cares about; the others are zero.
///
/// ```swift
/// #expect(world.run(policy, context: .connect(to: "10.0.0.1", port: 80)) == .deny)
/// #expect(world.run(onOpen, context: .call(arguments: [3, path])) == 0)
/// ```
public struct TestContext<Context: ProgramContext>: Sendable {
    /// The bytes, in the layout of the UAPI.
    public let bytes: [UInt8]
    /// What two of its fields point to, if they do.
    let data: ContextData?

    /// A context of bytes in the layout of the UAPI.
    public init(bytes: [UInt8]) { (self.bytes, data) = (bytes, nil) }

    /// A structure of the UAPI with these fields; addresses are as they lie in packets.
    ///
    /// - Parameter data: what two of its fields point to, if they do.
    init(
        _ layout: StructureLayout, _ fields: [(name: String, value: [UInt8])],
        data: ContextData? = nil
    ) {
        var bytes = [UInt8](repeating: 0, count: layout.size)
        for (name, value) in fields {
            guard let field = layout.fields.first(where: { $0.name == name }) else { continue }
            for (index, byte) in value.prefix(field.size).enumerated() {
                bytes[field.offset + index] = byte
            }
        }
        self.bytes = bytes
        self.data = data
    }
}

/// A number as it lies in a context.
func field(_ number: some FixedWidthInteger & BitwiseCopyable) -> [UInt8] { bytes(of: number) }

/// A port in the order of the network, in the lower half of its field.
func field(port: UInt16) -> [UInt8] { field(UInt32(port.bigEndian)) }

extension TestAddress {
    /// The family of sockets: 2 or 10.
    var family: UInt32 { isIPv6 ? 10 : 2 }
}
