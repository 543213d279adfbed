import EBPFObjectFile
import Testing

@testable import EBPFVerification

/// The words of advice, in both languages.
@Suite struct AdviceTextTests {
    private static let line = LineInfo(slot: 3, file: "a.c", line: 30, column: 5, text: "")
    private static let index = Advice.Index(
        expression: "offset", greatest: 255, mayBeNegative: false, count: 64,
        memory: "the value of map counts has 64 bytes")

    @Test(
        arguments: [
            (
                .index(index),
                "`offset` can reach 255, but only 0…63 fit: the value of map counts has 64 bytes; test it "
                    + "before line 30: if (offset >= 64) return 0; or mask it: offset & 63",
                "`offset` can reach 255, but only 0…63 fit: the value of map counts has 64 bytes; test it "
                    + "before line 30: `guard offset < 64 else { return … }` or mask it: offset & 63"
            ),
            (
                .null(Advice.Null(name: "value", maker: "bpf_map_lookup_elem()", isLookUp: true)),
                "`value` is NULL if the look-up finds nothing: test it first: if (!value) return 0;",
                "`value` is nil if the look-up finds nothing: use `guard let value = … else { return … }`"
            ),
            (
                .null(Advice.Null(name: "value", test: line)),
                "`value` is NULL here: the test on line 30 found it so, and execution goes on; leave "
                    + "there: if (!value) return 0;",
                "`value` is nil here: the test on line 30 found it so, and execution goes on: use "
                    + "`guard let value = … else { return … }`"
            ),
            (
                .packet(Advice.Packet(needed: 34, known: 14, start: nil, end: nil)),
                "14 bytes are known to be there, 34 are needed; test first: if (data + 34 > data_end) "
                    + "return 0;",
                "14 bytes are known to be there, 34 are needed; take a header with `packet.header(…)`, "
                    + "which is nil then, or test first: `guard packet.dataStart + 34 <= packet.dataEnd "
                    + "else { return … }`"
            ),
            (
                .size(Advice.Size(expression: "size", mayBeNegative: true, limit: 16)),
                "`size` may be negative; limit `size` before line 30: if (size < 0 || size > 16) return 0;",
                "`size` may be negative; limit `size` before line 30: `guard 0...16 ~= size else { return "
                    + "… }`"
            ),
            (
                .emptySize("size"),
                "`size` may be 0; leave before line 30 then: if (size == 0) return 0;",
                "`size` may be 0; leave before line 30 then: `guard size > 0 else { return … }`"
            ),
            (
                .held(Advice.Held(name: "socket", maker: "bpf_sk_lookup_tcp", line: line)),
                "`socket`, which bpf_sk_lookup_tcp() gave on line 30, is still held on this way: call "
                    + "bpf_sk_release() before it ends",
                "`socket`, which bpf_sk_lookup_tcp() gave on line 30, is still held on this way: call "
                    + "Helpers.skRelease(…) before it ends"
            ),
            (
                .held(Advice.Held(maker: "bpf_task_acquire")),
                "what bpf_task_acquire() gave, is still held on this way: call bpf_task_release() before "
                    + "it ends",
                "what bpf_task_acquire() gave, is still held on this way: call Helpers.taskRelease(…) "
                    + "before it ends"
            ),
        ] as [(Advice, String, String)])
    func `advice is exact, and in the terms of its language`(
        _ advice: Advice, _ inC: String, _ inSwift: String
    ) {
        #expect(advice.text(inSwift: false, at: Self.line, leaving: "0") == inC)
        #expect(advice.text(inSwift: true, at: Self.line, leaving: "0") == inSwift)
    }
}
