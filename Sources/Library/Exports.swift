// What an application needs besides this module's own types: it imports `EBPF` and nothing else.
// Of the rooms below only what appears in the API is passed on, so that names as plain as `Clock`
// or `Packet` stay the application's.
@_exported public import struct EBPFBytecode.KernelErrno
@_exported public import struct EBPFBytecode.MapFlags
@_exported public import enum EBPFBytecode.AttachType
@_exported public import enum EBPFBytecode.MapType
@_exported public import enum EBPFBytecode.ProgramType
@_exported public import class EBPFExecution.UserSpaceHost
@_exported public import class EBPFExecution.UserSpaceProgram
@_exported public import enum EBPFExecution.Redirect
@_exported public import enum EBPFExecution.UserSpaceLoadError
@_exported public import struct EBPFExecution.ClonedPacket
@_exported public import struct EBPFExecution.ExecutionError
@_exported public import struct EBPFExecution.MachineHook
@_exported public import struct EBPFExecution.MapRedirect
@_exported public import struct EBPFExecution.PacketJourney
@_exported public import struct EBPFExecution.PacketOrigin
@_exported public import struct EBPFExecution.TraceLine
@_exported public import EBPFHooks
@_exported public import class EBPFKernel.KernelMap
@_exported public import class EBPFKernel.KernelProgram
@_exported public import enum EBPFKernel.LoadFailure
@_exported public import struct EBPFKernel.EventStream
@_exported public import struct EBPFKernel.KernelError
@_exported public import struct EBPFKernel.KernelHost
@_exported public import struct EBPFMaps.UpdateFlags
@_exported public import EBPFObjectFile
@_exported public import struct EBPFTypeFormat.BTF
@_exported public import struct EBPFTypeFormat.TypeID
