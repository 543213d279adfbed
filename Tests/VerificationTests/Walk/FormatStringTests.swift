import EBPFBytecode
import EBPFObjectFile
import Testing

@testable import EBPFVerification

/// Formats of `bpf_snprintf()`; what is said of each is what Linux 6.18 said of a program with it.
@Suite struct FormatStringTests {
    @Test(arguments: accepted)
    func `the kernel knows these formats`(_ text: String, _ arguments: Int) {
        let format = FormatString(Array(text.utf8)[...])
        #expect(format.fault == nil)
        #expect(format.argumentCount <= arguments)
    }

    @Test(arguments: refused)
    func `the kernel refuses these formats`(_ text: String, _ arguments: Int) {
        let format = FormatString(Array(text.utf8)[...])
        #expect(format.fault != nil || format.argumentCount > arguments)
    }

    @Test func `bytes that are no text are told from characters beyond ASCII`() {
        #expect(FormatString([0x01]).fault == "a control character is in the format")
        #expect(FormatString([0x7f]).fault != nil)
        #expect(FormatString([0x80]).fault == nil)
        #expect(FormatString(Array("%d\u{e9}".utf8)[...]).fault == nil)
        #expect(FormatString(Array("%s\u{e9}".utf8)[...]).fault != nil)
    }

    @Test func `the message shows the part that is not known`() {
        #expect(
            FormatString(Array("a %.3d".utf8)[...]).fault
                == "\"%.3d\" is no format that it knows")
        #expect(FormatString(Array("a %\n".utf8)[...]).fault == "\"%\" is no format that it knows")
    }

    private static let accepted: [(String, Int)] = [
        ("%d", 1), ("%d", 2), ("", 0), ("", 1), ("plain", 0), ("100%%", 0), ("%5d", 1),
        ("%05d", 1), ("%-5d", 1), ("%+d", 1), ("% d", 1), ("%ld", 1), ("%lld", 1), ("%i", 1),
        ("%u", 1), ("%x", 1), ("%X", 1), ("%llX", 1), ("%s", 1), ("%10s", 1), ("%c", 1),
        ("%5c", 1), ("%p", 1), ("%px", 1), ("%pK", 1), ("%pB", 1), ("%ps", 1), ("%pS", 1),
        ("%pks", 1), ("%pus", 1), ("%pi4", 1), ("%pI4", 1), ("%pi6", 1), ("%pI6", 1), ("%p,", 1),
        ("%p a", 1), ("%d %d", 2), ("%d %d", 3), ("%d%d%d%d%d%d%d%d%d%d%d%d", 12),
        ("tab\tnl\n", 0), ("%lx", 1), ("%pks%d", 2), ("%pus:", 1), ("%p%d", 2), ("%pi4%d", 2),
        ("%ps5", 1), ("%pBx", 1), ("%pI6c", 1), ("%cs", 1), ("%5p", 1), ("%05p", 1), ("%-p", 1),
        ("%+s", 1), ("%0s", 1), ("%dd", 1), ("%99999999d", 1), ("%pks ", 1), ("%lu", 1),
        ("%li", 1), ("%lX", 1), ("%pKx", 1), ("%pxx", 1), ("%pSx", 1), ("%s,", 1), ("%s%d", 2),
        ("%s\n", 1), ("%p\n", 1), ("%p(", 1), ("%p%%", 1), ("%p_", 1), ("%s_", 1), ("%pi4x", 1),
        ("%ci", 1), ("%%%d", 1), ("%%%%", 0), ("%1234567890d", 1), ("%i4", 1), ("%pi66", 1),
        ("%pi44", 1), ("%pBBB", 1), ("%c_", 1), ("%c1", 1), ("%s-", 1), ("%s ok", 1),
        ("%d%s%d", 3), ("%llx%s", 2), ("%05ld|", 1), ("%px:", 1), ("%p%s", 2), ("%d%%", 1),
        ("%s%%", 1),
    ]

    private static let refused: [(String, Int)] = [
        ("%d", 0), ("%", 0), ("%", 1), ("%#x", 1), ("%*d", 2), ("%.3d", 1), ("%llld", 1),
        ("%hd", 1), ("%hhd", 1), ("%zu", 1), ("%o", 1), ("%.5s", 1), ("%ls", 1), ("%lc", 1),
        ("%pk", 1), ("%pu", 1), ("%pkx", 1), ("%pi5", 1), ("%pI", 1), ("%pd", 1), ("%pz", 1),
        ("%p1", 1), ("%pF", 1), ("%f", 1), ("%n", 1), ("%d %d", 1), ("%l", 1), ("%ll", 1),
        ("%lp", 1), ("%5", 1), ("%0", 1), ("%-", 1), ("%-+ #05lld", 1), ("%5%", 0), ("%5%", 1),
        ("% %", 0), ("%sx", 1), ("%#c", 1), ("%lo", 1), ("%llc", 1), ("%05%", 1), ("%s1", 1),
        ("%pksx", 1), ("%pusx", 1), ("%pus1", 1), ("%5s5", 1), ("a%%b%", 0), ("%5 d", 1),
        ("%5-d", 1), ("%5.d", 1), ("%pi", 1), ("%lllx", 1), ("%pks5", 1), ("%\n", 1),
        ("%-05+ d", 1), ("%5%d", 1), ("%sd", 1),
    ]
}
