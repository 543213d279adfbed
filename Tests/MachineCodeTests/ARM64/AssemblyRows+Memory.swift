import EBPFBytecode

@testable import EBPFMachineCode

extension AssemblyRows {
    /// Loads and stores of all sizes in all forms of an address.
    mutating func addTransfers() {
        for size in MemorySize.allCases {
            for (address, text) in Self.addresses(size) {
                for rt in [ARM64Register.x1, .x30, .zero] {
                    let name = rt.name(size == .doubleWord ? .doubleWord : .word)
                    let unscaled = if case .unscaled = address { "u" } else { "" }
                    add("ld\(unscaled)r\(size.letter) \(name), \(text)") {
                        $0.ldr(size, rt, address)
                    }
                    add("st\(unscaled)r\(size.letter) \(name), \(text)") {
                        $0.str(size, rt, address)
                    }
                    for width in Self.widths where size.byteCount * 8 < width.bitCount {
                        let letter = size == .word ? "w" : size.letter
                        add("ld\(unscaled)rs\(letter) \(rt.name(width)), \(text)") {
                            $0.ldrs(size, width, rt, address)
                        }
                    }
                }
            }
        }
    }

    /// Addresses with their notation; bases and transferred registers differ, as indexing needs it.
    private static func addresses(_ size: MemorySize) -> [(ARM64Address, String)] {
        var addresses: [(ARM64Address, String)] = []
        for base in bases {
            for offset in [0, 1, 2, 3, 4095].map({ $0 * size.byteCount }) + [-256, -8, -1, 255] {
                // Offsets that neither form holds are refused elsewhere.
                addresses.append((.offset(base, offset), "[\(base.name), #\(offset)]"))
            }
            for offset in [-256, -1, 0, 1, 8, 255] {
                addresses.append((.unscaled(base, offset), "[\(base.name), #\(offset)]"))
                guard base == .x19 || base == .sp else { continue }
                addresses.append((.preIndexed(base, offset), "[\(base.name), #\(offset)]!"))
                addresses.append((.postIndexed(base, offset), "[\(base.name)], #\(offset)"))
            }
            for kind in [ARM64Extension.uxtw, .uxtx, .sxtw, .sxtx] {
                for scaled in [false, true] {
                    // Of bytes, a shift by zero is written or not: two encodings.
                    let distance = scaled ? size.logarithm : 0
                    let isWhole = kind == .uxtx || kind == .sxtx
                    let index = ARM64Register.x2.name(isWhole ? .doubleWord : .word)
                    let name = kind == .uxtx ? "lsl" : "\(kind)"
                    let shift = scaled || kind == .uxtx && size != .byte ? " #\(distance)" : ""
                    let text = kind == .uxtx && !scaled ? "" : ", \(name)\(shift)"
                    addresses.append(
                        (
                            .indexed(base, .x2, kind, scaled: scaled),
                            "[\(base.name), \(index)\(text)]"
                        ))
                }
            }
        }
        return addresses
    }

    /// Two registers at once.
    mutating func addPairs() {
        for width in Self.widths {
            let unit = width.bitCount / 8
            for base in Self.bases {
                for offset in [-64, -1, 0, 1, 63].map({ $0 * unit }) {
                    for (address, text) in [
                        (.offset(base, offset), "[\(base.name), #\(offset)]"),
                        (.preIndexed(base, offset), "[\(base.name), #\(offset)]!"),
                        (.postIndexed(base, offset), "[\(base.name)], #\(offset)"),
                    ] as [(ARM64Address, String)] {
                        let names =
                            "\(ARM64Register.x1.name(width)), \(ARM64Register.x2.name(width))"
                        add("ldp \(names), \(text)") { $0.ldp(width, .x1, .x2, address) }
                        add("stp \(names), \(text)") { $0.stp(width, .x1, .x2, address) }
                    }
                }
            }
        }
    }

    /// Atomic operations and ordered accesses.
    mutating func addAtomics() {
        for size in MemorySize.allCases {
            let width: Width = size == .doubleWord ? .doubleWord : .word
            for base in Self.bases {
                for (rs, rt) in Self.pairs([.x1, .x21, .zero]) {
                    let names = "\(rs.name(width)), \(rt.name(width)), [\(base.name)]"
                    for operation in ARM64Atomic.allCases {
                        add("\(operation)al\(size.letter) \(names)") {
                            $0.atomic(operation, size, rs, rt, at: base)
                        }
                    }
                    add("casal\(size.letter) \(names)") { $0.casal(size, rs, rt, at: base) }
                }
                for rt in [ARM64Register.x1, .x21, .zero] {
                    let names = "\(rt.name(width)), [\(base.name)]"
                    add("ldar\(size.letter) \(names)") { $0.ldar(size, rt, at: base) }
                    add("stlr\(size.letter) \(names)") { $0.stlr(size, rt, at: base) }
                    for operation in ARM64Atomic.allCases where operation != .swp {
                        let store = "\(operation)".replacing("ld", with: "st")
                        add("\(store)l\(size.letter) \(names)") {
                            $0.atomicStore(operation, size, rt, at: base)
                        }
                    }
                }
            }
        }
        add("dmb ish") { $0.dmb() }
    }
}

extension MemorySize {
    /// What stands behind `ldr` for the size; words and double words differ by the register.
    fileprivate var letter: String {
        switch self {
        case .byte: "b"
        case .halfWord: "h"
        case .word, .doubleWord: ""
        }
    }
}
