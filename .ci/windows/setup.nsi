; Setup.exe of Không Một Mình, for one user, without administrator rights.
; `.ci/windows.py` puts version and places into @…@ and runs makensis. What Windows and the browsers
; are told is written by `notalone install`, and taken back by `notalone uninstall`: not here.

Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
SetCompressor /SOLID lzma
CRCCheck force

!include MUI2.nsh
!include x64.nsh
!include WordFunc.nsh

!define VERSION "@VERSION@"
!define APP "$INSTDIR\app-${VERSION}"
!define PYTHON '"${APP}\python.exe" -P -m notalone'
!define PARTED "Software\Microsoft\Windows\CurrentVersion\Uninstall\KhongMotMinh"

Name "Không Một Mình"
OutFile "@TARGET@"
; Never OneDrive, never a folder that needs rights; a user name may hold spaces and every mark.
InstallDir "$LOCALAPPDATA\Programs\KhongMotMinh"
BrandingText "Không Một Mình ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

!define MUI_ICON "@SOURCE@/setup.ico"
!define MUI_UNICON "@SOURCE@/setup.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "@SOURCE@/side.bmp"
!define MUI_WELCOMEPAGE_TITLE "$(WelcomeTitle)"
!define MUI_WELCOMEPAGE_TEXT "$(WelcomeText)"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "$(ShowFirstPage)"
!define MUI_FINISHPAGE_RUN_FUNCTION ShowFirstPage
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Vietnamese"
!insertmacro MUI_LANGUAGE "English"

LangString WelcomeTitle ${LANG_VIETNAMESE} "Cài Không Một Mình"
LangString WelcomeTitle ${LANG_ENGLISH} "Install Không Một Mình (Not Alone)"
LangString WelcomeText ${LANG_VIETNAMESE} "Cài cho riêng tài khoản này, không cần quyền quản trị.$\r$\n$\r$\nTin nhắn và đường link chỉ được xem ngay trên máy này, không gửi đi đâu.$\r$\n$\r$\nMuốn gỡ lúc nào cũng được, không để lại gì."
LangString WelcomeText ${LANG_ENGLISH} "For this account only; no administrator is needed.$\r$\n$\r$\nMessages and links are looked at on this computer only and sent nowhere.$\r$\n$\r$\nRemove it at any time; nothing stays behind."
LangString ShowFirstPage ${LANG_VIETNAMESE} "Xem cách cài tiện ích vào trình duyệt"
LangString ShowFirstPage ${LANG_ENGLISH} "Show how to add the extension to the browser"
LangString OldWindows ${LANG_VIETNAMESE} "Cần Windows 10 trở lên, bản 64 bit."
LangString OldWindows ${LANG_ENGLISH} "Windows 10 or newer, 64 bit, is needed."
LangString Newer ${LANG_VIETNAMESE} "Máy đang có bản mới hơn bản này. Chưa có gì bị thay đổi."
LangString Newer ${LANG_ENGLISH} "A newer version is installed here. Nothing was changed."
LangString NotWritten ${LANG_VIETNAMESE} "Chưa cài được: ổ đĩa đầy, hoặc phần mềm diệt virus đang giữ một tệp. Bản đang có, nếu có, vẫn như cũ. Hãy thử lại sau ít phút."
LangString NotWritten ${LANG_ENGLISH} "Not installed: the disk is full, or an antivirus program holds a file. What was installed before is as it was. Try again in a few minutes."
LangString NotConnected ${LANG_VIETNAMESE} "Đã chép xong nhưng chưa nối được với mọi trình duyệt. Trong menu Start, hãy mở «Không Một Mình xem lỗi»."
LangString NotConnected ${LANG_ENGLISH} "Copied, but not every browser could be connected. Open “Không Một Mình xem lỗi” in the Start menu."
LangString KeepSettings ${LANG_VIETNAMESE} "Giữ lại cài đặt và các trình duyệt đã nối, để lần sau cài lại không phải làm từ đầu?$\r$\n$\r$\nChọn No để xóa hết."
LangString KeepSettings ${LANG_ENGLISH} "Keep the settings and the connected browsers for another time?$\r$\n$\r$\nChoose No to remove everything."

Function .onInit
  ${IfNot} ${RunningX64}
    MessageBox MB_ICONSTOP "$(OldWindows)" /SD IDOK
    Abort
  ${EndIf}
  ClearErrors
  FileOpen $1 "$INSTDIR\version.txt" r
  IfErrors nothing
  FileRead $1 $2
  FileClose $1
  ${VersionCompare} "$2" "${VERSION}" $3
  StrCmp $3 1 0 nothing
    MessageBox MB_ICONSTOP "$(Newer)" /SD IDOK
    SetErrorLevel 3
    Abort
  nothing:
FunctionEnd

Function ShowFirstPage
  ExecShell "open" "$INSTDIR\bat-dau.html"
FunctionEnd

Section
  SetOverwrite try
  ; The new version stands beside the old one until it is whole: nothing is ever half-installed. Its
  ; own service is stopped first, as Windows lets nobody write over a program that runs.
  StrCpy $3 "new"
  IfFileExists "${APP}\python.exe" 0 copy
    StrCpy $3 "again"
    nsExec::Exec '${PYTHON} stop'
    Pop $0
  copy:
  ClearErrors
  SetOutPath "${APP}"
  File /r "@SOURCE@/app/*"
  SetOutPath "$INSTDIR\extension"
  File /r "@SOURCE@/extension/*"
  SetOutPath "$INSTDIR"
  File "@SOURCE@/bat-dau.html"
  File "@SOURCE@/LICENSE.txt"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  IfErrors 0 written
    MessageBox MB_ICONSTOP "$(NotWritten)" /SD IDOK
    SetOutPath "$TEMP"
    StrCmp $3 "again" +2
      RMDir /r "${APP}"
    SetErrorLevel 2
    Abort
  written:
  FileOpen $1 "$INSTDIR\version.txt" w
  FileWrite $1 "${VERSION}"
  FileClose $1
  ; What is called `notalone …` everywhere: the window of "xem lỗi" stands in this folder and finds it.
  FileOpen $1 "$INSTDIR\notalone.cmd" w
  FileWrite $1 '@"%~dp0app-${VERSION}\python.exe" -X utf8 -P -m notalone %*$\r$\n'
  FileClose $1

  ; Stops an older service, tells the browsers, starts at log-in, and brings what is stored forward.
  nsExec::Exec '${PYTHON} install'
  Pop $0
  StrCmp $0 0 connected
    MessageBox MB_ICONEXCLAMATION "$(NotConnected)" /SD IDOK
  connected:

  ; Older versions are of no use any more.
  FindFirst $1 $2 "$INSTDIR\app-*"
  next:
    StrCmp $2 "" done
    StrCmp "$INSTDIR\$2" "${APP}" +2
      RMDir /r "$INSTDIR\$2"
    FindNext $1 $2
    Goto next
  done:
  FindClose $1

  SetOutPath "$INSTDIR"
  CreateDirectory "$SMPROGRAMS\Không Một Mình"
  CreateShortcut "$SMPROGRAMS\Không Một Mình\Không Một Mình.lnk" "$INSTDIR\bat-dau.html"
  CreateShortcut "$SMPROGRAMS\Không Một Mình\Không Một Mình xem lỗi.lnk" "$SYSDIR\cmd.exe" '/k ""${APP}\python.exe" -X utf8 -P -m notalone doctor"'
  CreateShortcut "$SMPROGRAMS\Không Một Mình\Gỡ Không Một Mình.lnk" "$INSTDIR\uninstall.exe"

  WriteRegStr HKCU "${PARTED}" "DisplayName" "Không Một Mình"
  WriteRegStr HKCU "${PARTED}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${PARTED}" "Publisher" "The Không Một Mình contributors"
  WriteRegStr HKCU "${PARTED}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${PARTED}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${PARTED}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${PARTED}" "NoModify" 1
  WriteRegDWORD HKCU "${PARTED}" "NoRepair" 1
  SectionGetSize 0 $0
  WriteRegDWORD HKCU "${PARTED}" "EstimatedSize" $0
SectionEnd

Section "Uninstall"
  MessageBox MB_YESNO|MB_DEFBUTTON2 "$(KeepSettings)" /SD IDNO IDYES keep
    nsExec::Exec '${PYTHON} uninstall'
    Goto removed
  keep:
    nsExec::Exec '${PYTHON} uninstall --keep-settings'
  removed:
  Pop $0
  ; Only what Setup has put there: whatever else somebody keeps in this folder stays.
  FindFirst $1 $2 "$INSTDIR\app-*"
  next:
    StrCmp $2 "" done
    RMDir /r "$INSTDIR\$2"
    FindNext $1 $2
    Goto next
  done:
  FindClose $1
  RMDir /r "$INSTDIR\extension"
  Delete "$INSTDIR\bat-dau.html"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\version.txt"
  Delete "$INSTDIR\notalone.cmd"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  RMDir /r "$SMPROGRAMS\Không Một Mình"
  DeleteRegKey HKCU "${PARTED}"
SectionEnd
