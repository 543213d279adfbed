/// What is declared.
enum CDeclared {
    /// A name of the types' strings; empty for none.
    case name(NamePlace)
    /// A typedef, by its number.
    case alias(TypeID, NamePlace)
    /// A name that somebody gave.
    case text([UInt8])

    var isEmpty: Bool {
        switch self {
        case .name(let place): place.isEmpty
        case .alias(_, let place): place.isEmpty
        case .text(let bytes): bytes.isEmpty
        }
    }
}

/// `const`, `volatile` and `restrict`, in the order in which they stood.
struct CQualifiers {
    enum Word: UInt8 {
        case constant = 1
        case volatile
        case restrict
    }

    /// Two bits for each word, the first in the lowest.
    private var words: UInt8 = 0
    private var count = 0

    mutating func add(_ word: Word) {
        for index in 0..<count where words >> (2 * index) & 3 == word.rawValue { return }
        words |= word.rawValue << (2 * count)
        count += 1
    }

    /// Writes them before a type, for which `restrict` means nothing.
    func write(to text: inout CText) {
        for index in 0..<count {
            switch Word(rawValue: words >> (2 * index) & 3) {
            case .constant: text.append("const ")
            case .volatile: text.append("volatile ")
            case .restrict, nil: break
            }
        }
    }

    /// Writes them behind the asterisk of a pointer.
    func write(ofPointer isFollowed: Bool, to text: inout CText) {
        for index in 0..<count {
            switch Word(rawValue: words >> (2 * index) & 3) {
            case .constant: text.append("const")
            case .volatile: text.append("volatile")
            case .restrict: text.append("restrict")
            case nil: break
            }
            if isFollowed || index < count - 1 { text.append(UInt8(ascii: " ")) }
        }
    }
}
