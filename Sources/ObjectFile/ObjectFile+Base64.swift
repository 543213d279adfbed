extension ObjectFile {
    /// Reads an object that stands in a program's source as text (RFC 4648, base64).
    ///
    /// - Throws: ``ObjectFileError`` if the text's bytes are not a BPF object.
    public init(base64 text: StaticString, name: String) throws(ObjectFileError) {
        let bytes = text.withUTF8Buffer { unsafe Base64.bytes(of: Array($0)) }
        try self.init(bytes, name: name)
    }
}
