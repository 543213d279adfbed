import EBPFBytecode

/// A binary trie of bit strings in which chains without a choice are one step.
///
/// A node is a prefix. It has a value, or it is only there because two prefixes part below it.
/// Links are node numbers plus one, 0 for none:
///
///     length │ value + 1 │ child with bit 0 │ child with bit 1 │ bits, padded to 8 bytes
///
/// Everything but `longestMatch` needs the trie's lock.
@safe
struct PrefixNodes: @unchecked Sendable {
    // SAFETY: points into `slab`, which lives as long as this value; node numbers come from links
    // that only this type writes, each less than the number of nodes.
    private let base: UnsafeMutableRawPointer
    private let slab: Slab
    private let stride: Int
    private let bitByteCount: Int

    private enum Field {
        static let length = 0
        static let value = 4
        static let children = 8
        static let bits = 16
    }

    /// Where a link to a node is kept: in its parent, or at the root.
    struct Place: Equatable {
        /// The parent's number; -1 for the root.
        let parent: Int
        let bit: Int
    }

    /// A prefix and the bits of a key.
    @safe
    struct Prefix {
        let length: Int
        let bits: UnsafeRawPointer
    }

    /// The first node number is the root's link only.
    init(nodeCount: Int, bitByteCount: Int) throws(KernelErrno) {
        self.bitByteCount = bitByteCount
        stride = Field.bits + (bitByteCount + 7) / 8 * 8
        slab = try Slab(count: nodeCount + 1, stride: stride)
        unsafe base = slab.base
    }

    // MARK: Fields

    @inline(__always)
    private func field(_ node: Int, _ offset: Int) -> UInt32 {
        unsafe base.load(fromByteOffset: (node &+ 1) &* stride &+ offset, as: UInt32.self)
    }

    @inline(__always)
    private func setField(_ node: Int, _ offset: Int, _ value: UInt32) {
        unsafe base.storeBytes(
            of: value,
            toByteOffset: (node &+ 1) &* stride &+ offset,
            as: UInt32.self
        )
    }

    /// How many bits a node's prefix has.
    @inline(__always)
    func length(_ node: Int) -> Int { Int(field(node, Field.length)) }

    /// The value's number, or -1 if the node has none.
    @inline(__always)
    func value(_ node: Int) -> Int { Int(field(node, Field.value)) &- 1 }

    /// Gives a node a value, or -1 for none.
    func setValue(_ node: Int, _ value: Int) {
        setField(node, Field.value, UInt32(truncatingIfNeeded: value &+ 1))
    }

    /// The node at a place, or -1.
    @inline(__always)
    func node(at place: Place) -> Int {
        Int(field(place.parent, Field.children &+ place.bit &* 4)) &- 1
    }

    /// Links a node, or -1 for none, at a place.
    func setNode(at place: Place, _ node: Int) {
        setField(
            place.parent,
            Field.children &+ place.bit &* 4,
            UInt32(truncatingIfNeeded: node &+ 1)
        )
    }

    /// The link from a node for a bit, or -1.
    @inline(__always)
    func child(_ node: Int, _ bit: Int) -> Int { self.node(at: Place(parent: node, bit: bit)) }

    /// The link to the first node.
    static let root = Place(parent: -1, bit: 0)

    @inline(__always)
    private func bits(_ node: Int) -> UnsafeMutableRawPointer {
        unsafe base + ((node &+ 1) &* stride &+ Field.bits)
    }

    /// Makes a node without children.
    func fill(_ node: Int, _ prefix: Prefix, length: Int, value: Int) {
        setField(node, Field.length, UInt32(truncatingIfNeeded: length))
        setValue(node, value)
        setNode(at: Place(parent: node, bit: 0), -1)
        setNode(at: Place(parent: node, bit: 1), -1)
        unsafe bits(node).copyMemory(from: prefix.bits, byteCount: bitByteCount)
    }

    /// Takes over a key's bits, also those after the prefix.
    func setBits(_ node: Int, _ prefix: Prefix) {
        unsafe bits(node).copyMemory(from: prefix.bits, byteCount: bitByteCount)
    }

    /// A node's key as programs and applications give it: the length and the bits.
    func key(_ node: Int) -> [UInt8] {
        let bits = unsafe UnsafeRawBufferPointer(start: bits(node), count: bitByteCount)
        return unsafe ArrayIndex.bytes(UInt32(truncatingIfNeeded: length(node))) + bits
    }

    // MARK: Bits

    /// The bit of a key after its first `index` bits, from the most significant of each byte.
    @inline(__always)
    static func bit(_ bits: UnsafeRawPointer, _ index: Int) -> Int {
        let byte = unsafe bits.load(fromByteOffset: index >> 3, as: UInt8.self)
        return Int(byte >> UInt8(7 &- (index & 7))) & 1
    }

    /// The bit of a node's key after its first `index` bits.
    func bit(ofNode node: Int, _ index: Int) -> Int {
        index < bitByteCount * 8 ? unsafe Self.bit(bits(node), index) : 0
    }

    /// How many bits a node and a prefix have in common.
    ///
    /// - Parameter known: how many are known to be equal.
    @inline(__always)
    func commonLength(_ node: Int, _ prefix: Prefix, known: Int = 0) -> Int {
        let limit = min(length(node), prefix.length)
        let own = unsafe bits(node)
        var byte = known >> 3
        while byte &* 8 < limit {
            guard byte &+ 4 <= bitByteCount else { break }
            let left = unsafe own.loadUnaligned(fromByteOffset: byte, as: UInt32.self)
            let right = unsafe prefix.bits.loadUnaligned(fromByteOffset: byte, as: UInt32.self)
            let difference = UInt32(bigEndian: left ^ right)
            if difference != 0 { return min(limit, byte &* 8 &+ difference.leadingZeroBitCount) }
            byte &+= 4
        }
        while byte &* 8 < limit {
            let left = unsafe own.load(fromByteOffset: byte, as: UInt8.self)
            let right = unsafe prefix.bits.load(fromByteOffset: byte, as: UInt8.self)
            let difference = left ^ right
            if difference != 0 { return min(limit, byte &* 8 &+ difference.leadingZeroBitCount) }
            byte &+= 1
        }
        return limit
    }

    // MARK: Searching

    /// The value of the longest prefix of a key, or -1.
    ///
    /// A reader without the lock may meet a half-made change: the steps are bounded and every
    /// length is compared before bits are read.
    @inline(__always)
    func longestMatch(_ prefix: Prefix) -> Int {
        var best = -1
        var node = self.node(at: Self.root)
        var known = 0
        var steps = bitByteCount &* 8 &+ 2
        while node >= 0, steps > 0 {
            steps &-= 1
            let length = length(node)
            guard length <= prefix.length else { break }
            guard commonLength(node, prefix, known: known) == length else { break }
            known = length
            let value = value(node)
            if value >= 0 { best = value }
            guard length < prefix.length else { break }
            node = unsafe child(node, Self.bit(prefix.bits, length))
        }
        return best
    }

    /// The places on the way to a prefix, the root's first.
    ///
    /// The last is where the prefix is, or the node that it parts from, or an empty link.
    func path(to prefix: Prefix) -> [Place] {
        var path = [Self.root]
        var node = self.node(at: Self.root)
        while node >= 0 {
            let length = length(node)
            guard length < prefix.length, commonLength(node, prefix) == length else {
                break
            }
            let place = unsafe Place(parent: node, bit: Self.bit(prefix.bits, length))
            path.append(place)
            node = self.node(at: place)
        }
        return path
    }

    /// Whether a node is exactly a prefix.
    func isExact(_ node: Int, _ prefix: Prefix) -> Bool {
        guard node >= 0, length(node) == prefix.length else { return false }
        return commonLength(node, prefix) == prefix.length
    }

    /// The first node below and including a node, children before parents.
    func firstInPostorder(_ start: Int) -> Int {
        var node = start
        while true {
            let next = child(node, 0) >= 0 ? child(node, 0) : child(node, 1)
            guard next >= 0 else { return node }
            node = next
        }
    }

    /// The next node with a value after the one at the end of a path; -1 after the last.
    func nextInPostorder(_ path: [Place]) -> Int {
        for place in path.reversed() where place.parent >= 0 {
            if place.bit == 0, child(place.parent, 1) >= 0 {
                return firstInPostorder(child(place.parent, 1))
            }
            if value(place.parent) >= 0 { return place.parent }
        }
        return -1
    }
}
