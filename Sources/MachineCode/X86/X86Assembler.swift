import EBPFBytecode

/// Writes instructions of x86-64, and joins jumps with their targets.
///
/// Encodings are those of Intel's manual (SDM, volume 2, chapter 2 for the forms). Operands come in
/// Intel's order: destination first.
struct X86Assembler: ~Copyable {
    private(set) var code: CodeBuffer
    /// Where each label is; -1 until it is placed.
    private var labels: [Int32] = []
    /// 32-bit distances to fill in once labels are placed.
    private var fixups: [(place: Int32, label: Int32)] = []

    /// Makes room for so many bytes, labels and jumps; there can be more of each.
    init(capacity: Int, labelCount: Int = 0) {
        code = CodeBuffer(capacity: capacity)
        labels.reserveCapacity(labelCount)
        fixups.reserveCapacity(labelCount / 2)
    }

    /// How many bytes have been written.
    var offset: Int { code.count }

    /// An opcode with what precedes it.
    struct Opcode {
        var byte: UInt8
        /// 0x0f, or nothing.
        var isTwoBytes = false
        /// 0x66, 0xf2 or 0xf3, if it is part of the opcode.
        var prefix: UInt8 = 0

        init(_ byte: UInt8, isTwoBytes: Bool = false, prefix: UInt8 = 0) {
            self.byte = byte
            self.isTwoBytes = isTwoBytes
            self.prefix = prefix
        }
    }

    // MARK: Forms

    /// `opcode reg, rm` between registers; `isByte` if `rm` or `reg` names a register's low byte.
    @inline(__always)
    mutating func emit(
        _ width: Width, _ opcode: Opcode, _ register: UInt8, _ other: X86Register,
        isByte: Bool = false
    ) {
        var word: UInt64 = 0
        var count = 0
        Self.add(opcode.prefix, unless: 0, &word, &count)
        let rex = (width == .doubleWord ? 0x48 : 0x40) | (register & 8) >> 1 | other.rawValue >> 3
        if rex != 0x40 || isByte && (other.rawValue >= 4 || register >= 4) {
            Self.add(rex, &word, &count)
        }
        if opcode.isTwoBytes { Self.add(0x0f, &word, &count) }
        Self.add(opcode.byte, &word, &count)
        Self.add(0xc0 | (register & 7) << 3 | other.low, &word, &count)
        code.append(word, byteCount: count)
    }

    /// `opcode reg, [place]` or `opcode [place], reg`.
    @inline(__always)
    mutating func emit(
        _ width: Width, _ opcode: Opcode, _ register: UInt8, _ place: X86Place,
        isByte: Bool = false
    ) {
        var word: UInt64 = 0
        var count = 0
        Self.add(opcode.prefix, unless: 0, &word, &count)
        let rex =
            (width == .doubleWord ? 0x48 : 0x40) | (register & 8) >> 1
            | ((place.index?.rawValue ?? 0) & 8) >> 2 | place.base.rawValue >> 3
        if rex != 0x40 || isByte && register >= 4 { Self.add(rex, &word, &count) }
        if opcode.isTwoBytes { Self.add(0x0f, &word, &count) }
        Self.add(opcode.byte, &word, &count)
        let needsIndexByte = place.index != nil || place.base.low == 4
        let displacement = place.displacement
        // A base of rbp or r13 without displacement has no encoding of its own.
        let mode: UInt8 =
            displacement == 0 && place.base.low != 5
            ? 0 : Int32(Int8(truncatingIfNeeded: displacement)) == displacement ? 0x40 : 0x80
        Self.add(
            mode | (register & 7) << 3 | (needsIndexByte ? 4 : place.base.low), &word, &count)
        if needsIndexByte {
            Self.add(
                place.scale << 6 | (place.index?.low ?? 4) << 3 | place.base.low, &word, &count)
        }
        code.append(word, byteCount: count)
        if mode == 0x40 {
            code.append(UInt8(truncatingIfNeeded: displacement))
        } else if mode == 0x80 {
            code.append(UInt32(bitPattern: displacement))
        }
    }

    /// The three-operand forms of BMI2 (SDM 2.3): `opcode reg, rm, third`.
    mutating func emitVEX(
        _ width: Width, _ opcode: UInt8, map: UInt8, prefix: UInt8, _ register: X86Register,
        _ other: X86Register, third: X86Register
    ) {
        let inverted: UInt8 =
            (register.isExtended ? 0 : 0x80) | 0x40 | (other.isExtended ? 0 : 0x20)
        let second =
            (width == .doubleWord ? 0x80 : 0) | (~third.rawValue & 15) << 3 | prefix
        let word =
            UInt64(0xc4) | UInt64(inverted | map) << 8 | UInt64(second) << 16
            | UInt64(opcode) << 24 | UInt64(0xc0 | register.low << 3 | other.low) << 32
        code.append(word, byteCount: 5)
    }

    @inline(__always)
    private static func add(_ byte: UInt8, _ word: inout UInt64, _ count: inout Int) {
        word |= UInt64(byte) << UInt64(8 * count)
        count += 1
    }

    @inline(__always)
    private static func add(
        _ byte: UInt8, unless none: UInt8, _ word: inout UInt64, _ count: inout Int
    ) {
        if byte != none { add(byte, &word, &count) }
    }

    @inline(__always)
    mutating func append(byte: UInt8) { code.append(byte) }
    @inline(__always)
    mutating func append(word: UInt32) { code.append(word) }
    @inline(__always)
    mutating func append(quad: UInt64) { code.append(quad, byteCount: 8) }
    /// Appends code that was assembled elsewhere.
    mutating func append(_ bytes: [UInt8]) { code.append(bytes) }
    @inline(__always)
    mutating func append(_ word: UInt64, byteCount: Int) {
        code.append(word, byteCount: byteCount)
    }

    // MARK: Labels

    /// A place in the code that may not be known yet.
    struct Label: Equatable, Sendable {
        fileprivate let index: Int32
    }

    /// A new label, placed nowhere.
    mutating func makeLabel() -> Label {
        labels.append(-1)
        return Label(index: Int32(labels.count - 1))
    }

    /// Labels that were made together.
    struct Labels {
        fileprivate let first: Int32
        let count: Int

        @inline(__always)
        subscript(place: Int) -> Label { Label(index: first + Int32(place)) }
    }

    /// New labels, placed nowhere.
    mutating func makeLabels(_ count: Int) -> Labels {
        let first = Int32(labels.count)
        labels.append(contentsOf: repeatElement(-1, count: count))
        return Labels(first: first, count: count)
    }

    /// Puts a label here.
    @inline(__always)
    mutating func place(_ label: Label) { labels[Int(label.index)] = Int32(code.count) }

    /// Puts a label so many bytes ahead.
    mutating func place(_ label: Label, ahead byteCount: Int) {
        labels[Int(label.index)] = Int32(code.count + byteCount)
    }

    /// Where labels were placed; -1 if they were not.
    func offsets(of row: Labels) -> [Int32] {
        Array(labels[Int(row.first)..<Int(row.first) + row.count])
    }

    /// Where a label was placed, if it was.
    func offset(of label: Label) -> Int? {
        let offset = labels[Int(label.index)]
        return offset < 0 ? nil : Int(offset)
    }

    /// Ends an instruction with the distance to a label.
    mutating func append(distanceTo label: Label) {
        fixups.append((Int32(code.count), label.index))
        code.append(UInt32(0))
    }

    /// How far a placed label is from the end of an instruction of `byteCount` bytes here, if that
    /// fits into a byte.
    func shortDistance(to label: Label, byteCount: Int) -> Int8? {
        let target = labels[Int(label.index)]
        return target < 0 ? nil : Int8(exactly: Int(target) - code.count - byteCount)
    }

    /// Fills in all distances.
    ///
    /// - Returns: the code, or `nil` if a label was never placed: a mistake of the caller.
    consuming func finish() -> [UInt8]? {
        for (place, label) in fixups {
            let target = labels[Int(label)]
            guard target >= 0 else { return nil }
            code[word: Int(place)] = UInt32(bitPattern: target - place - 4)
        }
        return code.contents
    }
}
