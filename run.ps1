python develop.py run; exit $LASTEXITCODE
