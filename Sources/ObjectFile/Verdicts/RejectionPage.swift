public import EBPFBytecode

/// A page of the catalogue of rejections: what a code means, why the rule exists, and what to do.
public struct RejectionPage: Sendable {
    /// The code.
    public let code: Rejection.Code
    /// The fault in a few words.
    public let title: String
    /// Why there is such a rule, in a sentence or two.
    public let why: String
    /// What to do in a program in C.
    public let inC: String
    /// What to do in a program in Swift.
    public let inSwift: String
    /// A program that is refused, and the same as it is accepted; `nil` where C cannot show it.
    public let example: Example?

    init(
        _ code: Rejection.Code, _ title: String, why: String, inC: String, inSwift: String,
        example: Example? = nil
    ) {
        self.code = code
        self.title = title
        self.why = why
        self.inC = inC
        self.inSwift = inSwift
        self.example = example
    }

    /// Two small programs in C.
    public struct Example: Sendable {
        /// What both begin with: headers, and the maps that they use.
        public let beginning: String
        /// The rest of the program that is refused.
        public let wrong: String
        /// The rest of the program that is accepted.
        public let right: String
        /// What whoever loads them may do: some faults are none for those who may do everything.
        public let capabilities: Capabilities

        init(
            _ headers: Headers = .plain, _ declarations: String = "",
            loadedWith capabilities: Capabilities = .all, wrong: String, right: String
        ) {
            self.capabilities = capabilities
            let licence = headers == .withoutLicence ? "" : Self.licence
            let parts = [headers.text + licence, declarations].filter { !$0.isEmpty }
            beginning = parts.joined(separator: "\n")
            self.wrong = wrong
            self.right = right
        }

        init(_ declarations: String, wrong: String, right: String) {
            self.init(.plain, declarations, wrong: wrong, right: right)
        }

        private static let licence = "char LICENSE[] SEC(\"license\") = \"GPL\";\n"

        /// The program that is refused, ready for the compiler.
        public var refused: String { "\(beginning)\n\n\(wrong)\n" }
        /// The program that is accepted, ready for the compiler.
        public var accepted: String { "\(beginning)\n\n\(right)\n" }

        /// What a program includes.
        enum Headers {
            /// The kernel's interface for programs, and libbpf's helpers.
            case plain
            /// The same, but the program declares its licence itself.
            case withoutLicence
            /// The types inside of the kernel.
            case kernelTypes

            fileprivate var text: String {
                switch self {
                case .plain, .withoutLicence:
                    "#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\n"
                case .kernelTypes:
                    """
                    #include <vmlinux.h>
                    #include <bpf/bpf_helpers.h>
                    #include <bpf/bpf_core_read.h>

                    """
                }
            }
        }
    }
}

extension RejectionPage {
    /// All pages, in the order of their numbers.
    public static let all: [RejectionPage] =
        (memory + pointers + control + arguments + surroundings + held + objects + privileges)
        .sorted { $0.code.number < $1.code.number }

    private static let byCode: [Rejection.Code: RejectionPage] = Dictionary(
        all.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })

    /// The page of a code.
    public static func page(of code: Rejection.Code) -> RejectionPage {
        byCode[code]
            ?? RejectionPage(code, "the verifier refuses it", why: "", inC: "", inSwift: "")
    }
}

extension Rejection.Code {
    /// The fault in a few words.
    public var summary: String { RejectionPage.page(of: self).title }

    /// What usually helps in C; `nil` where it depends.
    public var suggestion: String? {
        let text = RejectionPage.page(of: self).inC
        return text.isEmpty ? nil : text
    }

    /// What usually helps in a program that is written in Swift.
    public var swiftSuggestion: String? {
        let text = RejectionPage.page(of: self).inSwift
        return text.isEmpty ? nil : text
    }
}
