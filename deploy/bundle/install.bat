@echo off
rem Install the dashboard from this bundle, without a network:  install.bat [FOLDER]   (default: %LOCALAPPDATA%\renewal-scorecard)
rem Over an older version it installs the newer one; the data in the folder stay. PYTHON names another interpreter.
setlocal
set "HERE=%~dp0"
set "TARGET=%~1"
if "%TARGET%"=="" set "TARGET=%LOCALAPPDATA%\renewal-scorecard"
if "%PYTHON%"=="" set "PYTHON=py -3.11"
%PYTHON% -c "import sys; sys.exit(sys.version_info[:2] != (3, 11))" 2>nul
if errorlevel 1 (
  echo Python 3.11 was not found. Please install it first, or set PYTHON to its python.exe.
  exit /b 1
)
if exist "%TARGET%" if not exist "%TARGET%\core\__main__.py" (
  dir /b /a "%TARGET%" | findstr . >nul && (
    echo The folder %TARGET% holds something else. Please name an empty one.
    exit /b 1
  )
)
if exist "%TARGET%\core" rmdir /s /q "%TARGET%\core"
if exist "%TARGET%\pages" rmdir /s /q "%TARGET%\pages"
if exist "%TARGET%\deploy" rmdir /s /q "%TARGET%\deploy"
xcopy /e /i /q /y "%HERE%product" "%TARGET%" >nul || exit /b 1
cd /d "%TARGET%" || exit /b 1
if not exist .venv\Scripts\python.exe %PYTHON% -m venv .venv || exit /b 1
set PIP_CONFIG_FILE=nul
.venv\Scripts\python.exe -m pip install --quiet --disable-pip-version-check --no-index --find-links "%HERE%wheels" -r requirements-postgres.txt || exit /b 1
echo Installed in %TARGET%. Start: cd /d "%TARGET%" ^&^& .venv\Scripts\python.exe deploy\run.py
endlocal
