; vCard and CSV files open with other programs on most machines: Clientele is offered under `Open with`, and takes
; nothing over. (`fileAssociations` of electron-builder would make it the default.)

!macro clienteleOffer EXT NAME
  WriteRegStr SHELL_CONTEXT "Software\Classes\Clientele.${EXT}" "" "${NAME}"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Clientele.${EXT}\DefaultIcon" "" "$appExe,0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Clientele.${EXT}\shell\open\command" "" '"$appExe" "%1"'
  WriteRegNone SHELL_CONTEXT "Software\Classes\.${EXT}\OpenWithProgids" "Clientele.${EXT}"
!macroend

!macro clienteleWithdraw EXT
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.${EXT}\OpenWithProgids" "Clientele.${EXT}"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Clientele.${EXT}"
!macroend

!macro customInstall
  !insertmacro clienteleOffer "vcf" "vCard"
  !insertmacro clienteleOffer "csv" "CSV list"
!macroend

!macro customUnInstall
  !insertmacro clienteleWithdraw "vcf"
  !insertmacro clienteleWithdraw "csv"
!macroend
