// As a module of an application, kernel code lends its types; there they are printed, too.
#if !EBPF_KERNEL
extension FixedString: CustomStringConvertible {
    /// The text; what is no UTF-8 is shown as replacement characters.
    public var description: String {
        var text: [UInt8] = []
        for index in bytes.indices where bytes[index] != 0 && text.count == index {
            text.append(bytes[index])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension IPv4Address: CustomStringConvertible {
    /// The address in dotted notation.
    public var description: String {
        "\(number >> 24).\(number >> 16 & 0xff).\(number >> 8 & 0xff).\(number & 0xff)"
    }
}

extension MACAddress: CustomStringConvertible {
    /// The bytes in hexadecimal, with colons.
    public var description: String {
        bytes.indices.map { index in
            let digits = String(bytes[index], radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined(separator: ":")
    }
}

extension BigEndian: CustomStringConvertible {
    /// The number.
    public var description: String { "\(value)" }
}
#endif
