public import EBPFVerification

/// Whether a host verifies programs before it runs them.
public enum VerificationPolicy: Hashable, Sendable {
    /// It does not: every access is checked while programs run, and what they may not do stops them.
    case never
    /// A program that is not safe is refused; one that cannot be judged here runs checked.
    case whenDecidable
    /// Only programs that are proved to be safe are loaded.
    case always
}

/// What a host knows of a program before it runs.
public enum ProgramStanding: Sendable {
    /// It was not verified.
    case unverified
    /// It is safe. What was proved of it is about the instructions as they run; there is nothing if
    /// the proof was about instructions that were adapted to the types of a kernel.
    case verified(Facts?)
    /// It could not be judged; the text says what was missing.
    case undecided(String)
}
