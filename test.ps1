python develop.py test; exit $LASTEXITCODE
