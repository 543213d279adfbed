import EBPFObjectFile

/// What is known of numbers, and when states are kept.
extension Case {
    static let ranges: [Case] = [
        Case(
            "of the numbers in a range, only one has the known bits",
            """
            r6 = *(u32 *)(r1 + 0)
            r0 = 0
            r6 &= 24
            if r6 == 0 goto end
            if r6 > 15 goto end
            if r6 == 8 goto end
            r0 = r5
            end:
            exit
            """),
        Case(
            "of the numbers in a range, two have the known bits",
            """
            r6 = *(u32 *)(r1 + 0)
            r0 = 0
            r6 &= 24
            if r6 == 0 goto end
            if r6 > 16 goto end
            if r6 == 8 goto end
            r0 = r5
            end:
            exit
            """, .uninitializedRegister, at: 6),
        Case(
            "32 bits are shifted by a known distance",
            """
            r2 = 2
            w3 = 5
            w3 <<= w2
            r0 = 0
            if r3 == 20 goto end
            r0 = r5
            end:
            exit
            """),
        Case(
            "of a distance by which 32 bits are shifted, the upper half counts",
            """
            r2 = 4294967298 ll
            w3 = 5
            w3 <<= w2
            r0 = 0
            if r3 == 20 goto end
            r0 = r5
            end:
            exit
            """, .uninitializedRegister, at: 6),
        Case(
            "a number that is greater than itself keeps its range",
            """
            r6 = *(u32 *)(r1 + 0)
            r6 &= 1
            r6 += 2
            if r6 s> r6 goto next
            next:
            \(lookup)
            if r0 == 0 goto end
            r0 += r6
            r0 = *(u8 *)(r0 + 0)
            end:
            r0 = 0
            exit
            """),
        Case(
            "at the eighth instruction, after two jumps, the state is kept",
            """
            r6 = r1
            r7 = *(u32 *)(r1 + 0)
            r5 = 0
            r4 = 0
            if r7 > 5 goto save
            r3 = 0
            goto load
            save:
            *(u64 *)(r10 - 8) = r6
            load:
            r0 = *(u32 *)(r10 - 8)
            exit
            """),
        Case(
            "at the seventh instruction it is not",
            """
            r6 = r1
            r7 = *(u32 *)(r1 + 0)
            r5 = 0
            if r7 > 5 goto save
            r3 = 0
            goto load
            save:
            *(u64 *)(r10 - 8) = r6
            load:
            r0 = *(u32 *)(r10 - 8)
            exit
            """, .brokenPointer, at: 7),
    ]
}
