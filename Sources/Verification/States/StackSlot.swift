/// What is known of eight bytes of stack.
struct StackSlot: Hashable, Sendable {
    /// What each byte is; the one with the lowest address first.
    var bytes: Bytes
    /// The register that was saved here, or the object that lives here.
    var register: RegisterState

    /// Bytes that nobody has written.
    static let empty = StackSlot(bytes: .all(.invalid), register: .uninitialized)

    /// What a byte of stack can be (`enum bpf_stack_slot_type`).
    enum Byte: UInt8, Sendable {
        /// Nobody has written it.
        case invalid
        /// A part of a saved register.
        case saved
        /// Some number.
        case number
        /// Zero.
        case zero
        /// A part of a dynptr.
        case dynptr
        /// A part of an iterator.
        case iterator
        /// A part of saved interrupt state.
        case interruptFlag
    }

    /// Eight of them in a word.
    struct Bytes: Hashable, Sendable {
        private var word: UInt64

        static func all(_ byte: Byte) -> Bytes {
            Bytes(word: UInt64(byte.rawValue) &* 0x0101_0101_0101_0101)
        }

        private init(word: UInt64) { self.word = word }

        @inline(__always)
        subscript(index: Int) -> Byte {
            get {
                Byte(rawValue: UInt8(truncatingIfNeeded: word >> UInt64(index &* 8))) ?? .invalid
            }
            set {
                let shift = UInt64(index &* 8)
                word = word & ~(0xff << shift) | UInt64(newValue.rawValue) << shift
            }
        }
    }
}

extension StackSlot {
    /// Whether a register, or the lowest bytes of one, was saved here.
    @inline(__always)
    var isSaved: Bool { bytes[0] == .saved }

    /// Whether a number, or its lowest bytes, was saved here.
    var isSavedScalar: Bool { isSaved && register.kind == .scalar }

    /// How many bytes of a register were saved here.
    var savedByteCount: Int {
        var count = 0
        while count < 8, bytes[count] == .saved { count += 1 }
        return count
    }

    /// Whether all eight bytes were saved from one register.
    var isSavedWhole: Bool { bytes == .all(.saved) }

    /// Whether a dynptr, an iterator or an interrupt flag is here.
    var isSpecial: Bool {
        switch bytes[0] {
        case .dynptr, .iterator, .interruptFlag: true
        case .invalid, .saved, .number, .zero: false
        }
    }

    /// Makes what was saved here plain numbers, and zeros beside it, too.
    mutating func forgetSaved() {
        guard isSaved else { return }
        for index in 0..<8 where bytes[index] != .invalid { bytes[index] = .number }
        register = .uninitialized
    }
}
