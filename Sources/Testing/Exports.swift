// What a test needs besides this module's own types, so that it imports `EBPFTesting` alone.
@_exported public import enum EBPFBytecode.HelperID
@_exported public import struct EBPFExecution.PacketOrigin
@_exported public import struct EBPFExecution.ProcessIdentity
@_exported public import enum EBPFExecution.Redirect
