import Testing

@testable import EBPFVerification

/// What is taken from a line of source: the right name, or none.
@Suite struct SourceTextTests {
    @Test(
        arguments: [
            ("    __u64 *value = bpf_map_lookup_elem(&counts, &key);", "value"),
            ("    let value = counts.lookup(7)!", "value"),
            ("    let value: Place = counts.lookup(7).unsafelyUnwrapped", "value"),
            ("    value = find(key);  // a = b", "value"),
            ("    if (!(value = find(key)))", "value"),
            ("    entry->value = find(key);", nil), ("    values[3] = find(key);", nil),
            ("    if (value == 7)", nil), ("    // value = 7", nil), ("    find(key);", nil),
            ("", nil),
            ("    total += 7;", nil),
        ] as [(String, String?)])
    func `the variable that is given a value`(_ line: String, _ name: String?) {
        #expect(SourceText(line).assigned == name)
    }

    @Test(
        arguments: [
            ("let value = counts.lookup(7)!", "counts.lookup(7)"),
            ("let value = counts.lookup(7).unsafelyUnwrapped", "counts.lookup(7)"),
            (
                "__u64 *value = bpf_map_lookup_elem(&counts, &key);",
                "bpf_map_lookup_elem(&counts, &key)"
            ),
            ("if (!(value = find(key)))", nil), ("int a = 1; int b = 2;", nil),
        ] as [(String, String?)])
    func `what it is given`(_ line: String, _ expression: String?) {
        #expect(SourceText(line).assignedExpression == expression)
    }

    @Test(
        arguments: [
            ("sizes[class]++;", "class"), ("sizes[skb->len & 127]++;", "skb->len & 127"),
            ("sizes[class + 1]++;", nil), ("sizes[class - 1]++;", nil), ("sizes[4]++;", nil),
            ("a[b[c]]++;", nil), ("a[i] = b[j];", nil), ("total++;", nil), ("]a[", nil),
        ] as [(String, String?)])
    func `the only index`(_ line: String, _ index: String?) {
        #expect(SourceText(line).onlyIndex == index)
    }

    @Test(
        arguments: [
            ("return bpf_skb_load_bytes(skb, 0, text, size);", 3, "size"),
            ("bpf_skb_load_bytes(skb, off(1, 2), text, n & 15);", 3, "n & 15"),
            ("bpf_skb_load_bytes(skb, off(1, 2), text, n & 15);", 1, "off(1, 2)"),
            ("bpf_skb_load_bytes(skb, 0,", 3, nil),
            ("f(bpf_skb_load_bytes(), bpf_skb_load_bytes(a));", 0, nil),
            ("bpf_skb_load_bytes(skb);", 3, nil),
        ] as [(String, Int, String?)])
    func `the argument of a call`(_ line: String, _ number: Int, _ argument: String?) {
        #expect(SourceText(line).argument(number, of: "bpf_skb_load_bytes") == argument)
    }

    @Test(
        arguments: [
            ("    for (int i = 0; i < n; i++) {", "i", "n"),
            ("    for (__u32 i = 0; i < skb->len; i++)", "i", "skb->len"),
            ("    for (i = 0; i <= n; i++)", "i", "n"), ("    while (i < n) {", "i", "n"),
            ("    for i in 0..<count {", "i", "count"),
            ("    while index < limit {", "index", "limit"),
            ("    for i in 0..<min(count, 64) {", "i", "min(count, 64)"),
            ("    for (int i = 0; i < 500000; i++)", nil, nil), ("    for (;;) {", nil, nil),
            ("    while (i < n && i < 64)", nil, nil), ("    if (i < n)", nil, nil),
            ("    for value in values {", nil, nil),
        ] as [(String, String?, String?)])
    func `a loop and its limit`(_ line: String, _ variable: String?, _ limit: String?) {
        let loop = SourceText(line).loop
        #expect(loop?.variable == variable)
        #expect(loop?.limit == limit)
    }

    @Test func `names are whole words`() {
        let line = SourceText("value2 = other_value + 1; // value")
        #expect(!line.contains("value"))
        #expect(line.contains("other_value"))
        #expect(SourceText("let x = packet.dataStart + 14").owner(of: "dataStart") == "packet")
        #expect(SourceText("let x = dataStart + 14").owner(of: "dataStart") == nil)
    }
}
