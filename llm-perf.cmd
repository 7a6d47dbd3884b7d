@echo off
rem Load tests of a service with a language model behind it, from any folder: llm-perf run ai-smoke
setlocal

rem As the build leaves it, or as the kit has it.
set "jar=%~dp0perf-scenarios\target\perf.jar"
if not exist "%jar%" set "jar=%~dp0perf\perf.jar"
if not exist "%jar%" echo No perf.jar in %~dp0: build it with "mvn -q -DskipTests package".>&2& exit /b 66

set "java=java.exe"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
"%java%" -version 2>&1 | findstr /r /c:"version .1[7-9]" /c:"version .[2-9][0-9]" >nul
if errorlevel 1 echo No Java 17 or later at %java%: install one, and set JAVA_HOME to it.>&2& exit /b 69

"%java%" -jar "%jar%" %*
exit /b %errorlevel%
