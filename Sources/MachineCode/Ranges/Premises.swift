/// What a unit may take for granted when it is entered at its start, and only there.
///
/// Nothing else has to be proved: what does not follow from these is tested when the program runs.
public struct Premises: Hashable, Sendable {
    /// The numbers in r1 and the registers after it.
    public var arguments: [UInt64]
    /// The number in r10.
    public var frameTop: UInt64
    /// All addresses of stack frames.
    public var stack: Range<UInt64>
    /// Memory that stays in its place as long as the program runs.
    public var regions: [KnownRegion]
    /// The budget of a run.
    public var budget: UInt64

    /// Memory of one region, of which every byte may be read.
    public struct KnownRegion: Hashable, Sendable {
        /// The region's number.
        public var number: UInt16
        /// The program's addresses of its bytes.
        public var addresses: Range<UInt64>
        /// Whether every byte may be written, too.
        public var isWritable: Bool

        /// A region whose addresses are known.
        public init(number: UInt16, addresses: Range<UInt64>, isWritable: Bool) {
            self.number = number
            self.addresses = addresses
            self.isWritable = isWritable
        }
    }

    /// A start with these arguments, on this frame, with these regions, and this budget.
    public init(
        arguments: [UInt64], frameTop: UInt64, stack: Range<UInt64>, regions: [KnownRegion],
        budget: UInt64
    ) {
        self.budget = budget
        self.arguments = arguments
        self.frameTop = frameTop
        self.stack = stack
        self.regions = regions
    }

    /// How an access may be made whose first byte is at one of some addresses.
    func plan(_ addresses: Interval, byteCount: Int, isWrite: Bool) -> AccessPlan {
        let last = addresses.greatest.addingReportingOverflow(UInt64(byteCount - 1))
        guard !last.overflow else { return .checked }
        let region = regions.first {
            $0.addresses.contains(addresses.least) && $0.addresses.contains(last.partialValue)
        }
        guard let region, region.isWritable || !isWrite else { return .checked }
        return .region(region.number)
    }

    /// Whether bytes from one of some addresses on may be on the stack.
    func mayTouchStack(_ addresses: Interval, byteCount: Int) -> Bool {
        let last = addresses.greatest.addingReportingOverflow(UInt64(byteCount - 1))
        return last.overflow
            || addresses.least < stack.upperBound
                && last.partialValue >= stack.lowerBound
    }
}
