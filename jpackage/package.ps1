<#
.SYNOPSIS
From a clean checkout to installers in target\installers, on Windows. README.md tells what it needs.
.DESCRIPTION
Makes the app image (a zip), an msi for whoever runs it and an msi for all users of the computer.
.PARAMETER Built
Packages what `mvn package` left in target.
.PARAMETER Types
Only these of app-image, msi-user, msi-machine.
#>
param(
    [switch] $Built,
    [ValidateSet('app-image', 'msi-user', 'msi-machine')]
    [string[]] $Types = @('app-image', 'msi-user', 'msi-machine')
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Set-Location (Join-Path $PSScriptRoot '..')
$work = 'target\package'
$installers = 'target\installers'

# Programs tell their failure by their status, which PowerShell does not look at by itself.
function Invoke-Program([string] $program, [string[]] $arguments) {
    & $program @arguments
    if ($LASTEXITCODE -ne 0) {
        throw "package.ps1: $program ended with status $LASTEXITCODE"
    }
}

# The newest JDK there is, unless PACKAGE_JDK names one.
function Find-Jdk {
    $candidates = if ($env:PACKAGE_JDK) { @($env:PACKAGE_JDK) } else {
        @($env:JAVA_HOME) + @(Get-ChildItem "$env:ProgramFiles\*\jdk-*" -Directory -ErrorAction SilentlyContinue |
            ForEach-Object FullName)
    }
    $found = $candidates | Where-Object { $_ -and (Test-Path "$_\bin\jpackage.exe") -and (Test-Path "$_\release") } |
        ForEach-Object { [pscustomobject] @{ Home = $_; Feature = Get-Feature $_ } } |
        Sort-Object Feature -Descending | Select-Object -First 1
    if (-not $found -or $found.Feature -lt 17) {
        throw 'package.ps1: no JDK 17 or newer with jpackage is here. Install one (Temurin 25 is what releases are ' +
            'built with) and name it: $env:PACKAGE_JDK = "C:\path\to\jdk"'
    }
    $found
}

function Get-Feature([string] $jdkHome) {
    if ((Get-Content "$jdkHome\release" -Raw) -match 'JAVA_VERSION="(\d+)') { [int] $Matches[1] } else { 0 }
}

# JavaFX as Maven has it keeps its natives inside jars, from where they would be unpacked into the user's home at the
# first start. As jmods they are part of the runtime.
function New-Runtime {
    New-Item -ItemType Directory -Force "$work\jmods" | Out-Null
    foreach ($jar in Get-ChildItem 'target\lib\javafx-*-*-*.jar') {
        $module = ($jar.BaseName -split '-')[0..1] -join '.'
        $classes = New-Item -ItemType Directory -Force "$work\javafx\$module\classes"
        $lib = New-Item -ItemType Directory -Force "$work\javafx\$module\lib"
        Push-Location $classes
        try {
            Invoke-Program "$jdk\bin\jar.exe" @('--extract', '--file', $jar.FullName)
        } finally {
            Pop-Location
        }
        Get-ChildItem $classes -Filter '*.dll' | Move-Item -Destination $lib
        Remove-Item "$classes\META-INF" -Recurse -Force
        Invoke-Program "$jdk\bin\jmod.exe" @('create', '--class-path', $classes.FullName, '--libs', $lib.FullName,
            "$work\jmods\$module.jmod")
    }
    $modules = "$work\jmods"
    # A JDK without jmods links from itself (JEP 493).
    if (Test-Path "$jdk\jmods") {
        $modules += ";$jdk\jmods"
    }
    Invoke-Program "$jdk\bin\jlink.exe" @('@jpackage\runtime.args', '--add-modules', 'jdk.crypto.mscapi',
        '--module-path', $modules,
        '--output', "$work\runtime")
}

function New-AppImage {
    New-Item -ItemType Directory -Force "$work\app" | Out-Null
    Copy-Item 'target\keyless-pull.jar' "$work\app"
    Get-ChildItem 'target\lib\*.jar' -Exclude 'javafx-*' | Copy-Item -Destination "$work\app"
    Copy-Item 'target\THIRD-PARTY.txt' "$work\app"
    $arguments = @('@jpackage\common.args', '@jpackage\windows.args')
    if ($feature -ge 24) {
        $arguments += '@jpackage\jdk24.args'
    }
    Invoke-Program "$jdk\bin\jpackage.exe" ($arguments + @('--type', 'app-image', '--app-version', $version,
        '--runtime-image', "$work\runtime", '--input', "$work\app", '--dest', "$work\image"))
}

# Signed where WINDOWS_SIGNING_THUMBPRINT names a certificate of the user's store; unsigned otherwise.
function Add-Signature([string[]] $files) {
    if (-not $env:WINDOWS_SIGNING_THUMBPRINT) {
        return
    }
    $signTool = Find-SignTool
    foreach ($file in $files) {
        # jpackage makes its launchers read-only.
        Set-ItemProperty $file -Name IsReadOnly -Value $false
        Invoke-Program $signTool @('sign', '/sha1', $env:WINDOWS_SIGNING_THUMBPRINT, '/fd', 'SHA256',
            '/tr', 'http://timestamp.digicert.com', '/td', 'SHA256', $file)
    }
}

# That of PATH, or the newest of the Windows SDK, which does not put it there.
function Find-SignTool {
    $found = @(Get-Command signtool.exe -ErrorAction SilentlyContinue | ForEach-Object Source) +
        @(Get-ChildItem "${env:ProgramFiles(x86)}\Windows Kits\10\bin\*\x64\signtool.exe" -ErrorAction SilentlyContinue |
            Sort-Object { [version] $_.Directory.Parent.Name } -Descending | ForEach-Object FullName)
    if (-not $found) {
        throw 'package.ps1: WINDOWS_SIGNING_THUMBPRINT names a certificate, but signtool.exe is not here. ' +
            'Install the Windows SDK, or put signtool.exe into PATH.'
    }
    $found[0]
}

function New-Msi([string] $for, [string[]] $arguments) {
    Invoke-Program "$jdk\bin\jpackage.exe" ($arguments + @('@jpackage\windows-installer.args', '--type', 'msi',
        '--app-version', $version, '--app-image', "$work\image\Keyless Pull", '--dest', "$work\$for"))
    $msi = "$installers\keyless-pull-$version-windows-$for.msi"
    Move-Item "$work\$for\*.msi" $msi
    Add-Signature $msi
}

$found = Find-Jdk
$jdk = $found.Home
$feature = $found.Feature
# Packages know numbers only.
$version = ([xml] (Get-Content 'pom.xml')).project.version -replace '-.*', ''
if (-not $Built) {
    Invoke-Program 'mvn' @('-B', '-q', '-ntp', '-DskipTests', 'package')
} elseif (-not (Test-Path 'target\keyless-pull.jar') -or -not (Test-Path 'target\lib')) {
    throw 'package.ps1: nothing is built yet; leave -Built out'
}
foreach ($folder in $work, $installers) {
    if (Test-Path $folder) {
        Remove-Item $folder -Recurse -Force
    }
    New-Item -ItemType Directory $folder | Out-Null
}
Write-Output "package.ps1: version $version, with the JDK in $jdk"
New-Runtime
New-AppImage
Add-Signature (Get-ChildItem "$work\image\Keyless Pull\*.exe" | ForEach-Object FullName)
foreach ($type in $Types) {
    switch ($type) {
        'app-image' {
            Compress-Archive "$work\image\Keyless Pull" "$installers\keyless-pull-$version-windows.zip"
        }
        'msi-user' { New-Msi 'user' @('@jpackage\windows-user.args') }
        'msi-machine' { New-Msi 'machine' @() }
    }
}
Get-ChildItem $installers
