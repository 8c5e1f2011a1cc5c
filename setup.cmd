@echo off
rem Makes this checkout ready on Windows: setup.cmd run, or setup.cmd test. The twin of setup.sh.
setlocal
cd /d "%~dp0"
set "LOCKS=-r requirements.lock"
set "STAMP=.venv\ready-run.lock"
if "%~1"=="test" set "LOCKS=-r requirements.lock -r requirements-test.lock"
if "%~1"=="test" set "STAMP=.venv\ready-test.lock"
if exist ".venv\wanted.lock" del ".venv\wanted.lock"
if not exist ".venv\Scripts\python.exe" goto :make
call :wanted "%~1"
fc /b ".venv\wanted.lock" "%STAMP%" >nul 2>nul && exit /b 0
goto :install

:make
set "PY="
for %%v in (3.13 3.12 3.11) do if not defined PY py -%%v -c "" >nul 2>nul && set "PY=%%v"
if not defined PY (
  echo set-up: needs Python 3.11, 3.12 or 3.13 with its py launcher. 1>&2
  exit /b 1
)
py -%PY% -m venv .venv || exit /b 1

:install
echo set-up: installing the locked packages; the first time this takes a few minutes.
.venv\Scripts\python.exe -m pip install --quiet --disable-pip-version-check --no-input --require-hashes %LOCKS% || exit /b 1
>".venv\Lib\site-packages\ilp_desk_checkout.pth" echo %CD%
>".venv\Scripts\ilp-desk.cmd" echo @"%%~dp0python.exe" -P -m ilp_desk %%*
call :wanted "%~1"
copy /y ".venv\wanted.lock" "%STAMP%" >nul
exit /b 0

:wanted
if "%~1"=="test" (
  copy /y /b requirements.lock + requirements-test.lock ".venv\wanted.lock" >nul
) else (
  copy /y /b requirements.lock ".venv\wanted.lock" >nul
)
exit /b 0
