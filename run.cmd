@echo off
rem The twin of "make run".
cd /d "%~dp0"
call setup.cmd run || exit /b 1
.venv\Scripts\python.exe -m ilp_desk %*
