import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// Keys of prefix tries as people write them: `10.0.0.0/8`.
///
/// Only keys whose types say that the second member is an address have this form.
struct LPMKey {
    private let names: (length: String, address: String)?

    init(_ spec: MapSpec, _ format: ValueFormat) {
        guard spec.type == .longestPrefixMatchTrie,
            let example = try? format.value(in: Array(repeating: 0, count: Int(spec.keySize))),
            case .structure(let fields) = example, fields.count == 2,
            case .integer = fields[0].value, case .address = fields[1].value
        else {
            names = nil
            return
        }
        names = (fields[0].name, fields[1].name)
    }

    /// A key for people.
    func text(_ key: TypedValue) -> String {
        guard let names, let length = key[names.length], let address = key[names.address]
        else { return "\(key)" }
        return "\(address)/\(length)"
    }

    /// The notation that the key's format reads; texts of another form stay as they are.
    func literal(_ text: String) -> String {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let names, parts.count == 2 else { return text }
        return "{\(names.length): \(parts[1]), \(names.address): \(parts[0])}"
    }
}
