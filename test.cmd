@echo off
rem The twin of "make test".
cd /d "%~dp0"
call setup.cmd test || exit /b 1
.venv\Scripts\python.exe -m pytest -n auto --maxprocesses 8 --dist worksteal %*
