; Two functions whose sections share a name but not a place, as swiftc writes them: only the
; relocations of .BTF.ext tell which records belong to which.
target triple = "bpfel"

define i32 @keep(ptr %context) section "xdp" !dbg !10 {
  ret i32 2, !dbg !12
}

define i32 @discard(ptr %context) section "xdp" comdat !dbg !20 {
  ret i32 1, !dbg !22
}

$discard = comdat any

!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!2, !3}

!0 = distinct !DICompileUnit(language: DW_LANG_C99, file: !1, isOptimized: true, emissionKind: FullDebug)
!1 = !DIFile(filename: "sections.ll", directory: ".")
!2 = !{i32 7, !"Dwarf Version", i32 5}
!3 = !{i32 2, !"Debug Info Version", i32 3}
!4 = !DIBasicType(name: "int", size: 32, encoding: DW_ATE_signed)
!5 = !DISubroutineType(types: !6)
!6 = !{!4, !7}
!7 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: null, size: 64)
!10 = distinct !DISubprogram(name: "keep", scope: !1, file: !1, line: 5, type: !5, scopeLine: 5, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !0)
!12 = !DILocation(line: 6, column: 3, scope: !10)
!20 = distinct !DISubprogram(name: "discard", scope: !1, file: !1, line: 9, type: !5, scopeLine: 9, spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !0)
!22 = !DILocation(line: 10, column: 3, scope: !20)
