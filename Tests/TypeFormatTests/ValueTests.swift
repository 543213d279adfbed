import EBPFTypeFormat
import Testing

@Suite struct ValueTests {
    /// A value of `struct everything` in the fixture: its members in text, and the bytes.
    static let everything = """
        {letter: 'a', tiny: -2, truth: true, state: LISTENING, balance: DEBT, wide: HUGE, \
        comm: "bash", digest: 0x0102030405060708, filename: "a.txt", number: -7, next: 0x0, \
        function: 0xffffffff81000000, x: 1, y: 2, both: 8589934593, \
        real: {single: 0.1, raw: 1036831949}, precise: -1.5, matrix: [[1, 2, 3], [4, 5, -6]], \
        words: ["abc", "full"], \
        bits: {low: 5, sign: -8, state: OPEN, flag: true, rest: 137438953471}, \
        giant: 170141183460469231731687303715884105727, user: 0xffff888000000010}
        """

    @Test func `a value of every kind survives text, bytes and text`() throws {
        let types = try Fixture.kinds()
        let id = try #require(types.first(named: "everything", kind: .structure))
        let format = try types.format(of: id)
        let bytes = try format.bytes(from: Self.everything)
        #expect(bytes.count == 176)
        let value = try format.value(in: bytes)
        #expect(value.description == Self.everything)
        #expect(value["bits"]?["rest"]?.unsigned == 137_438_953_471)
        #expect(value["wide"]?.unsigned == 0x8000_0000_0000_0001)
        #expect(value["tiny"]?.signed == -2)
        #expect(value["matrix"]?[1]?[2]?.signed == -6)
        #expect(value["absent"] == nil)
        #expect(try format.bytes(from: value.json) == bytes)
        #expect(try format.bytes(from: value.json.indented) == bytes)
    }

    @Test func `members lie where clang put them`() throws {
        let types = try Fixture.kinds()
        let id = try #require(types.first(named: "flow", kind: .structure))
        var bytes: [UInt8] = [10, 0, 0, 1, 192, 168, 0, 255, 0x01, 0xbb, 0x02, 0x01, 0, 0, 0, 9]
        bytes += [10, 0, 0, 254, 0x20, 0x01, 0x0d, 0xb8] + Array(repeating: 0, count: 11) + [1]
        bytes += [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0xfe, 0x86, 0xdd, 0, 0]
        let value = try types.value(of: id, in: bytes)
        #expect(
            value.description == """
                {saddr: 10.0.0.1, dst_ip: 192.168.0.255, dport: 443, count: 258, seq: 9, \
                gateway: 10.0.0.254, remote: 2001:db8::1, link: {h_dest: 02:00:00:00:00:01, \
                h_source: 02:00:00:00:00:fe, h_proto: 34525}}
                """
        )
        #expect(
            value.json.description == """
                {"saddr":"10.0.0.1","dst_ip":"192.168.0.255","dport":443,"count":258,"seq":9,\
                "gateway":"10.0.0.254","remote":"2001:db8::1",\
                "link":{"h_dest":"02:00:00:00:00:01","h_source":"02:00:00:00:00:fe",\
                "h_proto":34525}}
                """
        )
        #expect(try types.format(of: id).bytes(from: value.description) == bytes)
    }

    @Test func `the last array without length takes the bytes that are left`() throws {
        let types = try Fixture.kinds()
        let id = try #require(types.first(named: "tail", kind: .structure))
        let format = try types.format(of: id)
        #expect(format.size == 4)
        let rows: [([UInt8], String)] = [
            ([24, 0, 0, 0], "{prefixlen: 24, data: []}"),
            ([24, 0, 0, 0, 10, 0, 0, 0], "{prefixlen: 24, data: 0x0a000000}"),
        ]
        for (bytes, text) in rows {
            #expect(try format.value(in: bytes).description == text)
            #expect(try format.bytes(from: text) == bytes)
        }
    }

    /// A type, the name of what holds it, bytes, and the value as text.
    struct Row: CustomTestStringConvertible {
        let type: BTFType
        let name: String
        let bytes: [UInt8]
        let text: String
        var testDescription: String { "\(type.name) \(name) = \(text)" }

        init(_ type: BTFType, _ bytes: [UInt8], _ text: String) {
            self.init(type, "", bytes, text)
        }

        init(_ type: BTFType, _ name: String, _ bytes: [UInt8], _ text: String) {
            self.type = type
            self.name = name
            self.bytes = bytes
            self.text = text
        }
    }

    private static func array(_ element: UInt32, _ count: UInt32) -> BTFType {
        .array(ArrayType(element: TypeID(element), index: TypeID(2), count: count))
    }

    // 1 unsigned char, 2 unsigned int, 3 __be32, 4 __be16, 5 char, 6 unsigned short, 7 __be64
    static let common: [BTFType] = [
        .integer(IntegerType(name: "unsigned char", size: 1)),
        .integer(IntegerType(name: "unsigned int", size: 4)),
        .alias(name: "__be32", TypeID(2)),
        .alias(name: "__be16", TypeID(6)),
        .integer(IntegerType(name: "char", size: 1, encoding: .signed)),
        .integer(IntegerType(name: "unsigned short", size: 2)),
        .alias(name: "__be64", TypeID(8)),
        .integer(IntegerType(name: "unsigned long", size: 8)),
    ]

    private static let six = [UInt8](1...6)
    private static let sixteen: [UInt8] = [0xfe, 0x80] + Array(repeating: 0, count: 13) + [1]

    static let rows: [Row] = [
        // Which typedef and which name make an address.
        Row(.constant(TypeID(3)), [10, 0, 0, 1], "10.0.0.1"),
        Row(.constant(TypeID(3)), "src_ip", [10, 0, 0, 1], "10.0.0.1"),
        Row(.constant(TypeID(3)), "srcIP", [10, 0, 0, 1], "10.0.0.1"),
        Row(.constant(TypeID(3)), "saddr4", [10, 0, 0, 1], "10.0.0.1"),
        Row(.constant(TypeID(3)), "remote", [10, 0, 0, 1], "10.0.0.1"),
        Row(.constant(TypeID(3)), "sequence", [10, 0, 0, 1], "167772161"),
        Row(.constant(TypeID(2)), "saddr", [10, 0, 0, 1], "16777226"),
        Row(.constant(TypeID(4)), "port", [0, 80], "80"),
        Row(.constant(TypeID(7)), "cookie", [0, 0, 0, 0, 0, 0, 1, 0], "256"),
        Row(array(1, 4), "ip", [10, 0, 0, 1], "10.0.0.1"),
        Row(array(1, 4), "version", [10, 0, 0, 1], "0x0a000001"),
        Row(array(1, 6), "mac", six, "01:02:03:04:05:06"),
        Row(array(1, 6), "h_source", six, "01:02:03:04:05:06"),
        Row(array(1, 6), "ethDst", six, "01:02:03:04:05:06"),
        Row(array(1, 6), "salt", six, "0x010203040506"),
        Row(array(1, 16), "saddr_v6", sixteen, "fe80::1"),
        Row(array(2, 4), "daddr6", sixteen, "fe80::1"),
        Row(array(3, 4), "dst", sixteen, "fe80::1"),
        Row(array(2, 4), "dst", Array(repeating: 0, count: 16), "[0, 0, 0, 0]"),
        Row(
            .integer(IntegerType(name: "unsigned __int128", size: 16)),
            "saddr_v6",
            sixteen,
            "fe80::1"
        ),
        // Characters and text.
        Row(.constant(TypeID(5)), [65], "'A'"),
        Row(.constant(TypeID(5)), [0], "0"),
        Row(.constant(TypeID(5)), [0xff], "-1"),
        Row(array(5, 4), [0x68, 0x69, 0, 0x7f], "\"hi\""),
        Row(array(5, 4), [0, 0, 0, 0], "\"\""),
        Row(array(5, 4), [0xc3, 0xa9, 0, 0], "\"é\""),
        Row(array(5, 4), [0xff, 0xfe, 0, 1], "0xfffe0001"),
        Row(array(5, 4), [0x22, 0x5c, 0x0a, 0], "\"\\\"\\\\\\n\""),
        Row(array(1, 4), "comm", [0x68, 0x69, 0, 0], "\"hi\""),
        Row(array(1, 4), "key", [0x68, 0x69, 0, 0], "0x68690000"),
        // Numbers.
        Row(.integer(IntegerType(name: "_Bool", size: 1, encoding: .boolean)), [2], "2"),
        Row(.integer(IntegerType(name: "_Bool", size: 1, encoding: .boolean)), [0], "false"),
        Row(
            .integer(IntegerType(name: "__u64", size: 8)),
            Array(repeating: 0xff, count: 8),
            "18446744073709551615"
        ),
        Row(
            .integer(IntegerType(name: "long", size: 8, encoding: .signed)),
            [0, 0, 0, 0, 0, 0, 0, 0x80],
            "-9223372036854775808"
        ),
        Row(
            .integer(IntegerType(name: "unsigned __int128", size: 16)),
            Array(repeating: 0xff, count: 16),
            "0xffffffffffffffffffffffffffffffff"
        ),
        Row(
            .integer(IntegerType(name: "old", size: 4, bitOffset: 4, bitCount: 6)),
            [0xf0, 0xff, 0, 0],
            "63"
        ),
        Row(.enumeration(.init(name: "e", enumerators: [.init("A", 1)])), [1, 0, 0, 0], "A"),
        Row(.enumeration(.init(name: "e", enumerators: [.init("A", 1)])), [2, 0, 0, 0], "2"),
        Row(.pointer(.void), [1, 2, 0, 0, 0, 0, 0, 0x80], "0x8000000000000201"),
        Row(.float(name: "float", size: 4), [0, 0, 0x80, 0x7f], "inf"),
        Row(.float(name: "half", size: 2), [0, 1], "0x0001"),
        Row(array(2, 0), "", [], "[]"),
    ]

    @Test(arguments: rows)
    func `the type and the name say how bytes are shown`(row: Row) throws {
        var builder = BTFBuilder()
        for type in Self.common { _ = builder.add(type) }
        let id = builder.add(row.type)
        let types = try builder.build()
        let value = try types.value(of: id, in: row.bytes, name: row.name)
        #expect(value.description == row.text)
    }

    @Test func `every text of the table is understood`() throws {
        for row in Self.rows {
            var builder = BTFBuilder()
            for type in Self.common { _ = builder.add(type) }
            let id = builder.add(row.type)
            let format = try builder.build().format(of: id, name: row.name)
            let value = try format.value(in: row.bytes)
            let again = try format.value(in: try format.bytes(from: row.text))
            #expect(again == value)
            #expect(try format.value(in: try format.bytes(from: value.json)) == value)
        }
    }

    @Test func `values without a type are numbers or bytes`() throws {
        let rows: [([UInt8], String)] = [
            ([7], "7"), ([1, 2], "513"), ([1, 0, 0, 0], "1"),
            (Array(repeating: 0xff, count: 8), "18446744073709551615"),
            ([1, 2, 3], "0x010203"), ([], "[]"),
        ]
        for (bytes, text) in rows {
            #expect(TypedValue(untyped: bytes).description == text)
            let format = ValueFormat(untypedOf: bytes.count)
            #expect(try format.value(in: bytes).description == text)
            #expect(try format.bytes(from: text) == bytes)
        }
    }

    static let refused: [(String, String)] = [
        ("{plain: 1", "expected ',' or '}' at character 10, found nothing"),
        ("{plain: x}", "member 'plain': expected a number, found 'x'"),
        (
            "{plain: 4294967296}",
            "member 'plain': 4294967296 does not fit into 32 bits; "
                + "the range is -2147483648…4294967295"
        ),
        ("{other: 1}", "there is no member 'other'; there are plain, marked"),
        ("7", "expected {member: value, …}, found '7'"),
        ("[1, 2, 3]", "3 values for 2 members"),
        ("{plain: 1} x", "expected the end at character 12, found 'x'"),
        ("", "expected a value at character 1, found nothing"),
    ]

    @Test(arguments: refused)
    func `a text that is no value of the type says why`(text: String, message: String) throws {
        let types = try Fixture.kinds()
        let id = try #require(types.first(named: "tagged", kind: .structure))
        let format = try types.format(of: id)
        let error = #expect(throws: BTFError.self) { try format.bytes(from: text) }
        #expect(error?.description == "value: " + message)
    }

    @Test func `values may be written as in C and as in JSON`() throws {
        let types = try Fixture.kinds()
        let id = try #require(types.first(named: "tagged", kind: .structure))
        let format = try types.format(of: id)
        let expected: [UInt8] = [1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]
        for text in [
            "{plain: 1, marked: -1}", "{\"plain\": 1, \"marked\": \"-1\"}", "{1, -1}",
            "[0x1, 0xffffffff]", "{.plain = 1, .marked = -1,}", "  { plain : 0b1 , marked:-0x1 }",
        ] {
            #expect(try format.bytes(from: text) == expected)
        }
    }
}
